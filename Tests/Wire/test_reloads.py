"""A reload of nginx, which some settings cause, cuts no answer: the former workers go on until theirs are sent."""

import fcntl
import os
import signal
import socket
import struct
import termios
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

import engines
from running_site import command_line, PATIENCE, Site, until

pytestmark = engines.of_one_node("a socket in a responder's place is at one")

# What libfcgi writes at once: a record of this size with its header.
WRITTEN = 8192
RECORDS = 30
BEGIN, END, STDIN, STDOUT = 1, 3, 5, 6


class Responder:
    """Answers in the place of a responder, and waits where a test wants it to."""

    def __init__(self, path):
        self.path = path
        os.rename(path, f"{path}.aside")
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(path))
        os.chmod(path, 0o666)
        self.listener.listen()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()
        os.rename(f"{self.path}.aside", self.path)

    def answer(self, pause, waits):
        """One request. `waits` is called when the web server has read so many records."""
        connection, _ = self.listener.accept()
        with connection:
            read_request(connection)
            head = b"Status: 200\r\nContent-Type: application/octet-stream\r\n\r\n"
            content = head + b"x" * (RECORDS * (WRITTEN - 8) - len(head))
            for number in range(RECORDS):
                if number == pause:
                    assert until(lambda: unread(connection) == 0)
                    waits()
                part = content[number * (WRITTEN - 8):(number + 1) * (WRITTEN - 8)]
                connection.sendall(struct.pack(">BBHHBB", 1, STDOUT, 1, len(part), 0, 0) + part)
            connection.sendall(struct.pack(">BBHHBB", 1, STDOUT, 1, 0, 0, 0) + struct.pack(">BBHHBBIB3x", 1, END, 1, 8, 0, 0, 0, 0))
        return len(content) - len(head)


def read_request(connection):
    """Up to the end of its body."""
    stream = connection.makefile("rb")
    while True:
        _, kind, _, length, padding, _ = struct.unpack(">BBHHBB", stream.read(8))
        stream.read(length + padding)
        if kind == STDIN and length == 0:
            return


def unread(connection):
    """Bytes that were sent and not read."""
    return struct.unpack("i", fcntl.ioctl(connection, termios.TIOCOUTQ, b"\0\0\0\0"))[0]


def processes(site, title):
    return {process for process in site.processes() if command_line(process).startswith(f"nginx: {title}")}


def reload(site):
    """Has nginx start new workers; the former ones have heard that they end, or are gone."""
    former = processes(site, "worker")
    for master in processes(site, "master"):
        os.kill(master, signal.SIGHUP)
    assert until(lambda: processes(site, "worker process") - former
                 and all("shutting down" in command_line(process) or not command_line(process) for process in former))


@pytest.fixture(scope="module")
def nginx():
    with Site(options=["--web", "nginx"]) as site:
        yield site


@pytest.mark.parametrize("pause", [1, 2, 3, 4, 8, 24])
def test_an_answer_that_is_under_way(nginx, pause):
    """Wherever the responder is in its answer. (Behind a buffer that was filled to its last byte nginx has no timer, and ends.)"""
    with Responder(nginx.data / "run/stats.sock") as responder, ThreadPoolExecutor(1) as thread:
        sent = thread.submit(responder.answer, pause, lambda: reload(nginx))
        answer = requests.get(nginx.url + "/api/v1/stats.php", timeout=PATIENCE)
        assert (answer.status_code, len(answer.content)) == (200, sent.result())
