# A client that others wrote (tuspy) sends 300 MB over a link that breaks twice, to a responder that is killed once.

import contextlib
import hashlib
import io
import os
import signal
import struct
import threading

import pytest
from tusclient import client as tuspy

import videos
from running_site import Site, until
from tus import PATH, Link, Tus

SIZE = 300 << 20
MEGABYTE = 1 << 20


@pytest.fixture(scope="module")
def movie():
    """A movie with a box at its end whose bytes are all different."""
    movie = videos.sample("mp4")
    rest = SIZE - len(movie)
    return movie + struct.pack(">I4s", rest, b"free") + os.urandom(rest - 8)


class Killer(threading.Thread):
    """Kills the responders when so many bytes have passed."""

    def __init__(self, site, link, after):
        super().__init__(daemon=True)
        self.site, self.link, self.after, self.killed = site, link, after, 0

    def run(self):
        until(lambda: self.link.passed > self.after, pause=0.005)
        for process in self.site.responders("tus"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
                self.killed += 1


# Both web servers take a request in whole before a responder sees it, so that a broken piece is lost and no more.
@pytest.mark.parametrize("web, sums", [("nginx", True), ("apache", False)])
def test_three_hundred_megabytes(movie, web, sums):
    with Site(options=["--web", web]) as site:
        site.imagebed("settings", "set", "video_max_bytes", "400MB")
        # The web server is to take such large requests from the first one on.
        site.stop()
        site.start()
        tus = Tus(site, site.key)
        link = Link(site.port, [80 * MEGABYTE, 150 * MEGABYTE])
        killer = Killer(site, link, 220 * MEGABYTE)
        killer.start()
        with contextlib.closing(link), site.setting(base_url=f"http://127.0.0.1:{link.port}"):
            sender = tuspy.TusClient(f"http://127.0.0.1:{link.port}{PATH}", headers={"X-API-Key": site.key})
            uploader = sender.uploader(file_stream=io.BytesIO(movie), chunk_size=8 * MEGABYTE, retries=200, retry_delay=0.1, upload_checksum=sums,
                                       metadata={"filename": "movie.mp4", "filetype": "video/mp4"})
            uploader.upload()
            answer = tus.told(uploader.url)
            assert (answer["state"], answer["srcName"], answer["file_size"]) == ("stored", "movie.mp4", SIZE)
            stored = site.uploads / answer["url"].partition("/uploads/")[2]
        killer.join()
        assert link.broken == 2 and killer.killed >= 1
        with open(stored, "rb") as file:
            assert hashlib.file_digest(file, "sha256").digest() == hashlib.sha256(movie).digest()
        assert site.query("SELECT count(*) FROM file") == [(1,)]
        assert [name for name in site.files() if not name.startswith("videos/")] == [] and len(site.files()) == 1
        assert link.passed < 1.1 * SIZE, f"{link.passed} bytes for {SIZE}"
