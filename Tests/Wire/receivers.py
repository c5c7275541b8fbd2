# Receivers of a site's events for tests: a folder with executables, and the process that delivers to them.

import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

from running_site import until

ROOT = os.geteuid() == 0
# A user of every machine, without rights.
SOMEBODY = "nobody"


class Receivers:
    """A folder that receivers' user may enter, with one where they may write."""

    def __init__(self, site):
        self.site = site
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="imagebed-receivers-"))
        self.folder.chmod(0o755)
        self.events, self.notes = self.folder / "events.d", self.folder / "notes"
        self.events.mkdir(0o755)
        self.notes.mkdir()
        self.notes.chmod(0o777)
        self.process = None

    def add(self, name, script, mode=0o755):
        """A receiver; NOTES is where it may write."""
        new = self.folder / "new"
        new.write_text("#!/bin/sh\n" + script.replace("NOTES", str(self.notes)))
        new.chmod(mode)
        new.rename(self.events / name)

    def start(self, *options):
        self.log = open(self.folder / "log", "ab")
        self.process = subprocess.Popen([self.site.executables / "imagebed", "events", "deliver", "--receivers", self.events,
                                         *(["--user", SOMEBODY] if ROOT else []), *options],
                                        env={**os.environ, "IMAGEBED_DATA": str(self.site.data)}, stdin=subprocess.DEVNULL,
                                        stdout=self.log, stderr=self.log, start_new_session=True)
        return self

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process = None

    def stop(self):
        """Ends the deliverer as a service manager does, and tells what of it is left."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)
        self.process = None
        return until(lambda: not self.processes()) or self.processes()

    def processes(self):
        """All that mention the folder."""
        found = []
        for entry in pathlib.Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if entry.name.isdigit() and int(entry.name) != os.getpid() and str(self.folder).encode() in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
        return found

    def note(self, name):
        """Lines of a file that a receiver has written."""
        file = self.notes / name
        return file.read_text().splitlines() if file.exists() else []

    def got(self, name):
        """The events that a receiver has noted."""
        return [json.loads(line) for line in self.note(name)]

    def state(self, name):
        states = json.loads(self.site.imagebed("events", "--receivers", str(self.events), "--json").stdout)["receivers"]
        return next((state for state in states if state["name"] == name), None)

    def wait(self, name):
        """Until a receiver is known, so that it gets what happens from here on."""
        assert until(lambda: self.state(name)), self.said()

    def said(self): return (self.folder / "log").read_text()

    def hurry(self):
        """What failed is due at once."""
        self.site.query("UPDATE event_receiver SET next_try_at = 0")

    def __enter__(self): return self

    def __exit__(self, *_):
        left = self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        assert left in (True, []), left
