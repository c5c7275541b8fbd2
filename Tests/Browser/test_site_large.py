# The gallery of a site with more rows than a page can hold, while others upload. The numbers at the tests are those of the design's
# acceptance checks; Tests/Benchmarks/scrolling.py does the same with a million rows, and measures.

import itertools
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Wire"))

import large_site  # noqa: E402
import pictures  # noqa: E402
from client import Client  # noqa: E402
from running_site import Site  # noqa: E402

MANY, MEGABYTE = 1_200, 1 << 20
# Cards that the page holds at once; a page could hold many more, but not the list.
AT_ONCE = 700
numbers = itertools.count()


@pytest.fixture(scope="module")
def site():
    with Site(options=["--web", "nginx"]) as running:
        large_site.fill(running, MANY, 6 * 3600)
        yield running


def upload(site):
    client = Client(site)
    return lambda _: client.uploaded(pictures.jpeg(), f"meanwhile {next(numbers)}.jpg")


def test_6_every_row_once_while_others_upload(site, browser):
    large_site.open_gallery(browser, site)
    expected = large_site.rows(site)
    with large_site.uploading(upload(site)):
        order, _ = large_site.scrolled(browser, 400, expected[-1])
    assert order == expected[expected.index(order[0]):]
    assert large_site.most(browser) <= AT_ONCE


def test_6_a_jump_and_both_ways_from_there(site, browser):
    """From a month in the middle to the oldest, and then up to the newest, which is a later one by then, over a slow connection."""
    large_site.open_gallery(browser, site, "month=2018/01")
    with large_site.uploading(upload(site)), large_site.far(browser, 300):
        down, _ = large_site.scrolled(browser, 400, 1)
        assert down == [one for one in large_site.rows(site) if one <= down[0]]
        up, _ = large_site.scrolled(browser, -400)
    everything = set(down) | set(up)
    assert everything == set(range(1, max(everything) + 1)) and max(everything) > MANY
    assert large_site.most(browser) <= AT_ONCE


@pytest.mark.parametrize("latency", [0, 2_000])
def test_6_back_at_a_beginning_that_has_changed(site, browser, latency):
    """More files have come than the first part holds, and some of the first and of the second one have gone. Where answers are slow, as they are on
    a busy machine too, the beginning is reached before it is filled, and nothing can be scrolled any more then."""
    large_site.open_gallery(browser, site)
    before = large_site.rows(site)
    large_site.scrolled(browser, 400, before[600])
    browser.wait("[...document.querySelectorAll('.part')].slice(0, 2).every(part => part.dataset.isEmpty)")
    site.query(f"UPDATE file SET is_public = 0 WHERE id IN ({', '.join(map(str, before[20:25] + before[70:75]))})")
    large_site.add(site, 100)
    with large_site.far(browser, latency):
        large_site.scrolled(browser, -400)
    shown = large_site.top(browser)
    assert len(shown) > 125 and shown == large_site.rows(site)[:len(shown)]


def test_20_six_hundred_actions_in_the_gallery(site, browser):
    """The heap grows by less than 10 MB."""
    large_site.open_gallery(browser, site)
    before = large_site.used(browser, 60)
    after = large_site.used(browser, 600)
    assert after - before < 10 * MEGABYTE, (before, after)
