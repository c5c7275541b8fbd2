# openapi.json is valid, says what the site does, and leaves nothing out: answers of every operation, good and bad, are compared with it.

import json

import pytest
import requests
from openapi_spec_validator import validate

import pictures
import raw
import videos
from described import Description
from old_forms import API, OldClient
from syncing import CONFLICTS, DEVICES, HISTORY, PULL, SYNC, Device, new_key

UPLOAD, LIST, STATS = "/api/v1/upload.php", "/api/v1/list.php", "/api/v1/stats.php"
DELETE, THUMB, NUMBERS = "/application/del.php", "/application/thumb.php", "/api/public.php"
TUS = "/api/v1/tus.php"


@pytest.fixture(scope="module")
def described(site):
    return Description(site.url)


@pytest.fixture
def device(site):
    return Device(site, "device")


def test_the_document(site, described):
    answer = requests.get(site.url + "/openapi.json", timeout=120)
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8" and answer.headers["Access-Control-Allow-Origin"] == "*"
    validate(described.document)
    assert described.document["servers"] == [{"url": site.url}]
    assert all("default" not in operation["responses"] for _, _, operation in described.operations())
    assert requests.head(site.url + "/openapi.json", timeout=120).status_code == 200
    assert requests.post(site.url + "/openapi.json", timeout=120).status_code == 405


def test_the_hosts_name_is_not_the_clients(site):
    answer = requests.get(site.url + "/openapi.json", headers={"Host": "evil.example"}, timeout=120)
    assert answer.json()["servers"] == [{"url": site.url}]


def test_uploads(client, described, site):
    for answer in [client.upload(pictures.jpeg()), client.upload(pictures.svg(), "a.svg"), client.upload(videos.sample("mp4"), "a.mp4"),
                   client.upload(b"no picture"), client.upload(pictures.jpeg(), token=False), client.post_form([]),
                   client.upload(pictures.jpeg(), token=False, headers={"X-API-Key": "x"}),
                   client.post_form(b"--x", raw.BOUNDARY)]:
        described.assert_described(answer, UPLOAD)
    with site.setting(deduplicate="on"):
        picture = pictures.jpeg(seed=77)
        client.uploaded(picture)
        assert described.assert_described(client.upload(picture), UPLOAD).json()["duplicate"] is True
    with site.setting(video_upload="off"):
        assert described.assert_described(client.upload(videos.sample("mp4"), "a.mp4"), UPLOAD).status_code == 403
    with site.setting(image_min_width="100"):
        assert described.assert_described(client.upload(pictures.jpeg()), UPLOAD).json()["error"] == "Too few pixels"


def test_uploads_that_are_repeated(client, described):
    key = {"Idempotency-Key": "0123456789abcdef-described"}
    for answer in [client.upload(pictures.jpeg(seed=8), headers=key), client.upload(pictures.jpeg(seed=8), headers=key),
                   client.upload(pictures.jpeg(seed=9), headers=key), client.upload(pictures.jpeg(), headers={"Idempotency-Key": "short"})]:
        described.assert_described(answer, UPLOAD)


def test_resumable_uploads(client, described):
    def ask(method, path=TUS, body=None, **headers):
        sent = {"X-API-Key": client.key, "Tus-Resumable": "1.0.0", **{name.replace("_", "-"): value for name, value in headers.items()}}
        return described.assert_described(client.request(method, path, data=body, headers=sent), TUS)

    bytes_ = {"Content_Type": "application/offset+octet-stream"}
    picture = pictures.jpeg(seed=10)
    begun = ask("POST", Upload_Length=str(len(picture)))
    assert begun.status_code == 201
    address = begun.headers["Location"]
    assert ask("HEAD", address).headers["Upload-Offset"] == "0"
    for status, answer in [
        (409, ask("PATCH", address, b"x", Upload_Offset="1", **bytes_)), (415, ask("PATCH", address, b"x", Upload_Offset="0")),
        (412, ask("PATCH", address, b"x", Tus_Resumable="0.2", **bytes_)), (400, ask("PATCH", address, b"x", **bytes_)),
        (413, ask("PATCH", address, picture + b"x", Upload_Offset="0", **bytes_)),
        (460, ask("PATCH", address, b"x", Upload_Offset="0", Upload_Checksum="sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=", **bytes_)),
        (204, ask("PATCH", address, picture[:20], Upload_Offset="0", **bytes_)), (200, ask("GET", address)),
        (204, ask("PATCH", address, picture[20:], Upload_Offset="20", **bytes_)), (200, ask("GET", address)), (204, ask("DELETE", address)),
        (404, ask("GET", address)), (404, ask("HEAD", TUS + "?id=none")), (400, ask("POST", Upload_Length="0")),
        (400, ask("POST", Upload_Length="4", Upload_Metadata="a !")), (413, ask("POST", Upload_Length="99999999999")),
        (400, ask("POST", Upload_Defer_Length="1")), (400, ask("POST", TUS, b"no picture, nor a video", Upload_Length="23", **bytes_)),
        (400, ask("POST", TUS, b"no picture, nor a video", Upload_Length="23", Upload_Metadata="dialect YXBw", Sec_Fetch_Site="none", **bytes_)),
    ]:
        assert answer.status_code == status, (answer.request.method, answer.text)
    described.assert_described(client.request("GET", address), TUS)


def test_the_list_and_the_numbers(client, described):
    client.uploaded(pictures.jpeg(seed=5))
    client.uploaded(videos.sample("webm"), "a.webm")
    for parameters in [{}, {"page": 2, "per_page": 1}, {"type": "video"}, {"q": "x"}, {"order_by": "views", "order_dir": "ASC"}, {"mine": 1}]:
        described.assert_described(client.list(**parameters), LIST)
    cursor = client.list(per_page=1).json()["next_cursor"]
    assert "pagination" not in described.assert_described(client.list(cursor=cursor), LIST).json()
    assert described.assert_described(client.list(cursor=cursor, q="x"), LIST).status_code == 400
    described.assert_described(client.get(LIST, headers={"X-API-Key": "x"}), LIST)
    described.assert_described(client.get(LIST, params={"mine": "1"}, headers={"X-API-Key": client.key}), LIST)
    described.assert_described(client.get(STATS), STATS)
    described.assert_described(client.get(STATS, headers={"X-API-Key": "x"}), STATS)


def test_delete_links(client, described):
    link = client.uploaded(pictures.jpeg(seed=6))["del"]
    assert described.assert_described(client.get(link, headers={"Sec-Purpose": "prefetch"}), DELETE).content == b""
    assert described.assert_described(client.request("HEAD", link), DELETE).status_code == 200
    assert described.assert_described(client.get(link), DELETE).json()["code"] == 200
    assert described.assert_described(client.get(link), DELETE).json()["code"] == 404
    described.assert_described(client.get(DELETE), DELETE)


def test_thumbnails(client, described):
    thumb = client.uploaded(pictures.photograph(400, 300))["thumb"]
    for _ in range(2):
        answer = described.assert_described(client.get(thumb), THUMB)
        assert answer.status_code == 200
    described.assert_described(client.get(thumb, headers={"If-None-Match": answer.headers["ETag"]}), THUMB)
    described.assert_described(client.get(thumb, headers={"Range": "bytes=0-9"}), THUMB)
    for condition, status, error in (({"Range": "bytes=99999999-"}, 416, "Range not satisfiable"), ({"If-Match": '"x"'}, 412, "Precondition failed")):
        refused = described.assert_described(client.get(thumb, headers=condition), THUMB)
        assert (refused.status_code, refused.json()["error"]) == (status, error)
    assert described.assert_described(client.get(thumb.replace("img=/uploads", "img=")), THUMB).status_code == 302
    assert described.assert_described(client.get(THUMB), THUMB).status_code == 404


def test_pushing_and_pulling(device, described):
    key = new_key()
    other = Device(device.site, "other")
    described.assert_described(device.push(key, {"a": 1, "b": 1}), SYNC)
    described.assert_described(device.push(key, {"a": 1, "b": 1}), SYNC)
    described.assert_described(other.push(key, {"a": 2, "b": 2}, return_content=True), SYNC)
    described.assert_described(device.push(key, {"a": 3, "b": 1}), SYNC)
    latest = described.assert_described(device.request("GET", SYNC, params={"file_key": key}), SYNC)
    described.assert_described(device.request("GET", SYNC, params={"file_key": key}, headers={"If-None-Match": latest.headers["ETag"]}), SYNC)
    described.assert_described(device.request("GET", SYNC, params={"file_key": key, "since_version": 0, "limit": 1}), SYNC)
    described.assert_described(device.request("GET", SYNC, params={"file_key": key, "since_version": 99}), SYNC)
    described.assert_described(device.request("HEAD", SYNC, params={"file_key": key}), SYNC)
    described.assert_described(device.request("GET", HISTORY, params={"file_key": key}), HISTORY)
    for parameters in [{"version": 1}, {"hash": latest.json()["hash"]}, {"raw": 1}, {"version": 99}, {"version": "x"}, {"raw": 5}]:
        described.assert_described(device.request("GET", PULL, params={"file_key": key, **parameters}), PULL)
    described.assert_described(device.request("GET", DEVICES, params={"file_key": key}), DEVICES)
    found = described.assert_described(device.request("GET", CONFLICTS, params={"file_key": key}), CONFLICTS).json()["conflicts"]
    for action in ["resolve_keep_local", "resolve_keep_local", "resolve_keep_remote"]:
        described.assert_described(device.request("POST", CONFLICTS, json={"id": found[0]["id"], "action": action}), CONFLICTS)
    described.assert_described(device.request("GET", CONFLICTS, params={"file_key": key, "resolved": 1}), CONFLICTS)
    for change in [{"action": "rename", "device_name": "x"}, {"action": "forget"}, {"action": "forget"}, {"action": "x"}]:
        described.assert_described(device.request("POST", DEVICES, json={"device_id": "other", **change}), DEVICES)
    described.assert_described(device.request("DELETE", SYNC, params={"file_key": key}), SYNC)
    described.assert_described(device.request("DELETE", SYNC, params={"file_key": key}), SYNC)
    described.assert_described(device.request("GET", SYNC, params={"file_key": key}), SYNC)
    described.assert_described(device.request("GET", HISTORY, params={"file_key": key}), HISTORY)
    described.assert_described(device.request("GET", SYNC, params={"file_key": key, "since_version": 0}), SYNC)


@pytest.mark.parametrize("fields, headers, status", [
    ({"content": 1, "device_id": "d"}, {}, 400), ({"file_key": "k", "content": 1, "device_id": "d", "on_conflict": "x"}, {}, 400),
    ({"file_key": "strict", "content": 1, "device_id": "d"}, {"If-Match": '"%s"' % ("0" * 64)}, 412),
    ({"file_key": "k", "content": 1, "device_id": "d", "base_version": 9}, {}, 400),
])
def test_pushes_that_are_refused(device, described, fields, headers, status):
    answer = device.request("POST", SYNC, json=fields, headers=headers)
    assert described.assert_described(answer, SYNC).status_code == status


def test_a_push_over_a_newer_version_and_a_key_that_was_used(device, described):
    key = new_key()
    device.push(key, 1)
    Device(device.site, "other").push(key, 2)
    answer = device.push(key, 3, base_version=1, on_conflict="reject")
    assert described.assert_described(answer, SYNC).status_code == 409
    used = {"Idempotency-Key": key}
    fields = {"file_key": key, "device_id": "d"}
    device.request("POST", SYNC, json={**fields, "content": 4}, headers=used)
    answer = device.request("POST", SYNC, json={**fields, "content": 5}, headers=used)
    assert described.assert_described(answer, SYNC).json()["error"] == "Idempotency-Key was used for another push"


@pytest.mark.parametrize("body, kind", [
    (b"", "application/json"), (b"[", "application/json"), (b"x", "text/plain"), (b"--x", "multipart/form-data; boundary=x"),
    (b"x", "multipart/mixed; boundary=x"), (b"token=a&token=b", "application/x-www-form-urlencoded"),
])
@pytest.mark.parametrize("path", [SYNC, DEVICES, CONFLICTS])
def test_bodies_that_cannot_be(device, described, path, body, kind):
    answer = device.request("POST", path, data=body, headers={"Content-Type": kind})
    assert described.assert_described(answer, path).status_code == 400


@pytest.mark.parametrize("path", [SYNC, HISTORY, PULL, DEVICES, CONFLICTS])
def test_who_may_not(site, client, described, path):
    for headers in [{}, {"X-API-Key": "x"}]:
        described.assert_described(client.get(path, params={"file_key": "k"}, headers=headers), path)
    made = json.loads(site.imagebed("key", "create", "--user", "admin", "--scopes", "upload", "--json").stdout)
    answer = client.get(path, params={"file_key": "k"}, headers={"X-API-Key": made["key"]})
    assert described.assert_described(answer, path).status_code == 403


def test_the_old_api(site, described):
    old = OldClient(site)
    for answer in [old.api(pictures.jpeg()), old.api(b"no picture"), old.request("GET", API), old.request("POST", API),
                   old.request("HEAD", API), old.request("OPTIONS", API), OldClient(site, "wrong").api(pictures.jpeg()),
                   old.api(pictures.photograph(10, 10)), old.api(b"")]:
        described.assert_described(answer, API)


def test_public_numbers(client, described, site):
    described.assert_described(client.get(NUMBERS), NUMBERS)
    with site.setting(public_numbers="on"):
        for show in ["file", "month", "none"]:
            described.assert_described(client.get(NUMBERS, params={"show": show}), NUMBERS)
        described.assert_described(client.request("POST", NUMBERS, params={"show": "file"}), NUMBERS)


def test_preflights(client, described):
    for path, method, _ in described.operations():
        if method == "options" and path != API:
            assert described.assert_described(client.request("OPTIONS", path), path).status_code == 204


def test_what_the_web_server_refuses(client, described, site):
    for path, method, _ in described.operations():
        if method in ("options", "head"):
            continue
        answer = client.request(method.upper(), path + "?x=" + "a" * 9000, headers={"Expect": ""})
        assert answer.status_code == 414, path
        described.assert_described(answer, path, method)
        # More than a buffer of nginx's holds.
        wire = raw.request(method.upper(), site.prefix + path, ["X: " + "a" * 40_000])
        answer = client.raw(wire)
        assert answer.status == 431, path
        schema = described.response(path, method, answer.status)["content"]["application/json"]["schema"]
        described.assert_fits(answer.json(), schema)


def test_a_service_that_is_away(described, site, client):
    socket = next(path for path in (site.data / "run").rglob("list.sock"))
    away = socket.with_suffix(".away")
    socket.rename(away)
    try:
        answer = described.assert_described(client.get(LIST), LIST)
        assert answer.status_code in (502, 503)
    finally:
        away.rename(socket)
