# A client of resumable uploads that does one request at a time, as a test wants it, and a link to the site that breaks when it is told to.

import base64
import contextlib
import hashlib
import socket
import threading

from client import Client

PATH = "/api/v1/tus.php"
BYTES = "application/offset+octet-stream"


def encoded(text):
    return base64.b64encode(text if isinstance(text, bytes) else text.encode()).decode()


def metadata(**values):
    return ",".join(f"{key} {encoded(value)}" for key, value in values.items())


def checksum(content, algorithm="sha256"):
    return f"{algorithm} {encoded(hashlib.new(algorithm, content).digest())}"


class Tus(Client):
    """`key` None is a visitor; other credentials go into `cookies` and `headers`."""

    def __init__(self, site, key=None, cookies=None, headers=None):
        super().__init__(site, key or "")
        self.usual = {"Tus-Resumable": "1.0.0", **({"X-API-Key": key} if key else {}), **(headers or {})}
        self.cookies = cookies

    def send(self, method, address, body=None, **headers):
        """Headers by their names with underscores; None leaves one out."""
        headers = {**self.usual, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return self.request(method, address, data=body, headers={name: value for name, value in headers.items() if value is not None},
                            cookies=self.cookies)

    def create(self, length, name="a.jpg", dialect=None, body=None, **headers):
        told = metadata(filename=name, **({"dialect": dialect} if dialect else {}))
        if body is not None:
            headers["Content_Type"] = BYTES
        return self.send("POST", PATH, body, **{"Upload_Length": str(length), "Upload_Metadata": told, **headers})

    def begin(self, length, name="a.jpg", dialect=None, **headers):
        """The address of a new upload."""
        response = self.create(length, name, dialect, **headers)
        assert response.status_code == 201, response.text
        return response.headers["Location"]

    def patch(self, address, offset, body, **headers):
        return self.send("PATCH", address, body, **{"Upload_Offset": str(offset), "Content_Type": BYTES, **headers})

    def head(self, address, **headers):
        return self.send("HEAD", address, **headers)

    def offset(self, address):
        response = self.head(address)
        assert response.status_code == 200, response.status_code
        return int(response.headers["Upload-Offset"])

    def told(self, address):
        """What GET says, with status 200."""
        response = self.send("GET", address, Tus_Resumable=None)
        assert response.status_code == 200, response.text
        return response.json()

    def uploaded(self, content, name="a.jpg", dialect=None, piece=8 << 20, **headers):
        """The outcome of a whole upload."""
        address = self.begin(len(content), name, dialect, **headers)
        for start in range(0, len(content), piece):
            response = self.patch(address, start, content[start:start + piece])
            assert response.status_code == 204, response.text
        return self.told(address)


class Link:
    """A port that passes everything to the site. When all connections together have brought as many bytes as the first number of `breaks`,
    the one that brought the last is cut, and so on; when they are used up nothing breaks any more."""

    def __init__(self, port, breaks):
        self.target, self.breaks, self.broken, self.passed = port, list(breaks), 0, 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client = self.listener.accept()[0]
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.target))
            for arguments in [(client, server, True), (server, client, False)]:
                threading.Thread(target=self.carry, args=arguments, daemon=True).start()

    def carry(self, source, target, counts):
        try:
            while piece := source.recv(65536):
                target.sendall(piece)
                if counts:
                    self.passed += len(piece)
                    if self.breaks and self.passed > self.breaks[0]:
                        self.breaks.pop(0)
                        self.broken += 1
                        break
        except OSError:
            pass
        # Closed too: as long as it is open, a sender is left waiting for room instead of being told.
        for end in [source, target]:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def close(self):
        self.listener.close()
