"""A test's site as two nodes of one database and one shared folder, in namespaces of their own. A relay at its port brings each connection to the
next node, so that a test that knows nothing of it asks both in turn; folders and commands of the site are those of the first node."""

import contextlib
import ctypes
import os
import queue
import shutil
import socket
import struct
import threading

import pytest

import engines
from machines import Contained, missing
from running_site import until

# With what the units of an installed node have and `install.sh run` only once a minute.
PROGRAM = """
source ./install.sh
start_further_parts() { start "imagebed follow" "$bin/imagebed" follow; }
main run "$@"
"""
NEWNET = 0x40000000


class Node(Contained):
    """Its network has nothing but 127.0.0.1, where it listens at the site's port."""

    network = ["unshare", "--net"]
    # (Tests change files below its mounts.)
    remembers = 0

    def program(self):
        return ["bash", "-c", PROGRAM, "run"]


class TwoNodes(Node):
    def __init__(self, options=(), data=None, **arguments):
        super().__init__(options, data=data, **arguments)
        assert engines.POSTGRESQL, "several nodes need IMAGEBED_ENGINE=postgresql"
        if lack := missing():
            pytest.skip(lack)
        self.second = Node(options, data=self.folder / "second", **arguments)
        # (What tests find in the first one's folders is what all share.)
        self.shared = self.second.shared = self.data
        self.relay = None

    @property
    def nodes(self):
        return [self, self.second]

    def start(self):
        super().start()
        second = self.second.data
        second.mkdir(exist_ok=True)
        if not (second / "cluster.conf").exists():
            engines.configure(second, engines.server_words(self.data))
            with open(second / "cluster.conf", "a") as file:
                file.write("node = second\n")
        # (With its first-run.env it makes no key of its own.)
        for name in ("secret", "first-run.env"):
            shutil.copy2(self.data / name, second / name)
        self.second.port = self.port
        self.second.start()
        self.relay = Relay(self.port, [self, self.second])
        return self

    def stop(self, *arguments):
        if self.relay:
            self.relay.end()
            self.relay = None
        left = self.second.stop(*arguments)
        return left + super().stop(*arguments)

    def remove(self):
        self.second.remove()
        super().remove()

    def transcript(self):
        return super().transcript() + self.second.transcript() if self.relay else super().transcript()

    def reload_web_server(self):
        # (It hears of changes through the database.)
        values = [node.data / "web" / "values" for node in (self, self.second)]
        assert until(lambda: len({path.read_text() for path in values}) == 1)
        self.second.reload_web_server()
        super().reload_web_server()


class Sockets:
    """Sockets of a node's network: a thread that has gone there makes them."""

    def __init__(self, node):
        self.made = queue.Queue(2)
        self.space = os.open(f"/proc/{node.first_process()}/ns/net", os.O_RDONLY)
        self.is_over, self.thread = False, threading.Thread(target=self.make, daemon=True)
        self.thread.start()

    def make(self):
        assert ctypes.CDLL(None, use_errno=True).setns(self.space, NEWNET) == 0, os.strerror(ctypes.get_errno())
        os.close(self.space)
        while not self.is_over:
            self.made.put(socket.socket())

    def end(self):
        self.is_over = True
        while self.thread.is_alive() or not self.made.empty():
            with contextlib.suppress(queue.Empty):
                self.made.get(timeout=0.01).close()


class Relay:
    """Each connection goes to the next node, from the address that it came from, and ends as it ends on either side."""

    def __init__(self, port, nodes):
        self.port, self.turn, self.nodes = port, 0, [Sockets(node) for node in nodes]
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", port))
        self.listener.listen(128)
        threading.Thread(target=self.work, daemon=True).start()

    def work(self):
        with contextlib.suppress(OSError):
            while True:
                client, (address, _) = self.listener.accept()
                node = self.nodes[self.turn % len(self.nodes)].made.get()
                self.turn += 1
                threading.Thread(target=self.carry, args=(client, address, node), daemon=True).start()

    def end(self):
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for node in self.nodes:
            node.end()

    def carry(self, client, address, node):
        with client, node:
            try:
                node.bind((address, 0))
                node.connect(("127.0.0.1", self.port))
            except OSError:
                return reset(client)
            back = threading.Thread(target=pour, args=(node, client), daemon=True)
            back.start()
            pour(client, node)
            back.join()


def pour(source, target):
    try:
        while piece := source.recv(65536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        for each in (source, target):
            reset(each)


def reset(connection):
    """Whoever is at the other end sees it break off."""
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.shutdown(socket.SHUT_RDWR)
