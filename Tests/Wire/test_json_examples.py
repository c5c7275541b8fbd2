# Every sample of the API page, request and answer, word for word where the page fixes words.

import json

import requests

from answers import assert_json
from syncing import CONFLICTS, HISTORY, SYNC, TIME, Device, new_key, sha256

DARK = {"theme": "dark", "language": "zh-CN"}
PUSH = '''{
    "file_key": "%s",
    "content": {"theme": "dark", "language": "zh-CN"},
    "device_id": "device_001",
    "device_name": "我的手机",
    "message": "更新主题设置"
}'''


def without_times(body, *names):
    """The body with times checked for their form and taken out."""
    for name in names:
        assert TIME.fullmatch(body.pop(name))
    return body


def test_push(site):
    """The page's curl: a body with white space and Chinese text."""
    key = new_key("user_settings")
    response = requests.post(site.url + SYNC, data=(PUSH % key).encode(),
                             headers={"Content-Type": "application/json", "X-API-Key": site.key}, timeout=120)
    assert_json(response, 200, {"success": True, "version": 1, "hash": sha256(DARK), "conflict": False,
                                "message": "Version created successfully"}, ETag=f'"{sha256(DARK)}"')
    assert list(response.json()) == ["success", "version", "hash", "conflict", "message"]


def test_push_as_form(site):
    """The page's second content type, multipart/form-data, and the third that browsers know."""
    for arguments in [{"files": {name: (None, value) for name, value in form(new_key()).items()}}, {"data": form(new_key())}]:
        response = requests.post(site.url + SYNC, headers={"X-API-Key": site.key}, timeout=120, **arguments)
        assert_json(response, 200, {"success": True, "version": 1, "hash": sha256(DARK), "conflict": False,
                                    "message": "Version created successfully"})


def form(key):
    return {"file_key": key, "content": '{"theme": "dark", "language": "zh-CN"}', "device_id": "device_001", "device_name": "我的手机",
            "message": "更新主题设置"}


def test_token_in_the_body(site):
    key = new_key()
    fields = {"file_key": key, "content": DARK, "device_id": "d", "token": site.key}
    assert requests.post(site.url + SYNC, json=fields, timeout=120).status_code == 200
    assert requests.post(site.url + SYNC, data={**form(key), "token": site.key}, timeout=120).status_code == 200


def test_conflict(site):
    """The page's conflict: made from version 3, met version 4, saved as version 5."""
    key, one, two = new_key(), Device(site, "device_001"), Device(site, "device_002")
    for number in (1, 2, 3):
        one.pushed(key, {"theme": "dark", "size": number})
    two.pulled(key)
    one.pushed(key, {"theme": "dark", "size": 4})
    response = two.push(key, {"theme": "light", "size": 3})
    merged = {"theme": "light", "size": 4}
    body = response.json()
    number = body.pop("conflict_id")
    assert number > 0
    assert body == {"success": True, "version": 5, "hash": sha256(merged), "conflict": True, "conflict_type": "divergence",
                    "message": "Conflict detected and auto-merged",
                    "conflict_details": {"local_version": 3, "remote_version": 4, "saved_as_version": 5},
                    "clean": True, "paths": [], "merged": True, "content_changed": True}
    assert list(response.json())[:7] == ["success", "version", "hash", "conflict", "conflict_type", "message", "conflict_details"]
    assert two.pulled(key) == merged


def test_pull_latest(site):
    key, one = new_key("user_settings"), Device(site, "device_001")
    for size in (1, 2):
        one.pushed(key, {"size": size})
    one.pushed(key, DARK)
    response = requests.get(site.url + f"{SYNC}?file_key={key}", headers={"X-API-Key": site.key}, timeout=120)
    assert list(response.json())[:6] == ["success", "file_key", "current_version", "content", "hash", "updated_at"]
    assert without_times(response.json(), "updated_at") == {
        "success": True, "file_key": key, "current_version": 3, "content": DARK, "hash": sha256(DARK), "device_id": "device_001",
        "message": "", "open_conflicts": 0}
    assert response.headers["ETag"] == f'"{sha256(DARK)}"'
    assert response.headers["Cache-Control"] == "private, no-cache"


def test_pull_updates(site):
    key, one, two = new_key("user_settings"), Device(site, "device_001"), Device(site, "device_002")
    one.pushed(key, {"size": 1})
    one.pushed(key, {"size": 2})
    two.pulled(key)
    two.pushed(key, {"size": 3}, message="更新配置")
    response = requests.get(site.url + f"{SYNC}?file_key={key}&since_version=2", headers={"X-API-Key": site.key}, timeout=120)
    body = response.json()
    assert [without_times(update, "created_at") for update in body["updates"]] == [
        {"version": 3, "content": {"size": 3}, "hash": sha256({"size": 3}), "device_id": "device_002", "message": "更新配置",
         "parent_hash": sha256({"size": 2})}]
    assert {name: body[name] for name in body if name != "updates"} == {"success": True, "file_key": key, "current_version": 3}


def test_history(site):
    key, one, two = new_key("user_settings"), Device(site, "device_001"), Device(site, "device_002")
    one.pushed(key, {"size": 1}, device_name="我的手机")
    two.pulled(key)
    two.pushed(key, {"size": 2})
    one.pulled(key)
    one.pushed(key, {"size": 3}, message="更新主题")
    response = requests.get(site.url + f"{HISTORY}?file_key={key}", headers={"X-API-Key": site.key}, timeout=120)
    body = response.json()
    assert list(body["history"][0])[:6] == ["version", "hash", "parent_hash", "device_id", "message", "created_at"]
    body["history"] = [without_times(entry, "created_at") for entry in body["history"]]
    entry = {"device_name": "我的手机", "device_id": "device_001", "size": 10, "merged": False}
    assert_body = {
        "success": True, "file_key": key, "current_version": 3,
        "history": [
            {"version": 3, "hash": sha256({"size": 3}), "parent_hash": sha256({"size": 2}), "message": "更新主题", **entry},
            {"version": 2, "hash": sha256({"size": 2}), "parent_hash": sha256({"size": 1}), "message": "", **entry,
             "device_id": "device_002", "device_name": ""},
            {"version": 1, "hash": sha256({"size": 1}), "parent_hash": None, "message": "", **entry},
        ],
        "pagination": {"current_page": 1, "per_page": 50, "total": 3, "total_pages": 1},
    }
    assert body == assert_body


def diverged(site):
    """A file whose second device wrote over the first's change of the same value."""
    key, one, two = new_key(), Device(site, "device_001"), Device(site, "device_002")
    one.pushed(key, {"theme": "dark", "language": "zh-CN"})
    two.pulled(key)
    one.pushed(key, {"theme": "blue", "language": "zh-CN"})
    answer = two.pushed(key, {"theme": "light", "language": "zh-CN"}, device_name="tablet")
    assert answer["conflict"] and not answer["clean"]
    return key, one, answer["conflict_id"]


def test_conflicts(site):
    key, one, number = diverged(site)
    body = one.conflicts(file_key=key).json()
    assert [without_times(row, "created_at") for row in body["conflicts"]] == [{
        "id": number, "file_key": key, "conflict_type": "divergence", "device_id": "device_002", "device_name": "tablet",
        "local_version": 1, "remote_version": 2, "saved_as_version": 3, "local_hash": sha256({"theme": "light", "language": "zh-CN"}),
        "remote_hash": sha256({"theme": "blue", "language": "zh-CN"}), "clean": False,
        "paths": [{"path": "/theme", "base": "dark", "local": "light", "remote": "blue", "chosen": "local"}],
        "resolved": 0, "resolution": None, "resolved_version": None, "resolved_at": None}]
    assert body["success"] is True and body["pagination"] == {"current_page": 1, "per_page": 50, "total": 1, "total_pages": 1}
    assert one.conflicts(file_key=key, resolved=1).json()["conflicts"] == []


def test_resolve_keep_local(site):
    """The page's curl, as it is but for the number."""
    key, one, number = diverged(site)
    response = requests.post(site.url + CONFLICTS, data=json.dumps({"id": number, "action": "resolve_keep_local"}),
                             headers={"Content-Type": "application/json", "X-API-Key": site.key}, timeout=120)
    assert_json(response, 200, {
        "success": True, "id": number, "file_key": key, "action": "resolve_keep_local", "version": 4,
        "hash": sha256({"theme": "light", "language": "zh-CN"}), "conflict": False, "resolved": 1, "message": "Conflict resolved"})
    assert one.pulled(key) == {"theme": "light", "language": "zh-CN"}
    row, = one.conflicts(file_key=key, resolved=1).json()["conflicts"]
    assert (row["resolved"], row["resolution"], row["resolved_version"]) == (1, "resolve_keep_local", 4)
    assert TIME.fullmatch(row["resolved_at"])


def test_resolve_keep_remote(site):
    key, one, number = diverged(site)
    assert one.resolve(number, "resolve_keep_remote").json()["version"] == 4
    assert one.pulled(key) == {"theme": "blue", "language": "zh-CN"}


def test_resolve_custom(site):
    """The page's second curl."""
    key, one, number = diverged(site)
    chosen = {"theme": "light", "language": "en-US"}
    assert_json(one.resolve(number, "resolve_custom", content=chosen), 200, {
        "success": True, "id": number, "file_key": key, "action": "resolve_custom", "version": 4, "hash": sha256(chosen),
        "conflict": False, "resolved": 1, "message": "Conflict resolved"})
    assert one.pulled(key) == chosen


def test_devices(site):
    key, one, two = new_key(), Device(site, new_key("phone")), Device(site, new_key("tablet"))
    one.pushed(key, [1], device_name="手机")
    two.pulled(key)
    one.pushed(key, [1, 2])
    body = one.devices(file_key=key).json()
    first, second = body["devices"]
    for device, times in [(first, ["first_seen_at", "last_sync_at", "last_push_at"]), (second, ["first_seen_at", "last_sync_at", "last_pull_at"])]:
        without_times(device, *times)
    assert first == {"device_id": one.name, "device_name": "手机", "last_pull_at": None,
                     "files": [{"file_key": key, "last_version": 2, "current_version": 2, "behind": 0}]}
    assert second == {"device_id": two.name, "device_name": "", "last_push_at": None,
                      "files": [{"file_key": key, "last_version": 1, "current_version": 2, "behind": 1}]}
    assert body["pagination"] == {"current_page": 1, "per_page": 50, "total": 2, "total_pages": 1}
