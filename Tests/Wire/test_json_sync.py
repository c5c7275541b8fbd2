# What goes beyond the samples: conditions, retries, strict callers, deletions, long lists, devices and keys bound to them.

import hashlib
import json
import random

import requests

from answers import assert_json
from syncing import DEVICES, SYNC, TIME, Device, assert_error, new_key, sha256, text

MEGABYTE = 1 << 20


def test_304_for_who_has_it(site):
    key, device = new_key(), Device(site, "d")
    tag = f'"{device.pushed(key, [1])["hash"]}"'
    # (What compressing servers make of a tag: test_compressing_proxies.py.)
    bare = tag.strip('"')
    for condition in (tag, f"W/{tag}", f'"{"0" * 64}", {tag}', "*", f'"{bare}-gzip"', f'W/"{bare}-gzip"', f'"{bare}-br"', f'"{"0" * 64}-br","{bare}-gzip"',
                      f"{bare}-gzip", f'"{bare.upper()}"'):
        response = device.pull(key, headers={"If-None-Match": condition})
        assert (response.status_code, response.content, response.headers["ETag"]) == (304, b"", tag)
        assert response.headers["Cache-Control"] == "private, no-cache"
    for condition in (f'"{"0" * 64}"', f'"{"0" * 64}-gzip"', f'"{bare}-zip"', f'"{bare}-gzip-gzip"', f'"{bare}gzip"', '"-gzip"'):
        assert device.pull(key, headers={"If-None-Match": condition}).status_code == 200
    device.pushed(key, [2])
    assert device.pull(key, headers={"If-None-Match": tag}).json()["content"] == [2]


def test_one_version(site):
    """The whole answer, by number, by hash and as the latest; a version never changes, which one is the latest does."""
    key, device = new_key(), Device(site, "d")
    device.pushed(key, {"n": 1.10}, device_name="phone", message="first")
    device.pushed(key, {"n": 2})
    first = {"success": True, "file_key": key, "version": 1, "current_version": 2, "content": {"n": 1.1}, "hash": sha256(b'{"n":1.1}'),
             "parent_hash": None, "device_id": "d", "device_name": "phone", "message": "first"}
    tag = f'"{first["hash"]}"'
    for query in ({"version": 1}, {"hash": first["hash"]}):
        response = device.version(key, **query)
        body = response.json()
        assert TIME.fullmatch(body.pop("created_at"))
        assert response.status_code == 200 and body == first and list(body) == list(first)
        assert response.headers["ETag"] == tag and "immutable" in response.headers["Cache-Control"]
    known = device.version(key, version=1, headers={"If-None-Match": tag})
    assert (known.status_code, known.content, known.headers["ETag"]) == (304, b"", tag)
    raw = device.version(key, version=1, raw=1)
    assert (raw.content, raw.headers["ETag"], raw.headers["Content-Type"]) == (b'{"n":1.1}', tag, "application/json; charset=utf-8")
    latest = device.version(key)
    assert latest.json()["version"] == 2 and latest.json()["parent_hash"] == first["hash"]
    assert latest.headers["Cache-Control"] == "private, no-cache"


def test_head_sends_nothing(site):
    key, device = new_key(), Device(site, "d")
    device.pushed(key, [1])
    response = device.request("HEAD", f"{SYNC}?file_key={key}")
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["ETag"] == f'"{sha256([1])}"'


def test_if_match(site):
    key, one, two = new_key(), Device(site, "one"), Device(site, "two")
    first = one.pushed(key, {"a": 1})["hash"]
    second = one.pushed(key, {"a": 2})["hash"]
    for tag in (f'"{first}"', f'"{first}-gzip"', f'"{first}-br"', "*-gzip", '"*-br"'):
        refused = two.push(key, {"a": 3}, headers={"If-Match": tag})
        assert_error(refused, 412, "Precondition failed", current_version=2, hash=second)
    assert two.pulled(key) == {"a": 2}
    answer = two.push(key, {"a": 3}, headers={"If-Match": f'"{second}"'}).json()
    assert (answer["version"], answer["conflict"]) == (3, False)


def test_create_only(site):
    key, one = new_key(), Device(site, "one")
    assert one.push(key, [1], headers={"If-None-Match": "*"}).json()["version"] == 1
    # The same push again may be a retry whose answer was lost.
    assert one.push(key, [1], headers={"If-None-Match": "*"}).json()["unchanged"] is True
    assert_error(one.push(key, [2], headers={"If-None-Match": "*"}), 412, "Precondition failed", current_version=1, hash=sha256([1]))


def test_reject(site):
    key, one, two = new_key(), Device(site, "one"), Device(site, "two")
    one.pushed(key, {"a": 1})
    two.pulled(key)
    one.pushed(key, {"a": 2})
    assert_error(two.push(key, {"a": 3}, on_conflict="reject"), 409, "Conflict: the file has a newer version", current_version=2,
                 hash=sha256({"a": 2}))
    two.pulled(key)
    assert two.pushed(key, {"a": 3}, on_conflict="reject")["version"] == 3


def test_base_version(site):
    key, one, two = new_key(), Device(site, "one"), Device(site, "two")
    one.pushed(key, {"a": 1, "b": 1})
    two.pulled(key)
    one.pushed(key, {"a": 2, "b": 1})
    two.pulled(key)
    answer = two.pushed(key, {"a": 1, "b": 2}, base_version=1)
    assert (answer["conflict"], answer["clean"], answer["conflict_details"]["local_version"]) == (True, True, 1)
    assert two.pulled(key) == {"a": 2, "b": 2}


def test_prefer_head(site):
    key, one, two = new_key(), Device(site, "one"), Device(site, "two")
    one.pushed(key, {"a": 1})
    answer = two.pushed(key, {"a": 2, "b": 3}, on_conflict="prefer_head", return_content=True)
    assert (answer["content"], answer["paths"]) == (
        {"a": 1, "b": 3}, [{"path": "/a", "base": None, "local": 2, "remote": 1, "chosen": "remote"}])
    assert two.version(key, hash=sha256({"a": 2, "b": 3})).json()["content"] == {"a": 2, "b": 3}


def test_no_changes(site):
    key, one, two = new_key(), Device(site, "one"), Device(site, "two")
    one.pushed(key, [1])
    assert_json(two.push(key, [1]), 200, {"success": True, "version": 1, "hash": sha256([1]), "conflict": False,
                                          "message": "No changes", "unchanged": True})


def test_a_retry_gets_the_same_answer(site):
    key, one, two = new_key(), Device(site, "one"), Device(site, "two")
    one.pushed(key, {"a": 1})
    two.pulled(key)
    one.pushed(key, {"a": 2})
    first = two.pushed(key, {"a": 3})
    one.pushed(key, {"a": 2, "b": 1})
    again = two.pushed(key, {"a": 3})
    assert again.pop("unchanged") is True
    assert again == first
    assert one.pull(key).json()["current_version"] == 4


def test_idempotency_key(site):
    key, one = new_key(), Device(site, "one")
    first = one.push(key, [1], headers={"Idempotency-Key": key}).json()
    one.pushed(key, [2])
    assert one.push(key, [1], headers={"Idempotency-Key": key}).json() == first
    assert_error(one.push(key, [3], headers={"Idempotency-Key": key}), 409, "Idempotency-Key was used for another push")
    assert one.pull(key).json()["current_version"] == 2


def test_a_device_is_told_once(site):
    """Somebody else's change is reported once; after that it is merged again without a new conflict."""
    key, one, two = new_key(), Device(site, "one"), Device(site, "two")
    one.pushed(key, {"a": 1})
    two.pulled(key)
    one.pushed(key, {"a": 1, "b": 1})
    assert two.pushed(key, {"a": 2})["conflict"] is True
    quiet = two.pushed(key, {"a": 3})
    assert (quiet["conflict"], quiet["merged"], "conflict_id" in quiet) == (False, True, False)
    assert two.pulled(key) == {"a": 3, "b": 1}


def test_a_clean_conflict_closes_itself(site):
    key, one, two = new_key(), Device(site, "one"), Device(site, "two")
    one.pushed(key, {"a": 1})
    two.pulled(key)
    one.pushed(key, {"a": 1, "b": 1})
    number = two.pushed(key, {"a": 2})["conflict_id"]
    assert one.pull(key).json()["open_conflicts"] == 1
    one.pushed(key, {"a": 2, "b": 2})
    row, = one.conflicts(file_key=key, resolved=1).json()["conflicts"]
    assert (row["id"], row["resolution"], row["resolved_version"]) == (number, "auto", 4)
    assert one.pull(key).json()["open_conflicts"] == 0


def test_a_resolution_after_the_head_moved(site):
    key, one, two = new_key(), Device(site, "one"), Device(site, "two")
    one.pushed(key, {"a": 1})
    two.pulled(key)
    one.pushed(key, {"a": 2})
    number = two.pushed(key, {"a": 3})["conflict_id"]
    two.pulled(key)
    two.pushed(key, {"a": 3, "later": True})
    answer = one.resolve(number, "resolve_keep_remote").json()
    assert (answer["version"], answer["conflict"]) == (5, False)
    assert one.pulled(key) == {"a": 2, "later": True}


def test_deletion(site):
    key, one, two = new_key(), Device(site, "one"), Device(site, "two")
    one.pushed(key, [1])
    assert_json(one.request("DELETE", SYNC, params={"file_key": key, "device_id": "one"}), 200,
                {"success": True, "file_key": key, "version": 2, "deleted": True, "conflict": False,
                 "message": "File deleted successfully"})
    assert_error(two.pull(key), 404, "File not found", deleted=True)
    assert_error(one.request("DELETE", SYNC, params={"file_key": key}), 404, "File not found", deleted=True)
    head = one.history(key).json()["history"][0]
    assert (head["version"], head["hash"], head["deleted"], head["size"]) == (2, None, True, 0)
    assert one.version(key, version=1).json()["content"] == [1]
    assert_error(one.version(key, version=2), 404, "Version not found", deleted=True,
                 detail="This version deletes the file and has no content; history.php lists the others")
    # Who knows of the deletion may take it back without a word.
    revived = two.pushed(key, [2])
    assert (revived["version"], revived["conflict"]) == (3, False)
    assert two.pull(key, since_version=1).json()["updates"][0]["deleted"] is True


def test_a_deletion_that_was_not_seen_is_not_undone_silently(site):
    key, one, two = new_key(), Device(site, "one"), Device(site, "two")
    one.pushed(key, [1])
    two.pulled(key)
    one.request("DELETE", SYNC, params={"file_key": key, "device_id": "one"})
    answer = two.pushed(key, [2])
    assert (answer["conflict"], [row["path"] for row in answer["paths"]]) == (True, [""])
    assert one.resolve(answer["conflict_id"], "resolve_keep_remote").json()["hash"] is None
    assert_error(one.pull(key), 404, "File not found", deleted=True)


def test_a_given_version_is_that_of_pull(site):
    key, device = new_key(), Device(site, "d")
    first = device.pushed(key, {"n": 1})["hash"]
    device.pushed(key, {"n": 2})
    one, two = device.pull(key, version=1), device.version(key, version=1)
    assert one.status_code == 200 and one.json() == two.json() and one.json()["content"] == {"n": 1}
    assert {name: one.headers[name] for name in ("ETag", "Cache-Control")} == {name: two.headers[name] for name in ("ETag", "Cache-Control")}
    assert device.pull(key, version=1, headers={"If-None-Match": f'"{first}"'}).status_code == 304
    assert device.pull(key, version="").json()["content"] == {"n": 2}
    assert_error(device.pull(key, version=3), 404, "Version not found")
    assert_error(device.pull(key, version=0), 400, "Invalid parameter: version")


def test_a_merge_says_what_it_is(site):
    """A conflict keeps the page's words; what is merged again without news has words of its own. Both say that the content is another."""
    key, one, two = new_key(), Device(site, "one"), Device(site, "two")
    one.pushed(key, {"a": 1, "b": 1})
    two.pulled(key)
    assert "content_changed" not in one.pushed(key, {"a": 2, "b": 1})
    first = two.pushed(key, {"a": 1, "b": 2})
    assert (first["conflict"], first["message"], first["merged"], first["content_changed"]) == (True, "Conflict detected and auto-merged", True, True)
    second = two.pushed(key, {"a": 1, "b": 3})
    assert (second["conflict"], second["message"], second["merged"], second["content_changed"]) == (False, "Merged with newer changes", True, True)
    assert two.pushed(key, {"a": 1, "b": 3}) == {**second, "unchanged": True}
    assert two.pulled(key) == {"a": 2, "b": 3}


def test_a_retry_after_anothers_deletion_revives_nothing(site):
    key, one, two = new_key(), Device(site, "one"), Device(site, "two")
    first = one.pushed(key, [1])
    two.pulled(key)
    two.request("DELETE", SYNC, params={"file_key": key, "device_id": "two"})
    assert one.pushed(key, [1]) == {**first, "unchanged": True}
    assert_error(two.pull(key), 404, "File not found", deleted=True)


def test_deletion_of_something_unseen(site):
    key, one, two = new_key(), Device(site, "one"), Device(site, "two")
    one.pushed(key, [1])
    two.pulled(key)
    one.pushed(key, [2])
    assert_error(two.request("DELETE", SYNC, params={"file_key": key}, headers={"If-Match": f'"{sha256([1])}"'}), 412,
                 "Precondition failed", current_version=2, hash=sha256([2]))
    answer = two.request("DELETE", SYNC, params={"file_key": key, "device_id": "two"}).json()
    assert (answer["conflict"], answer["clean"], answer["paths"]) == (
        True, False, [{"path": "", "base": [1], "local": None, "remote": [2], "chosen": "local"}])
    restored = one.resolve(answer["conflict_id"], "resolve_keep_remote").json()
    assert (restored["version"], one.pulled(key)) == (4, [2])


def test_updates_come_in_parts(site):
    key, device = new_key(), Device(site, "d")
    for number in range(105):
        device.pushed(key, number)
    body = device.pull(key, since_version=0).json()
    assert [update["version"] for update in body["updates"]] == list(range(1, 101))
    assert (body["truncated"], body["next_since_version"]) == (True, 100)
    body = device.pull(key, since_version=100).json()
    assert [update["content"] for update in body["updates"]] == [100, 101, 102, 103, 104] and "truncated" not in body
    assert device.pull(key, since_version=105).json()["updates"] == []
    body = device.pull(key, since_version=3, limit=2).json()
    assert [update["version"] for update in body["updates"]] == [4, 5] and body["next_since_version"] == 5
    assert [entry["version"] for entry in device.history(key, per_page=10, page=2).json()["history"]] == list(range(95, 85, -1))


def test_updates_hold_fifty_megabytes(site):
    key, device = new_key(), Device(site, "d")
    for letter in "abc":
        device.pushed(key, [letter * (20 * MEGABYTE)])
    body = device.pull(key, since_version=0).json()
    assert [update["version"] for update in body["updates"]] == [1, 2] and body["next_since_version"] == 2
    assert body["updates"][1]["content"] == ["b" * (20 * MEGABYTE)]


def test_large_contents_come_back_byte_for_byte(site):
    """Random text does not compress, so these lie in files; their merge does, too."""
    key, one, two = new_key(), Device(site, "one"), Device(site, "two")
    letters = random.Random(7)
    content = {f"k{number}": letters.randbytes(300).hex() for number in range(2_000)}
    answer = one.pushed(key, content)
    assert answer["hash"] == sha256(content)
    assert (site.data / "json" / answer["hash"][:2] / answer["hash"]).is_file()
    raw = two.version(key, hash=answer["hash"], raw=1)
    assert hashlib.sha256(raw.content).hexdigest() == answer["hash"]
    assert (raw.headers["Content-Type"], raw.headers["ETag"]) == ("application/json; charset=utf-8", f'"{answer["hash"]}"')
    assert raw.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    two.pulled(key)
    one.pushed(key, {**content, "k1": "one"})
    two.pushed(key, {**content, "k2": "two"})
    assert two.pulled(key) == {**content, "k1": "one", "k2": "two"}


def test_pretty_printed_and_minified_are_one_content(site):
    key, device = new_key(), Device(site, "d")
    value = {"name": "字", "list": [1, 2, {"x": None}], "f": 1.5}
    answers = [device.pushed(key, content) for content in (value, json.dumps(value, indent=4, ensure_ascii=False), text(value))]
    assert {answer["hash"] for answer in answers} == {sha256(value)}
    assert {answer["version"] for answer in answers} == {1}


def test_curl_without_a_content_type(site):
    """curl -d says that it sends a form; JSON is recognised all the same."""
    key = new_key()
    response = requests.post(site.url + SYNC, data=text({"file_key": key, "content": [1], "device_id": "d"}).encode(),
                             headers={"Content-Type": "application/x-www-form-urlencoded", "X-API-Key": site.key}, timeout=120)
    assert response.json()["version"] == 1


def test_device_by_header(site):
    key, one, two = new_key(), Device(site, "one"), Device(site, "two", attributes=False)
    one.pushed(key, {"a": 1})
    two.session.headers["X-Device-ID"] = "two"
    two.pulled(key)
    answer = two.pushed(key, {"a": 2})
    assert answer["conflict"] is False


def test_key_bound_to_a_device(site):
    key, one = new_key(), Device(site, "one")
    secret = site.imagebed("key", "create", "--user", "admin", "--name", "bound").stdout.strip()
    number = json.loads(site.imagebed("key", "list", "--json").stdout)[-1]["id"]
    site.imagebed("json", "bind", str(number), "--device", "bound")
    bound = Device(site, "bound", secret, attributes=False)
    one.pushed(key, {"a": 1})
    bound.pulled(key)
    answer = bound.request("POST", SYNC, json={"file_key": key, "content": {"a": 2}}).json()
    assert (answer["version"], answer["conflict"]) == (2, False)
    site.imagebed("json", "bind", str(number))


def test_rename_and_forget(site):
    key, device = new_key(), Device(site, new_key("renamed"))
    device.pushed(key, [1], device_name="old")
    assert_json(device.request("POST", DEVICES, json={"device_id": device.name, "action": "rename", "device_name": "新"}), 200,
                {"success": True, "device_id": device.name, "action": "rename", "device_name": "新", "message": "Device renamed"})
    assert device.history(key).json()["history"][0]["device_name"] == "新"
    assert_json(device.request("POST", DEVICES, json={"device_id": device.name, "action": "forget"}), 200,
                {"success": True, "device_id": device.name, "action": "forget", "message": "Device forgotten"})
    assert device.devices(file_key=key).json()["devices"] == []
    assert device.history(key).json()["history"][0]["device_id"] == device.name
    # A forgotten device that comes back is a new one.
    answer = device.pushed(key, [2])
    assert answer["conflict_details"]["local_version"] == 0


def test_command_line(site, tmp_path):
    key, one, two = new_key("cli"), Device(site, "one"), Device(site, "two")
    one.pushed(key, {"a": 1}, message="first\nline")
    two.pulled(key)
    one.pushed(key, {"a": 2})
    two.pushed(key, {"a": 1, "b": 1})
    one.request("DELETE", SYNC, params={"file_key": key, "device_id": "one"})
    row, = [row for row in json.loads(site.imagebed("json", "ls", "--json", "--user", "admin", check=False).stdout or "[]")
            if row["file_key"] == key] or [row for row in json.loads(site.imagebed("json", "ls", "--json").stdout) if row["file_key"] == key]
    assert (row["current_version"], row["deleted"], row["open_conflicts"] >= 1) == (4, True, True)
    user = ("--user", row["account"])
    assert key in site.imagebed("json", "ls").stdout
    log = json.loads(site.imagebed("json", "log", key, *user, "--json").stdout)
    assert [entry["version"] for entry in log] == [4, 3, 2, 1] and log[1]["merged"] is True
    assert "first line" in site.imagebed("json", "log", key, *user).stdout
    assert site.imagebed("json", "show", key, *user, "--version", "3").stdout == '{"a":2,"b":1}\n'
    assert site.imagebed("json", "show", key, *user, "--hash", sha256({"a": 1, "b": 1})).stdout == '{"a":1,"b":1}\n'
    assert site.imagebed("json", "show", "nothing", *user, check=False).returncode == 3
    folder = tmp_path / "history"
    site.imagebed("json", "export", key, str(folder), *user)
    assert sorted(path.name for path in folder.iterdir()) == ["1.json", "2.json", "3.json", "history.json", "pushed-3.json"]
    assert (folder / "pushed-3.json").read_text() == '{"a":1,"b":1}' and (folder / "2.json").read_text() == '{"a":2}'
    assert len(json.loads((folder / "history.json").read_text())) == 4
    assert site.imagebed("json", "export", key, str(folder), *user, check=False).returncode == 4


def test_garbage(site):
    key, device = new_key("gc"), Device(site, "d")
    letters = random.Random(3)
    hashes = [device.pushed(key, [letters.randbytes(100_000).hex()])["hash"] for _ in range(4)]
    site.imagebed("json", "gc")
    assert all(device.version(key, hash=name).status_code == 200 for name in hashes)
    report = json.loads(site.imagebed("json", "gc", "--key", key, "--keep", "2", "--json").stdout)
    assert report["given_up"] == 2
    assert [device.version(key, version=number).status_code for number in (1, 2, 3, 4)] == [404, 404, 200, 200]
    for query in ({"version": 1}, {"hash": hashes[0]}):
        assert_error(device.version(key, **query), 404, "Version not found", expired=True,
                     detail="The content of this version is no longer kept; history.php lists those that have one")
    entry = device.history(key).json()["history"][-1]
    assert (entry["version"], entry["hash"], entry["expired"]) == (1, hashes[0], True)
    assert device.pull(key, since_version=0).json()["updates"][0]["content"] is None
    assert device.pushed(key, [5])["version"] == 5


def test_evidence_is_noisy_but_never_silent(site):
    """Without names the server guesses by key, address and program; what the guess could hide is listed."""
    key, one, two = new_key(), Device(site, "one", attributes=False), Device(site, "two", attributes=False)
    one.pushed(key, {"a": 1, "b": 1})
    two.pulled(key)
    two.pushed(key, {"a": 1, "b": 2})
    one.pulled(key)
    answer = one.pushed(key, {"a": 1, "b": 3})
    assert answer["conflict"] is True
    assert [(row["path"], row["chosen"]) for row in answer["paths"]] == [("/b", "local")]
    assert one.pulled(key) == {"a": 1, "b": 3}
