# Uploads with an Idempotency-Key: however often one is sent, there is one file and one answer.

import contextlib
import fcntl
import json
import os
import signal
import struct
import time
import uuid

import pytest

import engines
import pictures
import raw
from accounts import account, session_of
from answers import assert_error
from client import Client
from old_forms import PAGE, OldClient, failed, succeeded
from running_site import Site, at_once, until
from tus import Tus

PHOTO = pictures.jpeg()
OTHER = pictures.jpeg(seed=2)
IN_USE = "An upload with this Idempotency-Key is in progress"
OTHER_UPLOAD = "Idempotency-Key was used for another upload"
DELETED = "The file uploaded with this Idempotency-Key was deleted"
INVALID = "Invalid parameter: Idempotency-Key (16 to 255 visible ASCII characters)"


@pytest.fixture(scope="module")
def site():
    with Site() as running:
        running.imagebed("settings", "set", "anonymous_upload", "on")
        yield running


@pytest.fixture(scope="module")
def client(site):
    return Client(site)


@pytest.fixture(scope="module")
def old(site):
    return OldClient(site)


@pytest.fixture
def key():
    return str(uuid.uuid4())


def with_key(key):
    return {"Idempotency-Key": key}


def count(site):
    return site.query("SELECT count(*) FROM file")[0][0]


@contextlib.contextmanager
def all_keys_in_use(site):
    """As if a request were at work under every key: the whole lock file of each node is locked."""
    with contextlib.ExitStack() as stack:
        for node in site.nodes:
            file = stack.enter_context(open(node.data / "run" / "upload-keys", "a+b"))
            fcntl.fcntl(file, 37, struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0))  # F_OFD_SETLK
        yield


def by_api(client, key, content=PHOTO, name="a.jpg", **arguments):
    return client.upload(content, name, headers=with_key(key), **arguments)


# What is the same for all ways

def ways(client, old, key):
    yield "v1", lambda content=PHOTO: client.upload(content, "a.jpg", headers=with_key(key))
    yield "api", lambda content=PHOTO: old.api(content, "a.jpg", headers=with_key(key))
    yield "page", lambda content=PHOTO: old.page(content, "a.jpg", headers=with_key(key))


@pytest.mark.parametrize("way", ["v1", "api", "page"])
def test_a_lost_answer(site, client, old, key, way):
    send = dict(ways(client, old, key))[way]
    before = count(site)
    first = send()
    assert first.json()["result"] == "success" and count(site) == before + 1
    files = site.files()
    assert [send().json() for _ in range(3)] == [first.json()] * 3
    assert count(site) == before + 1 and site.files() == files


@pytest.mark.parametrize("way", ["api", "page"])
def test_the_words_of_the_old_forms(site, client, old, key, way):
    send = dict(ways(client, old, key))[way]
    succeeded(send())
    answer = failed(send(OTHER))
    assert answer == {"result": "failed", "code": 422, "message": OTHER_UPLOAD}
    with all_keys_in_use(site):
        response = send()
    assert failed(response) == {"result": "failed", "code": 409, "message": IN_USE} and response.headers["Retry-After"] == "2"
    refused = dict(ways(client, old, "short"))[way]()
    assert failed(refused) == {"result": "failed", "code": 400, "message": INVALID}


def test_other_content_or_name(site, client, key):
    by_api(client, key)
    before = count(site)
    assert_error(by_api(client, key, OTHER), 422, OTHER_UPLOAD)
    assert_error(by_api(client, key, name="b.jpg"), 422, OTHER_UPLOAD)
    assert count(site) == before


@pytest.mark.parametrize("bad", ["x" * 15, "x" * 256, "a key with blanks in", "a-key-\xe9\xe8\xe0-of-france"])
def test_keys_that_cannot_be(site, client, bad):
    before = count(site)
    response = by_api(client, bad.encode("latin-1"))
    assert_error(response, 400, INVALID)
    assert count(site) == before


@pytest.mark.parametrize("good", ["x" * 16, "~" * 255, '"8e03978e-40d5-43e8-bc93-6894a57f9324"'])
def test_keys_that_can_be(client, good):
    assert by_api(client, good).json()["id"] == by_api(client, good).json()["id"]


# Several senders

def test_senders_have_keys_of_their_own(site, client, old, key):
    """Each API key, the pages of each account, and visitors: the same Idempotency-Key is another one for each of them."""
    def page(cookies=None):
        return succeeded(old.page(PHOTO, "a.jpg", headers=with_key(key), cookies=cookies))["url"]

    another, first, second = Client(site, key_of(site, "anna")), session_of(site, "anna"), session_of(site, "berta")
    urls = [send for _ in range(2) for send in
            [by_api(client, key).json()["url"], by_api(another, key).json()["url"], page(), page(first), page(second)]]
    assert len(set(urls)) == 5 and urls[:5] == urls[5:]


def test_visitors_are_told_apart_by_their_keys_alone(site, key):
    """A device that loses its network comes back with another address."""
    with site.setting(trusted_proxies="127.0.0.1"):
        ids = {Client(site).upload(PHOTO, "a.jpg", token=False, headers={**with_key(key), "X-Forwarded-For": address}).json()["id"]
               for address in ["192.0.2.1", "198.51.100.2"]}
    assert len(ids) == 1


@pytest.mark.parametrize("way", ["v1", "page", "tus"])
def test_no_visitor_is_told_the_delete_link_of_another(site, key, way):
    """Programs that choose the same key, which is a mistake: the same network and User-Agent stand for the same visitor."""
    def told(address="192.0.2.1", agent="one/1.0"):
        headers = {"X-Forwarded-For": address, "User-Agent": agent}
        if way == "v1":
            return Client(site).upload(PHOTO, "a.jpg", token=False, headers={**with_key(key), **headers}).json()
        if way == "page":
            return succeeded(OldClient(site).page(PHOTO, "a.jpg", headers={**with_key(key), **headers}))
        tus = Tus(site, headers=headers)
        return tus.told(tus.create(len(PHOTO), body=PHOTO, Idempotency_Key=key).headers["Location"])

    with site.setting(trusted_proxies="127.0.0.1"):
        first = told()
        assert "hash=" in first["del"] and told() == first
        for other in [told("198.51.100.2"), told(agent="two/1.0")]:
            assert "hash=" not in other.get("del", "") and other["url"] == first["url"]


def key_of(site, name):
    account(site, name)
    return json.loads(site.imagebed("key", "create", "--user", name, "--name", "one", "--json").stdout)["key"]


# Several requests at once

def test_while_another_is_at_work(site, client, key):
    before = count(site)
    with all_keys_in_use(site):
        assert_error(by_api(client, key), 409, IN_USE, Retry_After="2")
        assert client.upload(PHOTO).status_code == 200, "without a key nobody waits"
    assert by_api(client, key).status_code == 200 and count(site) == before + 2


def test_eight_at_once(site, key):
    before = count(site)
    answers = at_once(8, lambda _: by_api(Client(site), key))
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert len({answer.json()["id"] for answer in answers if answer.status_code == 200}) == 1
    assert count(site) == before + 1


# Broken requests and processes

def wire(site, key, content=PHOTO):
    body = raw.form([raw.part("image", content, "a.jpg", "image/jpeg")])
    return raw.request("POST", "/api/v1/upload.php", [raw.form_type(), f"X-API-Key: {site.key}", f"Idempotency-Key: {key}"], body)


def test_an_answer_that_nobody_reads(site, client, key):
    before = count(site)
    with raw.socket.create_connection(("127.0.0.1", site.port)) as connection:
        connection.sendall(wire(site, key))
    assert until(lambda: count(site) == before + 1)
    newest = site.query("SELECT max(id) FROM file")[0][0]
    assert by_api(client, key).json()["id"] == newest and count(site) == before + 1


def test_killed_between_the_file_and_its_row(site, client, key):
    """The file lies in its place and no row says so: the retry is not refused, stores it, and is the only one."""
    before, files = count(site), site.files()
    with engines.locked(site.data):
        with raw.socket.create_connection(("127.0.0.1", site.port)) as connection:
            connection.sendall(wire(site, key))
            assert until(lambda: site.files() != files)
            for process in site.responders("upload"):
                os.kill(process, signal.SIGKILL)
            assert raw.Answer(raw.read_all(connection)).status == 502
    assert count(site) == before
    until(lambda: site.responders("upload"))
    first = by_api(client, key)
    assert first.status_code == 200 and by_api(client, key).json() == first.json() and count(site) == before + 1


# What does not use a key up, and what does

def test_a_refusal_uses_no_key_up(site, client, old, key):
    assert_error(by_api(client, key, b"no picture"), 400, "Invalid file type")
    assert_error(client.upload(PHOTO, "a.jpg", headers={**with_key(key), "X-API-Key": "bad"}), 401, "Invalid API key")
    site.query("CREATE TRIGGER no BEFORE INSERT ON upload_key BEGIN SELECT RAISE(ABORT, 'not now'); END")
    assert_error(by_api(client, key), 500, "Upload failed")
    site.query("DROP TRIGGER no")
    assert by_api(client, key).status_code == 200
    assert failed(old.page(b"no picture", "a.jpg", headers=with_key("p" + key)))["code"] == 400
    succeeded(old.page(PHOTO, "a.jpg", headers=with_key("p" + key)))


def test_the_answer_is_made_anew(site, client, old, key):
    """With today's address and settings, and also where today's rules would refuse the file."""
    first = by_api(client, key).json()
    page = succeeded(old.page(PHOTO, "a.jpg", headers=with_key("p" + key)))
    with site.setting(image_max_width="1"):
        assert by_api(client, key).json() == first
        assert succeeded(old.page(PHOTO, "a.jpg", headers=with_key("p" + key))) == page
        assert by_api(client, str(uuid.uuid4())).status_code == 400


def test_the_daily_limit_counts_once(site, old, key):
    with site.setting(daily_upload_limit="1"):
        site.query("DELETE FROM upload_count")
        first = succeeded(old.page(PHOTO, "a.jpg", headers=with_key(key)))
        assert succeeded(old.page(PHOTO, "a.jpg", headers=with_key(key))) == first
        assert failed(old.page(PHOTO, "a.jpg", headers=with_key(str(uuid.uuid4()))))["code"] == 202
        assert site.query("SELECT count FROM upload_count") == [(1,)]


def test_a_file_that_was_deleted(site, client, key):
    answer = by_api(client, key).json()
    client.get(answer["del"])
    before = count(site)
    assert_error(by_api(client, key), 410, DELETED)
    site.imagebed("gc", "--recycle-days", "0")
    assert_error(by_api(client, key), 410, DELETED)
    assert count(site) == before - 1


def test_a_key_is_known_for_a_day(site, client, key):
    first = by_api(client, key).json()
    end = site.query("SELECT max(ends_at) FROM upload_key")[0][0]
    assert abs(end - time.time() - 86_400) < 600
    site.query("UPDATE upload_key SET ends_at = ?", int(time.time()))
    assert by_api(client, key).json()["id"] != first["id"]
    site.query("UPDATE upload_key SET ends_at = ?", int(time.time()))
    site.imagebed("gc")
    assert site.query("SELECT count(*) FROM upload_key") == [(0,)]


def test_pieces_take_no_key(site, old, key):
    fields = {"sign": str(int(time.time())), "name": "a.jpg", "chunk": "0", "chunks": "2"}
    with site.setting(chunk_bytes="64KB"):
        answer = failed(old.request("POST", PAGE, files={"file": ("blob", PHOTO)}, data=fields, headers=with_key(key)))
    assert answer["message"] == "Idempotency-Key is for whole files: send no pieces, or use /api/v1/tus.php"
    fields = {"sign": str(int(time.time())), "name": "a.jpg", "chunk": "0", "chunks": "1"}
    succeeded(old.request("POST", PAGE, files={"file": ("blob", PHOTO)}, data=fields, headers=with_key(key)))


def test_no_key_is_kept_as_it_was_sent(site, client, key):
    by_api(client, key)
    for path in site.data.rglob("*"):
        if path.is_file():
            assert key.encode() not in path.read_bytes(), path
