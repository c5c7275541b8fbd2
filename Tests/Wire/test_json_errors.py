# Every bad input: status, headers and the whole body.

import json

import pytest
import requests

import raw
from answers import assert_json
from client import Client
from syncing import CONFLICTS, DEVICES, HISTORY, PULL, SYNC, Device, assert_error, new_key, sha256

MEGABYTE = 1 << 20
GOOD = {"file_key": "errors", "content": {"a": 1}, "device_id": "d"}


@pytest.fixture
def device(site):
    return Device(site, "device")


def post(device, path, body, **headers):
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    return device.request("POST", path, data=body, headers={"Content-Type": "application/json", **headers})


@pytest.mark.parametrize("field, fields", [
    ("file_key", {"content": 1, "device_id": "d"}), ("content", {"file_key": "k", "device_id": "d"}),
    ("device_id", {"file_key": "k", "content": 1}), ("content", {**GOOD, "content": None}),
    ("file_key", {**GOOD, "file_key": ""}), ("file_key", {**GOOD, "file_key": 5}), ("file_key", {**GOOD, "file_key": "k" * 191}),
    ("file_key", {**GOOD, "file_key": "a\nb"}), ("file_key", {**GOOD, "file_key": "a\u0000b"}),
    ("device_id", {**GOOD, "device_id": ""}), ("device_id", {**GOOD, "device_id": "d" * 129}), ("device_id", {**GOOD, "device_id": ["d"]}),
    ("device_name", {**GOOD, "device_name": "x" * 201}), ("device_name", {**GOOD, "device_name": {}}),
    ("message", {**GOOD, "message": "字" * 1001}), ("message", {**GOOD, "message": 1}),
    ("base_version", {**GOOD, "base_version": -1}), ("base_version", {**GOOD, "base_version": 7}),
    ("base_version", {**GOOD, "base_version": 1.5}), ("base_version", {**GOOD, "base_version": "x"}),
    ("on_conflict", {**GOOD, "on_conflict": "maybe"}), ("return_content", {**GOOD, "return_content": "maybe"}),
])
def test_a_field_that_cannot_be(device, field, fields):
    assert_error(post(device, SYNC, fields), 400, f"Invalid parameter: {field}")


def test_limits_of_names_are_kept_exactly(device):
    key = "键" * 63 + "k"
    assert len(key.encode()) == 190
    assert device.push(key, 1, device_id="d" * 128, message="字" * 1000).status_code == 200


@pytest.mark.parametrize("body, detail", [
    (b"", "the text is empty (byte 0)"),
    (b"not json", "this byte cannot stand here (byte 1)"),
    (b'{"file_key":"k","content":{},"device_id":"d"', "the text ends too early (byte 44)"),
    (b'{"file_key":"k","content":{},"device_id":"d"} x', "there is text behind the value (byte 46)"),
    (b'\xef\xbb\xbf{"file_key":"k","content":{},"device_id":"d"}', "a byte order mark is not allowed (byte 0)"),
    (b'{"file_key":"k","content":{"a":1,"a":2},"device_id":"d"}', "the key occurs twice in one object (byte 33)"),
    (b'{"file_key":"k","content":{"a":1,"\\u0061":2},"device_id":"d"}', "the key occurs twice in one object (byte 33)"),
    (b'{"file_key":"k","file_key":"k","content":{},"device_id":"d"}', "the key occurs twice in one object (byte 16)"),
    (b'{"file_key":"k","content":"\\ud800","device_id":"d"}', None),
    (b'{"file_key":"k","content":["\\ud800"],"device_id":"d"}', None),
    (b'{"file_key":"k","content":["\xff"],"device_id":"d"}', None),
    (b'{"file_key":"k","content":["\xed\xa0\x80"],"device_id":"d"}', None),
    (b'{"file_key":"k","content":[NaN],"device_id":"d"}', None),
    (b'{"file_key":"k","content":[01],"device_id":"d"}', None),
    (b'{"file_key":"k","content":[1,],"device_id":"d"}', None),
    (b'{"file_key":"k","content":"{\\"a\\":1,\\"a\\":2}","device_id":"d"}', "the key occurs twice in one object (byte 7)"),
    (b'{"file_key":"k","content":"","device_id":"d"}', "the text is empty (byte 0)"),
    (b'{"file_key":"k","content":"plain text","device_id":"d"}', None),
    (b'{"file_key":"k","content":' + b"[" * 10_000 + b"]" * 10_000 + b',"device_id":"d"}', None),
    (b'{"file_key":"k","content":' + b"[" * 513 + b"]" * 513 + b',"device_id":"d"}', None),
    (b'{"file_key":"k","content":' + b'{"a":' * 1_000_000, None),
    (b"[1,2]", "an object was expected (byte 0)"),
])
def test_not_json(device, body, detail):
    response = post(device, SYNC, body)
    if detail is None:
        detail = response.json()["detail"]
    assert_error(response, 400, "Invalid JSON content", detail=detail)
    assert_error(device.pull("k"), 404, "File not found")


def test_512_levels_are_enough(device):
    key = new_key()
    body = b'{"file_key":"%s","content":' % key.encode() + b"[" * 512 + b"]" * 512 + b',"device_id":"d"}'
    assert post(device, SYNC, body).status_code == 200


def test_numbers_stay_as_they_were_sent(device):
    content = b'{"big":9007199254740993,"price":1.10,"tiny":1E-400,"minus":-0,"text":"\\u00e9\\/"}'
    key = new_key()
    answer = post(device, SYNC, b'{"file_key":"%s","content": %s ,"device_id":"d"}' % (key.encode(), content)).json()
    assert answer["hash"] == sha256(content)
    assert device.version(key, version=1, raw=1).content == content
    assert content in device.pull(key).content


def test_a_body_over_60_megabytes(client):
    answer = client.raw(raw.request("POST", client.site.prefix + SYNC, ["Content-Type: application/json", f"X-API-Key: {client.key}"],
                                    b"{", length=60 * MEGABYTE))
    assert_error(answer, 413, "File too large")


def test_a_content_over_its_limit(device):
    content = b'"' + b"x" * (50 * MEGABYTE - 2) + b'"'
    key = new_key()
    fields = b'{"file_key":"%s","device_id":"d","content":[%%s]}' % key.encode()
    assert_error(post(device, SYNC, fields % content), 413, "File too large")
    # One byte less for each bracket is exactly the limit.
    fitting = b'"' + b"x" * (50 * MEGABYTE - 4) + b'"'
    answer = post(device, SYNC, fields % fitting)
    assert answer.status_code == 200 and answer.json()["hash"] == sha256(b"[" + fitting + b"]")
    assert device.version(key, version=1, raw=1).content == b"[" + fitting + b"]"


@pytest.mark.parametrize("path, query", [
    (SYNC, {}), (SYNC, {"since_version": 1}), (HISTORY, {}), (PULL, {}), (PULL, {"version": 1}), (PULL, {"hash": "0" * 64}),
])
def test_unknown_file(device, path, query):
    assert_error(device.get(path, params={"file_key": "nobody-pushed-this", **query}), 404, "File not found")


def test_unknown_version(device):
    key = new_key()
    device.pushed(key, 1)
    for query in ({"version": 2}, {"version": 2**62}, {"hash": "0" * 64}):
        assert_error(device.version(key, **query), 404, "Version not found")


@pytest.mark.parametrize("path, query, field", [
    (SYNC, {}, "file_key"), (HISTORY, {}, "file_key"), (PULL, {}, "file_key"), (SYNC, {"file_key": "x" * 191}, "file_key"),
    (SYNC, {"file_key": "k", "since_version": "x"}, "since_version"), (SYNC, {"file_key": "k", "since_version": -1}, "since_version"),
    (SYNC, {"file_key": "k", "since_version": "9" * 30}, "since_version"), (SYNC, {"file_key": "k", "limit": 0}, "limit"),
    (SYNC, {"file_key": "k", "device_id": "d" * 129}, "device_id"),
    (PULL, {"file_key": "k", "version": -1}, "version"), (PULL, {"file_key": "k", "version": 0}, "version"),
    (PULL, {"file_key": "k", "version": "x"}, "version"), (PULL, {"file_key": "k", "hash": "xyz"}, "hash"),
    (PULL, {"file_key": "k", "raw": 2}, "raw"), (CONFLICTS, {"resolved": 2}, "resolved"), (DEVICES, {"file_key": "x" * 191}, "file_key"),
])
def test_a_query_that_cannot_be(device, path, query, field):
    assert_error(device.get(path, params=query), 400, f"Invalid parameter: {field}")


@pytest.mark.parametrize("per_page, used", [("0", 1), ("-5", 1), ("101", 100), ("9" * 40, 100), ("x", 50), ("", 50)])
def test_pages_are_brought_into_their_range(device, per_page, used):
    key = new_key()
    device.pushed(key, 1)
    for response in (device.history(key, per_page=per_page, page=0), device.conflicts(file_key=key, per_page=per_page),
                     device.devices(file_key=key, per_page=per_page)):
        assert response.status_code == 200
        assert (response.json()["pagination"]["per_page"], response.json()["pagination"]["current_page"]) == (used, 1)
    assert device.history(key, page="9" * 18).json()["history"] == []


ALLOWED = {SYNC: "GET, HEAD, POST, DELETE, OPTIONS", HISTORY: "GET, HEAD, OPTIONS", PULL: "GET, HEAD, OPTIONS",
           DEVICES: "GET, HEAD, POST, OPTIONS", CONFLICTS: "GET, HEAD, POST, OPTIONS"}


@pytest.mark.parametrize("path", ALLOWED)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_method_not_allowed(device, path, method):
    if method not in ALLOWED[path]:
        assert_error(device.request(method, path), 405, "Method not allowed", headers={"Allow": ALLOWED[path]})


@pytest.mark.parametrize("path", ALLOWED)
def test_who_is_asking(site, client, path):
    bare = Client(site)
    assert_error(bare.get(path, params={"file_key": "k"}), 401, "Login required or invalid token")
    assert_error(bare.get(path, params={"file_key": "k"}, headers={"X-API-Key": "wrong"}), 401, "Invalid API key")
    key = site.imagebed("key", "create", "--scopes", "upload").stdout.strip()
    assert_error(bare.get(path, params={"file_key": "k"}, headers={"X-API-Key": key}), 403, "API key lacks the scope: json")


def test_who_is_pushing(site):
    assert_error(requests.post(site.url + SYNC, json=GOOD, timeout=120), 401, "Login required or invalid token")
    assert_error(requests.post(site.url + SYNC, json={**GOOD, "token": "wrong"}, timeout=120), 401, "Login required or invalid token")


def test_preflight(client):
    response = client.request("OPTIONS", SYNC)
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST, DELETE, OPTIONS"
    assert response.headers["Access-Control-Allow-Headers"] == (
        "Content-Type, X-API-Key, X-Requested-With, Authorization, If-Match, If-None-Match, X-Device-ID, Idempotency-Key")


@pytest.fixture(scope="module")
def stranger(site):
    """Somebody else's account on the same site."""
    site.imagebed("user", "add", "stranger")
    return Device(site, "thief", site.imagebed("key", "create", "--user", "stranger").stdout.strip())


def test_another_accounts_file(device, stranger):
    key = new_key()
    secret = device.pushed(key, {"secret": 1})["hash"]
    for response in (stranger.pull(key), stranger.history(key), stranger.version(key, hash=secret),
                     stranger.request("DELETE", SYNC, params={"file_key": key})):
        assert_error(response, 404, "File not found")
    assert stranger.pushed(key, {"mine": 1})["version"] == 1
    assert device.pulled(key) == {"secret": 1}
    # The same content of two accounts is one in the store, but no key to the other's.
    assert_error(stranger.version(key, hash=secret), 404, "Version not found")
    assert stranger.devices().json()["devices"][0]["device_id"] == "thief"
    assert len(stranger.devices().json()["devices"]) == 1


def test_another_accounts_conflict(site, device, stranger):
    key, other = new_key(), Device(site, "other")
    device.pushed(key, 1)
    number = other.pushed(key, 2)["conflict_id"]
    assert_error(stranger.resolve(number, "resolve_keep_local"), 404, "Conflict not found")
    assert stranger.conflicts().json()["conflicts"] == []


@pytest.mark.parametrize("field, fields", [
    ("id", {"action": "resolve_keep_local"}), ("id", {"id": 0, "action": "resolve_keep_local"}), ("id", {"id": "x", "action": "resolve_keep_local"}),
    ("action", {"id": 1}), ("action", {"id": 1, "action": "resolve"}), ("content", {"id": 1, "action": "resolve_custom"}),
])
def test_a_resolution_that_cannot_be(device, field, fields):
    assert_error(post(device, CONFLICTS, fields), 400, f"Invalid parameter: {field}")


def test_unknown_conflict(device):
    assert_error(device.resolve(10**9, "resolve_keep_local"), 404, "Conflict not found")


def test_resolving_twice(site, device):
    key, other = new_key(), Device(site, "other")
    device.pushed(key, 1)
    number = other.pushed(key, 2)["conflict_id"]
    first = other.resolve(number, "resolve_custom", content=[3])
    assert other.resolve(number, "resolve_custom", content=[3]).json() == first.json()
    for action, content in (("resolve_keep_local", None), ("resolve_keep_remote", None), ("resolve_custom", [4])):
        assert_error(other.resolve(number, action, **({"content": content} if content else {})), 409, "Conflict already resolved")
    assert device.pull(key).json()["current_version"] == 3


@pytest.mark.parametrize("field, fields", [
    ("device_id", {"action": "forget"}), ("action", {"device_id": "d"}), ("action", {"device_id": "d", "action": "delete"}),
    ("device_name", {"device_id": "d", "action": "rename"}), ("device_name", {"device_id": "d", "action": "rename", "device_name": "x" * 201}),
])
def test_a_change_of_a_device_that_cannot_be(device, field, fields):
    assert_error(post(device, DEVICES, fields), 400, f"Invalid parameter: {field}")


def test_unknown_device(device):
    for fields in ({"device_id": "nobody", "action": "forget"}, {"device_id": "nobody", "action": "rename", "device_name": "x"}):
        assert_error(post(device, DEVICES, fields), 404, "Device not found")


def test_ahead_of_the_head(device):
    key = new_key()
    device.pushed(key, 1)
    assert_json(device.pull(key, since_version=9), 200,
                {"success": True, "file_key": key, "current_version": 1, "updates": [], "resync": True})
