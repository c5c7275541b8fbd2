# Sixteen clients push to one file while responders are killed with SIGKILL; afterwards the versions are 1, 2, 3 … and every
# content that was acknowledged is there.

import os
import random
import threading
import time

import pytest
import requests

import engines
from running_site import Site
from syncing import CONFLICTS, HISTORY, SYNC, Device, sha256

SECONDS = float(os.environ.get("IMAGEBED_JSON_CRASH_SECONDS", "20"))
CLIENTS = 16
KEY = "everybody"


class Pusher(threading.Thread):
    """One device that changes its own member and a shared one, and sometimes pulls."""

    def __init__(self, site, number, over):
        super().__init__(daemon=True)
        self.device, self.number, self.over = Device(site, f"device-{number}"), number, over
        self.dice = random.Random(number)
        self.acknowledged, self.failures, self.local, self.count = [], 0, {}, 0
        self.statuses = set()

    def run(self):
        while not self.over.is_set():
            try:
                self.step()
            except (requests.RequestException, ValueError):
                self.failures += 1
                self.statuses.add(None)

    def step(self):
        if self.dice.random() < 0.3:
            response = self.device.pull(KEY)
            if response.status_code == 200:
                self.local = response.json()["content"]
            return
        self.count += 1
        self.local = {**self.local, f"own-{self.number}": self.count, "shared": self.dice.randrange(10**6)}
        response = self.device.push(KEY, self.local)
        self.statuses.add(response.status_code)
        if response.status_code == 200:
            self.acknowledged.append((response.json()["version"], dict(self.local)))
        else:
            self.failures += 1


@pytest.mark.crash
def test_kill_nine_while_sixteen_push():
    with Site() as site:
        check(site)


def check(site):
    pushers = begin(site, CLIENTS)
    kills = kill_for(site, SECONDS, lambda: sum(len(pusher.acknowledged) for pusher in pushers) > 100)
    print(f"{kills} kills")
    assert kills > 5
    end(pushers)
    site.stop()
    site.start()
    verify(site, pushers)


def begin(site, count):
    over = threading.Event()
    pushers = [Pusher(site, number, over) for number in range(count)]
    for pusher in pushers:
        pusher.start()
    return pushers


def end(pushers):
    pushers[0].over.set()
    for pusher in pushers:
        pusher.join()


def verify(site, pushers, least=100):
    """All that was promised is there, in a site that began anew."""
    acknowledged = [entry for pusher in pushers for entry in pusher.acknowledged]
    print(f"{len(acknowledged)} acknowledged pushes, {sum(pusher.failures for pusher in pushers)} failures")
    assert len(acknowledged) > least, "too little happened to mean anything"
    engines.assert_sound(site)
    device = Device(site, "reader")
    head = device.pull(KEY).json()["current_version"]
    assert [number for number, in site.query("SELECT version FROM sync_version ORDER BY version")] == list(range(1, head + 1))
    for version, content in random.Random(1).sample(acknowledged, min(len(acknowledged), 1_500)):
        assert version <= head
        response = device.version(KEY, hash=sha256(content), raw=1)
        assert response.status_code == 200 and response.json() == content, f"a push that became version {version} is gone"
    last = device.pull(KEY).json()["content"]
    assert {f"own-{pusher.number}" for pusher in pushers} <= set(last), "a member that one device alone writes is lost"
    assert device.request("POST", SYNC, json={"file_key": KEY, "content": last, "device_id": "reader"}).json()["unchanged"] is True
    assert device.get(HISTORY, params={"file_key": KEY}).json()["pagination"]["total"] == head
    assert device.get(CONFLICTS, params={"file_key": KEY}).status_code == 200


def kill_for(site, seconds, is_enough):
    """Kills responders at random moments; returns how many. On a slow machine it goes on until there is enough to look at."""
    numbers, start, kills = random.Random(1), time.monotonic(), 0
    while time.monotonic() < start + seconds or not (is_enough() and kills > 5) and time.monotonic() < start + 20 * seconds:
        time.sleep(numbers.uniform(0.1, 0.8))
        processes = site.responders("json-sync")
        for process in numbers.sample(processes, min(len(processes), 1)):
            try:
                os.kill(process, 9)
                kills += 1
            except ProcessLookupError:
                pass
    return kills
