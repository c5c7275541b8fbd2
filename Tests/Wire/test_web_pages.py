# What both web servers do for browsers by themselves: compression, scripts and styles under addresses that change with them, pages in the
# place of errors, redirects of old addresses, icons and manifest.

import contextlib
import gzip
import hashlib
import pathlib
import re
import shutil
import tempfile

import pytest
import requests

import engines
import pictures
import raw
from answers import error, headers_of
from client import Client
from running_site import ROOT, Site, read_bytes, until
from syncing import PULL, SYNC, Device, new_key, sha256

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
YEAR = "public, max-age=31536000, immutable"
# Beside what htdocs has: one file of each kind.
PROBES = {
    "assets/probe.js": ("text/javascript; charset=utf-8", b"export const text = 'texts repeat themselves';\n" * 40),
    "assets/probe.css": ("text/css; charset=utf-8", b"p { margin: 0; }\n" * 40),
    "assets/probe.svg": ("image/svg+xml; charset=utf-8", b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g></g>" * 60 + b"</svg>"),
    "assets/small.css": ("text/css; charset=utf-8", b"p { margin: 0; }\n"),
    "sw.js": ("text/javascript; charset=utf-8", b"addEventListener('fetch', () => {});\n" * 20),
    "favicon.ico": ("image/x-icon", b"\0\0\1\0" * 200), "favicon.svg": ("image/svg+xml; charset=utf-8", b"<svg/>" * 60),
    "icon-192.png": ("image/png", b"\x89PNG" * 200), "icon-512.png": ("image/png", b"\x89PNG" * 200),
}


def checkout(folder):
    """What `install.sh run` needs, with these files among the site's own."""
    for name in ["nginx", "apache", "htdocs", "Sources/imagebed/install"]:
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "install.sh", folder)
    for name, (_, content) in PROBES.items():
        path = folder / "htdocs" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return folder


def digest_of(folder):
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir(), key=lambda path: path.name.encode()):
        content = path.read_bytes()
        digest.update(b"%s\0%d\0%s" % (path.name.encode(), len(content), content))
    return digest.hexdigest()[:8]


@pytest.fixture(scope="module", params=["nginx", "apache"])
def either(request):
    """A client of a site behind one web server, below a prefix behind the other."""
    prefix = ["--prefix", "/pictures"] if request.param == "apache" else []
    with tempfile.TemporaryDirectory(prefix="imagebed-checkout-") as name:
        # (The web server is another user, who cannot get into pytest's own folders.)
        folder = checkout(pathlib.Path(name))
        folder.chmod(0o755)
        yield from client_of(folder, ["--web", request.param, *prefix])


def client_of(folder, options):
    with Site(options=options, checkout=folder) as site:
        client = Client(site)
        client.digest = digest_of(folder / "htdocs/assets")
        yield client


def plain_and_compressed(client, path, **headers):
    """Both answers to a GET, the second as it is on the wire."""
    plain = client.get(path, headers={"Accept-Encoding": "identity", **headers})
    answer = client.raw(raw.request("GET", client.site.prefix + path,
                                    ["Accept-Encoding: gzip, deflate, br", *(f"{name}: {value}" for name, value in headers.items())]))
    assert answer.status == plain.status_code
    return plain, answer


# Compression

@pytest.mark.parametrize("path", ["/app/list.php", "/admin/index.php", "/404.html", "/manifest.webmanifest", "/assets/probe.js", "/assets/probe.css",
                                  "/assets/probe.svg", "/api/v1/list.php", "/app/bing.php", "/sw.js"])
def test_texts_are_compressed(either, path):
    if path == "/api/v1/list.php":
        either.uploaded(pictures.jpeg())
    plain, answer = plain_and_compressed(either, path)
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.body) == plain.content and len(answer.body) < len(plain.content)
    for varied in [plain, either.get(path, headers={"Accept-Encoding": "gzip"})]:
        assert "Accept-Encoding" in varied.headers["Vary"], "a proxy would give the one that it keeps to everybody"
    assert "content-encoding" not in headers_of(plain) and answer.headers["content-type"] == plain.headers["Content-Type"]


def test_what_is_not_compressed(either):
    """Small answers, uploaded files and thumbnails, answers of which old clients want the length."""
    svg = either.uploaded(pictures.svg("<g/>" * 200), "a.svg")
    photograph = either.uploaded(pictures.photograph(300, 300))
    for path in ["/api/v1/stats.php", "/assets/small.css", "/icon-192.png", svg["url"], svg["thumb"], photograph["url"], photograph["thumb"], "/nothing"]:
        plain, answer = plain_and_compressed(either, path.removeprefix(either.url))
        assert "content-encoding" not in answer.headers and answer.body == plain.content, path
        assert answer.headers["content-length"] == str(len(plain.content)), path
    body = raw.form([raw.part("image", pictures.svg("<g/>" * 300), "b.svg"), raw.part("token", either.key)])
    answer = either.raw(raw.request("POST", either.site.prefix + "/api/v1/upload.php", [raw.form_type(), "Accept-Encoding: gzip"], body))
    assert answer.json()["code"] == 200 and len(answer.body) > 256
    assert "content-encoding" not in answer.headers and answer.headers["content-length"] == str(len(answer.body))


@pytest.mark.parametrize("path", ["/app/list.php", "/assets/probe.js", "/api/v1/stats.php"])
def test_the_head_is_that_of_the_whole(either, path):
    plain = either.get(path, headers={"Accept-Encoding": "identity"})
    for encoding in ["identity", "gzip"]:
        head = either.request("HEAD", path, headers={"Accept-Encoding": encoding})
        assert head.status_code == 200 and head.content == b"" and head.headers["Content-Type"] == plain.headers["Content-Type"]
        assert headers_of(head).get("content-length", str(len(plain.content))) == str(len(plain.content))


def test_parts(either):
    """Who can have it compressed gets a part of what is not, or all of what is."""
    content = PROBES["assets/probe.js"][1]
    part = either.get("/assets/probe.js", headers={"Range": "bytes=10-19", "Accept-Encoding": "identity"})
    assert (part.status_code, part.content, part.headers["Content-Range"]) == (206, content[10:20], f"bytes 10-19/{len(content)}")
    answer = either.raw(raw.request("GET", either.site.prefix + "/assets/probe.js", ["Range: bytes=10-19", "Accept-Encoding: gzip"]))
    if answer.status == 206:
        assert (answer.body, "content-encoding" in answer.headers) == (content[10:20], False)
    else:
        assert answer.status == 200 and gzip.decompress(answer.body) == content and "content-range" not in answer.headers


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_file_that_has_not_changed(either, encoding):
    first = either.get("/assets/probe.css", headers={"Accept-Encoding": encoding})
    condition = {"If-Modified-Since": first.headers["Last-Modified"]}
    if "ETag" in first.headers:
        condition = {"If-None-Match": first.headers["ETag"]}
    assert either.get("/assets/probe.css", headers={"Accept-Encoding": encoding, **condition}).status_code == 304


def test_entity_tags_of_synchronized_content_stay_as_they_are(either):
    """They are strong and compared byte by byte: compression would weaken them or change them."""
    key, one = new_key(), Device(either.site, "one")
    content = {"text": "again and again. " * 200}
    tag = f'"{sha256(content)}"'
    pushed = one.push(key, content, headers={"Accept-Encoding": "gzip"})
    assert pushed.status_code == 200 and pushed.headers["ETag"] == tag
    for path, query in [(SYNC, f"?file_key={key}"), (PULL, f"?file_key={key}&version=1")]:
        answer = either.raw(raw.request("GET", either.site.prefix + path + query, [f"X-API-Key: {either.key}", "Accept-Encoding: gzip"]))
        assert answer.status == 200 and answer.headers["etag"] == tag and "content-encoding" not in answer.headers
        assert answer.headers["content-length"] == str(len(answer.body)) and len(answer.body) > 3000
        same = one.get(path + query, headers={"If-None-Match": tag, "Accept-Encoding": "gzip"})
        assert (same.status_code, same.headers["ETag"]) == (304, tag)
    gzipped = {"Accept-Encoding": "gzip"}
    assert one.push(key, {"a": 2}, headers={"If-Match": tag, **gzipped}).json()["version"] == 2
    refused = one.push(key, {"a": 3}, headers={"If-Match": tag, **gzipped})
    assert refused.status_code == 412 and refused.json()["error"] == "Precondition failed"


# Scripts, styles and icons

def test_addresses_with_the_digest(either):
    for name, (kind, content) in PROBES.items():
        if not name.startswith("assets/"):
            continue
        answers = {digest: either.get(f"/assets/{digest}{name.removeprefix('assets/')}") for digest in ["", "00000000/", either.digest + "/"]}
        for digest, answer in answers.items():
            assert (answer.status_code, answer.content, answer.headers["Content-Type"].lower()) == (200, content, kind)
            expected = YEAR if digest == either.digest + "/" else "public, max-age=300"
            assert answer.headers["Cache-Control"] == expected, "a page of another version is not to be kept in mind"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/assets/{}/nothing.js", "/assets/nothing.js", "/assets/{}/", "/assets/", "/assets/{}", "/assets/0/probe.js", "/assets/ABCDEF01/probe.js",
                                  "/assets/{}/../../404.html.in", "/assets/{}/%2e%2e/%2e%2e/%2e%2e/install.sh", "/assets/{}/..%2f..%2f404.html.in", "/404.html.in", "/manifest.webmanifest.in"])
def test_nothing_else_is_there(either, path):
    answer = either.raw(raw.request("GET", either.site.prefix + path.format(either.digest)))
    assert answer.status in (400, 403, 404) and "immutable" not in answer.headers.get("cache-control", "")
    assert b"@PREFIX@" not in answer.body and b"User-agent" not in answer.body


def test_responders_know_the_digest(either):
    assert either.site.imagebed("assets-digest", either.site.checkout / "htdocs/assets").stdout == either.digest + "\n"
    for name in ["app-list", "upload"]:
        for process in either.site.responders(name):
            assert f"IMAGEBED_ASSETS={either.digest}".encode() in read_bytes(f"/proc/{process}/environ").split(b"\0")


@pytest.mark.parametrize("name", [name for name in PROBES if "/" not in name])
def test_icons_and_service_worker(either, name):
    kind, content = PROBES[name]
    answer = either.get("/" + name)
    assert (answer.status_code, answer.content, answer.headers["Content-Type"].lower()) == (200, content, kind)
    assert answer.headers["Cache-Control"] == ("no-cache" if name == "sw.js" else "public, max-age=86400")
    if name == "sw.js":
        assert "connect-src 'self'" in answer.headers["Content-Security-Policy"], "else it could not even pass a request on"


def test_the_manifest_has_the_name_of_the_site(either):
    def manifest():
        answer = either.get("/manifest.webmanifest")
        assert answer.headers["Content-Type"] == "application/manifest+json" and answer.headers["Cache-Control"] == "public, max-age=300"
        return answer.json()

    prefix = either.site.prefix
    first = manifest()
    assert (first["name"], first["start_url"], first["scope"]) == ("ImageBed", prefix + "/", prefix + "/")
    assert {icon["src"] for icon in first["icons"]} == {prefix + "/icon-192.png", prefix + "/icon-512.png", prefix + "/favicon.svg"}
    assert first["share_target"]["action"] == prefix + "/?share=1"

    def names():
        """Connections of their own: each node has its own web server."""
        return {requests.get(f"{either.site.url}/manifest.webmanifest", timeout=60).json()["name"] for _ in either.site.nodes}

    name = "图床 \"a\\\" </script>@PREFIX@; $uri ${x} 'b'"
    with either.site.setting(site_name=name):
        assert until(lambda: names() == {name})
        page = either.get("/nothing", headers={"Accept": BROWSER}).text
        assert "图床 &quot;a\\&quot; &lt;/script&gt;@PREFIX@; $uri ${x} &#39;b&#39;" in page and "</script>" not in page
    assert until(lambda: names() == {"ImageBed"})


def test_a_picture_of_our_own(either):
    answer = either.get("/app/bing.php")
    assert answer.status_code == 200 and answer.headers["Content-Type"].lower() == "image/svg+xml; charset=utf-8"
    assert answer.content == (ROOT / "htdocs/background.svg").read_bytes()


# Errors

REFUSED = [
    ("GET", "/nothing", 404, "File not found"), ("GET", "/a/b.php", 404, "File not found"), ("GET", "/uploads/2001/01/none.png", 404, "File not found"),
    ("GET", "/.git/config", 404, "File not found"), ("GET", "/config/config.php", 404, "File not found"), ("GET", "/assets/none.js", 404, "File not found"),
    ("GET", "/uploads/", None, "File not found"), ("POST", "/uploads/2001/01/none.png", None, None), ("POST", "/robots.txt", None, None),
]


@pytest.mark.parametrize("method, path, status, says", REFUSED)
def test_people_read_a_page(either, method, path, status, says):
    """With the status that others get, who read what they always have."""
    before = either.request(method, path)
    assert status in (None, before.status_code)
    if before.status_code == 200:
        return
    if says:
        assert before.json() == error(before.status_code, says) and before.content.startswith(b'{"result":"error","code":')
    for accepted in ["*/*", "application/json", "image/avif,image/webp,*/*;q=0.8", ""]:
        answer = either.request(method, path, headers={"Accept": accepted})
        assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (
            before.status_code, before.content, "application/json; charset=utf-8")
    for accepted in [BROWSER, "TEXT/HTML"]:
        assert_page(either, either.request(method, path, headers={"Accept": accepted}), before.status_code)


def assert_page(client, answer, status):
    seen = headers_of(answer)
    assert answer.status_code == status and seen["content-type"].lower().replace(" ", "") == "text/html;charset=utf-8"
    page = answer.content.decode()
    assert page.startswith("<!DOCTYPE html>\n<html lang=\"zh-CN\"") and page.count("<h1>") == 1 and '<p lang="en">' in page and '<p lang="zh-TW">' in page
    assert f'href="{client.site.prefix}/"' in page and f'href="{client.site.prefix}/assets/{client.digest}/site.css"' in page
    assert "@" not in page and "<script" not in page and "style=" not in page
    assert seen["cache-control"] == "no-store" and "Accept" in re.split(", *", seen["vary"]) and "access-control-allow-origin" not in seen
    # (On https alone: test_headers.py.)
    assert "cross-origin-opener-policy" not in seen and "camera=()" in seen["permissions-policy"]
    assert "etag" not in seen and "last-modified" not in seen and "frame-ancestors 'none'" in seen["content-security-policy"]
    return page


@pytest.mark.parametrize("path", ["/api/nothing", "/api/v1/nothing.php", "/api/v1/upload.php/more", "//api//nothing"])
def test_the_api_speaks_json_to_everybody(either, path):
    answer = either.raw(raw.request("GET", either.site.prefix + path, ["Accept: " + BROWSER]))
    assert (answer.status, answer.json()) == (404, error(404, "File not found"))
    assert answer.headers["content-type"] == "application/json; charset=utf-8"


# What is refused before the server knows which path is meant: nginx says 431 of long headers, Apache 400.
LONG = "b" * 9000
EARLY = {400: "Bad request", 404: "File not found", 431: "Request too large"}


@pytest.mark.parametrize("path", ["/", "/nothing", "/app/list.php?date=2001/02/03/"])
def test_people_with_too_many_cookies_read_a_page(either, path):
    answer = either.get(path, headers={"Accept": BROWSER, "Cookie": "a=" + LONG})
    assert answer.status_code in (400, 431) and "请求没有被接受" in assert_page(either, answer, answer.status_code)
    assert_early(either.raw(raw.request("GET", either.site.prefix + path, ["Accept: */*", "Cookie: a=" + LONG])), EARLY)


@pytest.mark.parametrize("path", ["/api/v1/list.php?page=1", "/api/v1/json/sync.php?file_key=a", "//api/v1//upload.php", "/api/", "/api", "/api/index.php",
                                  "/app/upload.php", "/api/nothing"])
@pytest.mark.parametrize("accepted", [BROWSER, "*/*"])
def test_programs_with_long_headers_read_json(either, path, accepted):
    for method in ("GET", "POST"):
        assert_early(either.raw(raw.request(method, either.site.prefix + path, ["Accept: " + accepted, "X-Long: " + LONG])), EARLY)


def assert_early(answer, statuses):
    said = answer.json()
    # nginx knows the paths of JSON, whose answers begin with a field of their own.
    assert answer.status in statuses and said.pop("success", False) is False and said == error(answer.status, statuses[answer.status])
    assert answer.headers["content-type"] == "application/json; charset=utf-8" and answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["x-content-type-options"] == "nosniff" and "last-modified" not in answer.headers


@pytest.mark.parametrize("path", ["/%00", "/..%2f", "/%2e%2e%2f%2e%2e%2fetc/passwd", "/a/%00.jpg", "/uploads/%00/a.jpg", "/a%2f..%2f..%2fb", "/%zz", "/%"])
@pytest.mark.parametrize("accepted", [BROWSER, "*/*"])
def test_paths_that_cannot_be(either, path, accepted):
    """Our page or JSON; the API's paths have JSON alone. The server's own page is never seen."""
    answer = either.raw(raw.request("GET", either.site.prefix + path, ["Accept: " + accepted]))
    if answer.headers["content-type"].startswith("application/json"):
        assert_early(answer, EARLY)
    else:
        assert accepted == BROWSER and answer.status in (400, 404) and b'<p lang="en">' in answer.body and b"/site.css" in answer.body
    for folder in ("/api", "/api/v1/json"):
        answer = either.raw(raw.request("GET", either.site.prefix + folder + path.replace("..", "b"), ["Accept: " + accepted]))
        assert_early(answer, EARLY)


@pytest.mark.parametrize("name", ["40x", "404", "40x.json", "404.json"])
def test_documents_of_refusals_have_no_address(either, name):
    for folder in ("refusal", "page"):
        assert either.raw(raw.request("GET", f"/_imagebed/{folder}/{name}")).status == 404
    assert either.get("/" + name).status_code == 404


@pytest.mark.parametrize("path", ["/", "/app/history.php", "/api/v1/stats.php", "/app/upload.php", "/api/index.php"])
@pytest.mark.parametrize("accepted", [BROWSER, "*/*"])
def test_a_body_that_is_too_large(either, path, accepted):
    """A page tells how large a file may be."""
    answer = either.raw(raw.request("POST", either.site.prefix + path, ["Accept: " + accepted, raw.form_type()], b"--", length=1 << 33))
    if path in ("/app/upload.php", "/api/index.php"):
        assert answer.status in (200, 413) and answer.json() == {"result": "failed", "code": 204, "message": "没有选择上传的文件"}
    elif not path.startswith("/api/") and accepted == BROWSER:
        assert answer.status == 413 and answer.headers["content-type"].lower().startswith("text/html;") and "最多 50MB" in answer.body.decode()
    else:
        assert (answer.status, answer.json()) == (413, error(413, "File too large"))


@contextlib.contextmanager
def without(site, name):
    """The socket of a responder is away."""
    sockets = list((site.data / "run").rglob(name + ".sock"))
    assert len(sockets) == 1
    sockets[0].rename(sockets[0].with_suffix(".away"))
    try:
        yield
    finally:
        sockets[0].with_suffix(".away").rename(sockets[0])


@engines.of_one_node("the other one answers")
def test_a_responder_that_is_gone(either):
    with without(either.site, "app-history"), without(either.site, "stats"):
        for path, accepted in [("/app/history.php", "*/*"), ("/api/v1/stats.php", BROWSER)]:
            answer = either.get(path, headers={"Accept": accepted})
            assert answer.status_code in (502, 503) and answer.json()["code"] == answer.status_code
        page = either.get("/app/history.php", headers={"Accept": BROWSER})
        assert_page(either, page, answer.status_code)
        assert answer.status_code != 503 or page.headers["Retry-After"] == "5"
    # (Apache asks a socket that failed again after some seconds.)
    assert until(lambda: either.get("/app/history.php").status_code == 200 and either.get("/api/v1/stats.php").status_code == 200, pause=0.5)


@pytest.mark.parametrize("name", ["404", "50x"])
def test_pages_have_names_of_their_own(either, name):
    answer = either.get(f"/{name}.html")
    assert answer.status_code == 200 and "ImageBed</title>" in answer.text and answer.headers["Content-Type"].lower() == "text/html; charset=utf-8"
    for path in [f"/_imagebed/page/{name}.html", "/_imagebed/page", "/_imagebed/page-failure"]:
        assert either.raw(raw.request("GET", path)).status == 404


# Old addresses

def redirects():
    text = (ROOT / "docs/paths.md").read_text()
    rows = re.findall(r"^\| `(/[^`]*)` \| `(/[^`]*)` \| (30\d) \|$", text, re.MULTILINE)
    assert len(rows) > 1
    return [(path.replace("…", end), target, int(status)) for path, target, status in rows for end in (["", "a", "index.php", "a/b.css"] if "…" in path else [""])]


@pytest.mark.parametrize("path, target, status", redirects())
def test_redirects(either, path, target, status):
    """To a page that is there; a query goes along."""
    for spelt, query in [(path, ""), (path, "?a=1&b=%22"), *([(path[:-1], "")] if path.endswith("/") else [])]:
        answer = either.get(spelt + query, headers={"Accept": BROWSER})
        assert answer.status_code == status
        assert answer.headers["Location"].removeprefix(f"http://127.0.0.1:{either.site.port}") == either.site.prefix + target + query
    assert either.get(target, headers={"Accept": BROWSER}).status_code in (200, 303)


# Processes

def test_rare_pages_have_one_process(either):
    counts = {name: int(residents) for name, _, residents in (
        line.split() for line in either.site.imagebed("paths", "--responders").stdout.splitlines())}
    assert {name: len(either.site.responders(name)) for name in counts} == {name: count * engines.NODES for name, count in counts.items()}
    assert counts["admin-terms"] == 1 and counts["upload"] == 4
