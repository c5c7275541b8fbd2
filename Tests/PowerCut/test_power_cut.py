"""Power cuts: what a site has promised holds in every state that one may leave. The states are made from a recording of a real site."""

import contextlib
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "../Wire")]

import pictures  # noqa: E402
from client import Client  # noqa: E402
from disk import Disk  # noqa: E402
from promises import DELETED, faults_of_rows, rows  # noqa: E402
from recorded import Recording, is_sync, look, look_at_all, room  # noqa: E402
from running_site import Site, binaries  # noqa: E402
from syncing import Device  # noqa: E402

# At least so many are looked at, and started with all their programs.
STATES, STARTED, IMPORTED = int(os.environ.get("IMAGEBED_POWER_STATES", "2400")), int(os.environ.get("IMAGEBED_POWER_SITES", "100")), 20


@pytest.fixture(scope="session")
def work():
    with tempfile.TemporaryDirectory(prefix="imagebed-powercut-") as folder:
        os.chmod(folder, 0o755)
        yield folder


@pytest.fixture(scope="session")
def recording(work):
    begun = time.monotonic()
    recording = Recording(work)
    print(f"\n{len(recording.steps)} steps of {len(recording.events)} events, read from {recording.traced >> 20} MB: "
          f"{time.monotonic() - begun:.0f} s")
    return recording


def test_the_recording_is_complete(recording):
    """With nothing lost the model is what is on the disk."""
    disk, tree = Disk(recording.tree), recording.tree
    for number, step in enumerate(recording.steps):
        disk.take(number, step)
    state = disk.state(dict.fromkeys(disk.pending, "all"))
    there = {path: of for path, of in state.walk(0) if not tree.is_ignored(path)}
    real = {os.path.relpath(os.path.join(folder, name), tree.root) for folder, folders, files in os.walk(tree.root) for name in folders + files}
    assert {path for path in real if not tree.is_ignored(path) and not tree.is_absent(path)} == set(there)
    for path, of in there.items():
        if of in disk.files:
            with open(os.path.join(tree.root, path), "rb") as file:
                assert file.read() == disk.content(of, state.changes.get(of, ())), path


def test_every_promise_survives(recording, work):
    begun = time.monotonic()
    found, count, every = look_at_all(recording, recording.kept(work), STATES)
    print(f"\n{count} states of {every}: {time.monotonic() - begun:.0f} s\n{told(recording, found)}")
    assert found == [], told(recording, found)
    assert count >= STATES


def told(recording, found):
    """Each fault once, with the first state that has it."""
    first = {}
    for number, event, fault in found:
        first.setdefault(fault, f"{fault} (step {number}, {recording.events[event]['kind']})")
    return "\n".join(list(first.values())[:40])


# Sites that are started

def test_sites_start_and_serve(recording):
    begun = time.monotonic()
    with ThreadPoolExecutor(2) as threads, contextlib.ExitStack() as folders:
        started = []
        for number, promise, state in recording.some(STARTED, lambda event: event["parts"] == ["var"] and event["kind"] != "setup"):
            folder = folders.enter_context(room())
            os.chmod(folder, 0o755)
            state.make(folder, promise.parts)
            started.append((number, promise, threads.submit(ask, folder, promise)))
        found = [(number, promise.begun[-1], fault) for number, promise, future in started for fault in future.result()]
    print(f"\n{len(started)} sites started: {time.monotonic() - begun:.0f} s")
    assert found == [], told(recording, found)
    assert len(started) >= STARTED


def ask(folder, promise):
    """The faults that a client sees."""
    site = Site(data=f"{folder}/var", options=["--processes", "1"])
    try:
        site.start()
        client, device = Client(site), Device(site, "reader")
        found = [*faults_of_pictures(client, promise), *faults_of_files(device, promise)]
        found += faults_of_rows(f"{folder}/var", promise)
        if (status := client.upload(pictures.jpeg()).status_code) != 200:
            found.append(f"an upload is answered with {status}")
    except AssertionError as failure:
        found = [str(failure)]
    if left := site.stop():
        found.append(f"still running: {left}")
    site.remove()
    return found


def faults_of_pictures(client, promise):
    digests = {event["path"]: event["sha256"] for event in promise.events if "sha256" in event}
    for path, outcomes in dict(promise.pictures).items():
        answer = client.get("/uploads/" + path)
        is_there = answer.status_code == 200
        if is_there and hashlib.sha256(answer.content).hexdigest() != digests[path]:
            yield f"{path} is sent with another content"
        if outcomes <= DELETED and is_there or outcomes == {"kept"} and not is_there:
            yield f"{path} is {outcomes} and answered with {answer.status_code}"


def faults_of_files(device, promise):
    for event in promise.done("push"):
        answer = device.version(event["key"], hash=event["hash"], raw=1)
        if answer.status_code != 200 or hashlib.sha256(answer.content).hexdigest() != event["hash"]:
            yield f"version {event['version']} of {event['key']} is answered with {answer.status_code}"


# Imports that are called again

def test_an_import_goes_on(recording):
    found, count = [], 0
    for number, promise, state in recording.some(IMPORTED, lambda event: event["kind"] == "import"):
        count += 1
        with room() as folder:
            state.make(folder, promise.parts)
            done = subprocess.run([binaries() / "imagebed", "import", "easyimages", f"{folder}/old", "--data", f"{folder}/taken"],
                                  capture_output=True, text=True, timeout=120)
            there = len(rows(f"{folder}/taken", "SELECT 1 FROM file WHERE state = 0"))
        if done.returncode != 0 or there != promise.named("import")["files"]:
            found.append((number, promise.begun[-1], f"{there} files: {done.stderr}"))
    assert found == [], told(recording, found)
    assert count >= IMPORTED


# Removed syncs: the event at which each has to be found, and the paths of what is not synced (None is syncfs)

REMOVED = {
    "of an uploaded file": ({"kind": "upload"}, r"var/uploads/\d+/\d+/[^/]+"),
    "of the folder of an uploaded file": ({"kind": "upload"}, r"var/uploads/\d+/\d+"),
    "of the database's log": ({"kind": "upload"}, r"var/imagebed\.db-wal"),
    "of the recycle bin": ({"kind": "deletion"}, r"var/recycle"),
    "of a large content": ({"kind": "push", "key": "large"}, r"var/json/../[^/]+"),
    "of a backup": ({"kind": "backup"}, r"None"),
}


@pytest.mark.parametrize("which", REMOVED)
def test_a_removed_sync_is_found(recording, which):
    facts, pattern = REMOVED[which]
    left_out = is_sync(recording, pattern)
    assert any(left_out(step) for step in recording.steps), "no such sync was recorded"
    number = next(number for number, event in enumerate(recording.events) if facts.items() <= event.items())
    answered = recording.timeline.answered[number]
    found, count = look(recording, recording.states(range(answered, answered + 40), without=left_out), limit=1)
    print(f"\nwithout the sync {which}, state {count}: {found[:1]}")
    assert found, f"{count} states show nothing"
