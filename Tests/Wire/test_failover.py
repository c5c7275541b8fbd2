"""The primary dies while clients upload, delete, push and list, and its synchronous standby is promoted."""

import os
import threading
import time

import pytest

import engines
import pictures
import test_crash as uploads
import test_json_crash as pushes
from bouncer import Bouncer, needs_bouncer
from client import Client
from running_site import until
from test_cluster import faults, made, pytestmark  # noqa: F401

SECONDS = float(os.environ.get("IMAGEBED_FAILOVER_SECONDS", "2"))


@pytest.fixture
def servers():
    """A primary whose commits wait for its standby."""
    primary = engines.Server()
    standby = engines.Server(follows=primary)
    primary.administer("ALTER SYSTEM SET synchronous_standby_names = '*'")
    primary.administer("SELECT pg_reload_conf()")
    assert until(lambda: primary.administer("SELECT sync_state FROM pg_stat_replication") == [("sync",)])
    yield primary, standby
    primary.end()
    standby.end()


def test_a_standby_that_commits_wait_for_is_not_there(tmp_path):
    server = engines.Server()
    node = made(tmp_path / "data", server.make())
    node.run("setup")
    assert faults(node) == {}
    server.administer("ALTER SYSTEM SET synchronous_standby_names = 'db2'")
    server.administer("SELECT pg_reload_conf()")
    assert until(lambda: faults(node))
    told = faults(node)
    assert list(told) == ["standbys"] and told["standbys"]["level"] == "problem" and "start the standby" in told["standbys"]["advice"]
    server.end()


@needs_bouncer
def test_pgbouncer_is_led_to_the_promoted_standby(servers, new_site, tmp_path, request):
    primary, standby = servers
    bouncer = Bouncer(primary.make(), 6)
    request.addfinalizer(bouncer.remove)
    (tmp_path / "data").mkdir()
    engines.configure(tmp_path / "data", bouncer.words)
    client = Client(new_site(data=tmp_path / "data"))
    stored = client.uploaded(pictures.still("png", 3, 3))
    primary.crash()
    began = time.monotonic()
    assert client.upload(pictures.still("png", 4, 3)).status_code == 503
    print(f"{time.monotonic() - began:.1f} s until it was said that there is no server")
    standby.promote()
    bouncer.lead_to(standby)
    assert until(lambda: client.upload(pictures.still("png", 5, 3)).status_code == 200)
    assert client.get(stored["del"].removeprefix(client.url)).status_code == 200


class Reader(threading.Thread):
    """Lists files."""

    def __init__(self, site, over):
        super().__init__(daemon=True)
        self.client, self.over, self.statuses = Client(site), over, set()

    def run(self):
        while not self.over.is_set():
            self.statuses.add(self.client.list().status_code)


def test_a_standby_is_promoted(servers, new_site, tmp_path):
    primary, standby = servers
    data = tmp_path / "data"
    data.mkdir()
    words = primary.make().replace(f"host={primary.folder}", f"host={primary.folder},{standby.folder}")
    engines.configure(data, f"{words} target_session_attrs=read-write")
    site = new_site(data=data)
    uploaders, pushers = uploads.begin(site), pushes.begin(site, 4)
    reader = Reader(site, uploaders[0].over)
    reader.start()

    def done():
        return sum(len(each.acknowledged) for each in uploaders), sum(len(each.acknowledged) for each in pushers)

    time.sleep(SECONDS)
    assert until(lambda: min(done()) > 20)
    primary.crash()
    assert until(lambda: all(503 in each.statuses for each in (reader, uploaders[0], pushers[0])))
    promoted = time.monotonic()
    standby.promote()
    ready, before = time.monotonic(), done()
    assert until(lambda: all(now > then for now, then in zip(done(), before)), pause=0.005)
    again = time.monotonic()
    time.sleep(SECONDS)
    assert until(lambda: min(done()) > 30)
    uploads.end(uploaders)
    pushes.end(pushers)
    reader.join()
    print(f"{ready - promoted:.2f} s until the standby takes writes, {again - ready:.2f} s more until uploads and pushes succeed")
    statuses = set().union(reader.statuses, *(each.statuses for each in [*uploaders, *pushers]))
    assert statuses == {200, 503}
    site.stop()
    site.start()
    uploads.verify(site, uploaders)
    pushes.verify(site, pushers, least=30)
