# What tests on a real site share: one site behind nginx and one behind Apache for all files, with some files and accounts, and one Chromium.

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Wire"))

import accounts  # noqa: E402
import pictures  # noqa: E402
import videos  # noqa: E402
from browser import browser, chromium  # noqa: E402, F401
from client import Client  # noqa: E402
from running_site import Site  # noqa: E402
from synced import synchronise  # noqa: E402


def started(web):
    """A site with a picture and a video, an account "anna" and an administrator "boss", both signed in."""
    with Site(options=["--web", web]) as site:
        client = Client(site)
        site.places = {"file": client.uploaded(pictures.photograph(1200, 800, 1), "假日.jpg")["url"].removeprefix(site.url),
                       "video": client.uploaded(videos.sample("mp4"), "clip.mp4")["url"].removeprefix(site.url)}
        site.sessions = {"visitor": {}, "user": accounts.session_of(site, "anna"), "admin": accounts.session_of(site, "boss", "admin")}
        site.imagebed("user", "quota", "anna", "--bytes", "50GB", "--files", "10000")
        synchronise(site, site.sessions["user"])
        yield site


@pytest.fixture(scope="session")
def nginx_site():
    yield from started("nginx")


@pytest.fixture(scope="session")
def apache_site():
    yield from started("apache")


@pytest.fixture(params=["nginx", "apache"])
def either_site(request):
    return request.getfixturevalue(f"{request.param}_site")


@pytest.fixture(params=["scripts", "no scripts"])
def scripts(request, browser):  # noqa: F811
    """Each test with scripts, and without them."""
    browser.tell("Emulation.setScriptExecutionDisabled", value=request.param == "no scripts")
    yield request.param == "scripts"
    browser.tell("Emulation.setScriptExecutionDisabled", value=False)
