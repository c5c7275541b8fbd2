# Old thumbnail links of a replaced site, behind both web servers: its pictures wherever they lie, links in all the spellings that
# were given out, and for what is no picture of the tree the answer that forums show.

import email.utils
import time
import urllib.parse

import pytest

import pictures
import raw
from answers import headers_of
from client import Client
from old_site import SAMPLE, OldSite

APP, APPLICATION = "/app/thumb.php", "/application/thumb.php"
JPEG = "2025/07/01/gsb1i5-0.jpg"


@pytest.fixture(scope="module", params=["nginx", "apache"])
def either(request):
    apache = request.param == "apache"
    tree = "/img/up.v2/" if apache else "/i/"
    settings = {"path": f"'{tree}'"} if apache else {}
    with OldSite(settings, options=["--web", request.param, *(["--prefix", "/pictures"] if apache else [])]) as site:
        client = Client(site)
        client.tree = tree
        yield client


def put(client, path, content):
    file = client.site.store / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return client.tree + path


def ask(client, query, path=APP, headers=()):
    """The query exactly as written."""
    return client.raw(raw.request("GET", f"{client.site.prefix}{path}?{query}", headers))


def is_404_picture(answer, status=200):
    return answer.status == status and pictures.size_of(answer.body) == (274, 141) and "etag" not in answer.headers


@pytest.mark.parametrize("path", [APP, APPLICATION])
@pytest.mark.parametrize("stored", [JPEG, "2025/07/01/gsb7ly.bmp", "2025/07/01/gsb9xo-2.png", "2025/07/01/gsbakq.webp", "2025/07/01/gsbdpv-0.gif",
                                    "anna/2025/07/04/u8cmi0.jpg", "u/2025/07/04/u8cs0y.jpg", "2/2025/07/04/u8d0vb-2.png",
                                    "2025/07/04/假日-照片_1.jpg", "2025/07/04/Report-v1.2-final-0.png",
                                    "2025/07/15/8ed04d56-fad1-af6a-784a-a64abd4c338a.jpg"])
def test_pictures_of_the_old_tree(either, stored, path):
    """258 x 258 and stretched, as the old site made them; under /uploads/ too."""
    content = (SAMPLE / "i" / stored).read_bytes()
    kind = {"jpg": "jpeg"}.get(stored[-3:], stored.rpartition(".")[2])
    for tree in [either.tree, "/uploads/"]:
        response = either.get(path, params={"img": tree + stored})
        assert (response.status_code, response.headers["Content-Type"]) == (200, pictures.MIME[kind])
        assert pictures.size_of(response.content) == (258, 258)
        assert pictures.is_like(response.content, content)


def test_spellings_of_one_link(either):
    """Raw bytes, escapes of either case, encoded slashes, with and without the first slash: one thumbnail."""
    stored = "2025/07/04/假日-照片.jpg"
    whole = either.tree + stored
    expected = ask(either, "img=" + urllib.parse.quote(whole)).body
    assert pictures.size_of(expected) == (258, 258)
    for text in [whole, urllib.parse.quote(whole, safe=""), urllib.parse.quote(whole).lower(), whole[1:], urllib.parse.quote(whole[1:], safe=""),
                 "".join(f"%{byte:02X}" for byte in whole.encode())]:
        for _ in range(2):
            answer = ask(either, "img=" + text)
            assert (answer.status, answer.body) == (200, expected), text
    assert len([name for name in either.site.files("thumbs") if name.startswith(stored)]) == 1


def test_old_parameters_of_other_names(either):
    """Links of the years before 2.7 name sizes that nobody reads."""
    plain = ask(either, f"img={either.tree}{JPEG}").body
    for more in ["&width=300&height=300", "&src=x", "&webshot=1", "&width=300&height=300&w=", "&w=0&h=0", "&w=&h=&q=", "&W=50&H=50", "&", "&&"]:
        assert ask(either, f"img={either.tree}{JPEG}{more}").body == plain, more
    assert ask(either, f"width=300&img={either.tree}{JPEG}&height=300").body == plain


def test_repeated_parameters(either):
    """The web server reads none of them, so that it cannot mean another one than the responder."""
    kept = ask(either, f"img={either.tree}{JPEG}&w=40&h=30").body
    other = ask(either, f"img={either.tree}{JPEG}&w=50&h=60").body
    answers = {ask(either, f"img={either.tree}{JPEG}&w=40&h=30&w=50&h=60").body for _ in range(3)}
    assert len(answers) == 1 and answers <= {kept, other}
    twice = {ask(either, f"img={either.tree}{JPEG}&img={either.tree}2025/07/01/gsb9xo-2.png").body for _ in range(3)}
    assert len(twice) == 1


def test_short_paths_lead_to_the_folder(either):
    """What hide_path gave out; the other parameters go along, which EasyImages dropped."""
    for path in [APP, APPLICATION]:
        for text in ["/" + JPEG, JPEG, urllib.parse.quote("/" + JPEG, safe="")]:
            answer = ask(either, f"img={text}&w=50&h=40&zc=1&f=1%7C2", path)
            assert answer.status == 302
            assert answer.headers["location"] == f"thumb.php?img={either.tree}{JPEG}&w=50&h=40&zc=1&f=1%7C2"
            assert answer.headers["cache-control"] == "no-store"
    answer = ask(either, f"w=50&h=40&img=/{JPEG}")
    followed = either.get(urllib.parse.urljoin(either.url + APP, answer.headers["location"]))
    assert pictures.size_of(followed.content) == (50, 40)


def test_short_paths_in_chinese(either):
    answer = ask(either, "img=" + urllib.parse.quote("/2025/07/04/假日-照片.jpg"))
    assert answer.headers["location"] == "thumb.php?img=" + either.tree + urllib.parse.quote("2025/07/04/假日-照片.jpg")


def test_where_the_old_redirect_led(either):
    """`/i//2025/…`: it stands in search engines and bookmarks."""
    answer = ask(either, f"img={either.tree}/{JPEG}&w=50")
    assert answer.status == 302 and answer.headers["location"] == f"thumb.php?img={either.tree}{JPEG}&w=50"
    assert is_404_picture(ask(either, f"img={either.tree}/2025/07/01/nothing.jpg"))


ELSEWHERE = ["//evil.example/x.jpg", "https://evil.example/x.jpg", "https:%2f%2fevil.example%2fx.jpg", "%2f%2fevil.example/x.jpg", "\\\\evil.example\\x.jpg",
             "/%5cevil.example/x.jpg", f"//evil.example/{JPEG}", f"/%0d%0aSet-Cookie:%20a=b/{JPEG}", f"/{JPEG}%0d%0aLocation:%20https://evil.example/",
             f"/{JPEG}%00.jpg", f"/../{JPEG}", f"/2025/../{JPEG}", f"/%2e%2e/{JPEG}", f"/./{JPEG}", "javascript:alert(1)", "data:image/png;base64,AA",
             "thumb.php", f"@evil.example/{JPEG}", f"?img=/{JPEG}", "/config/config.php", "/../config/config.php", "/etc/passwd"]


@pytest.mark.parametrize("text", ELSEWHERE)
def test_no_way_off_the_site(either, text):
    for path, status in [(APP, 200), (APPLICATION, 404)]:
        for query in [f"img={text}", f"img={text}&w=50", f"w=50&img={text}"]:
            answer = ask(either, query, path)
            assert answer.status != 302 and "location" not in answer.headers and "set-cookie" not in answer.headers
            assert is_404_picture(answer, status), (answer.status, answer.body[:80])


@pytest.mark.parametrize("more", ["&x=%0d%0aSet-Cookie:%20a=b", "&x=//evil.example", "&img=https://evil.example/", "&%69mg=//evil.example/x.jpg", "&x=<script>",
                                  "&x=%ff%fe"])
def test_what_a_redirect_takes_along_stays_a_query(either, more):
    answer = ask(either, f"img=/{JPEG}{more}")
    if answer.status == 302:
        assert answer.headers["location"].startswith(f"thumb.php?img={either.tree}{JPEG}") and "set-cookie" not in answer.headers
        assert "img=https" not in answer.headers["location"]
        assert pictures.size_of(either.get(urllib.parse.urljoin(either.url + APP, answer.headers["location"])).content) == (258, 258)
    else:
        assert answer.status == 400


# CVE-2011-4106: TimThumb fetched what `src` named, and kept it where PHP ran it.
def test_cve_2011_4106_nothing_is_fetched(either):
    before = either.site.files("thumbs")
    for url in ["http://127.0.0.1:1/x.jpg", "http://blogger.com.evil.example/x.php", either.url + "/uploads/" + JPEG, "ftp://127.0.0.1/x.jpg",
                "file:///etc/passwd", "php://filter/resource=x.jpg", "phar://x.jpg"]:
        for name in ["img", "src", "url", "webshot=1&img", "webshot=1&src"]:
            answer = ask(either, f"{name}={url}")
            assert is_404_picture(answer)
            assert is_404_picture(ask(either, f"{name}={urllib.parse.quote(url, safe='')}"))
    assert either.site.files("thumbs") == before


def test_folders_that_have_no_thumbnails(either):
    content = pictures.jpeg()
    for folder in ["recycle", "suspic", "cache", "thumbnails"]:
        put(either, folder + "/planted.jpg", content)
        for text in [f"{either.tree}{folder}/planted.jpg", f"/uploads/{folder}/planted.jpg", f"/{folder}/planted.jpg", f"{folder}/planted.jpg",
                     f"{either.tree}/{folder}/planted.jpg", urllib.parse.quote(f"{either.tree}{folder}/planted.jpg", safe=""),
                     f"{either.tree}2025/../{folder}/planted.jpg", f"{either.tree}{folder.upper()}/planted.jpg"]:
            assert is_404_picture(ask(either, "img=" + text)), text
            assert is_404_picture(ask(either, "img=" + text, APPLICATION), 404), text
    assert [name for name in either.site.files("thumbs") if "planted" in name] == []


def test_nothing_to_show(either):
    unreadable = {
        "text.jpg": b"no picture" * 50, "empty.png": b"", "cut.png": pictures.still("png", 300, 200)[:100], "a.tiff": pictures.still("tiff"),
        "a.tga": pictures.still("tga"), "script.jpg": b"<?php system('id'); ?>", "config.txt": b"text",
    }
    texts = [put(either, "2025/07/02/" + name, content) for name, content in unreadable.items()]
    for text in [*texts, either.tree + "2025/07/01/nothing.jpg", either.tree + "2025/07/01", either.tree, either.tree[:-1], "/", "nothing.jpg"]:
        for _ in range(2):
            assert is_404_picture(ask(either, "img=" + text)), text
            assert is_404_picture(ask(either, "img=" + text, APPLICATION), 404), text
    for query in ["", "img=", "img", "w=50", "img[]=x", "im=" + either.tree + JPEG]:
        assert is_404_picture(ask(either, query)), query
        assert is_404_picture(ask(either, query, APPLICATION), 404), query
    assert ask(either, "img=" + either.tree + "2025/07/01/nothing.jpg").headers["cache-control"] == "no-store"


def test_head(either):
    for query in [f"img={either.tree}{JPEG}", f"img={either.tree}{JPEG}&f=1"]:
        whole = ask(either, query)
        head = either.raw(raw.request("HEAD", f"{either.site.prefix}{APP}?{query}"))
        assert (head.status, head.body) == (200, b"") and head.headers["content-length"] == str(len(whole.body))


@pytest.mark.parametrize("more", ["", "&w=90&h=60", "&w=90&f=2", "&s=1"])
def test_conditions_and_ranges(either, more):
    """The same from the responder and from the web server, but that the responder has no ETag behind Apache."""
    query = f"img={either.tree}{JPEG}{more}"
    first, whole = ask(either, query), ask(either, query)
    assert (first.body, first.headers["last-modified"]) == (whole.body, whole.headers["last-modified"])
    assert first.headers.get("etag", whole.headers.get("etag")) == whole.headers.get("etag")
    etag, modified = whole.headers.get("etag"), whole.headers["last-modified"]
    later = email.utils.formatdate(time.time() + 86400, usegmt=True)
    conditions = [f"If-Modified-Since: {modified}", f"If-Modified-Since: {later}"] + ([f"If-None-Match: {etag}"] if etag else [])
    assert etag or "f=" in more or "s=" in more
    for condition in conditions:
        answer = ask(either, query, headers=[condition])
        # Apache takes a date to come for none (RFC 9110 leaves it to the server).
        assert (answer.status, answer.body) == (304, b"") or condition.endswith(later), condition
    for condition in ['If-None-Match: "other"', "If-Modified-Since: Mon, 01 Jan 2001 00:00:00 GMT"]:
        assert ask(either, query, headers=[condition]).body == whole.body
    part = ask(either, query, headers=["Range: bytes=10-19"])
    if part.status == 206:
        assert part.body == whole.body[10:20] and part.headers["content-range"] == f"bytes 10-19/{len(whole.body)}"
    else:
        assert (part.status, part.body) == (200, whole.body)


def test_originals(either):
    for stored, kind in [("2025/07/01/gsbhbs-2.svg", "svg"), ("2025/07/01/gsbl73.ico", "ico")]:
        answer = ask(either, f"img={either.tree}{stored}&w=50")
        assert (answer.status, answer.headers["content-type"], answer.body) == (200, pictures.MIME[kind], (SAMPLE / "i" / stored).read_bytes())
        assert answer.headers["x-content-type-options"] == "nosniff" and "sandbox" in answer.headers["content-security-policy"]


def test_other_methods(either):
    for method in ["POST", "PUT", "DELETE", "OPTIONS"]:
        answer = either.raw(raw.request(method, f"{either.site.prefix}{APP}?img={either.tree}{JPEG}"))
        assert answer.status in (204, 405), method


def test_the_tree_stays_as_it_is(either):
    """Thumbnails are kept beside the old tree, not in it."""
    before = sorted(str(path) for path in either.site.store.rglob("*"))
    assert (either.site.data / "uploads").is_symlink()
    ask(either, f"img={either.tree}{JPEG}&w=77")
    assert sorted(str(path) for path in either.site.store.rglob("*")) == before


@pytest.mark.parametrize("depth", range(1, 9))
def test_kept_ones_need_no_responder_at_any_depth(either, depth):
    stored = "/".join([f"f{number}" for number in range(depth - 1)] + [f"depth-{depth}.png"])
    put(either, stored, pictures.still("png", 100, 60, seed=depth))
    queries = [f"img={either.tree}{stored}{more}" for more in ["", "&w=50", "&h=40&q=80", "&w=30&h=20&zc=2", "&width=300&height=300"]]
    first = [ask(either, query).body for query in queries]
    assert [pictures.size_of(body) for body in first] == [(258, 258), (50, 30), (66, 40), (30, 20), (258, 258)]
    with either.site.frozen("thumb") as stopped:
        assert stopped
        assert [ask(either, query).body for query in queries] == first
        assert ask(either, queries[0], APPLICATION).body == first[0]
        assert ask(either, queries[0].replace(either.tree, "/uploads/")).body == first[0]
        assert either.raw(raw.request("HEAD", f"{either.site.prefix}{APP}?{queries[0]}")).headers["content-length"] == str(len(first[0]))


@pytest.mark.parametrize("more", ["f=1", "s=1", "a=l&zc=1&w=40&h=90", "cc=00ff00&zc=2&w=40&h=90", "ct=0&zc=2&w=40&h=90", "f=2&w=80&h=50", "%66=1", "f=%31"])
def test_other_parameters_never_get_a_plain_one(either, more):
    """Whatever is kept already, and wherever the parameter stands."""
    stored = put(either, "2025/07/03/four.png", pictures.encode(pictures.drawing(80, 50, seed=7), "png"))
    plain = "&".join(word for word in more.split("&") if word.partition("=")[0] in ("w", "h", "zc"))
    kept = [ask(either, f"img={stored}" + (f"&{plain}" if plain else "")).body for _ in range(2)][1]
    for query in [f"img={stored}&{more}", f"{more}&img={stored}", f"x=1&{more}&img={stored}"]:
        for _ in range(2):
            answer = ask(either, query)
            assert answer.status == 200
            assert pictures.opened(answer.body).convert("RGBA").tobytes() != pictures.opened(kept).convert("RGBA").tobytes(), query


def test_names_of_other_cases_are_other_names(either):
    """nginx' own reading of parameters takes W for w."""
    expected = ask(either, f"img={either.tree}{JPEG}").body
    ask(either, f"img={either.tree}{JPEG}&w=51&h=41")
    for more in ["W=51&H=41", "W=51&h=0", "ZC=1", "Q=10", "IMG=/x"]:
        assert ask(either, f"img={either.tree}{JPEG}&{more}").body == expected, more
