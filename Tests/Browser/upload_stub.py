# A server for the upload page alone: the page's sample, the scripts, and uploads in both ways that can be held, refused, dropped or answered
# into the void. It remembers what came, so that a test sees what the person's files went through.

import base64
import collections
import hashlib
import http.server
import json
import pathlib
import re
import socket
import threading
from urllib.parse import parse_qs, urlsplit

from browser import HOST

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon"}
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; "
          "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
          "require-trusted-types-for 'script'; trusted-types imagebed")
MEGABYTE = 1 << 20

# What may happen to a request instead of an answer: its connection ends before anything was done, or when all was done.
DROP, LOSE = "drop", "lose"


def words(language):
    """The texts of the upload page's scripts, out of the source of the groups."""
    found = {}
    for group in ["CommonWords", "QueueWords"]:
        source = (ROOT / "Sources" / "Words" / f"{group}.swift").read_text()
        values = source.partition(f"static let {language.replace('-', '')} = ")[2].partition("\n    public static let ")[0]
        found |= {name: json.loads(f'"{text}"') for name, text in re.findall(r'(\w+): "((?:[^"\\]|\\.)*)"', values)}
    return found


def refusal(code, message, **more):
    """The body of a refusal of the upload form."""
    return {"result": "failed", "code": code, "message": message, **more}


class Upload:
    """A resumable upload."""

    def __init__(self, length, name):
        self.length, self.name, self.offset, self.state = length, name, 0, "receiving"
        self.digest, self.answer = hashlib.sha256(), None


class Stub:
    def __init__(self, language="zh-CN", **data):
        self.language, self.data = language, data
        self.lock = threading.Lock()
        self.faults = collections.defaultdict(collections.deque)
        self.gates = {}
        self.requests = []
        self.stored, self.answers, self.uploads, self.deleted = [], {}, {}, []
        self.active = self.most_active = self.received = 0
        self.bodies = []
        # The field `expires` of each stored file by its name; None where it was not sent.
        self.terms = {}

    def __enter__(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Answers,), {"stub": self}))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        self.url, self.secure_url = (f"http://{host}:{self.server.server_port}" for host in (HOST, "127.0.0.1"))
        return self

    def __exit__(self, *_):
        for gate in self.gates.values():
            gate.set()
        self.server.shutdown()
        self.server.server_close()

    # What a test arranges

    def fault(self, kind, *faults):
        """The next requests of a kind (upload, create, head, patch, answer, delete) end so: DROP, LOSE, or (status, body, headers)."""
        self.faults[kind].extend(faults)

    def hold(self, kind):
        """From now on requests of a kind wait, with their body read, until `release`."""
        self.gates[kind] = threading.Event()

    def release(self, kind):
        self.gates.pop(kind).set()

    def count(self, kind):
        return sum(1 for one, _ in self.requests if one == kind)

    @property
    def names(self):
        return [name for name, _ in self.stored]

    # What the server does

    def store(self, name, digest):
        number = len(self.stored) + 1
        stem = name.rpartition(".")[0] or name
        self.stored.append((name, digest))
        return {"result": "success", "code": 200, "url": f"{self.url}/i/{number}-{name}", "srcName": stem, "thumb": f"{self.url}/t/{number}",
                "del": f"{self.url}/app/del.php?hash={number}"}

    def page(self):
        text = (HERE / "samples" / "home.html").read_text()
        for name, value in self.data.items():
            text = re.sub(rf'data-{name.replace("_", "-")}="[^"]*"', f'data-{name.replace("_", "-")}="{value}"', text)
        told = json.dumps(words(self.language), ensure_ascii=False).replace("<", "\\u003c")
        return text.replace('id="words">{}', f'id="words">{told}').replace('lang="zh-CN"', f'lang="{self.language}"')


class Answers(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    stub: Stub

    def log_message(self, *_):
        pass

    # Pages and scripts

    def do_GET(self):
        path = urlsplit(self.path).path
        if path == "/api/v1/tus.php":
            return self.work("answer", self.tell_answer)
        if path == "/app/del.php":
            self.stub.deleted.append(parse_qs(urlsplit(self.path).query)["hash"][0])
            return self.give(200, b'{"code":200,"msg":"ok"}')
        if path == "/":
            page = self.stub.page()
            if urlsplit(self.path).query == "results":
                page = re.sub(r'(id="results"|id="links" aria-labelledby="links-heading") hidden', r"\1", page)
                page = page.replace('aria-label="直链">', 'aria-label="直链">https://a.example/1.jpg')
            return self.give(200, page.encode(), "text/html;charset=utf-8")
        if path == "/cases.html":
            return self.give(200, b'<!DOCTYPE html><meta charset="utf-8"><script type="module" src="/cases/all.js"></script>', "text/html")
        folder, _, name = path[1:].partition("/")
        file = {"assets": ROOT / "htdocs" / "assets", "cases": HERE / "cases", "data": HERE.parent / "Data"}.get(folder, ROOT / "htdocs") / (name or folder)
        if not file.is_file():
            return self.give(204 if name == "" and folder.startswith("favicon.") else 404, b"")
        self.give(200, file.read_bytes(), TYPES.get(file.suffix, "text/html;charset=utf-8"))

    # Uploads

    def do_POST(self):
        path = urlsplit(self.path).path
        kinds = {"/app/upload.php": ("upload", self.take_form), "/api/v1/tus.php": ("create", self.create), "/": ("page", self.take_page)}
        self.work(*kinds[path])

    def do_HEAD(self):
        self.work("head", self.tell_offset)

    def do_PATCH(self):
        self.work("patch", self.take_piece)

    def do_DELETE(self):
        self.work("delete", self.delete)

    def work(self, kind, action):
        stub = self.stub
        with stub.lock:
            stub.active += 1
            stub.most_active = max(stub.most_active, stub.active)
        counts = True
        try:
            body = self.read_body()
            with stub.lock:
                stub.requests.append((kind, dict(self.headers)))
            if kind in stub.gates:
                stub.gates[kind].wait(60)
            fault = stub.faults[kind].popleft() if stub.faults[kind] else None
            if body is None or fault == DROP:
                return self.drop()
            with stub.lock:
                # Whoever sees the answer has seen this one end.
                stub.active, counts = stub.active - 1, False
                answer = fault if isinstance(fault, tuple) else action(body)
            if fault == LOSE:
                return self.drop()
            status, told, headers = (*answer, {})[:3]
            self.give(status, json.dumps(told).encode() if told is not None else b"", "application/json; charset=utf-8", headers)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            if counts:
                with stub.lock:
                    stub.active -= 1

    def read_body(self):
        """The body, or None when the connection ended within it."""
        left = int(self.headers.get("Content-Length") or 0)
        pieces = []
        while left:
            piece = self.rfile.read1(min(left, 1 << 18))
            if not piece:
                return None
            self.stub.received += len(piece)
            left -= len(piece)
            pieces.append(piece)
        return b"".join(pieces)

    def take_form(self, body):
        key = self.headers["Idempotency-Key"]
        if key in self.stub.answers:
            return 200, self.stub.answers[key]
        name, content, fields = self.form(body)
        assert int(fields["sign"]) > 0
        self.stub.bodies.append(fields)
        self.stub.terms[name] = fields.get("expires")
        answer = self.stub.store(name, hashlib.sha256(content).hexdigest())
        self.stub.answers[key] = answer
        return 200, answer

    def form(self, body):
        boundary = re.search(r"boundary=(.*)$", self.headers["Content-Type"])[1].encode()
        fields, name, content = {}, None, b""
        for part in body.split(b"--" + boundary)[1:-1]:
            head, _, value = part[2:-2].partition(b"\r\n\r\n")
            field = re.search(rb'name="([^"]*)"', head)[1].decode()
            file = re.search(rb'filename="([^"]*)"', head)
            if file:
                name, content = file[1].decode(), value
            else:
                fields[field] = value.decode()
        return name, content, fields

    def take_page(self, body):
        self.stub.bodies.append(re.findall(rb'name="file"; filename="([^"]*)"', body))
        return 200, {}

    # tus

    @property
    def upload(self):
        return self.stub.uploads.get(parse_qs(urlsplit(self.path).query).get("id", [""])[0])

    def create(self, _):
        assert self.headers["Tus-Resumable"] == "1.0.0"
        key = self.headers["Idempotency-Key"]
        told = dict(pair.split(" ") for pair in self.headers["Upload-Metadata"].split(","))
        values = {name: base64.b64decode(value).decode() for name, value in told.items()}
        assert values["dialect"] == "app", values
        self.stub.terms[values["filename"]] = values.get("expires")
        if key not in self.stub.uploads:
            self.stub.uploads[key] = Upload(int(self.headers["Upload-Length"]), values["filename"])
        return 201, None, {"Location": f"https://elsewhere.example/api/v1/tus.php?id={key}", "Upload-Expires": "Fri, 31 Dec 2100 23:59:59 GMT"}

    def tell_offset(self, _):
        if not self.upload:
            return 404, None
        return 200, None, {"Upload-Offset": str(self.upload.offset), "Upload-Length": str(self.upload.length)}

    def take_piece(self, body):
        upload = self.upload
        if not upload:
            return 404, None
        if int(self.headers["Upload-Offset"]) != upload.offset:
            return 409, None
        if "Upload-Checksum" in self.headers:
            kind, _, sum_ = self.headers["Upload-Checksum"].partition(" ")
            assert kind == "sha256"
            if base64.b64decode(sum_) != hashlib.sha256(body).digest():
                return 460, None
        upload.digest.update(body)
        upload.offset += len(body)
        if upload.offset == upload.length:
            upload.answer, upload.state = self.stub.store(upload.name, upload.digest.hexdigest()), "stored"
        return 204, None, {"Upload-Offset": str(upload.offset)}

    def tell_answer(self, _):
        upload = self.upload
        return (200, {"state": upload.state, **(upload.answer or {})}) if upload else (404, None)

    def delete(self, _):
        found = self.stub.uploads.pop(parse_qs(urlsplit(self.path).query)["id"][0], None)
        return (204 if found else 404), None

    # Answers

    def drop(self):
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def give(self, status, body, kind="application/json", headers=None):
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Security-Policy": POLICY, "Cache-Control": "no-store", **(headers or {})}.items():
            self.send_header(name, value)
        if status != 204 and not (self.command == "HEAD" and body == b""):
            self.send_header("Content-Length", str(len(body)))
        # On a connection that was used before, Chromium sends a request again by itself when no answer comes.
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
