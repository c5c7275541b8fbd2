# The migration of a site with a million files, as an installation does it: what takes long while the former version serves, and what
# requests wait for.
#
#   python Tests/Benchmarks/upgrade.py CHECKOUT     as for compare.py

import contextlib
import pathlib
import subprocess
import sys
import threading
import time

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1] / "Wire")]

import lists
import pages
import photographs
from client import Client
from memory import read as memory_of
from running_site import Site, binaries
from table import Table


def main(checkout):
    checkout, table = pathlib.Path(checkout).resolve(), Table()
    with Site(checkout=checkout, executables=checkout / ".build/release") as site:
        pages.fill(site, lists.MANY)
        before = pages.database_size(site)
        with uploading(site) as waits:
            run(table, site, "ahead", "setup", "--ahead")
        table.value("longest upload meanwhile", max(waits) * 1000, "ms", at_most=1_000)
        run(table, site, "migration, for which requests wait", "setup")
        table.value("the database grows by", (pages.database_size(site) - before) / pages.MEGABYTE, "MB")
        run(table, site, "index", "index")
        site.query("PRAGMA wal_checkpoint(TRUNCATE)")
        table.value("the database grows by, with what is derived", (pages.database_size(site) - before) / pages.MEGABYTE, "MB")
    table.summary()
    sys.exit(1 if table.missed else 0)


def run(table, site, name, *words):
    start = time.monotonic()
    running = subprocess.Popen([binaries() / "imagebed", *words, "--data", site.data], stdout=subprocess.DEVNULL)
    memory = 0
    while running.poll() is None:
        # (What wait4(2) tells of it has its parent's memory in it.)
        with contextlib.suppress(OSError, StopIteration):
            memory = max(memory, memory_of(running.pid, "VmHWM"))
        time.sleep(0.05)
    assert running.returncode == 0
    table.value(name, time.monotonic() - start, "s")
    table.value(f"{name}, memory", memory / pages.MEGABYTE, "MB", at_most=64)


class uploading:
    """Somebody uploads while this lasts; the seconds that each upload took."""

    def __init__(self, site):
        self.client, self.content, self.waits, self.end = Client(site), photographs.of_bytes(265_000), [], threading.Event()
        self.thread = threading.Thread(target=self.work)

    def work(self):
        while not self.end.is_set():
            begun = time.monotonic()
            self.client.uploaded(self.content + str(begun).encode())
            self.waits.append(time.monotonic() - begun)

    def __enter__(self):
        self.thread.start()
        return self.waits

    def __exit__(self, *_):
        self.end.set()
        self.thread.join()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: upgrade.py CHECKOUT")
    main(sys.argv[1])
