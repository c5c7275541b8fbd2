# A cached thumbnail against a static file of its size, and the first thumbnail of a photograph against vipsthumbnail.

import load
import photographs
from client import Client
from running_site import Site
from table import in_turns, interleaved
from yardsticks import Yardstick, vipsthumbnail, workers_of


def measure(table):
    with Site() as site, Yardstick(workers_of(site)) as yardstick:
        content = photographs.of_size(2560, 1600)
        answer = Client(site).uploaded(content)
        cached(table, site, yardstick, answer)
        first(table, site, answer, content)


def cached(table, site, yardstick, answer):
    """The yardstick is a file that the site serves under the same rules; a bare nginx is told beside it."""
    client = Client(site)
    thumbnail = client.get(answer["thumb"]).content
    urls = [answer["thumb"], client.uploaded(thumbnail)["url"], yardstick.place("thumbnail.jpg", thumbnail)]
    for url in urls:
        load.rate(url, seconds=1)
    ours, file, bare = interleaved(5, *(lambda url=url: load.rate(url, seconds=2) for url in urls))
    table.ratio(f"cached thumbnail, against a file of its {len(thumbnail)} bytes", ours, file, "1/s", at_least=0.9)
    table.ratio("cached thumbnail, against such a file in a bare nginx", ours, bare, "1/s")


def first(table, site, answer, content):
    source, target = load.temporary(content), load.temporary(b"")
    watch = load.Stopwatch(site.url)
    path = answer["thumb"].removeprefix(site.url.removesuffix(site.prefix))
    kept = site.thumbnails / answer["url"].partition("/uploads/")[2]

    def ours():
        for file in kept.iterdir() if kept.is_dir() else []:
            file.unlink()
        return watch.seconds(path) * 1000

    def theirs():
        return vipsthumbnail(source, str(target) + ".jpg") * 1000

    ours(), theirs()
    table.ratios("first thumbnail of 2560 x 1600, against vipsthumbnail", *in_turns(21, ours, theirs), "ms", at_most=0.5)
