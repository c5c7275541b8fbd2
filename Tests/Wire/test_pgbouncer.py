"""A site whose connections pgbouncer lends for one transaction each, with the settings of docs/cluster.md."""

import json
import pathlib
import re
import threading
import time

import pytest

import engines
import pictures
import test_cluster
import test_crash as uploads
import test_json_crash as pushes
from bouncer import Bouncer, needs_bouncer
from client import Client
from running_site import PATIENCE, Site, until

pytestmark = [test_cluster.pytestmark, needs_bouncer]
POOL = 6


@pytest.fixture(scope="module")
def bouncer():
    bouncer = Bouncer(engines.server().make(), POOL)
    yield bouncer
    bouncer.remove()


@pytest.fixture(scope="module")
def site(bouncer, tmp_path_factory):
    data = tmp_path_factory.mktemp("pgbouncer") / "data"
    data.mkdir()
    engines.configure(data, bouncer.words)
    with Site(data=data) as site:
        yield site


def backends(site, condition="true"):
    """The server's processes for a site."""
    return engines.administer(f"SELECT pid FROM pg_stat_activity WHERE datname = '{name(site)}' AND {condition}")


def name(site):
    return re.search(r"dbname=(\w+)", engines.server_words(site.data))[1]


def complaints():
    """What the server says of statements that it was to have prepared."""
    return pathlib.Path(engines.server().folder, "log").read_text().count("prepared statement")


def test_a_site_at_work(site, bouncer):
    """And pgbouncer dies and comes back."""
    complained = complaints()
    uploaders, pushers = uploads.begin(site), pushes.begin(site, 4)
    most = 0

    def enough():
        nonlocal most
        most = max(most, len(backends(site)))
        return sum(len(each.acknowledged) for each in pushers) > 40 and sum(len(each.deleted) for each in uploaders) > 3

    def statuses():
        return set().union(*(each.statuses.copy() for each in [*uploaders, *pushers]))

    assert until(enough)
    assert 1 < most <= POOL
    for _ in range(3):
        bouncer.process.kill()
        bouncer.process.wait(PATIENCE)
        bouncer.begin()
        count = sum(len(each.acknowledged) for each in uploaders)
        assert until(lambda: sum(len(each.acknowledged) for each in uploaders) > count + 10)
    uploads.end(uploaders)
    pushes.end(pushers)
    assert statuses() <= {200, 503}
    uploads.verify(site, uploaders)
    pushes.verify(site, pushers, least=30)
    told = {each["subject"]: each for each in json.loads(site.imagebed("cluster", "check", "--json").stdout)}
    assert [each for each in told.values() if each["level"] in ("warning", "problem")] == []
    # Nothing is left on connections that others get next, and nothing was expected there.
    assert complaints() == complained
    assert until(lambda: not backends(site, "state <> 'idle'"))
    locks = f"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = '{name(site)}')"
    assert engines.administer(locks) == [(0,)]


def test_commands_by_the_clock(site):
    client = Client(site)
    stored = [client.uploaded(pictures.still("png", width, 3), data={"expires": "60"} if width < 12 else None) for width in range(10, 16)]
    site.query("UPDATE file SET expires_at = ? WHERE expires_at IS NOT NULL", int(time.time()) - 1)
    assert json.loads(site.imagebed("expire", "--json").stdout)["removed"] == 2
    assert client.get(stored[2]["del"].removeprefix(site.url)).status_code == 200
    assert json.loads(site.imagebed("gc", "--recycle-days", "0", "--json").stdout)["removed"] > 0 and site.files("recycle") == []
    assert site.query("SELECT * FROM lease") == []
    assert [row["id"] for row in client.list().json()["data"][:3]] == [each["id"] for each in reversed(stored[3:])]


def test_the_lock_of_deletions(site):
    """Another node has it, on a connection that pgbouncer lends it as long as it has it, and dies."""
    client = Client(site)
    stored = client.uploaded(pictures.still("png", 3, 3))
    node = engines.Connection(engines.server_words(site.data))
    node.query("BEGIN")
    node.query("SELECT pg_advisory_xact_lock(1, 1)")
    answers = []
    deletion = threading.Thread(target=lambda: answers.append(client.get(stored["del"].removeprefix(site.url))))
    deletion.start()
    assert until(lambda: backends(site, "wait_event = 'advisory'"))
    # Who does not delete goes on meanwhile.
    assert client.upload(pictures.still("png", 4, 3)).status_code == 200 and answers == []
    node.close()
    deletion.join(PATIENCE)
    assert [answer.status_code for answer in answers] == [200]
