"""What is recorded: a site that people use, and what its operator does. Runs under strace: python story.py FOLDER

The folders are FOLDER/root/…: `var` (the site), `backup`, `restored` (a site out of the backup), `old` (an EasyImages site) and `taken` (the
site that took it over). What was done, and what its answers promised, comes to FOLDER/events.json.
"""

import contextlib
import hashlib
import json
import os
import pathlib
import random
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "Wire")]

import pictures  # noqa: E402
from calls import mark  # noqa: E402
from client import Client  # noqa: E402
from old_forms import OldClient  # noqa: E402
from running_site import Site  # noqa: E402
from syncing import Device, sha256  # noqa: E402
from tus import Tus  # noqa: E402


class Story:
    def __init__(self, folder):
        self.root = folder / "root"
        self.events = []
        self.site = Site(data=self.root / "var", options=["--processes", "1"])
        self.dice = random.Random(17)

    @contextlib.contextmanager
    def event(self, kind, parts=("var",), requests=1, **facts):
        """Something that is promised when its one request is answered, or when its command or its last request has ended; what is promised
        may be added to the yielded facts until then."""
        event = {"kind": kind, "parts": parts, **facts}
        self.events.append(event)
        mark(len(self.events) - 1, "begin" if requests == 1 else "start")
        yield event
        mark(len(self.events) - 1, "end")

    def tell(self):
        with self.event("setup"):
            self.site.start()
        self.client = Client(self.site)
        try:
            self.use()
        finally:
            with self.event("stop"):
                left = self.site.stop()
        assert left == []
        self.keep()
        self.take_over()
        self.site.remove()

    # People

    def use(self):
        told = [self.upload(pictures.photograph(width, width * 2 // 3, seed=width)) for width in (240, 480, 640, 900)]
        told.append(self.upload(pictures.still("png", 160, 120, seed=7), "b.png"))
        for answer in told[:3]:
            self.look_at(answer)
        self.recycle(told[0])
        self.restore(told[0])
        self.push_all()
        self.recycle(told[1])
        self.remove(told[1])
        self.remove(told[2])
        self.set("recycle_days", "12")
        self.resume(pictures.photograph(700, 500, seed=3))
        with self.site.setting(anonymous_upload="on", chunk_bytes="64KB"):
            self.send_pieces(pictures.photograph(600, 400, seed=8))
        self.backup()
        told.append(self.upload(pictures.photograph(320, 200, seed=4), key="0123456789abcdef"))
        self.recycle(told[3])

    def stored(self, told, event):
        file = self.site.uploads / told["url"].partition("/uploads/")[2]
        event["path"], event["sha256"] = str(file.relative_to(self.site.uploads)), hashlib.sha256(file.read_bytes()).hexdigest()
        event["outcome"] = "kept"
        told["path"] = event["path"]
        return told

    def upload(self, content, name="a.jpg", key=None):
        with self.event("upload") as event:
            told = self.client.uploaded(content, name, headers={"Idempotency-Key": key} if key else None)
            self.stored(told, event)
        return told

    def resume(self, content):
        tus = Tus(self.site, self.site.key)
        with self.event("resumable upload", requests=3) as event:
            self.stored(tus.uploaded(content, piece=50_000), event)

    def send_pieces(self, content):
        """As an old page does with a large file."""
        old, pieces = OldClient(self.site), [content[:40_000], content[40_000:]]
        for number, piece in enumerate(pieces):
            with self.event("piece") as event:
                fields = {"sign": str(int(time.time())), "name": "c.jpg", "chunk": str(number), "chunks": str(len(pieces))}
                answer = old.page(piece, fields=fields)
                if number == len(pieces) - 1:
                    self.stored(answer.json(), event)

    def look_at(self, told):
        for query in ("", "&w=90&h=60"):
            with self.event("thumbnail"):
                response = self.client.get(told["thumb"] + query)
                assert response.status_code == 200, response.text

    def recycle(self, told):
        with self.event("deletion", path=told["path"], outcome="recycled"):
            assert self.client.get(told["del"]).status_code == 200

    def restore(self, told):
        with self.event("restoring", path=told["path"], outcome="kept"):
            self.site.imagebed("file", "restore", told["path"])

    def remove(self, told):
        with self.event("removal", path=told["path"], outcome="removed"):
            self.site.imagebed("file", "delete", "--for-good", told["path"])

    def set(self, key, value):
        with self.event("setting", setting=key, value=value):
            self.site.imagebed("settings", "set", key, value)

    def push_all(self):
        device, other = Device(self.site, "phone"), Device(self.site, "tablet")
        for number in range(4):
            self.push(device, "small", {"number": number, "text": "x" * 300})
        for size in (300_000, 500_000):
            self.push(device, "large", {"noise": self.dice.randbytes(size // 2).hex()})
        self.push(other, "small", {"other": True})

    def push(self, device, key, content):
        with self.event("push", key=key, hash=sha256(content)) as event:
            event["version"] = device.pushed(key, content)["version"]

    # The operator

    def backup(self, *options):
        (self.root / "backup").mkdir(exist_ok=True)
        with self.event("backup", ("var", "backup")) as event:
            event["number"] = json.loads(self.site.imagebed("backup", str(self.root / "backup"), *options, "--json").stdout)["number"]

    def keep(self):
        with self.event("collection"):
            self.site.imagebed("gc")
        self.backup("--copy")
        data = ("--data", str(self.root / "restored"))
        with self.event("restored backup", ("backup", "restored")) as event:
            self.site.imagebed("restore", str(self.root / "backup"), *data)
        event["files"] = self.count(*data)

    def count(self, *data):
        """The files that are not in the recycle bin."""
        return len(json.loads(self.site.imagebed("file", "list", "--limit", "1000", "--json", *data).stdout))

    def take_over(self):
        data = ("--data", str(self.root / "taken"))
        with self.event("setup of the next", ("old", "taken")):
            self.site.imagebed("setup", "--base-url", "http://img.example.org", *data)
        with self.event("import", ("old", "taken")) as event:
            self.site.imagebed("import", "easyimages", str(self.root / "old"), *data)
        event["files"] = self.count(*data)


if __name__ == "__main__":
    work = pathlib.Path(sys.argv[1])
    begun = time.monotonic()
    story = Story(work)
    story.tell()
    (work / "events.json").write_text(json.dumps(story.events))
    print(f"{len(story.events)} events in {time.monotonic() - begun:.0f} s", file=sys.stderr)
