# Uploads by eight clients against nginx's own WebDAV PUT of the same bytes, and against a responder in C, on a memory file system and on
# disk; ours are hashed, read, fsynced and recorded.

import contextlib
import itertools
import pathlib
import tempfile

import load
import photographs
import raw
from running_site import Site
from table import in_turns, interleaved
from yardsticks import Yardstick, workers_of

SIZES = [("265 KB", 265_000, 0.5), ("1.2 MB", 1_200_000, 0.6)]
MEMORY = pathlib.Path("/dev/shm")


def measure(table):
    with Site() as site, Yardstick(workers_of(site)) as yardstick:
        for name, size, bound in SIZES:
            content = photographs.of_bytes(size)
            ours, theirs = compare(site, yardstick, content)
            table.ratio(f"upload of {name} by {load.CLIENTS} clients, against PUT", ours, theirs, "1/s", at_least=bound)
    content = photographs.of_bytes(265_000)
    against_c(table, content, "on a memory file system", MEMORY)
    against_c(table, content, "on disk", pathlib.Path(tempfile.gettempdir()), at_least=0.5)


def compare(site, yardstick, content):
    numbers = itertools.count()
    with bodies(content) as (body, plain):
        def put():
            found = load.rate(yardstick.url + "/put/", load.PUT, plain, next(numbers))
            yardstick.empty()
            return found

        post(site, body), put()
        return interleaved(3, lambda: post(site, body), put)


def against_c(table, content, where, below, at_least=None):
    """The C program only writes the body to a file; on disk it syncs what the site syncs, in the same order. In memory, what was uploaded is
    removed after each turn: both write to memory that was used before, and the machine's is not filled. On disk it stays: removing so many files
    keeps the file system and the disk busy in the next turns."""
    is_durable = below != MEMORY
    with folder_below(below) as folder, Site(data=folder / "var") as site, bodies(content) as (body, _), \
            Yardstick(workers_of(site), takers=len(site.responders("upload")), is_durable=is_durable, below=below) as yardstick:
        def give():
            found = post(site, body)
            for path in () if is_durable else site.uploads.rglob("*.jpg"):
                path.unlink()
            return found

        def take():
            found = load.rate(yardstick.url + "/take", load.POST, body, raw.BOUNDARY, site.key)
            if not is_durable:
                yardstick.empty()
            return found

        give(), take()
        table.ratios(f"upload of 265 KB {where}, against C", *in_turns(7, give, take), "1/s", at_least=at_least)


def post(site, body):
    return load.rate(site.url + "/api/v1/upload.php", load.POST, body, raw.BOUNDARY, site.key)


@contextlib.contextmanager
def folder_below(parent):
    """The site's user and the web server reach what is in it."""
    with tempfile.TemporaryDirectory(prefix="imagebed-data-", dir=parent) as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        yield folder


@contextlib.contextmanager
def bodies(content):
    """Files with the form of one upload and with its bytes alone."""
    files = [load.temporary(raw.form([raw.part("image", content, "photograph.jpg", "image/jpeg")])), load.temporary(content)]
    try:
        yield files
    finally:
        for file in files:
            file.unlink()
