# Limits of use: what one address, one key and one account may ask of the site, on both web servers. Each test has addresses and keys of its
# own, whose buckets nobody else has taken from.

import contextlib
import fcntl
import itertools
import json
import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import engines
import pictures
from accounts import session_of
from answers import assert_error, headers_of
from described import Description
from old_forms import API, PAGE, OldClient, failed, new_token, succeeded
from running_site import Site, until
from syncing import SYNC, Device, new_key
from syncing import assert_error as assert_sync_error
from tus import PATH, Tus

pytestmark = engines.of_one_node("each counts for itself")

UPLOAD, THUMB, LOGIN = "/api/v1/upload.php", "/application/thumb.php", "/user/login.php"
PHOTO = pictures.jpeg(60, 40)
TOO_MANY = "Too many requests"
numbers = itertools.count(1)


@pytest.fixture(scope="module", params=["nginx", "apache"])
def site(request):
    """Believes what its own machine says about addresses, as behind a proxy."""
    with Site(options=["--web", request.param]) as running:
        running.imagebed("settings", "set", "anonymous_upload", "on")
        running.imagebed("settings", "set", "trusted_proxies", "127.0.0.1")
        yield running


def new_address():
    return f"198.51.100.{next(numbers)}"


class Visitor(OldClient):
    """Somebody without a key, at an address of their own."""

    def __init__(self, site, address=None, cookies=None):
        super().__init__(site)
        self.address = address or new_address()
        self.session.headers["X-Forwarded-For"] = self.address
        if cookies:
            self.session.cookies.update(cookies)

    def send(self, content=PHOTO, **arguments):
        return self.upload(content, token=False, **arguments)


def refused(response, says, seconds=None):
    """429 with a sentence that names the limit, its value and when to come back; returns the seconds."""
    wait = int(response.headers["Retry-After"])
    assert_error(response, 429, TOO_MANY, Retry_After=str(wait))
    assert response.json()["detail"] == f"{says}; send the request again in {wait:,} second{'' if wait == 1 else 's'}."
    assert wait >= 1 if seconds is None else seconds - 60 <= wait <= seconds
    return wait


def from_address(what):
    return f"From one address without an account or a key this site takes {what}"


def with_key(what):
    return f"With one key, or from one account, this site takes {what}"


def uploads(site):
    return site.query("SELECT count(*) FROM file")[0][0]


# Uploads

def test_uploads_of_an_address(site):
    visitor, other = Visitor(site), Visitor(site)
    with site.setting(anonymous_uploads_per_hour=2):
        assert [visitor.send().status_code for _ in range(2)] == [200, 200]
        stored = site.inventory()
        answer = visitor.send()
        refused(answer, from_address("2 files an hour"), 1800)
        Description(site.url).assert_described(answer, UPLOAD)
        assert site.inventory() == stored and headers_of(answer)["access-control-allow-origin"] == "*"
        # Somebody else, and the same with a key.
        assert other.send().status_code == 200
        assert visitor.upload(PHOTO).status_code == 200
    assert visitor.send().status_code == 200, "another limit begins anew"


def test_any_way_counts(site):
    """One bucket for all ways of uploading."""
    visitor = Visitor(site)
    tus = Tus(site, headers={"X-Forwarded-For": visitor.address})
    with site.setting(anonymous_uploads_per_hour=3):
        assert visitor.send().status_code == 200
        succeeded(visitor.page(PHOTO))
        assert tus.create(10).status_code == 201
        refused(visitor.send(), from_address("3 files an hour"))
        refused(tus.create(10), from_address("3 files an hour"))
        assert failed(visitor.page(PHOTO))["code"] == 429


@pytest.mark.parametrize("one, other, expected", [
    ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", 429), ("2001:db8:1:4::1", "2001:db8:1:5::1", 200), ("::ffff:203.0.113.4", "203.0.113.4", 429),
    ("203.0.113.5", "203.0.113.6", 200),
])
def test_networks(site, one, other, expected):
    """An IPv6 address counts by its first 64 bits, one that stands for IPv4 as that."""
    with site.setting(anonymous_uploads_per_hour=1):
        assert [Visitor(site, address).send().status_code for address in (one, other)] == [200, expected]


def test_uploads_of_a_key(site):
    """And of an account that is signed in; an address has nothing to do with it."""
    keys = [Visitor(site) for _ in range(2)]
    for client in keys:
        client.key = new_token(site)
    browser = Visitor(site, cookies=session_of(site, "limited"))
    with site.setting(key_uploads_per_hour=2, anonymous_uploads_per_hour=1):
        for client in keys:
            assert [client.upload(PHOTO).status_code for _ in range(2)] == [200, 200]
            refused(client.upload(PHOTO), with_key("2 files an hour"), 1800)
        headers = {"Sec-Fetch-Site": "same-origin"}
        assert [browser.send(headers=headers).status_code for _ in range(3)] == [200, 200, 429]


def test_files_of_one_form(site):
    """As many as are left are stored; the others are told so, each in its place."""
    visitor = Visitor(site)
    with site.setting(anonymous_uploads_per_hour=2):
        before = uploads(site)
        answer = visitor.request("POST", UPLOAD, files=[("image[]", (f"{number}.jpg", PHOTO)) for number in range(4)])
        assert answer.status_code == 200 and [each["code"] for each in answer.json()["files"]] == [200, 200, 429, 429]
        assert answer.json()["files"][2]["error"] == TOO_MANY and uploads(site) == before + 2
        none = visitor.request("POST", UPLOAD, files=[("image[]", (f"{number}.jpg", PHOTO)) for number in range(2)])
        assert none.status_code == 429 and int(none.headers["Retry-After"]) > 1700 and uploads(site) == before + 2


def test_a_repetition_is_free(site):
    visitor = Visitor(site)
    key = {"Idempotency-Key": "0123456789abcdef-" + visitor.address}
    with site.setting(anonymous_uploads_per_hour=1):
        first = visitor.send(headers=key)
        assert [visitor.send(headers=key).json()["id"] for _ in range(3)] == [first.json()["id"]] * 3
        refused(visitor.send(headers={"Idempotency-Key": "fedcba9876543210-" + visitor.address}), from_address("1 files an hour"))


# EasyImages' forms and the page

def test_old_forms(site):
    """In their own shape: status 200, and the code in the body."""
    script, visitor = OldClient(site, new_token(site)), Visitor(site)
    with site.setting(key_uploads_per_hour=1, anonymous_uploads_per_hour=1):
        for path, send in [(API, script.api), (PAGE, visitor.page)]:
            succeeded(send(PHOTO))
            stored = site.inventory()
            answer = send(PHOTO)
            assert failed(answer) == {"result": "failed", "code": 429, "message": TOO_MANY} and 3500 < int(answer.headers["Retry-After"]) <= 3600
            assert site.inventory() == stored
        Description(site.url).assert_described(script.api(PHOTO), API)


def test_pieces_of_an_old_form(site):
    """The first piece counts as the file, so that nobody sends the others in vain."""
    visitor = Visitor(site)

    def piece(number, name):
        return visitor.page(PHOTO[number * 300:(number + 1) * 300 if number < 3 else None], fields={
            "sign": str(int(time.time())), "name": name, "chunk": str(number), "chunks": "4"})

    with site.setting(chunk_bytes="64KB", anonymous_uploads_per_hour=1, anonymous_pieces_per_minute=3):
        assert [piece(number, "a.jpg").text for number in range(3)] == [""] * 3
        assert succeeded(piece(3, "a.jpg"))["srcName"] == "a"
        assert failed(piece(0, "b.jpg"))["code"] == 429
        answer = piece(1, "b.jpg")
        assert failed(answer)["code"] == 429 and 1 <= int(answer.headers["Retry-After"]) <= 20


@pytest.mark.parametrize("count, number", [("01", "00"), ("1", "+0"), ("01", "-0"), ("001", "0"), ("1", "7")])
def test_a_whole_file_is_no_further_piece(site, count, number):
    """However the numbers are spelled."""
    visitor = Visitor(site)

    def sent():
        return visitor.page(PHOTO, fields={"sign": str(int(time.time())), "name": "a.jpg", "chunk": number, "chunks": count})

    with site.setting(chunk_bytes="64KB", anonymous_uploads_per_hour=1):
        succeeded(sent())
        assert failed(sent())["code"] == 429


@pytest.mark.parametrize("language, sentence", [
    ("zh-CN", "操作过于频繁，{} 秒后重试"), ("zh-TW", "操作過於頻繁，{} 秒後重試"), ("en", "Too many requests, retry in {} s"),
])
def test_the_page_without_scripts(site, language, sentence):
    visitor = Visitor(site)
    with site.setting(anonymous_uploads_per_hour=1):
        headers = {"Accept-Language": language, "Accept": "text/html", "Sec-Fetch-Site": "same-origin"}
        sent = [visitor.request("POST", "/", files={"file": ("a.jpg", PHOTO)}, headers=headers) for _ in range(2)]
        assert [answer.status_code for answer in sent] == [200, 429]
        assert sentence.format(sent[1].headers["Retry-After"]) in sent[1].text


# Resumable uploads

def test_pieces_of_a_resumable_upload(site):
    """What a refused piece belongs to stays as it is, and goes on later."""
    tus = Tus(site, headers={"X-Forwarded-For": new_address()})
    address = tus.begin(len(PHOTO))
    with site.setting(anonymous_pieces_per_minute=2):
        assert [tus.patch(address, number * 10, PHOTO[number * 10:][:10]).status_code for number in range(2)] == [204, 204]
        answer = tus.patch(address, 20, PHOTO[20:])
        assert refused(answer, from_address("2 further pieces of files a minute")) <= 30
        assert answer.headers["Tus-Resumable"] == "1.0.0"
        Description(site.url).assert_described(answer, PATH, "PATCH")
        assert tus.offset(address) == 20 and tus.told(address)["state"] == "receiving"
    assert tus.patch(address, 20, PHOTO[20:]).status_code == 204 and tus.told(address)["state"] == "stored"


def test_resumable_uploads_of_a_key(site):
    for dialect in ("v1", "app"):
        tus = Tus(site, new_token(site))
        with site.setting(key_uploads_per_hour=1, key_pieces_per_minute=100):
            repeated = {"Idempotency_Key": f"0123456789abcdef-{dialect}-{site.port}"}
            address = tus.begin(len(PHOTO), dialect=dialect, **repeated)
            assert tus.begin(len(PHOTO), dialect=dialect, **repeated) == address, "the same once more is free"
            refused(tus.create(10, dialect=dialect), with_key("1 files an hour"))
            assert tus.patch(address, 0, PHOTO).status_code == 204, "it was counted when it began"
            assert tus.told(address)["state"] == "stored"


# Pushes: a limit a minute, so that a test can wait for it

def test_pushes_and_when_to_come_back(site):
    device, other = Device(site, "one", new_token_for_json(site)), Device(site, "two", new_token_for_json(site))
    with site.setting(key_pushes_per_minute=15):
        key = new_key()
        answers = []
        while not answers or answers[-1].status_code == 200:
            answers.append(device.push(key, {"n": len(answers)}))
            assert len(answers) < 60
        assert len(answers) > 15
        wait = int(answers[-1].headers["Retry-After"])
        assert_sync_error(answers[-1], 429, TOO_MANY, headers={"Retry_After": str(wait)})
        assert answers[-1].json()["detail"].startswith(with_key("15 pushes a minute; send the request again in "))
        Description(site.url).assert_described(answers[-1], SYNC)
        assert other.push(key, {}).status_code == 200 and device.pull(key).status_code == 200
        start, more = time.monotonic() + wait, []
        time.sleep(wait)
        while not more or more[-1] == 200:
            more.append(device.push(key, {"n": -len(more) - 1}).status_code)
            assert len(more) < 60
        # One at once, and on a slow machine one more for every four seconds.
        assert more[-1] == 429 and 1 <= len(more) - 1 <= 1.9 + (time.monotonic() - start) / 4


def new_token_for_json(site):
    return json.loads(site.imagebed("key", "create", "--user", "admin", "--scopes", "json", "--json").stdout)["key"]


# Signing in

def test_wrong_passwords(site):
    def tried(visitor, times):
        return [visitor.request("POST", LOGIN, data={"user": "nobody", "password": "wrong"}).status_code for _ in range(times)]

    with site.setting(sign_in_attempts_per_minute=2):
        wait_for_a_new_minute()
        assert tried(Visitor(site), 3) == [200] * 2 + [429]
    with site.setting(sign_in_attempts_per_minute=0, login_captcha="off"):
        site.query("DELETE FROM attempt")
        assert set(tried(Visitor(site), 30)) == {200}


def wait_for_a_new_minute():
    """Attempts count by minutes of the clock, and to compare a password takes a busy machine some seconds."""
    end = time.time() // 60 * 60 + 60
    while end - time.time() < 30 and time.time() < end:
        time.sleep(end - time.time() + 0.01)


# Thumbnails

def test_only_thumbnails_that_are_made_count(site):
    visitor, other = Visitor(site), Visitor(site)
    stored = visitor.uploaded(pictures.jpeg(300, 200))
    path = stored["url"].removeprefix(site.url)

    def thumbnail(client, width):
        return client.get(THUMB, params={"img": path, "w": width, "h": 50})

    with site.setting(thumbnails_per_minute=2):
        assert [thumbnail(visitor, width).status_code for width in (40, 41, 40, 41, 40)] == [200] * 5
        answer = thumbnail(visitor, 42)
        assert refused(answer, "From one address this site takes requests for 2 new thumbnails a minute") <= 30
        Description(site.url).assert_described(answer, THUMB)
        assert thumbnail(visitor, 41).status_code == 200 and thumbnail(other, 42).status_code == 200
        assert thumbnail(visitor, 42).status_code == 200, "another visitor had it made"
        assert visitor.get(THUMB, params={"img": path + "x"}).status_code == 404


# At once

@contextlib.contextmanager
def slots_taken(site):
    """While this lasts no picture is converted, so that an upload stays at work."""
    with contextlib.ExitStack() as stack:
        for number in range(64):
            place = site.data / "run" / "slots" / str(number)
            if number < max(2, os.cpu_count()) or place.exists():
                file = stack.enter_context(open(place, "a"))
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


def holders(site):
    """Processes that hold a turn."""
    inode = (site.data / "run" / "turns").stat().st_ino if (site.data / "run" / "turns").exists() else 0
    with open("/proc/locks") as locks:
        return [line for line in locks if line.split()[1] == "OFDLCK" and line.split()[5].split(":")[2] == str(inode)]


@pytest.mark.parametrize("ways", ["address", "key"])
def test_a_killed_upload_frees_its_turn(site, ways):
    visitor = Visitor(site)
    if ways == "key":
        visitor.key = new_token(site)
    send = (lambda content: visitor.upload(content)) if ways == "key" else visitor.send
    name = "key_uploads_at_once" if ways == "key" else "anonymous_uploads_at_once"
    with site.setting(convert_format="webp", **{name: 1}), ThreadPoolExecutor(1) as thread, slots_taken(site):
        first = thread.submit(lambda: Visitor(site, visitor.address).upload(PHOTO, data={"token": visitor.key} if ways == "key" else None, token=False))
        assert until(lambda: len(holders(site)) == 1)
        # Nothing that would wait for a slot itself.
        answer = send(b"no picture")
        assert refused(answer, (with_key if ways == "key" else from_address)("1 uploads at once")) == 2
        assert Visitor(site).send(b"no picture").status_code == 400, "somebody else's turn is free"
        for process in site.responders("upload"):
            os.kill(process, signal.SIGKILL)
        with contextlib.suppress(Exception):
            assert first.result().status_code >= 500
        assert until(lambda: not holders(site))
        assert until(lambda: send(b"no picture").status_code == 400)
    assert send(PHOTO).status_code == 200


def test_the_default_leaves_a_page_alone(site):
    """A page sends three files at a time, and so do those of others behind the same address."""
    visitor = Visitor(site)
    with ThreadPoolExecutor(12) as threads:
        statuses = set(threads.map(lambda _: Visitor(site, visitor.address).send().status_code, range(60)))
    assert statuses == {200}, site.transcript()[-2000:]


# For the operator

def test_the_log_and_the_numbers(site):
    visitor = Visitor(site)
    watcher = json.loads(site.imagebed("key", "create", "--user", "admin", "--scopes", "metrics", "--json").stdout)["key"]

    def refusals():
        text = visitor.get("/api/v1/metrics.php", headers={"X-API-Key": watcher}).text
        return int(re.search(r'^imagebed_limit_refusals_total\{limit="anonymous_uploads_per_hour"\} (\d+)$', text, re.M)[1])

    with site.setting(anonymous_uploads_per_hour=1):
        before = refusals()
        assert [visitor.send().status_code for _ in range(4)] == [200, 429, 429, 429]
        assert refusals() == before + 3
    lines = [json.loads(line) for line in site.transcript().splitlines() if f"the address {visitor.address} has reached" in line]
    assert len(lines) == 1 and lines[0]["says"] == TOO_MANY and lines[0]["because"].startswith(
        f"the address {visitor.address} has reached the setting anonymous_uploads_per_hour (1)")


def test_nothing_is_written_for_a_refusal(site):
    """Neither a row nor a file."""
    visitor = Visitor(site)
    with site.setting(anonymous_uploads_per_hour=1):
        visitor.send()
        before, files = engines.written(site.data), site.files()
        for _ in range(5):
            assert visitor.send().status_code == 429
        assert engines.written(site.data) == before and site.files() == files
    assert (site.data / "run" / "limits-1").stat().st_size == 4 << 20
