"""Each second one of two machines dies, the one and the other in turn, and starts anew, while clients upload, delete and push at both. Who gets no
answer asks the other node. Afterwards what was answered with success is there on both, and nothing is half done."""

import hashlib
import json
import os
import random
import threading
import time
import uuid

import pytest
import requests

import pictures
from client import Client
from machines import Machines, ready
from running_site import PATIENCE
from syncing import SYNC, Device, sha256

SECONDS = float(os.environ.get("IMAGEBED_NODES_CRASH_SECONDS", "15"))
RESPONDERS = ["upload", "del", "list", "stats", "json-sync", "json-pull", "json-history", "json-conflicts", "health"]
# The last one is larger than what the database keeps, compressed too, and lies in json/ of the shared folder.
FILES = ["small", "deleted", "large"]
PADDING = random.Random(1).randbytes(120_000).hex()


class Sender(threading.Thread):
    """Asks one node or the other, and the next one until somebody answers."""

    def __init__(self, nodes, number, over):
        super().__init__(daemon=True)
        self.nodes, self.number, self.over, self.dice = nodes, number, over, random.Random(number)
        self.unanswered, self.surprises = 0, []
        self.clients = [self.client(node) for node in nodes.all]

    def client(self, node):
        return Client(node, self.nodes.key)

    def run(self):
        try:
            while not self.over.is_set():
                self.step()
        except Exception as error:
            self.surprises.append(repr(error))
            raise

    def ask(self, action, expected, repeats=True):
        """The first answer with one of these statuses and how often it was asked for before; None where it is not to be repeated."""
        place, end = self.dice.randrange(2), time.monotonic() + PATIENCE
        for tries in range(1_000_000):
            answer = self.once(action, self.clients[(place + tries) % 2], expected)
            if answer is not None:
                return answer, tries
            if not repeats:
                return None, tries
            assert time.monotonic() < end, "no node answers any more"
            time.sleep(0.1)

    def once(self, action, client, expected):
        try:
            answer = action(client)
        except requests.RequestException:
            self.unanswered += 1
            return None
        if answer.status_code in expected:
            return answer
        self.unanswered += 1
        if answer.status_code not in (502, 503, 504):
            self.surprises.append((answer.request.method, answer.url, answer.status_code, answer.text[:300]))
        return None


class Uploader(Sender):
    """Half of them send each file with a key and until it is answered, the others once."""

    def __init__(self, nodes, number, over):
        super().__init__(nodes, number, over)
        self.has_keys = number % 2 == 0
        self.sent, self.acknowledged, self.deleted = set(), {}, set()

    def step(self):
        size = self.dice.choice([20, 60, 200])
        content = pictures.encode(pictures.drawing(size, size, self.dice.randrange(10**9), noise=True), "jpeg", quality=90)
        self.sent.add(hashlib.sha256(content).hexdigest())
        headers = {"Idempotency-Key": str(uuid.uuid4())} if self.has_keys else {}
        answer, _ = self.ask(lambda client: client.upload(content, "a.jpg", headers=headers), [200], repeats=self.has_keys)
        if answer is None:
            return
        told = answer.json()
        path = told["url"].removeprefix(self.nodes.url)
        self.acknowledged[path] = content
        if self.dice.random() < 0.25:
            self.delete(path, told["del"].removeprefix(self.nodes.url))

    def delete(self, path, link):
        del self.acknowledged[path]
        answer, tries = self.ask(lambda client: client.get(link), [200, 404])
        # (One who got no answer before may be told that it is done.)
        if answer.status_code == 200 or tries > 0:
            self.deleted.add(path)
        else:
            self.surprises.append((link, "was not there"))


class Pusher(Sender):
    """A device that changes its own member and a shared one, sometimes pulls, and deletes one of the files now and then."""

    def __init__(self, nodes, number, over):
        super().__init__(nodes, number, over)
        self.file = FILES[number % 3]
        self.local, self.count, self.acknowledged, self.pushed = {}, 0, [], []

    def client(self, node):
        return Device(node, f"device-{self.number}", self.nodes.key)

    def step(self):
        chance = self.dice.random()
        if self.file == "deleted" and chance < 0.1:
            answer, _ = self.ask(lambda client: client.request("DELETE", SYNC, params={"file_key": self.file, "device_id": client.name}), [200, 404])
            if answer.status_code == 200:
                self.acknowledged.append((answer.json()["version"], None))
        elif chance < 0.3:
            answer, _ = self.ask(lambda client: client.pull(self.file), [200, 404])
            self.local = answer.json()["content"] if answer.status_code == 200 else {}
        else:
            self.push()

    def push(self):
        self.count += 1
        self.local = {**self.local, f"own-{self.number}": self.count, "shared": self.dice.randrange(10**6)}
        if self.file == "large":
            # (Each content as a whole is another one.)
            self.local["padding"] = PADDING
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        answer, _ = self.ask(lambda client: client.push(self.file, self.local, headers=headers), [200])
        self.acknowledged.append((answer.json()["version"], answer.json()["hash"]))
        self.pushed.append(sha256(self.local))


@pytest.mark.crash
def test_a_machine_dies_each_second():
    with Machines() as nodes:
        check(nodes)


def check(nodes):
    over = threading.Event()
    uploaders = [Uploader(nodes, number, over) for number in range(4)]
    pushers = [Pusher(nodes, number, over) for number in range(6)]
    for sender in uploaders + pushers:
        sender.start()
    try:
        kills = kill_in_turn(nodes, lambda: sum(len(each.acknowledged) for each in uploaders) > 20)
        ready(nodes.all)
    finally:
        over.set()
        for sender in uploaders + pushers:
            sender.join()
    print(f"\n{kills} machines died; acknowledged: {sum(len(each.acknowledged) for each in uploaders)} uploads, {sum(len(each.deleted) for each in uploaders)} "
          f"deletions, {sum(len(each.acknowledged) for each in pushers)} versions; {sum(each.unanswered for each in uploaders + pushers)} requests without success")
    assert [each for sender in uploaders + pushers for each in sender.surprises] == []
    assert kills > 5 and sum(len(each.acknowledged) for each in uploaders) > 20, "too little happened to mean anything"
    for node in nodes.all:
        node.restart()
    check_uploads(nodes, uploaders)
    for file in FILES:
        check_versions(nodes, file, [each for each in pushers if each.file == file])
    check_rest(nodes, {digest for each in uploaders for digest in each.sent})


def kill_in_turn(nodes, is_enough):
    """Each second the node whose turn it is dies and starts anew; on a slow machine, a second after it has come up. Returns how often."""
    start, kills = time.monotonic(), 0
    while time.monotonic() < start + SECONDS or not (kills > 5 and is_enough()) and time.monotonic() < start + 6 * SECONDS:
        node = nodes.all[kills % 2]
        ready([node])
        time.sleep(1)
        node.kill()
        node.boot(RESPONDERS)
        kills += 1
    return kills


def check_uploads(nodes, uploaders):
    rows = [bytes(digest).hex() for digest, in nodes.query("SELECT sent_sha256 FROM file")]
    keyed = {digest for each in uploaders if each.has_keys for digest in each.sent}
    assert [digest for digest in keyed if rows.count(digest) != 1] == [], "repeated, and stored twice or never"
    for node in nodes.all:
        client = Client(node, nodes.key)
        for uploader in uploaders:
            for path, content in uploader.acknowledged.items():
                answer = client.get(node.url + path)
                assert (answer.status_code, answer.content) == (200, content), path
            for path in uploader.deleted:
                assert client.get(node.url + path).status_code == 404, path
    totals = {client.get("/api/v1/stats.php").json()["data"]["images"] for client in [Client(node, nodes.key) for node in nodes.all]}
    assert totals == {nodes.query("SELECT count(*) FROM file WHERE state = 0")[0][0]}


def check_versions(nodes, file, pushers):
    numbers = [number for number, in nodes.query(
        "SELECT version FROM sync_version WHERE file_id = (SELECT id FROM sync_file WHERE file_key = ?) ORDER BY version", file)]
    assert numbers == list(range(1, len(numbers) + 1)), file
    for place, node in enumerate(nodes.all):
        device = Device(node, f"reader-{place}", nodes.key)
        assert device.history(file).json()["pagination"]["total"] == len(numbers)
        for version, digest in {pair for each in pushers for pair in each.acknowledged}:
            answer = device.version(file, version=version)
            assert answer.status_code == (200 if digest else 404), (file, version, answer.text[:200])
            assert answer.json()["hash"] == digest if digest else answer.json()["deleted"], (file, version)
        for digest in {digest for each in pushers for digest in each.pushed}:
            answer = device.version(file, hash=digest, raw=1)
            assert answer.status_code == 200 and hashlib.sha256(answer.content).hexdigest() == digest, (file, digest)


def check_rest(nodes, sent):
    """One collection on each node, after which nothing is half done; it takes files without rows an hour after they came."""
    for name in nodes.files("uploads"):
        whole = hashlib.sha256((nodes.shared / "uploads" / name).read_bytes()).hexdigest() in sent
        assert whole or name.startswith(".incoming/"), f"{name} is a part of a file"
    assert [verified(node)["unknown"] for node in nodes.all] == [[], []]
    for folder in ["uploads", "recycle", "json"]:
        for name in nodes.files(folder):
            os.utime(nodes.shared / folder / name, (time.time() - 7200,) * 2)
    # (What has just started has looked at them, and a node's kernel remembers for a while how old they were.)
    time.sleep(2 * max(node.remembers for node in nodes.all))
    # (The turn of a node that died in its work is its own, so each does both.)
    for node in nodes.all:
        node.imagebed("gc", "--yes")
        node.imagebed("expire")
    assert [(folder, name) for folder in ["uploads", "recycle", "json"] for name in nodes.files(folder) if ".incoming/" in name] == []
    assert nodes.query("SELECT id, path FROM file WHERE state = 1") == [] and nodes.query("SELECT * FROM replacement") == []
    assert nodes.query("SELECT * FROM lease") == []
    kept = {bytes(digest).hex() for digest, in nodes.query("SELECT hash FROM sync_content WHERE bytes IS NULL")}
    assert {name.rpartition("/")[2] for name in nodes.files("json")} == kept
    assert [verified(node)["unknown"] for node in nodes.all] == [[], []]


def verified(node):
    """What `imagebed verify` tells: nothing is missing or broken."""
    done = node.imagebed("verify", "--hashes", "--json", check=False)
    told = json.loads(done.stdout)
    assert told["missing"] == told["damaged"] == [], done.stderr
    return told
