# Uploaded files as the web server sends them: as what they are, for ever, in parts, and never as a program.

import pytest

import pictures
import raw
import videos
from answers import headers_of
from client import served
from running_site import until


@pytest.fixture(scope="module")
def answer(client):
    return client.uploaded(pictures.photograph(400, 300))


def test_headers(client, answer):
    status, headers, body = served(client, answer["url"])
    assert (status, len(body)) == (200, answer["file_size"])
    assert headers["content-type"] == "image/jpeg"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["accept-ranges"] == "bytes"
    assert headers["content-length"] == str(answer["file_size"])
    assert "immutable" in headers["cache-control"] and "max-age=31536000" in headers["cache-control"] and "public" in headers["cache-control"]
    assert headers["etag"] and headers["last-modified"]


def test_needs_no_responder(client, site, answer):
    import contextlib
    with contextlib.ExitStack() as all_of_them:
        for name in ["upload", "list", "del", "thumb", "stats"]:
            all_of_them.enter_context(site.frozen(name))
        assert client.get(answer["url"]).status_code == 200


def test_conditional(client, answer):
    headers = served(client, answer["url"])[1]
    for condition in [{"If-None-Match": headers["etag"]}, {"If-Modified-Since": headers["last-modified"]}]:
        response = client.get(answer["url"], headers=condition)
        assert (response.status_code, response.content) == (304, b"")


RANGES = [("bytes=0-9", 206, slice(0, 10)), ("bytes=10-", 206, slice(10, None)), ("bytes=-5", 206, slice(-5, None)),
          ("bytes=99999999-", 416, None)]


@pytest.mark.parametrize("wanted, status, part", RANGES)
def test_ranges(client, answer, wanted, status, part):
    whole = client.get(answer["url"]).content
    response = client.get(answer["url"], headers={"Range": wanted})
    assert response.status_code == status
    if part:
        assert response.content == whole[part]


def test_ranges_of_videos(client):
    content = videos.sample("mp4")
    response = client.get(client.uploaded(content, "a.mp4")["url"], headers={"Range": "bytes=100-199"})
    assert (response.status_code, response.content) == (206, content[100:200])
    assert headers_of(response)["content-range"] == f"bytes 100-199/{len(content)}"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PROPFIND", "MKCOL", "MOVE"])
def test_only_reading(client, answer, method):
    response = client.request(method, answer["url"], data=b"x", headers={"Destination": client.url + "/uploads/x.jpg"})
    assert response.status_code in (403, 405)
    assert client.get(answer["url"]).status_code == 200


SCRIPTS = ["shell.php", "shell.phtml", "shell.php.jpg", "a.jpg.php", "page.html", "a.js", "a.cgi", "a.pl", "a.shtml", "a.unknown"]


@pytest.mark.parametrize("name", SCRIPTS)
def test_nothing_is_executed(client, site, name):
    """Even a file that somebody put there by hand is sent as bytes, or not at all."""
    folder = site.uploads / "2001" / "01"
    folder.mkdir(parents=True, exist_ok=True)
    content = b"<?php echo 6*7; ?><script>1</script>"
    path = folder / name
    path.write_bytes(content)
    path.chmod(0o755)
    try:
        for tail in ["", "/a.php", "?a=1"]:
            response = client.get(f"/uploads/2001/01/{name}{tail}")
            assert b"42" not in response.content
            if response.status_code == 200:
                seen = headers_of(response)
                kind = "image/jpeg" if name.endswith(".jpg") else "application/octet-stream"
                assert (response.content, seen["content-type"], seen["x-content-type-options"]) == (content, kind, "nosniff")
            else:
                assert response.status_code in (403, 404)
    finally:
        path.unlink()


@pytest.fixture
def canary(site):
    """Files that no request may reach, beside and inside the folder of uploads."""
    secret = b"canary-of-this-test"
    (site.uploads / "2001").mkdir(exist_ok=True)
    places = [site.data / "canary.jpg", site.uploads / ".canary.jpg", site.uploads / "2001" / ".hidden.jpg"]
    for place in places:
        place.write_bytes(secret)
    link = site.uploads / "2001" / "link.jpg"
    link.symlink_to(site.data / "canary.jpg")
    yield secret
    for place in [*places, link]:
        place.unlink()


TRAVERSALS = [
    "/uploads/../canary.jpg", "/uploads/..%2fcanary.jpg", "/uploads/%2e%2e/canary.jpg", "/uploads/%2e%2e%2fcanary.jpg",
    "/uploads/2001/../../canary.jpg", "/uploads/2001/..%2f..%2fcanary.jpg", "/uploads/..%5ccanary.jpg", "/uploads../canary.jpg",
    "/uploads/.canary.jpg", "/uploads/2001/.hidden.jpg", "/uploads/2001/link.jpg", "/uploads/..%252fcanary.jpg", "/canary.jpg",
    "/uploads/%00/../canary.jpg", "//canary.jpg", "/uploads/..;/canary.jpg", "/_imagebed/uploads/.canary.jpg",
    "/_imagebed/uploads/../canary.jpg", "/_imagebed/thumbs/../canary.jpg", "/application/thumb.php/../../canary.jpg",
]


@pytest.mark.parametrize("path", TRAVERSALS)
def test_nothing_else_is_served(client, site, canary, path):
    answer = client.raw(raw.request("GET", site.prefix + path))
    assert answer.status in (400, 403, 404) and canary not in answer.body
    thumbnail = client.raw(raw.request("GET", f"{site.prefix}/application/thumb.php?img={path}"))
    assert thumbnail.status in (400, 403, 404) and canary not in thumbnail.body


PRIVATE = ["/imagebed.db", "/imagebed.db-wal", "/secret", "/first-run.env", "/run/", "/logs/views.log", "/web/values",
           "/recycle/", "/thumbs/", "/uploads/", "/uploads/2001/", "/.git/config", "/install.sh", "/_imagebed/uploads/a.jpg",
           "/_imagebed/thumbs/a.jpg"]


@pytest.mark.parametrize("path", PRIVATE)
def test_nothing_private_is_served(client, path):
    assert client.get(path).status_code in (403, 404)


def test_web_server_is_modest(client):
    """No version in headers or error pages."""
    for response in [client.get("/nothing"), client.get("/api/v1/list.php"), client.get("/uploads/nothing.jpg")]:
        assert "/" not in response.headers.get("Server", "") and b"nginx/" not in response.content


def test_views_are_counted(client, site):
    """By whoever calls `imagebed tally`, from the web server's log; what is not a view does not count."""
    answer = client.uploaded(pictures.jpeg())
    for _ in range(3):
        client.get(answer["url"])
    client.request("HEAD", answer["url"])
    client.get(answer["url"], headers={"If-None-Match": client.get(answer["url"]).headers["ETag"]})
    client.get(answer["url"] + "x")

    def views():
        site.tally()
        return client.row_of(answer)["views"]

    assert until(lambda: views() >= 4, pause=0.5)
    assert views() in (4, 5)
