# The gallery of a million rows in Chromium: what a frame takes while somebody scrolls and others upload, a jump to the oldest month, and
# what a page holds after long use. Every row has to come once.

import itertools
import pathlib
import sys
import time

sys.path.append(str(pathlib.Path(__file__).parents[1] / "Browser"))

import photographs
from client import Client
from running_site import Site

MANY, SCROLLED, MEGABYTE = 1_000_000, 10_000, 1 << 20


def measure(table):
    # Selenium and Chromium are there for the tests; the other figures need neither.
    import browser
    import large_site
    with Site(options=["--web", "nginx"]) as site, browser.opened() as chromium:
        large_site.fill(site, MANY, 220)
        content, numbers = photographs.of_bytes(265_000), itertools.count()
        client = Client(site)

        def upload(_): client.uploaded(content + str(next(numbers)).encode())

        large_site.open_gallery(chromium, site)
        rows = large_site.rows(site)
        with large_site.uploading(upload):
            start = time.monotonic()
            order, frames = large_site.scrolled(chromium, 400, rows[SCROLLED])
            table.value(f"{len(order):,} cards scrolled in", time.monotonic() - start, "s")
        assert order == rows[rows.index(order[0]):][:len(order)], "each row once, in order"
        table.value("frame, 95 of 100", large_site.late(frames), "ms", at_most=50)
        table.value("longest frame", max(frames), "ms")
        table.value("cards in the page at once", large_site.most(chromium), "", at_most=1_300)
        jump(table, large_site, chromium, site, upload)
        large_site.open_gallery(chromium, site)
        before = large_site.used(chromium, 60)
        after = large_site.used(chromium, 600)
        table.value("heap, added by 600 actions", (after - before) / MEGABYTE, "MB", at_most=10)


def jump(table, large_site, chromium, site, upload):
    """From the newest file to the oldest month, and on to the oldest file and back up some parts."""
    large_site.open_gallery(chromium, site)
    with large_site.uploading(upload):
        start = time.monotonic()
        chromium.run("document.querySelector('nav.days a:last-child').click()")
        chromium.wait("location.search.includes('month=') && document.querySelector('.cards > li')")
        table.value("jump to the oldest of a million", time.monotonic() - start, "s")
        order, frames = large_site.scrolled(chromium, 400, 1)
    # (The part above the month is loaded too.)
    older = [one for one in order if one <= order[0]]
    assert older == list(range(order[0], 0, -1)), "each row once, in order"
    table.value(f"frame, 95 of 100, {len(older):,} oldest", large_site.late(frames), "ms", at_most=50)
