# HTTP by hand, for what no well-behaved client library sends.

import socket


class Answer:
    def __init__(self, wire):
        head, _, self.body = wire.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split()[1]) if wire.startswith(b"HTTP/") else None
        self.headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        if self.headers.get("transfer-encoding") == "chunked":
            self.body = unchunked(self.body)

    def json(self):
        import json
        return json.loads(self.body)


def unchunked(body):
    whole = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size, 16)
        if length == 0:
            break
        whole, body = whole + body[:length], body[length + 2:]
    return whole


def exchange(port, wire, *, half_close=False, seconds=120):
    """Sends these bytes and reads until the server closes; `half_close` ends our side first."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        pieces = [wire] if isinstance(wire, bytes) else wire
        try:
            for piece in pieces:
                connection.sendall(piece)
            if half_close:
                connection.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            pass
        return Answer(read_all(connection))


def read_all(connection):
    wire = b""
    try:
        while piece := connection.recv(65536):
            wire += piece
    except ConnectionResetError:
        pass
    return wire


def request(method, path, headers=(), body=b"", version="1.1", length=None):
    """A request that asks the server to close; `length` overrides the true one, False leaves the header out."""
    lines = [f"{method} {path} HTTP/{version}", "Host: 127.0.0.1", "Connection: close", *headers]
    if length is not False and (body or length is not None):
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body


BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW"


def form_type(boundary=BOUNDARY):
    return f"Content-Type: multipart/form-data; boundary={boundary}"


def part(name, content, filename=None, kind=None, end=b"\r\n"):
    """One part, its header written as Chromium writes it."""
    disposition = b'Content-Disposition: form-data; name="' + encoded(name) + b'"'
    if filename is not None:
        disposition += b'; filename="' + encoded(filename) + b'"'
    lines = [disposition] + ([b"Content-Type: " + encoded(kind)] if kind else [])
    return end.join(lines) + end + end + encoded(content)


def form(parts, boundary=BOUNDARY, end=b"\r\n", closed=True):
    """A whole multipart body out of parts."""
    mark = b"--" + encoded(boundary)
    body = b"".join(mark + end + piece + end for piece in parts)
    return body + (mark + b"--" + end if closed else b"")


def encoded(text):
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
