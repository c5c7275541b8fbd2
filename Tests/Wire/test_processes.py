# Responders as processes: many clients at once, a polite and a rude end, a database that somebody else writes to, a request
# that is stuck, and the same executable as plain CGI.

import contextlib
import json
import os
import signal
import subprocess
import threading
import time

import pytest

import engines
import pictures
import raw
from answers import assert_error, error
from client import Client
from running_site import at_once, until

UPLOAD = "/api/v1/upload.php"


def upload_wire(client, content=None):
    body = raw.form([raw.part("image", content or pictures.jpeg(), "a.jpg", "image/jpeg")])
    return raw.request("POST", client.site.prefix + UPLOAD, [raw.form_type(), f"X-API-Key: {client.key}"], body)


@pytest.mark.parametrize("path", ["/api/v1/stats.php", "/api/v1/list.php"])
def test_256_clients_at_once(client, path):
    wire = raw.request("GET", client.site.prefix + path)
    answers = at_once(256, lambda _: client.raw(wire, seconds=300).status)
    assert answers == [200] * 256


def test_256_uploads_at_once(client, site):
    contents = [pictures.jpeg(seed=number) for number in range(256)]
    answers = at_once(256, lambda number: client.raw(upload_wire(client, contents[number]), seconds=300))
    assert [answer.status for answer in answers] == [200] * 256
    for content, answer in zip(contents, answers):
        assert site.stored(answer.json()["url"]).read_bytes() == content


def test_silent_connections_hold_nobody(client, site):
    """Clients that connect and say nothing, or half a request, are the web server's business."""
    import socket
    with contextlib.ExitStack() as open_ones:
        for number in range(40):
            connection = open_ones.enter_context(socket.create_connection(("127.0.0.1", site.port)))
            if number % 2:
                connection.sendall(f"POST {site.prefix}{UPLOAD} HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc".encode())
        assert client.get("/api/v1/stats.php").status_code == 200
        assert client.raw(upload_wire(client)).status == 200


@contextlib.contextmanager
def locked_database(site):
    """Somebody else is writing."""
    with engines.locked(site.data) as connection:
        yield connection


def test_sigterm_finishes_the_running_request(new_site):
    """The request waits for the database when the process is asked to end; it is answered, then the process is gone."""
    site = new_site()
    client = Client(site)
    answers = []
    processes = site.responders("upload")
    with locked_database(site):
        thread = threading.Thread(target=lambda: answers.append(client.raw(upload_wire(client))))
        thread.start()
        assert until(site.unnamed_files), "the upload was received"
        for process in processes:
            os.kill(process, signal.SIGTERM)
    thread.join()
    assert [answer.status for answer in answers] == [200]
    assert until(lambda: not set(processes) & set(site.responders("upload"))), "asked to end, still there"
    assert until(lambda: client.raw(upload_wire(client)).status == 200), "new responders take over"


def test_killed_responder_is_replaced(new_site):
    site = new_site()
    client = Client(site)
    for name in ["stats", "upload"]:
        for process in site.responders(name):
            os.kill(process, signal.SIGKILL)
    assert until(lambda: client.get("/api/v1/stats.php").status_code == 200)
    assert until(lambda: client.raw(upload_wire(client)).status == 200)


def test_locked_database(client, site, nothing_left):
    """Writers wait a while and then say so; readers do not wait at all."""
    with locked_database(site):
        start = time.monotonic()
        response = client.upload(pictures.jpeg())
        assert time.monotonic() - start > 3
        assert_error(response, 503, "Server busy", Retry_After="5")
        assert client.list().status_code == 200


@engines.of_postgresql
def test_a_machine_that_stands_still_is_not_another_writer(client, site):
    """As one whose memory is moved elsewhere: nobody writes meanwhile, and nobody who waits is told that somebody did."""
    # (Whose key is used first waits to note that, too.)
    assert client.raw(upload_wire(client)).status == 200
    answers = []
    with locked_database(site):
        thread = threading.Thread(target=lambda: answers.append(client.raw(upload_wire(client))))
        thread.start()
        waiting = until(lambda: site.query("""SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""))
        for process, in waiting:
            os.kill(process, signal.SIGSTOP)
        time.sleep(8)
    for process, in waiting:
        os.kill(process, signal.SIGCONT)
    thread.join()
    assert [answer.status for answer in answers] == [200]


BROKEN_RECORDS = {
    "nothing": b"", "text": b"GET / HTTP/1.0\r\n\r\n", "zeros": b"\0" * 4096, "ones": b"\xff" * 4096,
    "another version": bytes([9, 1, 0, 1, 0, 8, 0, 0]) + bytes(8), "unknown role": bytes([1, 1, 0, 1, 0, 8, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0]),
    "cut parameters": bytes([1, 1, 0, 1, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 4, 0, 1, 1, 0, 0, 0]) + b"\x0e\x03REQUEST_METHODGET",
    "a name of 2 GB": bytes([1, 1, 0, 1, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 4, 0, 1, 0, 8, 0, 0]) + b"\xff\xff\xff\xff\x7f\xff\xff\xff",
    "only the beginning": bytes([1, 1, 0, 1, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
    "input before parameters": bytes([1, 1, 0, 1, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 5, 0, 1, 0, 4, 0, 0]) + b"abcd",
}


@pytest.mark.parametrize("name", BROKEN_RECORDS)
def test_broken_records(client, site, name):
    """Whoever reaches the socket can end a connection, not a process."""
    import socket
    before = site.responders("stats")
    for _ in range(4):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(next((site.data / "run").rglob("stats.sock"))))
            connection.settimeout(60)
            with contextlib.suppress(OSError):
                connection.sendall(BROKEN_RECORDS[name])
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(4096):
                    pass
    assert client.get("/api/v1/stats.php").status_code == 200
    assert site.responders("stats") == before, "a process ended"


BEGINNING = bytes([1, 1, 0, 1, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0])


def record(kind, content):
    """A FastCGI record of request 1 (FastCGI 1.0, section 3.3)."""
    return bytes([1, kind, 0, 1]) + len(content).to_bytes(2, "big") + b"\0\0" + content


def parameters(**values):
    pairs = b"".join(bytes([len(name), len(value)]) + name.encode() + value.encode() for name, value in values.items())
    return record(4, pairs) + record(4, b"")


def byte_by_byte():
    """Never silent for long, and never done."""
    yield BEGINNING
    for byte in record(4, b"\x0e\xff" + b"REQUEST_METHOD" + b"x" * 255):
        yield bytes([byte])
        time.sleep(0.2)


def half_of_a_form(site):
    yield BEGINNING + parameters(REQUEST_METHOD="POST", CONTENT_LENGTH="1000", CONTENT_TYPE="multipart/form-data; boundary=x",
                                 SCRIPT_NAME=UPLOAD, HTTP_X_API_KEY=site.key)
    yield record(5, b'--x\r\nContent-Disposition: form-data; name="image"; filename="a.jpg"\r\n\r\nabc')


def half_of_a_push(site):
    """Without a length the end of the stream is the end of the body, but not that of the connection."""
    yield BEGINNING + parameters(REQUEST_METHOD="POST", CONTENT_TYPE="application/json", SCRIPT_NAME="/api/v1/json/sync.php", HTTP_X_API_KEY=site.key)
    yield record(5, b'{"file_key":')


# What is sent, to which program, and how its log line ends.
HALF_SENT = {
    "nothing": ("list", lambda site: [], "it was closed"),
    "half a header": ("del", lambda site: [BEGINNING[:5]], "it was closed"),
    "half of the parameters": ("thumb", lambda site: [BEGINNING, record(4, b"\x0e\x03REQUEST_METHODGET")], "it was closed"),
    "parameters byte by byte": ("stats", lambda site: byte_by_byte(), "it was closed"),
    "half of a form": ("upload", half_of_a_form, "the request was refused"),
    "half of a push": ("json-sync", half_of_a_push, "the request was refused"),
}


def held_open(site, name):
    """Sends one of these and waits for the end of the connection, without ending it from here. Returns what was answered."""
    import socket
    program, pieces, _ = HALF_SENT[name]
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(next((site.data / "run").rglob(program + ".sock"))))
        connection.settimeout(300)
        answer = b""
        # The end of the connection may come while this side still sends.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            for piece in pieces(site):
                connection.sendall(piece)
        with contextlib.suppress(ConnectionResetError):
            while piece := connection.recv(65536):
                answer += piece
        return answer


def test_half_sent_requests_end_and_hold_no_process(new_site):
    """Somebody connects to a program's socket and stops in the middle. After a while that ends, with a warning in the log, and the same
    processes go on."""
    site = new_site()
    client = Client(site)
    names = list(HALF_SENT)
    programs = {name: HALF_SENT[name][0] for name in names}
    before = {program: site.responders(program) for program in programs.values()}
    answers = dict(zip(names, at_once(len(names), lambda number: held_open(site, names[number]))))
    for name, program in programs.items():
        lines = [line for line in site.transcript().splitlines() if line.startswith(program + ": ") and line.endswith(HALF_SENT[name][2])]
        assert len(lines) == 1, (name, site.transcript()[-2000:])
        assert site.responders(program) == before[program], f"{name}: a process ended"
        assert (b"Request body cut short" in answers[name]) == (HALF_SENT[name][2] == "the request was refused"), name
    assert [client.get(path).status_code for path in ("/api/v1/stats.php", "/api/v1/list.php")] == [200, 200]
    assert client.raw(upload_wire(client)).status == 200


def test_a_peer_that_asks_to_keep_the_connection_holds_no_process(client, site):
    """FCGI_KEEP_CONN: each connection carries one request, whatever its peer wants."""
    import socket
    before = site.responders("stats")
    wire = BEGINNING[:10] + b"\1" + BEGINNING[11:] + parameters(REQUEST_METHOD="GET", SCRIPT_NAME="/api/v1/stats.php") + record(5, b"")
    with contextlib.ExitStack() as open_ones:
        for _ in range(2 * len(before)):
            connection = open_ones.enter_context(socket.socket(socket.AF_UNIX))
            connection.connect(str(next((site.data / "run").rglob("stats.sock"))))
            connection.settimeout(60)
            connection.sendall(wire)
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
            assert b"Content-Type: application/json" in answer
        assert client.get("/api/v1/stats.php").status_code == 200
    assert site.responders("stats") == before


# Plain CGI

def cgi(site, name, method="GET", query="", body=b"", **variables):
    environment = {
        "GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": method, "QUERY_STRING": query, "SCRIPT_NAME": f"/{name}",
        "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "IMAGEBED_DATA": str(site.data), "PATH": "/usr/bin:/bin",
        **({"CONTENT_LENGTH": str(len(body))} if body else {}), **variables,
    }
    run = subprocess.run([site.executables / name], env=environment, input=body, capture_output=True, timeout=300)
    assert run.returncode == 0, run.stderr
    head, _, content = run.stdout.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
    return int(headers.pop("Status", "200").split()[0]), headers, content


def test_plain_cgi(client, site):
    """Without a socket the same executable answers the one request of its environment."""
    status, headers, body = cgi(site, "stats")
    assert (status, json.loads(body)) == (200, client.get("/api/v1/stats.php").json())
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    content = pictures.jpeg(seed=31)
    status, _, body = cgi(site, "upload", "POST", body=raw.form([raw.part("image", content, "a.jpg")]),
                          CONTENT_TYPE=f"multipart/form-data; boundary={raw.BOUNDARY}", HTTP_X_API_KEY=site.key)
    answer = json.loads(body)
    assert status == 200 and site.stored(answer["url"]).read_bytes() == content
    status, headers, body = cgi(site, "thumb", query="img=/uploads/" + answer["url"].partition("/uploads/")[2])
    assert (status, headers["Content-Type"]) == (200, "image/jpeg") and max(pictures.size_of(body)) <= 258
    status, _, body = cgi(site, "del", query=answer["del"].partition("?")[2])
    assert (status, json.loads(body)["message"]) == (200, "File deleted successfully")
    status, headers, body = cgi(site, "upload", "GET")
    answer = json.loads(body)
    assert answer.pop("request_id") == headers["X-Request-Id"]
    assert (status, answer, headers["Allow"]) == (405, error(405, "Method not allowed"), "POST, OPTIONS")


def test_plain_cgi_with_too_short_a_body(site, nothing_left):
    body = raw.form([raw.part("image", pictures.jpeg(), "a.jpg")])
    status, _, answer = cgi(site, "upload", "POST", body=body[:-50], CONTENT_LENGTH=str(len(body)),
                            CONTENT_TYPE=f"multipart/form-data; boundary={raw.BOUNDARY}", HTTP_X_API_KEY=site.key)
    assert (status, json.loads(answer)["result"]) == (400, "error")


@pytest.fixture(scope="session", autouse=True)
def stuck(site):
    """An upload that never gets its body: started with the run, looked at in its end, for the alarm takes two minutes."""
    process = subprocess.Popen(
        [site.executables / "upload"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={"REQUEST_METHOD": "POST", "CONTENT_LENGTH": "1000", "IMAGEBED_DATA": str(site.data), "HTTP_X_API_KEY": site.key,
             "CONTENT_TYPE": f"multipart/form-data; boundary={raw.BOUNDARY}", "SCRIPT_NAME": "/upload", "PATH": "/usr/bin:/bin"})
    yield process
    process.kill()
    process.communicate()


@pytest.mark.last
def test_stuck_request_is_ended_by_its_alarm(stuck):
    assert until(lambda: stuck.poll() is not None, 600, 1), "still waiting for the body"
    assert b"no progress" in stuck.stderr.read()
