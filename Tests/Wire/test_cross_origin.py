# Pages of other origins may call the API, and may read its failures; cookies never go along.

import pytest

import pictures
import raw
from answers import headers_of

PATHS = {
    "/api/v1/upload.php": {"POST", "OPTIONS"}, "/api/v1/list.php": {"GET", "HEAD", "OPTIONS"},
    "/api/v1/stats.php": {"GET", "HEAD", "OPTIONS"}, "/application/del.php": {"GET", "HEAD", "POST", "OPTIONS"},
    "/application/thumb.php": {"GET", "HEAD", "OPTIONS"},
}
HEADERS = ["content-type", "x-api-key", "x-requested-with", "authorization", "if-match", "if-none-match"]
FURTHER = {"/api/v1/upload.php": ["idempotency-key"]}


@pytest.mark.parametrize("path", PATHS)
def test_preflight(client, path):
    response = client.request("OPTIONS", path, headers={
        "Origin": "https://blog.example.org", "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "x-api-key, content-type"})
    seen = headers_of(response)
    assert (response.status_code, response.content) == (204, b"")
    assert seen["access-control-allow-origin"] == "*"
    assert {word.strip() for word in seen["access-control-allow-methods"].split(",")} == PATHS[path]
    assert [word.strip().lower() for word in seen["access-control-allow-headers"].split(",")] == HEADERS + FURTHER.get(path, [])
    assert seen["access-control-max-age"] == "86400"
    assert "access-control-allow-credentials" not in seen


def failures(client):
    yield "401", client.upload(pictures.jpeg(), token=False)
    yield "400", client.upload(b"nothing", "a.jpg")
    yield "404", client.get("/application/del.php?hash=x")
    yield "405", client.request("PUT", "/api/v1/list.php")
    yield "413", client.raw(raw.request("POST", client.site.prefix + "/api/v1/upload.php", [raw.form_type()], b"--", length=1 << 30))


def test_failures_are_readable(client):
    for name, response in failures(client):
        seen = headers_of(response)
        assert seen["access-control-allow-origin"] == "*", name
        assert "access-control-allow-credentials" not in seen, name


def test_stored_files_are_readable(client):
    """A canvas or a fetch of another page may use a public picture."""
    answer = client.uploaded(pictures.jpeg())
    for url in [answer["url"], answer["thumb"]]:
        response = client.get(url, headers={"Origin": "https://blog.example.org"})
        assert headers_of(response)["access-control-allow-origin"] == "*"
