# What programs that watch the site ask: 200 where it can do its work, 503 and not a word about why where it cannot.

import contextlib
import json

import pytest

import engines
from answers import assert_error, assert_json, headers_of
from client import Client
from described import Description
from running_site import Site, until

HEALTH = "/api/v1/health.php"


@pytest.fixture(scope="module", params=["nginx", "apache"])
def either(request):
    prefix = ["--prefix", "/pictures"] if request.param == "apache" else []
    with Site(options=["--web", request.param, *prefix]) as site:
        client = Client(site)
        client.description = Description(site.url)
        yield client


@contextlib.contextmanager
def away(path):
    """Something is not there while it lasts."""
    elsewhere = path.with_name(path.name + ".away")
    path.rename(elsewhere)
    try:
        yield
    finally:
        if path.is_dir():
            path.rmdir()
        elsewhere.rename(path)


def assert_sick(client):
    """The cause stands in the log alone."""
    answer = client.get(HEALTH)
    assert_error(answer, 503, "Service unavailable", Retry_After="5", Cache_Control="no-store")
    assert str(client.site.data) not in answer.text and "database" not in answer.text
    said = client.site.transcript().splitlines()
    lines = [json.loads(line) for line in said if line.startswith("{") and answer.headers["X-Request-Id"] in line]
    assert [line["path"] for line in lines] == [HEALTH] and lines[0]["because"]
    client.description.assert_described(answer, HEALTH)


def assert_healthy(client):
    assert_json(client.get(HEALTH), 200, {"success": True}, Cache_Control="no-store")


def test_a_site_that_works(either):
    assert_healthy(either)
    assert either.get(HEALTH, headers={"X-API-Key": "wrong"}).status_code == 200, "it is nobody's business who asks"
    head = either.request("HEAD", HEALTH)
    assert head.status_code == 200 and head.content == b"" and headers_of(head)["cache-control"] == "no-store"
    assert either.request("POST", HEALTH).headers["Allow"] == "GET, HEAD, OPTIONS"
    either.description.assert_described(either.get(HEALTH), HEALTH)
    assert either.site.files("uploads") == [] and either.site.unnamed_files() == []


def test_a_disk_that_is_full(either):
    with either.site.setting(minimum_free_bytes="1024GB"):
        assert_sick(either)
    assert_healthy(either)


@engines.of_one_node("the other one answers")
def test_a_folder_that_is_not_there(either):
    """A disk that was unmounted, seen by processes that had it open."""
    uploads = either.site.data / "uploads"
    with away(uploads):
        assert_sick(either)
        uploads.write_bytes(b"a file in its place")
        assert_sick(either)
        uploads.unlink()
    assert_healthy(either)


def test_a_database_that_is_not_there(either):
    """Processes that have it open could go on for long, until a disk is full or the machine restarts."""
    with engines.away(either.site.data):
        assert_sick(either)
    assert_healthy(either)


@engines.of_one_node("the other one answers")
def test_a_responder_that_is_gone(either):
    """Whatever the web server then says, it is no success."""
    for socket in (either.site.data / "run").rglob("health.sock"):
        with away(socket):
            assert either.get(HEALTH).status_code in (502, 503)
    assert until(lambda: either.get(HEALTH).status_code == 200)
