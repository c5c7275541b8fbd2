# A site whose rows are on PostgreSQL, on a socket of the same machine and on the same disk, against one whose rows are in SQLite's file: what
# is durable, what many writers do at once, lists, and memory. Rounds take turns. Smaller or larger: IMAGEBED_ROWS and IMAGEBED_ROUNDS.
# What is durable is measured twice: as the disk is, and with each fsync a millisecond slower for both, because a virtual machine's disk may return
# from it in a tenth of that, before anything is safe from a power cut.

import contextlib
import itertools
import os
import pathlib
import random
import subprocess
import tempfile

import engines
import jsonsync
import lists
import load
import pictures
import raw
from running_site import Site
from syncing import SYNC, text
from table import in_turns

WRITERS = 16
ROWS = int(os.environ.get("IMAGEBED_ROWS", 1_000_000))
ROUNDS = int(os.environ.get("IMAGEBED_ROUNDS", 7))
SECONDS = 2
PER_PAGE = 100
MEGABYTE = 1 << 20

MANY = """
    INSERT INTO file (account_id, path, original_name, type, kind, size, width, height, sha256, sent_sha256, views, created_at)
    SELECT 1, '2024/04/' || lpad(n::text, 12, '0') || '.jpg', 'picture ' || n || '.jpg', 'jpeg', 'image', (random() * 5000000)::bigint, 1920, 1080,
        sha256(n::text::bytea), sha256(n::text::bytea), (random() * 1000)::bigint, 1700000000 + n / 3
    FROM generate_series(?::bigint, ?::bigint) AS n
"""


def measure(table):
    writes(table, engines.server(), "")
    with slow_disk(1_000) as server:
        writes(table, server, ", fsync + 1 ms")
    with both() as sites:
        memory(table, sites)
        pages(table, sites)


def writes(table, server, suffix):
    with both(server=server) as sites:
        pushes(table, sites, suffix)
        uploads(table, "a small upload by one client" + suffix, sites, 1, 0.6)
    with both("--processes", str(WRITERS), server=server) as sites:
        uploads(table, f"small uploads by {WRITERS} clients to as many processes" + suffix, sites, WRITERS, 1.0)


@contextlib.contextmanager
def slow_disk(microseconds):
    """A server, and all that is started meanwhile, for which each fsync takes so much longer."""
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder).chmod(0o755)
        library = pathlib.Path(folder, "slow_disk.so")
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", pathlib.Path(__file__).with_name("slow_disk.c"), "-o", library], check=True)
        os.environ.update(LD_PRELOAD=str(library), SLOW_DISK=str(microseconds))
        try:
            server = engines.Server()
            yield server
            server.end()
        finally:
            del os.environ["LD_PRELOAD"], os.environ["SLOW_DISK"]


@contextlib.contextmanager
def both(*options, server=None):
    """The site on PostgreSQL, and that on SQLite."""
    with tempfile.TemporaryDirectory(prefix="imagebed-data-") as folder:
        pathlib.Path(folder).chmod(0o755)
        data = pathlib.Path(folder, "var")
        data.mkdir()
        engines.configure(data, (server or engines.server()).make())
        with Site(options, data=data) as served, Site(options) as alone:
            yield served, alone


def compare(table, name, sites, rate, at_least):
    for site in sites:
        rate(site)
    table.ratios(f"{name}: PostgreSQL against SQLite", *in_turns(ROUNDS, *(lambda site=site: rate(site) for site in sites)), "1/s", at_least=at_least)


def pushes(table, sites, suffix):
    body, runs = load.temporary(text(jsonsync.content_of(2_000, random.Random(1))).encode()), itertools.count()
    for clients, bound in ((1, 0.4), (WRITERS, 1.0)):
        compare(table, f"pushes of 2 KB by {clients}{suffix}", sites, lambda site, clients=clients: load.rate(
            site.url + SYNC, jsonsync.PUSH, site.key, body, next(runs), seconds=SECONDS, clients=clients), bound)
    body.unlink()


def uploads(table, name, sites, clients, bound):
    body = load.temporary(raw.form([raw.part("image", pictures.jpeg(), "small.jpg", "image/jpeg")]))
    compare(table, name, sites, lambda site: load.rate(
        site.url + "/api/v1/upload.php", load.POST, body, raw.BOUNDARY, site.key, seconds=SECONDS, clients=clients), bound)
    body.unlink()


def pages(table, sites):
    served, alone = sites
    for start in range(1, ROWS + 1, 10_000):
        served.query(MANY, start, min(start + 9_999, ROWS))
    served.imagebed("gc")
    served.query("VACUUM ANALYZE")
    lists.fill(alone, ROWS)
    page = ROWS // PER_PAGE
    for order in ["created_at", "views", "file_size"]:
        path = f"/api/v1/list.php?page={page}&per_page={PER_PAGE}&order_by={order}"
        ours, theirs = (slowest(site, path) for site in sites)
        table.ratio(f"list page {page:,} of {ROWS:,} rows by {order}, p99", 1 / ours, 1 / theirs, "1/ms", at_least=0.4)


def slowest(site, path):
    """Milliseconds in which 99 of 100 requests are answered, once each process is connected."""
    watch = load.Stopwatch(site.url)
    return sorted([watch.seconds(path) * 1_000 for _ in range(1_040)][40:])[-10]


def memory(table, sites):
    """After requests that need rows: what a process has to itself."""
    for site in sites:
        for _ in range(40):
            load.Stopwatch(site.url).seconds("/api/v1/list.php")
    served, alone = ([private(process) for process in site.responders("list")] for site in sites)
    table.value("a responder with a database on a server, of its own", (max(served) - max(alone)) / MEGABYTE, "MB", at_most=3)
    named = [process for process in sites[1].responders("list") if "libpq" in pathlib.Path(f"/proc/{process}/maps").read_text()]
    table.value("responders without cluster.conf that have libpq", len(named), "", at_most=0)


def private(process):
    lines = pathlib.Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) * 1_024 for line in lines if line.startswith(("Private_Clean:", "Private_Dirty:")))
