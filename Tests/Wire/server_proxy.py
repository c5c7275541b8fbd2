# A way to a PostgreSQL server that breaks when it is told to, between two messages of its protocol or within one.

import contextlib
import pathlib
import re
import shutil
import socket
import struct
import tempfile
import threading

NAME = ".s.PGSQL.5432"
STARTUP, READY, QUERY = b"", b"Z", b"Q"


class Proxy:
    """Passes on connections. `from_client` and `from_server` are asked about each message, and may end the connection (`Cut`)."""

    def __init__(self, words):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="imagebed-proxy-", dir="/tmp"))
        self.folder.chmod(0o755)
        self.server = pathlib.Path(re.search(r"host=(\S+)", words)[1], NAME)
        self.words = words.replace(f"host={self.server.parent}", f"host={self.folder}")
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(self.folder / NAME))
        (self.folder / NAME).chmod(0o777)
        self.listener.listen(200)
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                server = socket.socket(socket.AF_UNIX)
                try:
                    server.connect(str(self.server))
                except OSError:
                    client.close()
                    continue
                Connection(self, client, server)

    def from_client(self, connection, kind, message):
        connection.to_server(message)

    def from_server(self, connection, kind, message):
        connection.to_client(message)

    def remove(self):
        """(Closed alone it would take connections as long as the thread waits for one.)"""
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Cut(Exception):
    """The connection is over, on both sides."""


class Connection:
    def __init__(self, proxy, client, server):
        self.client, self.server = client, server
        # Until the server is ready again, its words are lost, and then the connection is.
        self.is_deaf = False
        for work in (lambda: self.pass_on(client, proxy.from_client, True), lambda: self.pass_on(server, proxy.from_server, False)):
            threading.Thread(target=work, daemon=True).start()

    def pass_on(self, source, passing, is_client):
        try:
            with source.makefile("rb") as stream:
                kind, message = self.read(stream, has_kind=not is_client)
                while message:
                    if not is_client and self.is_deaf:
                        if kind == READY:
                            break
                    else:
                        passing(self, kind, message)
                    kind, message = self.read(stream, has_kind=True)
        except (OSError, Cut, struct.error):
            pass
        if not (is_client and self.is_deaf):
            self.end()

    def read(self, stream, has_kind):
        kind = stream.read(1) if has_kind else STARTUP
        length = stream.read(4)
        if len(length) < 4:
            return kind, b""
        return kind, kind + length + stream.read(struct.unpack("!I", length)[0] - 4)

    def to_server(self, message):
        self.server.sendall(message)

    def to_client(self, message):
        self.client.sendall(message)

    def leave(self):
        """The client is alone from now on; the server answers and is not heard."""
        self.is_deaf = True
        self.close(self.client)

    def end(self):
        self.close(self.client)
        self.close(self.server)

    def close(self, end):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


class LosingCommits(Proxy):
    """Of every `every`-th COMMIT the answer is lost: the server never got it, has answered it, or is still at work when it is asked."""

    ways = ("not sent", "answered", "at work")

    def __init__(self, words, every):
        super().__init__(words)
        self.every, self.turn, self.seen, self.lost = every, threading.Lock(), 0, dict.fromkeys(self.ways, 0)
        self.is_on = False

    def way(self):
        with self.turn:
            self.seen += 1
            if not self.is_on or self.seen % self.every:
                return None
            way = self.ways[self.seen // self.every % len(self.ways)]
            self.lost[way] += 1
            return way

    def from_client(self, connection, kind, message):
        way = self.way() if kind == QUERY and b"COMMIT" in message else None
        if way == "not sent":
            raise Cut
        if way == "answered":
            connection.is_deaf = True
        connection.to_server(message)
        if way == "at work":
            connection.leave()


class Cutting(Proxy):
    """Cuts once at a message with a number, counted from `begin` on over all connections."""

    def __init__(self, words):
        super().__init__(words)
        self.turn, self.side, self.was_cut = threading.Lock(), None, False

    def begin(self, side, kinds, number, is_half):
        """The next cut: before the message `number` (from 0 on) of these kinds of the "client" or the "server" is passed on, or in the midst of it."""
        with self.turn:
            self.side, self.kinds, self.left, self.is_half, self.was_cut = side, kinds, number, is_half, False

    def end(self):
        """Whether there was a cut; there is none any more."""
        with self.turn:
            self.side = None
            return self.was_cut

    def comes(self, side, kind):
        with self.turn:
            if side != self.side or kind == STARTUP or kind not in self.kinds:
                return False
            self.left -= 1
            if self.left >= 0:
                return False
            self.side, self.was_cut = None, True
            return True

    def from_client(self, connection, kind, message):
        self.cut_or_pass("client", kind, message, connection.to_server)

    def from_server(self, connection, kind, message):
        self.cut_or_pass("server", kind, message, connection.to_client)

    def cut_or_pass(self, side, kind, message, pass_on):
        if self.comes(side, kind):
            if self.is_half:
                pass_on(message[:len(message) // 2])
            raise Cut
        pass_on(message)
