# Requests whose frame lies: lengths that are wrong, chunks, expectations, old versions, cut connections.

import pytest

import pictures
import raw
from running_site import until

PICTURE = pictures.jpeg()
BODY = raw.form([raw.part("image", PICTURE, "a.jpg", "image/jpeg")])
UPLOAD = "/api/v1/upload.php"


def head(client, *headers, length=len(BODY), version="1.1", path=UPLOAD):
    return raw.request("POST", client.site.prefix + path, [raw.form_type(), f"X-API-Key: {client.key}", *headers], version=version,
                       length=length)


def assert_taken(client, answer):
    assert answer.status == 200, answer.body
    assert client.site.stored(answer.json()["url"]).read_bytes() == PICTURE


def chunked(body, size):
    pieces = [body[start:start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


@pytest.mark.parametrize("size", [1, 100, 100_000])
def test_chunked_body(client, size):
    wire = head(client, "Transfer-Encoding: chunked", length=False) + chunked(BODY, size)
    assert_taken(client, client.raw(wire))


def test_chunked_by_curl(client, tmp_path):
    """curl's own way when it does not know the length: a form from a pipe."""
    import json
    import subprocess
    told = subprocess.run(
        ["curl", "-s", "-X", "POST", client.url + UPLOAD, "-H", "Transfer-Encoding: chunked", "-H", f"X-API-Key: {client.key}",
         "-F", "image=@-;filename=a.jpg"], input=PICTURE, capture_output=True, check=True, timeout=120).stdout
    assert client.site.stored(json.loads(told)["url"]).read_bytes() == PICTURE


def test_expect_100_continue(client):
    import socket
    with socket.create_connection(("127.0.0.1", client.site.port), timeout=120) as connection:
        connection.sendall(head(client, "Expect: 100-continue"))
        assert connection.recv(1000).startswith(b"HTTP/1.1 100")
        connection.sendall(BODY)
        assert_taken(client, raw.Answer(raw.read_all(connection)))


def test_http_1_0(client):
    assert_taken(client, client.raw(head(client, version="1.0") + BODY))


def test_slow_sender(client):
    """The web server waits for the whole body; no responder is held meanwhile."""
    import time

    def slowly():
        yield head(client)
        for start in range(0, len(BODY), max(len(BODY) // 10, 1)):
            time.sleep(0.1)
            yield BODY[start:start + max(len(BODY) // 10, 1)]

    assert_taken(client, client.raw(slowly()))


def test_keep_alive_and_pipelining(client):
    request = f"GET {client.site.prefix}/api/v1/stats.php HTTP/1.1\r\nHost: a\r\n\r\n".encode()
    last = raw.request("GET", client.site.prefix + "/api/v1/stats.php")
    answer = client.raw(request + request + last)
    assert (answer.status, answer.body.count(b"HTTP/1.1 200")) == (200, 2)


LIES = {
    "length too long, connection ends": (len(BODY) + 1000, True, None),
    "length too short": (len(BODY) - 20, False, 400),
    "length zero": (0, False, 400),
    "length negative": (-1, False, 400),
    "length no number": ("abc", False, 400),
    "length absurd": (10**30, False, (400, 413)),
}


@pytest.mark.usefixtures("nothing_left")
@pytest.mark.parametrize("name", LIES)
def test_length_lies(client, name):
    length, ends, status = LIES[name]
    answer = client.raw(head(client, length=length) + BODY, half_close=ends)
    expected = status if isinstance(status, tuple) else (status,)
    assert answer.status in expected or (status is None and answer.status in (None, 400))


@pytest.mark.usefixtures("nothing_left")
@pytest.mark.parametrize("headers", [
    ["Transfer-Encoding: chunked", f"Content-Length: {len(BODY)}"], ["Transfer-Encoding: chunked, chunked"], ["Transfer-Encoding: gzip"],
    ["Content-Length: 5", "Content-Length: 6"],
])
def test_contradicting_frames(client, headers):
    """Both ways at once is how requests are smuggled; the web server refuses."""
    answer = client.raw(head(client, *headers, length=False) + chunked(BODY, 100))
    assert answer.status in (400, 501)


@pytest.mark.usefixtures("nothing_left")
@pytest.mark.parametrize("body", [b"zz\r\nabc\r\n0\r\n\r\n", b"ffffffffffffffffff\r\nabc", b"5\r\nab", b"-1\r\nabc\r\n0\r\n\r\n"])
def test_broken_chunks(client, body):
    answer = client.raw(head(client, "Transfer-Encoding: chunked", length=False) + body, half_close=True)
    assert answer.status in (None, 400, 413)


@pytest.mark.usefixtures("nothing_left")
def test_connections_that_are_cut(client, site):
    """Whole nothing is kept of uploads that ended in the middle."""
    import socket
    wire = head(client) + BODY
    for cut in range(10, len(wire) - 1, len(wire) // 12):
        with socket.create_connection(("127.0.0.1", site.port)) as connection:
            connection.sendall(wire[:cut])
    assert until(lambda: not site.inventory()["bodies"])


@pytest.mark.usefixtures("nothing_left")
@pytest.mark.parametrize("wire", [
    b"GET /api/v1/list.php\r\n\r\n", b"\0\0\0\0\r\n\r\n", b"GET  /api/v1/list.php HTTP/1.1\r\n\r\n", b"POST /api/v1/upload.php HTTP/9.9\r\n\r\n",
    b"GET /api/v1/list.php HTTP/1.1\r\n" + b"X-A: " + b"a" * 100_000 + b"\r\n\r\n",
    b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET /api/v1/list.php HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
])
def test_nonsense(client, wire):
    answer = client.raw(wire, half_close=True)
    assert answer.status in (None, 200, 400, 414, 431, 494, 505)
    assert client.list().status_code == 200


def test_host_header_does_not_reach_the_answer(client):
    body = BODY
    wire = raw.request("POST", client.site.prefix + UPLOAD, [
        raw.form_type(), f"X-API-Key: {client.key}", "X-Forwarded-Host: evil.example", "Forwarded: host=evil.example",
        "X-Forwarded-Proto: gopher"], body).replace(b"Host: 127.0.0.1", b"Host: evil.example")
    answer = client.raw(wire)
    assert b"evil.example" not in answer.body and answer.json()["url"].startswith(client.url + "/uploads/")


def test_proxy_header(client):
    """httpoxy: a Proxy header must not become HTTP_PROXY; here it simply does nothing."""
    assert client.get("/api/v1/stats.php", headers={"Proxy": "http://127.0.0.1:1"}).status_code == 200
