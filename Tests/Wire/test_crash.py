# The promise of an answer: responders are killed with SIGKILL at random moments while clients upload, and afterwards every
# acknowledged upload is there byte for byte and listed, no file is half there, no temporary file is left, and the database is
# whole. Half of the clients send an Idempotency-Key and repeat each upload until it is answered: each of their files is there once.

import hashlib
import os
import random
import signal
import threading
import time
import uuid

import pytest

import engines
import pictures
import raw
from client import Client
from running_site import Site

SECONDS = float(os.environ.get("IMAGEBED_CRASH_SECONDS", "30"))
CLIENTS = 6


class Uploader(threading.Thread):
    """Uploads one picture after the other and remembers what was acknowledged and what was only sent."""

    def __init__(self, site, number, over):
        super().__init__(daemon=True)
        self.site, self.numbers, self.over = site, random.Random(number), over
        self.acknowledged, self.sent, self.deleted, self.failures = {}, set(), set(), 0
        self.repeats, self.repeated = number % 2 == 0, 0
        self.statuses = set()

    def run(self):
        while not self.over.is_set():
            size = self.numbers.choice([40, 80, 200, 600])
            self.upload(pictures.encode(pictures.drawing(size, size, self.numbers.randrange(10**9), noise=True), "jpeg", quality=90))

    def upload(self, content):
        self.sent.add(hashlib.sha256(content).hexdigest())
        body = raw.form([raw.part("image", content, "a.jpg", "image/jpeg")])
        key = [f"Idempotency-Key: {uuid.uuid4()}"] if self.repeats else []
        wire = raw.request("POST", "/api/v1/upload.php", [raw.form_type(), f"X-API-Key: {self.site.key}", *key], body)
        told = self.send(wire)
        # Also after the killing, so that the last one is not left in doubt.
        for _ in range(100 if self.repeats else 0):
            if told:
                break
            self.repeated += 1
            time.sleep(0.05)
            told = self.send(wire)
        if told:
            self.acknowledged[told["url"]] = content
            if self.numbers.random() < 0.1:
                self.delete(told)

    def send(self, wire):
        """What is told of success."""
        try:
            answer = raw.exchange(self.site.port, wire)
        except OSError:
            answer = None
        self.statuses.add(answer and answer.status)
        if answer is not None and answer.status == 200:
            return answer.json()
        self.failures += 1
        return None

    def delete(self, told):
        try:
            answer = raw.exchange(self.site.port, raw.request("GET", told["del"].removeprefix(self.site.url)))
        except OSError:
            answer = None
        self.statuses.add(answer and answer.status)
        # Without an answer it may or may not have happened.
        self.acknowledged.pop(told["url"])
        if answer is not None and answer.status == 200:
            self.deleted.add(told["url"])


@pytest.mark.crash
def test_kill_nine():
    site = Site()
    with site:
        check(site)


def check(site):
    uploaders = begin(site)
    kills = kill_for(site, SECONDS, lambda: sum(len(uploader.acknowledged) for uploader in uploaders) > 30)
    print(f"{kills} kills")
    assert kills > 5
    end(uploaders)
    site.stop()
    site.start()
    verify(site, uploaders)


def begin(site):
    over = threading.Event()
    uploaders = [Uploader(site, number, over) for number in range(CLIENTS)]
    for uploader in uploaders:
        uploader.start()
    return uploaders


def end(uploaders):
    uploaders[0].over.set()
    for uploader in uploaders:
        uploader.join()


def verify(site, uploaders):
    """All that was promised is there, in a site that began anew."""
    acknowledged = {url: content for uploader in uploaders for url, content in uploader.acknowledged.items()}
    sent = set().union(*(uploader.sent for uploader in uploaders))
    deleted = set().union(*(uploader.deleted for uploader in uploaders))
    print(f"{len(acknowledged)} acknowledged uploads, {sum(uploader.failures for uploader in uploaders)} failures, "
          f"{len(deleted)} deletions, {sum(uploader.repeated for uploader in uploaders)} repetitions")
    keyed = set().union(*(uploader.sent for uploader in uploaders if uploader.repeats))
    assert len(acknowledged) > 20, "too little happened to mean anything"
    client = Client(site)
    assert client.upload(pictures.jpeg()).status_code == 200
    engines.assert_sound(site)
    stored = [digest.hex() for digest, in site.query("SELECT sent_sha256 FROM file")]
    assert [digest for digest in keyed if stored.count(digest) != 1] == [], "repeated, and stored twice or never"
    listed = {row["file_path"]: row for row in all_rows(client)}
    for url, content in acknowledged.items():
        path = url.partition("/uploads/")[2]
        assert client.get("/uploads/" + path).content == content, f"{path} is not what was sent"
        assert listed[path]["file_size"] == len(content)
    for url in deleted:
        path = url.partition("/uploads/")[2]
        assert client.get("/uploads/" + path).status_code == 404 and path not in listed
    for name in site.files():
        content = (site.uploads / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() in sent | {hashlib.sha256(pictures.jpeg()).hexdigest()}, f"{name} is a part of a file"
    assert set(listed) <= set(site.files()), "a row without its file"
    assert site.unnamed_files() == []
    totals = client.get("/api/v1/stats.php").json()["data"]
    assert totals["images"] == len(listed) == client.list().json()["pagination"]["total"]


def kill_for(site, seconds, is_enough):
    """Kills responders at random moments; returns how many. On a slow machine it goes on until there is enough to look at."""
    numbers, start, kills = random.Random(1), time.monotonic(), 0
    while time.monotonic() < start + seconds or not (is_enough() and kills > 5) and time.monotonic() < start + 20 * seconds:
        time.sleep(numbers.uniform(0.02, 0.6))
        processes = site.responders("upload") + site.responders("del")
        for process in numbers.sample(processes, min(len(processes), numbers.choice([1, 1, 2]))):
            try:
                os.kill(process, signal.SIGKILL)
                kills += 1
            except ProcessLookupError:
                pass
    return kills


def all_rows(client):
    page = 1
    while True:
        body = client.list(page=page, per_page=100).json()
        yield from body["data"]
        if page >= body["pagination"]["total_pages"]:
            return
        page += 1
