# What both web servers have to do alike, on a site of its own for each: the main job, static files, refusals in the words of
# the API, and nothing served that is not meant to be.

import pytest

import engines
import pictures
import raw
import videos
from answers import assert_error, assert_no_such_link, headers_of
from client import Client, served
from old_forms import OldClient, failed, succeeded
from running_site import Site, until

UPLOAD = "/api/v1/upload.php"


@pytest.fixture(scope="module", params=["nginx", "apache"])
def either(request):
    """A client of a site behind one web server, below a prefix behind the other."""
    prefix = ["--prefix", "/pictures"] if request.param == "apache" else []
    with Site(options=["--web", request.param, *prefix]) as site:
        yield Client(site)


def test_the_main_job(either):
    content = pictures.photograph(640, 480)
    answer = either.uploaded(content, "holiday.jpg")
    status, headers, body = served(either, answer["url"])
    assert (status, body, headers["content-type"]) == (200, content, "image/jpeg")
    thumbnail = either.get(answer["thumb"])
    assert pictures.size_of(thumbnail.content) == (258, 258)
    assert either.row_of(answer)["original_name"] == "holiday.jpg"
    assert either.get(answer["del"]).json()["message"] == "File deleted successfully"
    for url in [answer["url"], answer["thumb"], answer["del"]]:
        assert either.get(url).status_code == 404
    assert either.site.files("thumbs") == []
    assert "denied by server configuration" not in either.site.transcript(), "a line of the error log for every request"


def test_kept_thumbnails_need_no_responder(either):
    answer = either.uploaded(pictures.photograph(500, 400))
    first = either.get(answer["thumb"])
    with either.site.frozen("thumb"):
        again = either.get(answer["thumb"])
        assert (again.status_code, again.content) == (200, first.content)
        condition = {"If-None-Match": headers_of(again)["etag"]}
        assert either.get(answer["thumb"], headers=condition).status_code == 304
    path = answer["thumb"] + "&w=300&h=200&q=80&zc=2"
    first = either.get(path)
    with either.site.frozen("thumb"):
        assert either.get(path).content == first.content


def test_static_files(either):
    answer = either.uploaded(pictures.svg(), "a.svg")
    headers = served(either, answer["url"])[1]
    assert headers["content-type"] == "image/svg+xml" and headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"] and "default-src 'none'" in headers["content-security-policy"]
    assert "immutable" in headers["cache-control"] and "max-age=31536000" in headers["cache-control"]
    assert headers["access-control-allow-origin"] == "*"
    content = videos.sample("mp4")
    video = either.uploaded(content, "a.mp4")
    part = either.get(video["url"], headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content, part.headers["Content-Type"]) == (206, content[10:20], "video/mp4")
    condition = {"If-None-Match": headers_of(part)["etag"]}
    assert either.get(video["url"], headers=condition).status_code == 304


def test_a_setting_reaches_the_web_server_by_itself(either):
    """Nothing is restarted, and nobody asks for it."""
    answer = either.uploaded(pictures.jpeg())
    path = answer["url"].partition("/uploads/")[2]
    assert either.get("/p/" + path).status_code == 404
    with either.site.setting(uploads_path="/p/"):
        assert until(lambda: either.get("/p/" + path).status_code == 200)
    assert until(lambda: either.get("/p/" + path).status_code == 404)


def test_refusals(either):
    assert_error(either.upload(b"nothing", "a.jpg"), 400, "Invalid file type")
    assert_error(either.upload(pictures.jpeg(), token=False), 401, "Login required or invalid token")
    assert_error(either.get(UPLOAD), 405, "Method not allowed", Allow="POST, OPTIONS")
    assert_no_such_link(either.get("/application/del.php?hash=x"))
    assert either.request("OPTIONS", UPLOAD).status_code == 204
    body = raw.form([raw.part("image", pictures.jpeg() + b"\0" * (60 << 20), "a.jpg")])
    wire = raw.request("POST", either.site.prefix + UPLOAD, [raw.form_type(), f"X-API-Key: {either.key}"], body)
    assert_error(either.raw(wire), 413, "File too large")


@pytest.mark.parametrize("key", ["header", "bearer", "form"])
def test_keys(either, key):
    """Apache hands over Authorization only when it is told to."""
    headers = {"header": {"X-API-Key": either.key}, "bearer": {"Authorization": f"Bearer {either.key}"}}.get(key, {})
    assert either.upload(pictures.jpeg(), token=key == "form", headers=headers).status_code == 200


def test_chunked_upload(either):
    body = raw.form([raw.part("image", pictures.jpeg(), "a.jpg")])
    wire = raw.request("POST", either.site.prefix + UPLOAD, [
        raw.form_type(), f"X-API-Key: {either.key}", "Transfer-Encoding: chunked"], length=False)
    answer = either.raw(wire + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body))
    assert answer.status == 200 and either.site.stored(answer.json()["url"]).read_bytes() == pictures.jpeg()


@pytest.mark.parametrize("path", ["/api/index.php", "/api/", "//api/index.php"])
def test_old_api(either, path):
    """EasyImages' dialect, with status 200 whatever the responder says, and the sender's address and port written down."""
    old = OldClient(either.site)
    with either.site.setting(record_senders="on"):
        answer = succeeded(old.api(pictures.jpeg(), path=path))
    assert old.get(answer["url"]).content == pictures.jpeg()
    assert either.site.query("SELECT address FROM upload_record WHERE port > 1024") != []
    for method in ["GET", "OPTIONS", "POST"]:
        refused = failed(old.request(method, path))
        assert refused == {"result": "failed", "code": 204, "message": "没有选择上传的文件"}
    assert old.request("HEAD", path).status_code == 200
    with either.site.setting(anonymous_upload="on"):
        assert succeeded(old.page(pictures.jpeg()))["srcName"] == "photo"


@pytest.mark.parametrize("path, readers", [("/api/index.php", "*"), ("/app/upload.php", None)])
def test_what_the_server_refuses_of_old_uploads(either, path, readers):
    """JSON of the same dialect; nginx has status 200 for a body that is too large, Apache cannot but keep 413."""
    wire = raw.request("POST", either.site.prefix + path, [raw.form_type()], b"--", length=1 << 33)
    answer = either.raw(wire)
    assert answer.status in (200, 413) and answer.json() == {"result": "failed", "code": 204, "message": "没有选择上传的文件"}
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    if readers:
        assert answer.headers["access-control-allow-origin"] == "*" and answer.headers["access-control-max-age"] == "3600"
        assert "POST" in answer.headers["access-control-allow-methods"] and "Accept" in answer.headers["access-control-allow-headers"]


def test_nothing_is_executed_and_nothing_else_is_served(either):
    site = either.site
    folder = site.uploads / "2001" / "01"
    folder.mkdir(parents=True, exist_ok=True)
    canary = b"<?php echo 6*7; ?>"
    for name in ["a.php", "a.php.jpg", ".hidden.jpg", ".htaccess", "a.cgi", "a.shtml"]:
        (folder / name).write_bytes(canary)
    (site.data / "canary.jpg").write_bytes(canary)
    (folder / "link.jpg").symlink_to(site.data / "canary.jpg")
    response = either.get("/uploads/2001/01/a.php.jpg")
    assert (response.status_code, response.content, response.headers["Content-Type"]) == (200, canary, "image/jpeg")
    for path in ["/uploads/2001/01/a.php", "/uploads/2001/01/.hidden.jpg", "/uploads/2001/01/.htaccess", "/uploads/2001/01/link.jpg",
                 "/uploads/2001/01/a.cgi", "/uploads/2001/01/", "/uploads/", "/uploads/../canary.jpg", "/uploads/%2e%2e/canary.jpg",
                 "/uploads/..%2fcanary.jpg", "/canary.jpg", "/imagebed.db", "/secret", "/first-run.env", "/_imagebed/uploads/2001/01/a.php.jpg",
                 "/uploads/2001/01/a.php/x.jpg", "/application/thumb.php/../../../canary.jpg"]:
        answer = either.raw(raw.request("GET", site.prefix + path))
        assert answer.status in (400, 403, 404), path
        assert b"42" not in answer.body and canary not in answer.body, path


@engines.of_one_node("the other one answers")
def test_no_responder(either):
    """Said in JSON, however large the body was; and the rest of the site goes on."""
    site = either.site
    sockets = [path for path in (site.data / "run").rglob("upload.sock")]
    assert len(sockets) == 1
    away = sockets[0].with_suffix(".away")
    sockets[0].rename(away)
    try:
        for size in [0, 3 << 20]:
            response = either.upload(pictures.jpeg() + b"\0" * size)
            assert response.status_code in (502, 503)
            assert_error(response, response.status_code, response.json()["error"])
        assert either.list().status_code == 200
    finally:
        away.rename(sockets[0])
    assert until(lambda: either.upload(pictures.jpeg()).status_code == 200, pause=1)


def test_everything_ends(either):
    """A site stops and starts again on the same folder, keeping key and files."""
    answer = either.uploaded(pictures.jpeg())
    site = either.site
    assert site.stop() == []
    site.start()
    assert site.key == either.key
    assert either.get(answer["url"]).status_code == 200
