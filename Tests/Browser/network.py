# The network between a browser and a site: a test can cut it, hold what is sent, and make it lose answers. Every request has connections of its
# own, because Chromium repeats a request by itself when a connection that was used before ends without an answer.

import collections
import contextlib
import http.server
import socket
import threading
from urllib.parse import urlsplit

from browser import HOST
from running_site import PATIENCE

# The requests of an upload: in one request, or in pieces.
FORM = "POST /app/upload.php"
CREATE, OFFSET, PIECE, ANSWER, REMOVE = (f"{method} /api/v1/tus.php" for method in ["POST", "HEAD", "PATCH", "GET", "DELETE"])
UPLOADING = {FORM, CREATE, OFFSET, PIECE, ANSWER}


class Network:
    """`url` is the site by its address, which browsers trust like https; `named_url` is plain http to a name."""

    def __init__(self, port):
        self.port = port
        self.changed = threading.Condition()
        # Sockets of requests at work.
        self.open = set()
        self.begin()

    def begin(self):
        """Nothing held, cut, lost or counted yet."""
        self.requests = collections.Counter()
        # Bytes of bodies that have left the browser.
        self.sent = 0
        # Bytes of the bodies of answers, by kind.
        self.received = collections.Counter()
        self.active = self.most_active = 0
        # Requests that the site has in whole, by kind.
        self.asked = collections.Counter()
        self.losses = collections.defaultdict(list)
        self.held_kinds = set()
        self.hold_from = None
        self.waiting = 0
        self.is_cut = False
        # Connections that did not come about.
        self.refused = 0

    def end(self):
        """For the next test, once the page is closed."""
        with self.changed:
            self.held_kinds.clear()
            self.hold_from = None
            self.changed.notify_all()
        self.until(lambda: not self.open)
        self.begin()

    def __enter__(self):
        self.server = Server(("127.0.0.1", 0), type("Bound", (Passing,), {"network": self}))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        self.url, self.named_url = (f"http://{host}:{self.server.server_port}" for host in ("127.0.0.1", HOST))
        return self

    def __exit__(self, *_):
        self.cut()
        self.server.shutdown()
        self.server.server_close()

    # What a test arranges

    def hold_after(self, count):
        """Bodies stop when so many further bytes have left the browser, until `go_on`."""
        with self.changed:
            self.hold_from = self.sent + count

    def go_on(self):
        with self.changed:
            self.hold_from = None
            self.changed.notify_all()

    def hold_answers(self, kind):
        """Answers to requests of this kind wait until `release`; the site has done what was asked."""
        with self.changed:
            self.held_kinds.add(kind)

    def release(self, kind):
        with self.changed:
            self.held_kinds.remove(kind)
            self.changed.notify_all()

    def lose(self, kind, when=lambda headers: True):
        """The answer to the next request of this kind, with such headers, does not arrive."""
        with self.changed:
            self.losses[kind].append(when)

    def cut(self):
        """All connections end, and no new one comes about until `mend`."""
        with self.changed:
            self.is_cut = True
            for end in self.open:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
            self.changed.notify_all()

    def mend(self):
        with self.changed:
            self.is_cut = False

    def until(self, condition):
        """Waits for something that requests change."""
        with self.changed:
            assert self.changed.wait_for(condition, PATIENCE), f"not so within {PATIENCE:.0f} s"

    def until_held(self):
        self.until(lambda: self.waiting > 0)

    # What requests report

    @contextlib.contextmanager
    def request(self, kind, *ends):
        counts = kind in UPLOADING
        with self.changed:
            self.requests[kind] += 1
            self.active += counts
            self.most_active = max(self.most_active, self.active)
            self.open.update(ends)
            self.changed.notify_all()
        try:
            yield
        finally:
            with self.changed:
                self.active -= counts
                self.open.difference_update(ends)
                self.changed.notify_all()

    def count(self, kind, answer):
        with self.changed:
            self.received[kind] += len(answer.partition(b"\r\n\r\n")[2])

    def pass_bytes(self, count):
        with self.changed:
            self.sent += count
            if self.is_held():
                self.waiting += 1
                self.changed.notify_all()
                self.changed.wait_for(lambda: not self.is_held(), PATIENCE)
                self.waiting -= 1
            if self.is_cut:
                raise ConnectionError("cut")

    def is_held(self):
        return self.hold_from is not None and self.sent >= self.hold_from and not self.is_cut

    @contextlib.contextmanager
    def question(self, kind):
        """While the site has the whole request."""
        with self.changed:
            self.asked[kind] += 1
            self.changed.notify_all()
        try:
            yield
            with self.changed:
                self.changed.wait_for(lambda: kind not in self.held_kinds or self.is_cut, PATIENCE)
        finally:
            with self.changed:
                self.asked[kind] -= 1

    def loses(self, kind, headers):
        with self.changed:
            found = next((when for when in self.losses[kind] if when(headers)), None)
            if found:
                self.losses[kind].remove(found)
            return found is not None


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 64

    def server_bind(self):
        # Little room between the browser and a test that holds what it sends.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 17)
        super().server_bind()


class Passing(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    network: Network

    def log_message(self, *_):
        pass

    def pass_on(self):
        self.close_connection = True
        kind = f"{self.command} {urlsplit(self.path).path}"
        if self.network.is_cut:
            with self.network.changed:
                self.network.refused += 1
                self.network.changed.notify_all()
            return
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.network.port)) as site:
            with self.network.request(kind, self.connection, site):
                answer = self.answer(kind, site)
                self.network.count(kind, answer)
            # Whoever has the answer has seen the request end.
            if not self.network.loses(kind, self.headers):
                self.wfile.write(answer)

    do_GET = do_HEAD = do_POST = do_PATCH = do_DELETE = do_OPTIONS = pass_on

    def answer(self, kind, site):
        """Sends the request to the site, with `Connection: close` so that the answer ends with its connection."""
        lines = [f"{name}: {value}" for name, value in self.headers.items() if name.lower() != "connection"]
        site.sendall("\r\n".join([self.requestline, *lines, "Connection: close", "", ""]).encode("latin-1"))
        self.pass_body(site)
        with self.network.question(kind):
            pieces = []
            while piece := site.recv(1 << 18):
                pieces.append(piece)
        return b"".join(pieces)

    def pass_body(self, site):
        left = int(self.headers.get("Content-Length") or 0)
        while left:
            piece = self.rfile.read1(min(left, 1 << 18))
            if not piece:
                raise ConnectionError("the browser has gone")
            left -= len(piece)
            self.network.pass_bytes(len(piece))
            try:
                site.sendall(piece)
            except OSError:
                # It has refused the body, and has answered.
                return
