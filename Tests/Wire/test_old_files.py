# Hidden pictures and downloads of a replaced site, behind both web servers: files of the tree, whole and in parts, and no others.

import urllib.parse

import pytest

import pictures
import videos
from answers import headers_of
from client import Client
from old_forms import OldClient, new_token
from old_links import delete_token, hide_key, lone_token, token_of
from old_site import UPLOADS, OldSite
from running_site import ROOT
from transcripts import VECTORS, assert_recorded

HIDE = "/app/hide.php"
DOWN = "/app/down.php"
MISSING = (ROOT / "htdocs/404.png").read_bytes()
SHIPPED = "EasyImage2.0"


@pytest.fixture(scope="module", params=["nginx", "apache"])
def client(request):
    with OldSite(options=["--web", request.param]) as site:
        tree = site.old / "i"
        (site.old / "outside.jpg").write_bytes(pictures.jpeg(seed=7))
        (tree / "2025/07/04/by hand %41 é.jpg").write_bytes(pictures.jpeg(seed=8))
        (tree / "2025/07/04/UPPER.JPG").write_bytes(pictures.jpeg(seed=8))
        (tree / "2025/07/04/wide.tif").write_bytes(pictures.still("tiff"))
        (tree / "2025/07/01/text.jpg").write_bytes(b"<script>no picture</script>")
        (tree / "2025/07/01/script.php").write_bytes(pictures.still("gif"))
        (tree / "2025/07/01/notes.txt").write_bytes(b"notes")
        (tree / "2025/07/01/link.jpg").symlink_to(site.old / "outside.jpg")
        (tree / ".hidden.jpg").write_bytes(pictures.jpeg(seed=9))
        yield Client(site)


@pytest.fixture
def canary():
    return pictures.jpeg(seed=7)


def assert_picture(response, content, kind):
    seen = headers_of(response)
    assert (response.status_code, response.content, seen["content-type"]) == (200, content, kind)
    assert seen["x-content-type-options"] == "nosniff" and "sandbox" in seen["content-security-policy"]
    return seen


def assert_missing(response):
    """K 28: the picture "404" with status 200, which is not kept anywhere."""
    seen = headers_of(response)
    assert (response.status_code, response.content, seen["content-type"]) == (200, MISSING, "image/png"), response.content[:100]
    assert seen["cache-control"] == "no-store"


# Hidden pictures

@pytest.mark.parametrize("number, kind", [(14, "image/jpeg"), (15, "image/png")])
@pytest.mark.parametrize("path", [HIDE, "/application/hide.php"])
def test_recorded_keys(client, number, kind, path):
    record = UPLOADS[number]
    key = record["response"]["url"].partition("key=")[2]
    content = client.site.stored_file(record["stored_path"]).read_bytes()
    for spelt in [key, key.replace("=", "%3D"), key.rstrip("=")]:
        assert_picture(client.get(f"{path}?key={spelt}"), content, kind)


def test_every_picture_by_an_old_key(client):
    kinds = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp", "bmp": "image/bmp", "svg": "image/svg+xml", "ico": "image/x-icon"}
    for record in UPLOADS.values():
        if record["state"] == "stored":
            stored = record["stored_path"]
            answer = client.get(f"{HIDE}?key={hide_key(stored)}")
            assert_picture(answer, client.site.stored_file(stored).read_bytes(), kinds[stored.rpartition(".")[2]])


def test_keys_of_ours(client):
    old = OldClient(client.site, new_token(client.site, number=5))
    with client.site.setting(hide_links="on"):
        for content, name, kind in [(pictures.jpeg(), "a.jpg", "image/jpeg"), (pictures.still("png"), "b.png", "image/png"), (pictures.svg(), "c.svg", "image/svg+xml")]:
            answer = old.api(content, name=name).json()
            assert answer["url"].startswith(f"{client.url}{HIDE}?key=")
            assert_picture(client.get(answer["url"]), content, kind)
            assert_picture(client.get(answer["url"].replace("/app/", "/application/")), content, kind)
            # None is good for the other purpose.
            assert_missing(client.get(f"{HIDE}?key={answer['del'].partition('hash=')[2]}"))
            assert client.get(f"/app/del.php?hash={answer['url'].partition('key=')[2]}").json()["code"] == 404
            assert client.get(answer["del"]).json()["code"] == 200
            assert_missing(client.get(answer["url"]))


def test_conditions_and_ranges(client):
    stored = UPLOADS[14]["stored_path"]
    url = f"{HIDE}?key={hide_key(stored)}"
    content = client.site.stored_file(stored).read_bytes()
    seen = assert_picture(client.get(url), content, "image/jpeg")
    assert seen["last-modified"] and int(seen["content-length"]) == len(content)
    assert client.get(url, headers={"If-None-Match": seen["etag"]}).status_code == 304
    assert client.get(url, headers={"If-Modified-Since": seen["last-modified"]}).status_code == 304
    part = client.get(url, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, content[10:20])
    head = client.request("HEAD", url)
    assert head.status_code == 200 and head.content == b"" and head.headers["Content-Type"] == "image/jpeg"


def test_names_in_any_script(client):
    for stored in [UPLOADS[8]["stored_path"], "/i/2025/07/04/by hand %41 é.jpg"]:
        content = client.site.stored_file(stored).read_bytes()
        assert_picture(client.get(f"{HIDE}?key={hide_key(stored)}"), content, "image/jpeg")
        assert_picture(client.get(DOWN, params={"dw": stored}), content, "image/jpeg")


def test_keys_from_before_2_7_6(client):
    vector = next(v for v in VECTORS["legacy_cbc_vectors_before_2_7_6"]["vectors"] if v["secret"] == "my-hide-key" and v["data"] == "/i/2022/05/03/vx77yu.jpg")
    file = client.site.stored_file(vector["data"])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(pictures.jpeg(seed=30))
    with client.site.setting(hide_key="my-hide-key"):
        assert_picture(client.get(f"{HIDE}?key={vector['token']}"), file.read_bytes(), "image/jpeg")
    assert_missing(client.get(f"{HIDE}?key={vector['token']}"))


def test_keys_that_are_none(client):
    key = hide_key(UPLOADS[14]["stored_path"])
    for query in ["", "?key=", "?key=abcdef", "?x=1", "?key[]=" + key, "?key=" + key[:-8], "?key=" + "A" * 5000, "?key=" + hide_key(UPLOADS[14]["stored_path"], "another"),
                  "?key=" + delete_token(UPLOADS[14]["stored_path"]), "?key=" + lone_token(b"\xff" * 40)]:
        assert_missing(client.get(HIDE + query))


OUTSIDE = ["/config/config.php", "/config/api_key.php", "/i/../config/config.php", "/i/../outside.jpg", "/outside.jpg", "/../old/outside.jpg", "/i/../../../etc/hostname",
           "/etc/hostname", "/i//2025/07/01/gsb1i5-0.jpg", "/i/./2025/07/01/gsb1i5-0.jpg", "/i/.hidden.jpg", "/i/2025/07/01/link.jpg", "/i/2025/07/01/text.jpg",
           "/i/2025/07/01/script.php", "/i/2025/07/01/notes.txt", "/i/2025/07/01", "/i/recycle/2025_07_28_dba7xj.jpg", "/i/cache/2025_07_28_dba2ea.jpg",
           "/I/2025/07/01/gsb1i5-0.jpg", "/i/2025/07/01/gsb1i5-0.jpg\0.png", "/i/2025\\07\\01\\gsb1i5-0.jpg", "/admin/logs/upload/2025-07.php"]


def test_files_that_no_key_shows(client, canary):
    for wanted in OUTSIDE:
        answer = client.get(f"{HIDE}?key={hide_key(wanted)}")
        assert_missing(answer)
        assert canary not in answer.content


def test_the_shipped_key(client):
    """Everybody can make keys with it, so it shows only what the site itself has recorded; the doctor says so."""
    recorded = UPLOADS[1]["stored_path"]
    with client.site.setting(hide_key=SHIPPED):
        assert_picture(client.get(f"{HIDE}?key={hide_key(recorded, SHIPPED)}"), client.site.stored_file(recorded).read_bytes(), "image/jpeg")
        assert_missing(client.get(f"{HIDE}?key={hide_key('/i/2025/07/04/by hand %41 é.jpg', SHIPPED)}"))
        for wanted in OUTSIDE:
            assert_missing(client.get(f"{HIDE}?key={hide_key(wanted, SHIPPED)}"))
        assert "hide_key" in client.site.imagebed("doctor", check=False).stdout
    assert "hide_key" not in client.site.imagebed("doctor", check=False).stdout


def test_no_hide_key(site):
    """Without one, and without a replaced site's delete key, there are no old keys."""
    new = Client(site)
    answer = new.uploaded(pictures.jpeg())
    assert_missing(new.get(f"{HIDE}?key={hide_key(answer['url'].removeprefix(site.url), '')}"))


# Downloads

def test_recorded_downloads(client):
    assert_recorded("down_none", client.get(DOWN))
    assert_recorded("down_badparam", client.get(DOWN + "?x=1"))
    assert_recorded("down_missing", client.get(DOWN + "?dw=/i/2025/07/01/none.jpg"))
    assert_recorded("down_php", client.get(DOWN + "?dw=/config/config.php"))
    with client.site.setting(download_extensions="jpg,png,svg"):
        assert_recorded("down_tif", client.get(DOWN + "?dw=/i/2025/07/04/wide.tif"))
    assert_recorded("down_upper", client.get(DOWN + "?dw=/i/2025/07/04/UPPER.JPG"))
    recorded = next(entry for entry in VECTORS["http_transcripts"]["transcripts"] if entry["name"] == "down_svg")
    (client.site.old / "i/2025/07/04/ok.svg").write_text(recorded["body"])
    assert_recorded("down_svg", client.get(DOWN + "?dw=/i/2025/07/04/ok.svg"), {
        "content-type": ("F 5", "the file's own type"), "content-disposition": ("F 5", "the name is quoted"),
    })


@pytest.mark.parametrize("path", [DOWN, "/application/down.php"])
def test_downloads(client, path):
    for number in [1, 6, 7, 8, 9, 11, 13]:
        stored = UPLOADS[number]["stored_path"]
        content = client.site.stored_file(stored).read_bytes()
        name = stored.rpartition("/")[2]
        plain = "".join(letter if letter.isascii() else "_" * len(letter.encode()) for letter in name)
        expected = f'attachment; filename="{plain}"' + ("" if name.isascii() else f"; filename*=UTF-8''{urllib.parse.quote(name)}")
        for query in [{"dw": stored}, {"history": stored}, {"dw": "/uploads" + stored[2:]}]:
            seen = assert_picture(client.get(path, params=query), content, client.get(stored).headers["Content-Type"])
            assert seen["content-disposition"] == expected


def test_downloads_without_the_folder_s_name(client):
    stored = UPLOADS[1]["stored_path"]
    short = stored[2:]
    assert client.get(DOWN, params={"history": short}).text == "No File" or client.get(DOWN, params={"history": short}).text == "Downfile Type Error"
    with client.site.setting(hide_path="on"):
        assert client.get(DOWN, params={"history": short}).content == client.site.stored_file(stored).read_bytes()


def test_downloads_of_listed_extensions(client):
    stored = UPLOADS[1]["stored_path"]
    with client.site.setting(download_extensions="png, tif"):
        assert client.get(DOWN, params={"dw": stored}).text == "Downfile Type Error"
        assert client.get(DOWN, params={"dw": "/i/2025/07/04/wide.tif"}).headers["Content-Type"] == "image/tiff"
    answer = client.uploaded(videos.sample("mp4"), "a.mp4")
    video = {"dw": answer["url"].removeprefix(client.url)}
    assert client.get(DOWN, params=video).text == "Downfile Type Error"
    with client.site.setting(download_extensions="mp4"):
        assert client.get(DOWN, params=video).content == videos.sample("mp4")


def test_files_outside(client, canary):
    """Neither the files nor whether there are any: what is no path of the tree is told by its extension alone."""
    for wanted in OUTSIDE:
        for query in [{"dw": wanted}, {"history": wanted}]:
            answer = client.get(DOWN, params=query)
            assert answer.status_code == 200 and answer.text in ("No File", "Downfile Type Error"), wanted
            assert canary not in answer.content and headers_of(answer)["x-content-type-options"] == "nosniff"
    for there, nowhere in [("/outside.jpg", "/none.jpg"), ("/i/../outside.jpg", "/i/../none.jpg"), ("/config/config.php", "/config/none.php")]:
        assert client.get(DOWN, params={"dw": there}).text == client.get(DOWN, params={"dw": nowhere}).text


def test_downloads_are_not_listed_as_pages(client):
    answer = client.get(DOWN, params={"dw": "<script>alert(1)</script>.jpg"})
    assert answer.text == "No File" and "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", [HIDE, DOWN])
def test_only_reading(client, path):
    for method in ["POST", "PUT", "DELETE"]:
        assert client.request(method, path + "?dw=x&key=x").status_code in (403, 405)
