"""A site whose connections to the server break, at COMMIT or anywhere: no file is lost, nothing is stored twice, nothing is half there."""

import hashlib
import itertools
import os
import time
import uuid

import pytest

import engines
import pictures
import test_crash as uploads
import test_json_crash as pushes
from accounts import form_token, session_of
from client import Client
from running_site import until
from server_proxy import Cutting, LosingCommits
from syncing import Device, sha256
from test_cluster import pytestmark  # noqa: F401

SECONDS = float(os.environ.get("IMAGEBED_LOST_COMMITS_SECONDS", "8"))


@pytest.fixture
def behind(new_site, tmp_path):
    """A site whose way to the server is a proxy: `behind(kind, …)`."""
    made = []

    def start(kind, *arguments):
        proxy = kind(engines.server().make(), *arguments)
        made.append(proxy)
        (tmp_path / "data").mkdir()
        engines.configure(tmp_path / "data", proxy.words)
        return new_site(data=tmp_path / "data"), proxy

    yield start
    for proxy in made:
        proxy.remove()


def test_answers_to_commits_are_lost(behind):
    """While clients upload, delete and push, of every seventh COMMIT."""
    site, proxy = behind(LosingCommits, 7)
    uploaders, pushers = uploads.begin(site), pushes.begin(site, 4)
    proxy.is_on = True
    time.sleep(SECONDS)
    assert until(lambda: sum(len(each.acknowledged) for each in pushers) > 30 and sum(len(each.acknowledged) for each in uploaders) > 40
                 and sum(len(each.deleted) for each in uploaders) > 3 and min(proxy.lost.values()) > 3)
    uploads.end(uploaders)
    pushes.end(pushers)
    proxy.is_on = False
    print(f"{proxy.lost} of {proxy.seen} COMMITs lost")
    # Each ended as it was found out, so nothing was in doubt.
    assert strays(site) == set()
    site.stop()
    site.start()
    uploads.verify(site, uploaders)
    pushes.verify(site, pushers, least=30)


def strays(site):
    """Files without a row."""
    return set(site.files()) - {path for path, in site.query("SELECT path FROM file WHERE state <> 2")}


# At each border of one request

# The messages before which there is a cut, and those that are cut in half: what a statement begins with, what has it executed, what tells of its
# success, and what ends it. (The others add nothing: on them the server waits for the next.)
BORDERS = [("client", b"QPS", False), ("client", b"Q", True), ("server", b"CZ", False), ("server", b"C", True)]


def each_cut(proxy, prepare=lambda: None):
    """For each of these messages there is a round, with what was prepared for it, in which the connection breaks there, before the body says
    `proxy.end()`; the rounds end with one that has not so many."""
    for side, kinds, is_half in BORDERS:
        number = 0
        while True:
            prepared = prepare()
            proxy.begin(side, kinds, number, is_half)
            yield f"{side} {kinds} {number}{' half' * is_half}", prepared
            if not proxy.end():
                break
            number += 1


def test_an_upload_is_cut_at_each_border(behind):
    site, proxy = behind(Cutting)
    client, told = Client(site), {}
    for number, (cut, _) in enumerate(each_cut(proxy)):
        content = picture(number)
        told[hashlib.sha256(content).hexdigest()] = repeated(lambda key: client.upload(content, "a.png", headers={"Idempotency-Key": key}), cut).json()
    stored = [(digest.hex(), file) for digest, file in site.query("SELECT sent_sha256, id FROM file WHERE state = 0 ORDER BY id")]
    assert sorted(stored) == sorted((digest, answer["id"]) for digest, answer in told.items())
    assert len(site.files()) == len(stored) and strays(site) == set()
    print(f"{len(stored)} uploads")


def picture(number):
    """Another one for each number."""
    return pictures.still("png", 20 + number % 200, 3 + number // 200)


def repeated(send, cut):
    """An answer that is a success, after at most two that say that it was none."""
    key = str(uuid.uuid4())
    for _ in range(3):
        answer = send(key)
        if answer.status_code == 200:
            return answer
        assert answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0, (cut, answer.text)
    raise AssertionError(cut)


def test_a_deletion_is_cut_at_each_border(behind):
    site, proxy = behind(Cutting)
    client, numbers, count = Client(site), itertools.count(), 0
    for cut, stored in each_cut(proxy, lambda: client.uploaded(picture(next(numbers)), "a.png")):
        def delete():
            return client.get(stored["del"].removeprefix(site.url)).status_code

        first = delete()
        proxy.end()
        assert first in (200, 503), cut
        # What was done the first time is no success the second time, and just as true.
        assert delete() == 404 or first == 503 and delete() == 404, cut
        assert client.get(stored["url"]).status_code == 404, cut
        count += 1
    assert site.query("SELECT state, count(*) FROM file GROUP BY state ORDER BY state") == [(2, count)]
    assert site.files() == [] and len(site.files("recycle")) == count
    print(f"{count} deletions")


def test_a_replacement_is_cut_at_each_border(behind):
    site, proxy = behind(Cutting)
    site.imagebed("settings", "set", "replace_files", "on")
    client, cookies, done = Client(site), session_of(site, "admin", "admin"), 0
    former, content = picture(0), picture(1)
    for cut, stored in each_cut(proxy, lambda: client.uploaded(former, "a.png")):
        page = f"/app/info.php?img={stored['url'].removeprefix(site.url)}"
        answer = client.request("POST", page, data={"form_token": form_token(cookies)}, files={"file": ("b.png", content)}, cookies=cookies)
        proxy.end()
        assert answer.status_code in (303, 503), (cut, answer.text)
        shown = client.get(stored["url"]).content
        assert shown in ([content] if answer.status_code == 303 else [former, content]), cut
        done += shown == content
    assert site.imagebed("verify", check=False).returncode == 0
    assert site.query("SELECT count(*) FROM replacement WHERE replaced_at IS NULL") == [(0,)]
    assert site.query("SELECT count(*) FROM file WHERE former_of IS NOT NULL") == [(done,)] and len(site.files("recycle")) == done
    print(f"{done} replacements")


def test_a_push_is_cut_at_each_border(behind):
    site, proxy = behind(Cutting)
    device, versions = Device(site, "one"), {}
    for number, (cut, _) in enumerate(each_cut(proxy)):
        content = {"number": number}
        answer = repeated(lambda key: device.push("a", content, headers={"Idempotency-Key": key}), cut).json()
        versions[answer["version"]] = content
    assert sorted(versions) == list(range(1, len(versions) + 1)) and number == len(versions) - 1
    assert site.query("SELECT version FROM sync_version ORDER BY version") == [(version,) for version in sorted(versions)]
    for version, content in versions.items():
        assert device.version("a", hash=sha256(content), raw=1).json() == content, version
    print(f"{len(versions)} pushes")
