# JSON synchronisation: small pushes against bare inserts with the same durability, a large document against sha256sum, the
# memory of a large push, a pull that has nothing new against stats.php, and long histories against short ones.

import contextlib
import http.client
import itertools
import json
import multiprocessing
import pathlib
import random
import sqlite3
import subprocess
import tempfile
import time

import load
from running_site import Site
from syncing import HISTORY, SYNC, Device, text
from table import interleaved

MEGABYTE = 1 << 20
INSERTS = 3_000

# Every device changes its own sixteen files, so that every push is news and none is a conflict.
PUSH = """
local threads = 0
function setup(thread) thread:set("number", threads); threads = threads + 1 end
function init(arguments)
    wrk.method = "POST"
    wrk.headers["X-API-Key"] = arguments[1]
    wrk.headers["Content-Type"] = "application/json"
    local file = io.open(arguments[2], "rb"); content = file:read("*a"); file:close()
    count = 0; run = arguments[3]
end
function request()
    count = count + 1
    local name = "push-" .. run .. "-" .. number .. "-" .. count % 16
    local body = '{"file_key":"' .. name .. '","device_id":"' .. name .. '","content":["' .. name .. '",' .. count .. ',' .. content .. ']}'
    return wrk.format(nil, nil, nil, body)
end
""" + load.REPORT

UNCHANGED = """
function init(arguments)
    wrk.headers["X-API-Key"] = arguments[1]
    wrk.headers["If-None-Match"] = arguments[2]
end
""" + load.REPORT


def measure(table):
    with Site() as site:
        small_pushes(site, table)
        unchanged_pulls(site, table)
        large_document(site, table)
        large_push(site, table)
        long_histories(site, table)


def content_of(size, dice):
    """A document of about so many bytes that does not repeat itself."""
    members = {}
    while len(text(members)) < size:
        members[f"key {len(members)}"] = [dice.random(), dice.randbytes(8).hex(), True, "字"]
    return members


def small_pushes(site, table):
    """Clients that push, each device to files of its own, against processes that insert the same bytes into a table of the same
    file system; both make every single write durable. One client waits for nobody but the way there and the disk: its yardstick is
    one insert and one request of stats.php, which goes the same way, together. Eight against eight is eight of each that wait for
    one another. All take turns, so that a disk that is slow for a while is slow for all of them."""
    content = text(content_of(2_000, random.Random(1)))
    body, bare = load.temporary(content.encode()), site.data / "bare.db"
    with contextlib.closing(sqlite3.connect(bare)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, bytes BLOB)")
    runs = itertools.count()
    actions = []
    for clients in (1, load.CLIENTS):
        actions.append(lambda clients=clients: load.rate(site.url + SYNC, PUSH, site.key, body, next(runs), seconds=2, clients=clients))
        actions.append(lambda clients=clients: insert_rate(bare, content, clients))
    actions.append(lambda: load.rate(site.url + "/api/v1/stats.php", seconds=2, clients=1))
    for action in actions:
        action()
    one, alone, eight, together, hop = interleaved(7, *actions)
    table.ratio("push of 2 KB by one client, against insert and hop", 1_000 / one, 1_000 / alone + 1_000 / hop, "ms", at_most=1.6)
    table.ratio(f"by {load.CLIENTS} clients, against {load.CLIENTS} that insert", eight, together, "1/s", at_least=0.45)
    body.unlink()


def insert_rate(path, content, processes):
    """Durable inserts a second."""
    with multiprocessing.Pool(processes) as pool:
        start = time.perf_counter()
        pool.starmap(insert, [(path, content, INSERTS // processes)] * processes, chunksize=1)
        return INSERTS / (time.perf_counter() - start)


def insert(path, content, count):
    with contextlib.closing(sqlite3.connect(path, timeout=60, isolation_level=None)) as database:
        database.execute("PRAGMA synchronous = FULL")
        for _ in range(count):
            database.execute("INSERT INTO bare (bytes) VALUES (?)", [content.encode()])


def unchanged_pulls(site, table):
    device = Device(site, "d")
    tag = f'"{device.pushed("pull", content_of(2_000, random.Random(2)))["hash"]}"'
    url = f"{site.url}{SYNC}?file_key=pull"
    assert device.pull("pull", headers={"If-None-Match": tag}).status_code == 304
    pull = lambda: load.rate(url, UNCHANGED, site.key, tag, seconds=2)
    stats = lambda: load.rate(site.url + "/api/v1/stats.php", seconds=2)
    pull(), stats()
    ours, theirs = interleaved(5, pull, stats)
    table.ratio("pull with a matching ETag, against stats.php", ours, theirs, "1/s", at_least=0.5)


def large_document(site, table):
    """Documents of every kind: records, a table of numbers, and one object with nothing but millions of short keys, each of
    which is compared with all others."""
    for name, write, bound in (("records", write_records, 4), ("numbers", write_numbers, 4), ("keys", write_keys, 6)):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "large.json"
            with open(path, "w") as file:
                write(file)

            def seconds(*command):
                start = time.perf_counter()
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
                return time.perf_counter() - start

            ours, theirs = interleaved(5, lambda: seconds(site.executables / "imagebed", "json", "hash", path), lambda: seconds("sha256sum", path))
            table.ratio(f"check, minify, hash {path.stat().st_size // MEGABYTE} MB of {name}, against sha256sum", ours, theirs, "s", at_most=bound)


def many_values():
    dice = random.Random(3)
    for number in range(420_000):
        yield {"id": number, "name": f"user {number} 字", "score": dice.random(), "tags": ["a", "b", str(number % 17)], "text": "line\n\"two\""}


def write_records(file):
    json.dump(list(many_values()), file, ensure_ascii=False)


def write_numbers(file):
    """26 million numbers of one digit."""
    file.write("[" + ",".join(["1"] * 26_000_000) + "]")


def write_keys(file):
    """One object with nearly four million members."""
    file.write("{" + ",".join(f'"{number}":1' for number in range(3_900_000)) + "}")


def large_push(site, table):
    body = text({"file_key": "large", "device_id": "d", "content": list(many_values())}).encode()[:]
    before = {process: read(process, "VmRSS") for process in site.responders("json-sync")}
    for process in before:
        # Sets the peak back to the present (proc_pid_clear_refs(5)).
        pathlib.Path(f"/proc/{process}/clear_refs").write_text("5")
    start = time.perf_counter()
    response = Device(site, "d").request("POST", SYNC, data=body, headers={"Content-Type": "application/json"})
    took = time.perf_counter() - start
    assert response.status_code == 200, response.text
    peak = max(read(process, "VmHWM") for process in before)
    table.ratio(f"peak memory of a push of {len(body) // MEGABYTE} MB, against the body", peak / MEGABYTE, len(body) / MEGABYTE, "MB", at_most=3)
    table.value(f"push of {len(body) // MEGABYTE} MB", took, "s")


def read(process, field):
    with open(f"/proc/{process}/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith(field + ":"))


def long_histories(site, table):
    device, dice = Device(site, "d"), random.Random(4)
    for key, count in (("short", 10), ("long", 10_000)):
        for number in range(10):
            device.pushed(key, {"number": number, **content_of(200, dice)})
        if count > 10:
            lengthen(site, key, count)
    watch = Watch(site)
    for name, query in (("history page 1", f"{HISTORY}?file_key={{}}&per_page=10"), ("the last 10 versions", f"{SYNC}?file_key={{}}&since_version={{}}")):
        short, long = interleaved(200, lambda: watch.milliseconds(query.format("short", 0)), lambda: watch.milliseconds(query.format("long", 9_990)))
        table.ratio(f"{name} of 10,000 versions, against 10", long, short, "ms", at_most=1.5)


def lengthen(site, key, count):
    """Writes versions past the pushes: the trigger that keeps the line whole has its say."""
    site.query("""
        WITH RECURSIVE number (n) AS (SELECT 11 UNION ALL SELECT n + 1 FROM number WHERE n < ?)
        INSERT INTO sync_version (file_id, version, content_id, hash, size, device_id, message, created_at)
        SELECT v.file_id, n, v.content_id, v.hash, v.size, v.device_id, 'version ' || n, v.created_at
        FROM number JOIN sync_file f ON f.file_key = ? JOIN sync_version v ON v.file_id = f.id AND v.version = n % 10 + 1
        ORDER BY n""", count, key)


class Watch:
    def __init__(self, site):
        self.connection = http.client.HTTPConnection(site.url.split("/")[2], timeout=60)
        self.headers = {"X-API-Key": site.key}

    def milliseconds(self, path):
        start = time.perf_counter()
        self.connection.request("GET", path, headers=self.headers)
        response = self.connection.getresponse()
        body = response.read()
        took = time.perf_counter() - start
        assert response.status == 200, body[:200]
        return took * 1000
