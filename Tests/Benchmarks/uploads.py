# Uploads by eight clients against nginx's own WebDAV PUT of the same bytes; ours are hashed, read, fsynced and recorded.

import itertools

import load
import photographs
import raw
from running_site import Site
from table import interleaved
from yardsticks import Yardstick, workers_of

SIZES = [("265 KB", 265_000, 0.5), ("1.2 MB", 1_200_000, 0.6)]


def measure(table):
    with Site() as site, Yardstick(workers_of(site)) as yardstick:
        for name, size, bound in SIZES:
            content = photographs.of_bytes(size)
            ours, theirs = compare(site, yardstick, content)
            table.ratio(f"upload of {name} by {load.CLIENTS} clients, against PUT", ours, theirs, "1/s", at_least=bound)


def compare(site, yardstick, content):
    body = load.temporary(raw.form([raw.part("image", content, "photograph.jpg", "image/jpeg")]))
    plain = load.temporary(content)
    numbers = itertools.count()

    def upload():
        return load.rate(site.url + "/api/v1/upload.php", load.POST, body, raw.BOUNDARY, site.key)

    def put():
        found = load.rate(yardstick.url + "/put/", load.PUT, plain, next(numbers))
        yardstick.empty()
        return found

    try:
        upload(), put()
        return interleaved(3, upload, put)
    finally:
        body.unlink()
        plain.unlink()
