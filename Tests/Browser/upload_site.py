# Fixtures and steps for the upload page of a real site, with a network between the browser and the site that a test rules.

import contextlib
import os
import struct

import pytest

import accounts
import pictures
import videos
from network import Network
from running_site import Site
from upload_page import Page

MEGABYTE = 1 << 20


@contextlib.contextmanager
def upload_site(web, **arguments):
    """A site behind this web server, with the network to it (`network`) and sessions of a user."""
    with Site(options=["--web", web], **arguments) as site, Network(site.port) as site.network:
        site.session = accounts.session_of(site, "anna")
        yield site


@contextlib.contextmanager
def opened_page(site, browser, base=None, session=True, language="zh-CN"):
    """The page, with nothing of earlier tests in the browser; the network has forgotten them too."""
    base = base or site.network.url
    browser.tell("Storage.clearDataForOrigin", origin=base, storageTypes="all")
    browser.tell("Network.clearBrowserCookies")
    for name, value in {"lang": language, **(site.session if session else {})}.items():
        browser.tell("Network.setCookie", name=name, value=value, url=base + "/", httpOnly=True)
    try:
        yield Page(browser, site, base + "/")
    finally:
        browser.open("about:blank")
        site.network.end()


@pytest.fixture
def files(tmp_path):
    return Files(tmp_path)


class Files:
    """Makes pictures and videos, no two of them alike."""

    def __init__(self, folder):
        self.folder, self.made = folder, 0

    def picture(self, name=None, size=0):
        """A JPEG, followed by what decoders do not read if it is to have a size."""
        self.made += 1
        content = pictures.jpeg(seed=self.made)
        return self.file(name or f"photo-{self.made}.jpg", content + os.urandom(max(0, size - len(content))))

    def pictures(self, count):
        return [self.picture() for _ in range(count)]

    def video(self, name, size):
        """An MP4 whose last box players skip (ISO 14496-12, 8.1.2)."""
        movie = videos.sample("mp4")
        path = self.folder / name
        with path.open("wb") as file:
            file.write(movie + struct.pack(">I4s", size - len(movie), b"free"))
            while left := size - file.tell():
                file.write(os.urandom(min(left, MEGABYTE)))
        return path

    def file(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path


def stored(site, link):
    """The file to which a link leads."""
    return site.uploads / link.removeprefix(site.url + "/uploads/")


def count(site):
    return site.query("SELECT count(*) FROM file")[0][0]


def same(path, other):
    """Whether two files have the same bytes."""
    with open(path, "rb") as one, open(other, "rb") as two:
        while True:
            piece = one.read(MEGABYTE)
            if piece != two.read(MEGABYTE):
                return False
            if not piece:
                return True
