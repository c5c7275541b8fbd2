# The fixtures of all wire tests: one site for the whole run, clients for it, and the check that a refused upload leaves
# nothing behind. Tests that break a site start one of their own.

import pytest

import described
import old_addresses
import transcripts
from client import Client
from old_site import OldSite
from running_site import Site


def pytest_configure(config):
    config.addinivalue_line("markers", "crash: kills responders for a while; a room of its own")
    config.addinivalue_line("markers", "last: waits for a clock that started with the run")


@pytest.fixture(scope="session")
def site():
    with Site() as running:
        described.learn(running)
        yield running


@pytest.fixture(scope="session")
def client(site):
    return Client(site)


@pytest.fixture
def nothing_left(site):
    """For tests in which no upload may succeed: files, rows and counters are afterwards what they were before."""
    before = site.inventory()
    yield
    assert site.inventory() == before


@pytest.fixture(scope="module")
def old_site():
    """A replaced site for one file of tests."""
    with OldSite() as running:
        described.learn(running)
        yield running


@pytest.fixture
def new_site():
    """Makes sites for one test alone: `new_site(options=[…])`."""
    started = []

    def start(**arguments):
        running = Site(**arguments)
        started.append(running)
        running.start()
        return running

    yield start
    left = [process for running in started for process in running.stop()]
    for running in started:
        running.remove()
    assert left == []


def pytest_collection_modifyitems(items):
    # Tests that wait for a clock which started with the run come last.
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)


def pytest_terminal_summary(terminalreporter):
    if old_addresses.seen:
        terminalreporter.section("the sample install's own addresses, before and now")
        for line in old_addresses.table():
            terminalreporter.write_line(line)
    if not transcripts.compared and not transcripts.thumbnails:
        return
    transcripts.write_table()
    terminalreporter.section("recorded answers of the replaced program")
    for line in transcripts.table():
        terminalreporter.write_line(line)
