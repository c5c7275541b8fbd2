"""The tests' own client, where a web server closes the connections that it had kept: no request is sent over one that may be gone and could
not be sent again."""

import contextlib
import socket
import struct
import threading
from types import SimpleNamespace

import pytest

from client import Client

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\n"


@contextlib.contextmanager
def forgetful():
    """A web server that answers one request of each connection, and resets it at the next one."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        methods = []

        def serve(connection):
            with connection:
                while request := connection.recv(65_536):
                    method = request.split(b" ")[0].decode()
                    methods.append(method)
                    connection.sendall(ANSWER + (b"" if method == "HEAD" else b"ok"))
                    if connection.recv(1, socket.MSG_PEEK):
                        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                        return

        def listen():
            with contextlib.suppress(OSError):
                while True:
                    threading.Thread(target=serve, args=[listener.accept()[0]], daemon=True).start()
        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", methods
        listener.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PATCH", "DELETE", "PUT", "OPTIONS"])
def test_a_kept_connection_that_is_reset(method):
    with forgetful() as (url, methods):
        client = Client(SimpleNamespace(url=url, key="k", port=0))
        client.session.headers["X-Mine"] = "yes"
        for _ in range(3):
            answer = client.answer("GET", url, timeout=10)
            assert answer.status_code == 200
            answer = client.answer(method, url, data=b"x" if method in ("POST", "PATCH", "PUT") else None, timeout=10)
            assert answer.status_code == 200 and answer.request.headers["X-Mine"] == "yes"
    assert methods == ["GET", method] * 3, "each was done once"
