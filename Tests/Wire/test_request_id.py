# The identity of a request: in the header of its answer, in errors of the v1 API, in the logs of responders and of the web server; the same
# one everywhere, and none of a client's own making.

import json
import re

import pytest

import engines
import pictures
from client import Client
from running_site import Site, until

HEADER = "X-Request-Id"
OWN = re.compile(r"[0-9a-f]{32}")
LIST, STATS, UPLOAD = "/api/v1/list.php", "/api/v1/stats.php", "/api/v1/upload.php"


@pytest.fixture(scope="module", params=["nginx", "apache"])
def either(request):
    prefix = ["--prefix", "/pictures"] if request.param == "apache" else []
    with Site(options=["--web", request.param, *prefix]) as site:
        yield Client(site)


def access_log(site):
    return (site.data / "logs" / "access.log").read_text()


@engines.of_one_node("each writes to its own log")
@pytest.mark.parametrize("method, path", [
    ("GET", LIST), ("HEAD", LIST), ("OPTIONS", UPLOAD), ("POST", UPLOAD), ("GET", "/app/list.php"), ("GET", "/api/index.php"), ("GET", "/app/del.php"),
    ("GET", "/application/del.php?hash=x"), ("GET", "/api/v1/json/sync.php"), ("DELETE", STATS),
])
def test_every_answer_of_a_responder_has_one(either, method, path):
    ids = [either.request(method, path).headers[HEADER] for _ in range(2)]
    assert all(OWN.fullmatch(each) for each in ids) and ids[0] != ids[1]
    assert until(lambda: all(each in access_log(either.site) for each in ids)), "it is in the web server's log"


def test_errors_tell_it(either):
    for answer in [either.get(LIST, params={"cursor": "x"}), either.upload(b"no picture"), either.get(UPLOAD),
                   either.get("/api/v1/json/sync.php"), either.get("/api/v1/tus.php?id=none")]:
        assert answer.status_code >= 400 and answer.json()["request_id"] == answer.headers[HEADER]


def test_old_dialects_do_not(either):
    """Their clients compare bytes."""
    for answer in [either.get("/api/index.php"), either.request("POST", "/app/upload.php"), either.get("/app/del.php"), either.get("/api/public.php?show=x")]:
        assert HEADER in answer.headers and "request_id" not in answer.text and answer.headers[HEADER] not in answer.text


def test_a_client_does_not_choose_it(either):
    sent = "chosen-by-a-client"
    answer = either.get(LIST, params={"cursor": "x"}, headers={HEADER: sent})
    assert OWN.fullmatch(answer.headers[HEADER]) and sent not in answer.text


@engines.of_one_node("each writes to its own log")
def test_a_trusted_proxy_does(either):
    with either.site.setting(trusted_proxies="127.0.0.1"):
        answer = either.get(LIST, params={"cursor": "x"}, headers={HEADER: "of-the-proxy_1"})
        assert answer.headers[HEADER] == answer.json()["request_id"] == "of-the-proxy_1"
        for strange in ["short", "a" * 65, 'quoted"id', "two words"]:
            assert OWN.fullmatch(either.get(STATS, headers={HEADER: strange}).headers[HEADER])
    assert until(lambda: "of-the-proxy_1" in access_log(either.site))


def test_the_log_has_it(either):
    """A failure that an operator has to look into: the page of it, the JSON and the log say the same."""
    site = either.site
    site.query(f"ALTER TABLE {engines.summed('counter')} RENAME TO retnuoc")
    try:
        answer = either.get(STATS)
    finally:
        site.query(f"ALTER TABLE retnuoc RENAME TO {engines.summed('counter')}")
    assert answer.status_code == 500
    lines = [json.loads(line) for line in site.transcript().splitlines() if line.startswith('{"time"')]
    assert [line["path"] for line in lines if line.get("id") == answer.json()["request_id"] == answer.headers[HEADER]] == [STATS]


def test_what_nginx_refuses_by_itself(either):
    if "nginx" not in either.site.options:
        pytest.skip("Apache makes none without mod_unique_id")
    for answer in [either.get("/nothing"), either.get("/uploads/2000/01/none.png"), either.request("POST", "/uploads/2000/01/none.png")]:
        assert answer.status_code in (404, 405) and OWN.fullmatch(answer.headers[HEADER])


def test_stored_files_have_none(either):
    """They are kept by caches, and answered to others from there."""
    stored = either.uploaded(pictures.jpeg())
    assert HEADER not in either.get(stored["url"]).headers
