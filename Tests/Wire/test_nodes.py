"""Several machines on one database: what one of them does for all, and what each does for itself."""

import re

import pytest

import engines
from command_line import Site
from test_cluster import made, pytestmark  # noqa: F401


@pytest.fixture
def nodes(tmp_path):
    """Two data folders with one database and one secret."""
    words = engines.server().make()
    found = []
    for name in ("web1", "web2"):
        node = made(tmp_path / name, words)
        conf = node.data / "cluster.conf"
        conf.write_text(conf.read_text().rstrip("\n") + f"\nnode = {name}\n")
        if found:
            (node.data / "secret").write_text((found[0].data / "secret").read_text())
            (node.data / "secret").chmod(0o600)
        node.run("setup")
        found.append(node)
    return found


def hold(node, work, name, seconds):
    node.sql("INSERT INTO lease VALUES (?, ?, extract(epoch FROM now())::bigint + ?)", work, name, seconds)


@pytest.mark.parametrize("work", ["gc", "expire"])
def test_one_node_works_for_all(nodes, work):
    one, other = nodes
    hold(one, work, "web1", 100)
    done = other.run(work, "--json")
    assert f"imagebed {work}: web1 does it for all nodes" in done.stderr and '"removed":0' in done.stdout.replace(" ", "")
    # Its own node, where it was interrupted, goes on, and ends its turn.
    assert "for all nodes" not in one.run(work).stderr and one.sql("SELECT * FROM lease") == []
    hold(one, work, "web1", -1)
    assert "for all nodes" not in other.run(work).stderr, "a dead node's turn is over"


def test_each_node_tallies_its_own_log(nodes):
    for node in nodes:
        logs = node.data / "logs"
        logs.mkdir(exist_ok=True)
        (logs / "views.log").write_text("")
        node.run("tally")
    names = {name for name, in nodes[0].sql("SELECT name FROM counter WHERE name LIKE 'last!_end tally%' ESCAPE '!' OR name LIKE 'view!_log inode%' ESCAPE '!'")}
    assert {re.sub(r"inode \d+", "inode", name) for name in names} == {
        "last_end tally@web1", "last_end tally@web2", "view_log inode@web1", "view_log inode@web2"}
