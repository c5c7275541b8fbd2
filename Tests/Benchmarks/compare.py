# The site against itself at an earlier commit: the same requests, by turns, at two sites on one disk. Where the machine's speed
# drifts, both get slower.
#
#   python Tests/Benchmarks/compare.py CHECKOUT     CHECKOUT is a clone at the earlier commit with its release build; packages and
#                                                   environment are those of Tests/Benchmarks/run

import itertools
import math
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1] / "Wire")]

import imports
import jsonsync
import lists
import load
import photographs
import raw
from client import Client
from running_site import Site, binaries
from syncing import SYNC, text
from table import Table, interleaved

# How fast the site has to be, as a part of its former speed.
LEAST = 0.98
# Rounds go on until the interval of their ratio is as narrow as this.
NARROW, ROUNDS = 0.02, 30


def main(checkout):
    checkout = pathlib.Path(checkout).resolve()
    table = Table()
    with Site() as now, Site(checkout=checkout, executables=checkout / ".build/release") as before:
        sites = (now, before)
        uploads(table, sites)
        thumbnails(table, sites)
        for site in sites:
            lists.fill(site, 100_000)
        pages(table, sites)
        pushes(table, sites)
    takeovers(table, checkout)
    table.summary()
    sys.exit(1 if table.missed else 0)


def uploads(table, sites):
    for name, size in [("265 KB", 265_000), ("1.2 MB", 1_200_000)]:
        body = load.temporary(raw.form([raw.part("image", photographs.of_bytes(size), "photograph.jpg", "image/jpeg")]))

        def upload(site):
            return load.rate(site.url + "/api/v1/upload.php", load.POST, body, raw.BOUNDARY, site.key, seconds=1)

        turns(table, f"upload of {name} by {load.CLIENTS} clients", "1/s", sites, upload)
        clear(sites)
        body.unlink()


def clear(sites):
    """Thirty rounds need some thirty gigabytes. Not between rounds: where files were just removed, a file system makes new ones more slowly."""
    for file in itertools.chain(*((site.data / "uploads").rglob("*.*") for site in sites)):
        file.unlink()


def thumbnails(table, sites):
    content = photographs.of_size(2560, 1600)
    answers = {site: Client(site).uploaded(content) for site in sites}
    watches = {site: load.Stopwatch(site.url) for site in sites}

    def first(site):
        kept = site.thumbnails / answers[site]["url"].partition("/uploads/")[2]
        for file in kept.iterdir() if kept.is_dir() else []:
            file.unlink()
        return 1 / watches[site].seconds(answers[site]["thumb"].removeprefix(site.url.removesuffix(site.prefix)))

    turns(table, "first thumbnail of 2560 x 1600", "1/s", sites, first, 5)
    turns(table, "cached thumbnail", "1/s", sites, lambda site: load.rate(answers[site]["thumb"], seconds=1))


def pages(table, sites):
    """(With a client in Python each further header of an answer takes longer to read than to write.)"""
    for order, page in itertools.product(["created_at", "views"], [1, 1000]):
        path = f"/api/v1/list.php?page={page}&order_by={order}"
        turns(table, f"list page {page} of 100,000 rows by {order}", "1/s", sites,
              lambda site, path=path: load.rate(site.url + path, seconds=1, clients=1))


def pushes(table, sites):
    body = load.temporary(text(jsonsync.content_of(2_000, random.Random(1))).encode())
    runs = itertools.count()
    turns(table, "push of 2 KB by one client", "1/s", sites,
          lambda site: load.rate(site.url + SYNC, jsonsync.PUSH, site.key, body, next(runs), seconds=1, clients=1))
    body.unlink()


def takeovers(table, checkout):
    """Imports of an EasyImages site of 10,000 pictures, each into a data folder of its own."""
    folder, count = pathlib.Path(tempfile.mkdtemp(prefix="imagebed-import-")), 10_000
    try:
        old, data = str(imports.generate(folder / "old", count)), folder / "var"

        def take(programs):
            shutil.rmtree(data, ignore_errors=True)
            run = lambda *words: subprocess.run([programs / "imagebed", *words, "--data", data], check=True, capture_output=True)
            run("setup", "--base-url", "http://img.example.org")
            start = time.monotonic()
            run("import", "easyimages", old)
            return count / (time.monotonic() - start)

        turns(table, f"import of {count:,} pictures", "1/s", (binaries(), checkout / ".build/release"), take)
    finally:
        shutil.rmtree(folder)


def turns(table, name, unit, sites, measure, repeats=1):
    """One row of the table: the median over rounds of the ratio of both speeds, each the median of some turns. The first turns are
    for warmth, and who begins changes with each round."""
    for site in sites:
        measure(site)
    pairs = []
    while len(pairs) < ROUNDS and width(pairs) > NARROW:
        order = 1 if len(pairs) % 2 else -1
        pairs.append(interleaved(repeats, *(lambda site=site: measure(site) for site in sites[::order]))[::order])
    ratios = [now / before for now, before in pairs]
    now, before = map(statistics.median, zip(*pairs))
    detail = f"{now:.1f} {unit} against {before:.1f} {unit}; {len(pairs)} rounds, interval {width(pairs):.3f} wide"
    table.row(name, detail, statistics.median(ratios), "x", LEAST, None)


def width(pairs):
    """Of the interval that holds the median ratio in 19 of 20 cases, told by the order of the ratios alone."""
    ratios = sorted(now / before for now, before in pairs)
    outside = math.floor(len(ratios) / 2 - math.sqrt(len(ratios)))
    return ratios[-1 - outside] - ratios[outside] if outside >= 0 and len(ratios) >= 6 else math.inf


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: compare.py CHECKOUT")
    main(sys.argv[1])
