"""The nodes of a site are updated one after the other, while clients upload, delete, push and list: what docs/cluster.md says of upgrades holds, nothing
that was answered with success is lost, and counters are what rows are.

A program of the next version is this one, which its way to the server tells a schema's number that is one less (`NextVersion`)."""

import collections
import contextlib
import json
import struct
import threading
import time

import engines
import pictures
from client import Client
from machines import Machines
from running_site import PATIENCE, until
from server_proxy import READY, Proxy
from test_nodes_crash import FILES, Pusher, Sender, Uploader, check_rest, check_uploads, check_versions

PARSE, BIND, ROW = b"P", b"B", b"D"
# What each node that is in answers with success before the next step.
ENOUGH = 40


class NextVersion(Proxy):
    """The way to a server that programs of the next version have, whose schema has one step more."""

    def __init__(self, nodes):
        super().__init__(nodes.words.replace(f"host={nodes.network.own}", f"host={nodes.server.folder}"))
        # The names of statements that ask for the number, and the connections on which it is asked for.
        self.statements, self.asking, self.told = set(), set(), 0

    def from_client(self, connection, kind, message):
        if kind == PARSE:
            name, text = message[5:].split(b"\0")[:2]
            self.statements.discard((connection, name))
            if text == b"SELECT version FROM schema_version":
                self.statements.add((connection, name))
        if kind == BIND and (connection, message[5:].split(b"\0")[1]) in self.statements:
            self.asking.add(connection)
        connection.to_server(message)

    def from_server(self, connection, kind, message):
        if kind == READY:
            self.asking.discard(connection)
        if kind == ROW and connection in self.asking:
            # (One column of eight bytes: how programs get a bigint.)
            message = message[:11] + struct.pack("!q", struct.unpack("!q", message[11:])[0] - 1)
            self.told += 1
        connection.to_client(message)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.remove()

    def update(self, node):
        """The node is of the next version when it starts again; `install.sh run` sets up first."""
        file = node.data / "cluster.conf"
        name = file.read_text().partition("node = ")[2]
        engines.configure(node.data, self.words)
        with open(file, "a") as conf:
            conf.write(f"node = {name}")


def migrate(nodes):
    """As `imagebed setup` of the next version does: a table and a column more, in one transaction that takes its turn."""
    with contextlib.closing(engines.Connection(nodes.words)) as connection:
        connection.lock()
        connection.query("CREATE TABLE of_next_version (id bigint PRIMARY KEY)")
        connection.query("ALTER TABLE file ADD COLUMN of_next_version bigint NOT NULL DEFAULT 0")
        connection.query("UPDATE schema_version SET version = version + 1")
        connection.query("COMMIT")


# Clients

class Front:
    """Which nodes are in, and how many requests each is answering."""

    def __init__(self, nodes):
        self.inside, self.busy, self.change = set(nodes.all), dict.fromkeys(nodes.all, 0), threading.Condition()

    @contextlib.contextmanager
    def way(self, node):
        """Whether it is in; it stays at work until this ends."""
        with self.change:
            is_in = node in self.inside
            self.busy[node] += is_in
        try:
            yield is_in
        finally:
            with self.change:
                self.busy[node] -= is_in
                self.change.notify_all()

    def take_out(self, node):
        """Returns when it has answered what it was asked."""
        with self.change:
            self.inside.remove(node)
            assert self.change.wait_for(lambda: self.busy[node] == 0, PATIENCE)

    def put_in(self, node):
        with self.change:
            self.inside.add(node)


class Visitor(Sender):
    """Asks nodes that are in. Whatever is neither a success nor 503 with a time to wait is a surprise, also a connection that breaks off."""

    def __init__(self, nodes, number, over):
        super().__init__(nodes, number, over)
        self.answered, self.refused = collections.Counter(), collections.Counter()

    def once(self, action, client, expected):
        with self.nodes.front.way(client.site) as is_in:
            if not is_in:
                return None
            answer = action(client)
        if answer.status_code in expected:
            self.answered[client.site] += 1
            return answer
        self.refused[client.site] += 1
        if answer.status_code != 503 or not answer.headers.get("Retry-After", "").isdigit():
            self.surprises.append((answer.request.method, answer.url, answer.status_code, answer.text[:300]))
        return None


class VisitingUploader(Visitor, Uploader):
    pass


class VisitingPusher(Visitor, Pusher):
    pass


class Reader(Visitor):
    def step(self):
        path = self.dice.choice(["/api/v1/list.php?per_page=20", "/api/v1/stats.php"])
        answer, _ = self.ask(lambda client: client.get(path), [200])
        if not answer.json()["success"]:
            self.surprises.append(answer.text[:300])
        time.sleep(0.05)


class Visits:
    """All clients of a site, at work as long as this lasts. Afterwards everything is as they were told."""

    def __init__(self, nodes):
        self.nodes, self.front, self.over = nodes, Front(nodes), threading.Event()
        nodes.front = self.front
        self.uploaders = [VisitingUploader(nodes, number, self.over) for number in range(4)]
        self.pushers = [VisitingPusher(nodes, number, self.over) for number in range(6)]
        self.all = [*self.uploaders, *self.pushers, *[Reader(nodes, number, self.over) for number in range(2)]]

    def __enter__(self):
        for each in self.all:
            each.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for each in self.all:
            each.join()

    def surprises(self):
        return [surprise for each in self.all for surprise in each.surprises]

    def answered(self, node):
        return sum(each.answered[node] for each in self.all)

    def refused(self, node):
        return sum(each.refused[node] for each in self.all)

    def go_on(self):
        """Until each node that is in has answered enough more."""
        wanted = {node: self.answered(node) + ENOUGH for node in self.front.inside}
        assert until(lambda: self.surprises() or all(self.answered(node) >= count for node, count in wanted.items()))
        assert self.surprises() == []

    def check(self):
        assert self.surprises() == []
        print(f"\nanswered with success: {[self.answered(node) for node in self.nodes.all]}, with 503: {[self.refused(node) for node in self.nodes.all]}; "
              f"{sum(len(each.acknowledged) for each in self.uploaders)} uploads, {sum(len(each.deleted) for each in self.uploaders)} deletions, "
              f"{sum(len(each.acknowledged) for each in self.pushers)} versions")
        check_uploads(self.nodes, self.uploaders)
        for file in FILES:
            check_versions(self.nodes, file, [each for each in self.pushers if each.file == file])
        check_rest(self.nodes, {digest for each in self.uploaders for digest in each.sent})
        check_lists(self.nodes)


def check_lists(nodes):
    """Totals are the numbers of rows, and the list goes over each of these once."""
    listed = {number for number, in nodes.query("SELECT id FROM file WHERE state = 0 AND is_public = 1")}
    for client in [Client(node, nodes.key) for node in nodes.all]:
        assert client.list(per_page=1).json()["pagination"]["total"] == len(listed)
        numbers, cursor = [], None
        while not numbers or cursor:
            part = client.list(per_page=100, **({"cursor": cursor} if cursor else {})).json()
            numbers, cursor = numbers + [file["id"] for file in part["data"]], part["next_cursor"]
        assert sorted(numbers) == sorted(listed)


def schema(node):
    """What `imagebed cluster check` finds."""
    done = node.imagebed("cluster", "check", "--json", check=False)
    return {each["subject"]: each for each in json.loads(done.stdout)}["schema"]


# Updates

def test_of_the_same_schema():
    """Also with a table that came with the new version, which the first node adds. Nobody is told to wait."""
    with Machines() as nodes:
        with Visits(nodes) as visits:
            for place, node in enumerate(nodes.all):
                visits.go_on()
                visits.front.take_out(node)
                assert node.stop() == []
                if place == 0:
                    nodes.query("DROP TABLE lease")
                visits.go_on()
                node.start()
                assert schema(node)["level"] == "ok"
                visits.front.put_in(node)
            visits.go_on()
        assert [visits.refused(node) for node in nodes.all] == [0, 0]
        visits.check()


def test_of_a_newer_schema():
    """The node that is not updated yet refuses, as it is documented, and changes nothing of rows that it does not know."""
    with Machines() as nodes, NextVersion(nodes) as way:
        first, second = nodes.all
        with Visits(nodes) as visits:
            visits.go_on()
            visits.front.take_out(first)
            assert first.stop() == []
            visits.go_on()
            migrate(nodes)
            check_outdated(visits, second)
            way.update(first)
            first.start()
            visits.front.put_in(first)
            visits.front.take_out(second)
            visits.go_on()
            assert second.stop() == []
            way.update(second)
            second.start()
            visits.front.put_in(second)
            visits.go_on()
        assert [schema(node)["level"] for node in nodes.all] == ["ok", "ok"] and way.told > 0
        assert visits.refused(first) == 0
        visits.check()


def check_outdated(visits, node):
    before = visits.refused(node)
    assert until(lambda: visits.refused(node) > before + 10)
    client = Client(node, visits.nodes.key)
    for answer in [client.list(), client.get("/api/v1/stats.php"), client.upload(pictures.still("png", 3, 3))]:
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    path, content = next(pair for each in visits.uploaders for pair in list(each.acknowledged.items()))
    assert client.get(path).content == content, "the web server alone sends it"
    answered, rows = visits.answered(node), count(visits.nodes)
    time.sleep(2)
    assert (visits.answered(node), count(visits.nodes)) == (answered, rows)
    assert schema(node)["advice"] == "the same version of the program on every node"
    done = node.imagebed("setup", "--check", check=False)
    assert done.returncode == 1 and "install the newer program again" in done.stderr


def count(nodes):
    return [nodes.query(f"SELECT count(*) FROM {table}") for table in ("file", "sync_version", "sync_content")]
