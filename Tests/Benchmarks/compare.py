# The site against itself at an earlier commit: the same requests, by turns, at two sites on one disk. Where the machine's speed
# drifts, both get slower.
#
#   python Tests/Benchmarks/compare.py CHECKOUT     CHECKOUT is a clone at the earlier commit with its release build; packages and
#                                                   environment are those of Tests/Benchmarks/run

import itertools
import pathlib
import sys

sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parents[1] / "Wire")]

import lists
import load
import photographs
import raw
from client import Client
from running_site import Site
from table import Table, interleaved

MOST = 1.03


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
    table.summary()
    sys.exit(1 if table.missed else 0)


def uploads(table, sites):
    for name, size in [("265 KB", 265_000), ("1.2 MB", 1_200_000)]:
        body = load.temporary(raw.form([raw.part("image", photographs.of_bytes(size), "photograph.jpg", "image/jpeg")]))

        def upload(site):
            watch = load.rate(site.url + "/api/v1/upload.php", load.POST, body, raw.BOUNDARY, site.key, seconds=2)
            return 1000 / watch

        turns(table, f"upload of {name} by {load.CLIENTS} clients", 11, sites, upload)
        body.unlink()


def thumbnails(table, sites):
    content = photographs.of_size(2560, 1600)
    answers = {site: Client(site).uploaded(content) for site in sites}
    watches = {site: load.Stopwatch(site.url) for site in sites}

    def first(site):
        kept = site.thumbnails / answers[site]["url"].partition("/uploads/")[2]
        for file in kept.iterdir() if kept.is_dir() else []:
            file.unlink()
        return watches[site].seconds(answers[site]["thumb"].removeprefix(site.url.removesuffix(site.prefix))) * 1000

    turns(table, "first thumbnail of 2560 x 1600", 41, sites, first)
    turns(table, "cached thumbnail", 7, sites, lambda site: 1000 / load.rate(answers[site]["thumb"], seconds=2))


def pages(table, sites):
    watches = {site: load.Stopwatch(site.url) for site in sites}
    for order, page in itertools.product(["created_at", "views"], [1, 1000]):
        path = f"/api/v1/list.php?page={page}&order_by={order}"
        turns(table, f"list page {page} of 100,000 rows by {order}", 300, sites, lambda site: watches[site].seconds(path) * 1000)


def turns(table, name, rounds, sites, measure):
    """One row of the table; the first turns are for warmth."""
    for site in sites:
        measure(site)
    now, before = interleaved(rounds, *(lambda site=site: measure(site) for site in sites))
    table.ratio(name, now, before, "ms", at_most=MOST)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: compare.py CHECKOUT")
    main(sys.argv[1])
