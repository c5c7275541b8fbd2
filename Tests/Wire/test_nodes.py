"""Several machines on one database: what one of them does for all, and what each does for itself."""

import json
import re
import subprocess

import pytest

import engines
from command_line import BIN, FAILED, Site
from running_site import until
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
    node.sql("INSERT INTO lease (name, node, ends_at) VALUES (?, ?, extract(epoch FROM now())::bigint + ?)", work, name, seconds)


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


# What others did

def follow(node):
    return node.run("follow", "--once")


def test_a_machine_that_is_alone_follows_nobody(tmp_path):
    site = Site(tmp_path / "data")
    site.run("setup")
    assert "this machine is alone" in site.run("follow").stdout and follow(site).stdout == ""


def test_settings_of_one_node_reach_the_web_server_of_the_other(nodes):
    one, other = nodes
    for node in nodes:
        follow(node)
    values = other.data / "web" / "values"
    before = values.read_text()
    one.run("settings", "set", "image_max_bytes", "12345678")
    assert values.read_text() == before
    follow(other)
    assert values.read_text() != before and values.read_text() == (one.data / "web" / "values").read_text()
    assert (other.data / "web" / "changed").exists()


def test_one_program_follows_at_a_time_and_goes_on_after_the_server(nodes):
    one, other = nodes
    follower = subprocess.Popen([BIN / "imagebed", "follow", "--data", other.data], stderr=subprocess.PIPE, text=True)
    try:
        assert until(lambda: other.sql("SELECT name FROM node") == [("web2",)])
        assert "another imagebed follow is at work" in other.run("follow", code=FAILED).stderr
        follow(other)
        thumbnail = other.data / "thumbs" / "2026" / "11" / "a.png"
        thumbnail.mkdir(parents=True)
        one.sql("INSERT INTO removal (path, at) VALUES ('2026/11/a.png', 0)")
        assert until(lambda: not thumbnail.exists())
        one.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
        thumbnail.mkdir(parents=True)
        one.sql("INSERT INTO removal (path, at) VALUES ('2026/11/a.png', 0)")
        assert until(lambda: not thumbnail.exists())
    finally:
        follower.terminate()
        follower.communicate()


def test_the_doctor_knows_who_follows(nodes):
    def told(node):
        done = subprocess.run([BIN / "imagebed", "doctor", "--json", "--data", node.data], capture_output=True, text=True)
        return {each["subject"]: each for each in json.loads(done.stdout)}["nodes"]

    one, other = nodes
    assert told(one)["level"] == "ok" and told(one)["says"] == "web1 is the only one that is known"
    follow(one)
    assert "web2 does not follow other nodes" in told(other)["says"] and told(other)["advice"] == f"sudo imagebed follow --data {other.data}"
    follow(other)
    assert told(one)["says"] == "web1 follows web2"
    one.sql("UPDATE node SET seen_at = seen_at - 900 WHERE name = 'web1'")
    assert told(one)["level"] == "problem" and "for 15 minutes" in told(one)["says"]


def test_a_database_from_before_a_table_existed(nodes):
    one, _ = nodes
    one.sql("DROP TABLE lease")
    told = {each["subject"]: each for each in one.json("cluster", "check", code=FAILED)}["schema"]
    assert told["says"] == "the database was made before this program had lease.name, lease.token"
    assert told["advice"] == f"sudo imagebed setup --data {one.data}"
    assert told["advice"] in one.run("gc", code=FAILED).stderr
    assert "which setup adds" in one.run("setup", "--check").stdout
    assert "added to the database: lease.name, lease.token\n" in one.run("setup").stdout and "added" not in one.run("setup").stdout
    one.run("cluster", "check")
