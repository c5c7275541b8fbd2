"""What a site has promised at a step of a recording, and what is wrong with it after a power cut."""

import hashlib
import json
import os
import re
import sqlite3
import subprocess
from collections import defaultdict

from steps import Mark

# The folders whose files have a name when they are complete: the web server sends them, or a program takes them for what they are called.
NAMED_WHOLE = ["uploads", "thumbs", "web", "json", "recycle", "pieces"]
OWN_NAME = re.compile(r"(videos/)?\d{4}/\d\d/[^/]{12}\.[a-z0-9]+")
DELETED = {"recycled", "removed"}


class Promise:
    """The events that were answered at a step, and those that had begun."""

    def __init__(self, events, answered, begun):
        self.events, self.answered, self.begun = events, answered, begun
        self.pictures = defaultdict(lambda: {"absent"})
        for number in begun:
            if "outcome" in events[number]:
                now = {events[number]["outcome"]}
                former = self.pictures[events[number]["path"]]
                self.pictures[events[number]["path"]] = now if number in answered else former | now

    def done(self, kind):
        return [self.events[number] for number in self.answered if self.events[number]["kind"] == kind]

    def named(self, kind):
        return next(event for event in self.events if event["kind"] == kind)

    @property
    def parts(self):
        """The folders that the last event is about."""
        return self.events[self.begun[-1]]["parts"] if self.begun else []


class Timeline:
    """Promises by step."""

    def __init__(self, events, steps):
        self.events = events
        self.began, self.answered = {}, {}
        for number, step in enumerate(steps):
            if isinstance(step, Mark):
                (self.began if step.what in ("begin", "start") else self.answered).setdefault(step.event, number)

    def at(self, step):
        return Promise(self.events, [event for event in sorted(self.answered) if self.answered[event] <= step],
                       [event for event in sorted(self.began) if self.began[event] <= step])


class Published:
    """What files held when they got their names, by path."""

    def __init__(self, published):
        self.digests = defaultdict(set)
        for path, content in published:
            self.digests[path].add(hashlib.blake2b(content, digest_size=16).digest())


def faults_of_the_tree(state, promise, published):
    """What a web server sends at once, before any program has done anything."""
    var = state.folder("var")
    for path, of in state.walk(var, "var/") if var is not None else []:
        kind, _, rest = path[4:].partition("/")
        if of not in state.disk.files or kind not in NAMED_WHOLE or rest.startswith(".incoming/") or \
                kind == "web" and os.path.basename(rest).startswith("."):
            continue
        if state.disk.digest(of, state.changes.get(of, ())) not in published.digests[path]:
            yield f"{path} is not whole"
        picture = os.path.dirname(rest) if kind == "thumbs" else rest
        if kind in ("uploads", "thumbs") and promise.pictures[picture] <= DELETED:
            yield f"{path} is served, and its picture was deleted"


class Looker:
    """The program that opens one site after the other (Look/main.swift)."""

    def __init__(self):
        self.process = subprocess.Popen([os.path.join(os.environ["IMAGEBED_BIN"], "powercut-look")], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, bufsize=1)

    def look(self, data, sets_up):
        self.process.stdin.write(f"{'setup' if sets_up else 'open'} {data}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        assert self.process.wait(60) == 0


def faults(folder, promise, looker):
    """What is wrong with the folders of a state that was made."""
    if "backup" in promise.parts:
        yield from faults_of_backup(f"{folder}/backup", promise)
    for part, maker, look in [("var", "setup", faults_of_site), ("restored", "restored backup", faults_of_restored),
                              ("taken", "setup of the next", faults_of_taken)]:
        if part in promise.parts and os.path.isdir(f"{folder}/{part}"):
            yield from look(f"{folder}/{part}", promise, looker)
        elif part in promise.parts and promise.done(maker):
            yield f"{part} is gone"


def looked(data, looker, sets_up, strays=lambda path: True):
    """The faults that the programs find; nothing when the site is whole."""
    seen = looker.look(data, sets_up)
    if "error" in seen:
        yield f"the site does not open: {seen['error']}"
        return
    for failure in seen["failures"]:
        yield f"not finished: {failure}"
    for when in ("before", "after"):
        for what in ("missing", "damaged", "unknown"):
            for path in seen[when][what]:
                stray = path.removeprefix("uploads/")
                # Files with names of the old forms may be an operator's, so a collection leaves them; `imagebed verify` tells of them.
                if what != "unknown" or not strays(stray) or when == "after" and OWN_NAME.fullmatch(stray):
                    yield f"{what} {when} the collection: {path}"


def rows(data, statement):
    with sqlite3.connect(f"{data}/imagebed.db") as database:
        found = database.execute(statement).fetchall()
    database.close()
    return found


def faults_of_site(data, promise, looker):
    is_promised = bool(promise.done("setup"))
    found = list(looked(data, looker, not is_promised, lambda path: promise.pictures[path] != {"kept"}))
    yield from found
    if found and found[0].startswith("the site does not open"):
        return
    for statement, good in [("PRAGMA integrity_check", [("ok",)]), ("PRAGMA foreign_key_check", [])]:
        if (answer := rows(data, statement)) != good:
            yield f"{statement}: {answer[:3]}"
    if is_promised and (not rows(data, "SELECT 1 FROM account") or not rows(data, "SELECT 1 FROM api_key")):
        yield "the first account or its key is gone"
    yield from faults_of_rows(data, promise)
    yield from faults_of_pushes(data, promise)
    stored = dict(rows(data, "SELECT key, value FROM settings"))
    for event in promise.done("setting"):
        if stored.get(event["setting"]) != event["value"]:
            yield f"the setting {event['setting']} is {stored.get(event['setting'])}"


OUTCOMES = {0: "kept", 1: "leaving", 2: "recycled"}


def faults_of_rows(data, promise):
    stored = {path: (OUTCOMES[state], digest) for path, state, digest in rows(data, "SELECT path, state, lower(hex(sha256)) FROM file")}
    digests = {event["path"]: event["sha256"] for event in promise.events if "sha256" in event}
    for path in set(stored) | set(promise.pictures):
        outcome, digest = stored.get(path, ("removed", digests.get(path)))
        allowed = {"removed" if each == "absent" else each for each in promise.pictures[path]}
        if outcome not in allowed:
            yield f"{path} is {outcome}, not {' or '.join(sorted(allowed))}"
        if digest != digests.get(path):
            yield f"{path} has another content"


def faults_of_pushes(data, promise):
    versions = defaultdict(list)
    for key, version in rows(data, "SELECT file_key, version FROM sync_version JOIN sync_file ON id = file_id ORDER BY file_key, version"):
        versions[key].append(version)
    for key, numbers in versions.items():
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"the versions of {key} are {numbers}"
    hashes = {digest for digest, in rows(data, "SELECT lower(hex(hash)) FROM sync_content")}
    for event in promise.done("push"):
        if event["version"] not in versions[event["key"]] or event["hash"] not in hashes:
            yield f"version {event['version']} of {event['key']} is gone"


def faults_of_backup(folder, promise):
    """A backup that is there is whole, also while the next one is made."""
    made = promise.done("backup")
    try:
        with open(f"{folder}/manifest", "rb") as file:
            text = file.read()
    except FileNotFoundError:
        if made:
            yield "the backup is gone"
        return
    body, _, end = text.rpartition(b"end ")
    if hashlib.sha256(body).hexdigest().encode() != end.strip():
        yield "the manifest of the backup is damaged"
        return
    lines = [line.split(" ") for line in os.fsdecode(body).splitlines()]
    number = int(lines[1][1])
    if made and number < made[-1]["number"]:
        yield f"the backup is number {number}, not {made[-1]['number']}"
    digests = {event["path"]: event["sha256"] for event in promise.events if "sha256" in event}
    for line in lines:
        if line[0] in ("database", "secret"):
            yield from fault_of_file(f"{folder}/{line[1]}", None, int(line[2]), line[3])
        elif line[0] == "file":
            path = " ".join(line[2:])
            picture = path.partition("/")[2]
            wanted = next((digests[known] for known in digests if known == picture or known.replace("/", "_") == picture), None)
            yield from fault_of_file(f"{folder}/{path}", f"{folder}/changed-{number}/{path}", int(line[1]), wanted)


def fault_of_file(path, changed, size, digest):
    path = changed if changed and os.path.exists(changed) else path
    try:
        with open(path, "rb") as file:
            content = file.read()
    except FileNotFoundError:
        yield f"{path} of the backup is missing"
        return
    if len(content) != size or digest not in (None, hashlib.sha256(content).hexdigest()):
        yield f"{path} of the backup is not whole"


def faults_of_restored(data, promise, looker):
    done = promise.done("restored backup")
    was_empty = not os.path.exists(f"{data}/imagebed.db")
    found = list(looked(data, looker, True, lambda path: False))
    # Until it is restored it must not look like a site; at the very beginning setup may make a new one there.
    if not done and (was_empty and not found or any("was not finished" in fault for fault in found)):
        return
    yield from found
    if not found and len(rows(data, "SELECT 1 FROM file WHERE state = 0")) != promise.named("restored backup")["files"]:
        yield "the restored site lacks files"


def faults_of_taken(data, promise, looker):
    # An import that was interrupted is called again; setup makes what it had taken away for its links.
    found = list(looked(data, looker, not promise.done("import")))
    yield from found
    for event in promise.done("import") if not found else []:
        if len(rows(data, "SELECT 1 FROM file WHERE state = 0")) != event["files"]:
            yield "the import lacks files"
        for name in ["config/config.php", "config/api_key.php", "site", "delete-key"]:
            if not os.path.isfile(f"{data}/easyimages/{name}"):
                yield f"the import lacks {name}"

