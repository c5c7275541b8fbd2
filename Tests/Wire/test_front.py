"""The recipe of an nginx in front of several nodes: which node is asked, what is asked again and what never. The nodes are pretended ones."""

import os
import re
import socket
import ssl

import pytest
import requests

import raw
from nodes import Pretended, Recipe
from running_site import ROOT, until
from tus import PATH as TUS

DELETE_LINK, UPLOAD, LIST, FORM = "/application/del.php?hash=x", "/api/v1/upload.php", "/api/v1/list.php", "/app/upload.php"


@pytest.fixture
def pretended():
    """(the front, two nodes that are none)"""
    nodes = [Pretended(1), Pretended(2)]
    front = Recipe([node.port for node in nodes]).begin()
    yield front, nodes
    front.remove()
    for node in nodes:
        node.end()


def ask(front, method, path, **arguments):
    with requests.Session() as session:
        session.trust_env = False
        return session.request(method, front.url() + path, timeout=120, allow_redirects=False, **arguments)


def count(nodes):
    return sum(len(node.asked) for node in nodes)


# What is asked again

@pytest.mark.parametrize("method, path", [
    ("POST", UPLOAD), ("POST", FORM), ("POST", "/"), ("POST", TUS), ("PATCH", TUS + "?id=a"), ("POST", "/api/v1/json/sync.php"), ("GET", DELETE_LINK),
    ("GET", "/app/del.php?hash=x"), ("GET", TUS + "?id=a"), ("HEAD", TUS + "?id=a"), ("DELETE", TUS + "?id=a")])
def test_what_a_node_may_have_done_is_never_sent_to_another(pretended, method, path):
    front, nodes = pretended
    for node in nodes:
        node.cuts = True
    answer = ask(front, method, path, data=b"x" * 1000 if method in ("POST", "PATCH") else None)
    assert (answer.status_code, answer.headers["Retry-After"]) == (502, "5") and re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-Id"])
    assert count(nodes) == 1
    if method != "HEAD":
        assert answer.json()["code"] == 502 and answer.json()["result"] == "error"


@pytest.mark.parametrize("cut", [0, 1])
@pytest.mark.parametrize("path", [LIST, "/", "/uploads/2026/11/a.png", "/app/thumb.php?img=/uploads/2026/11/a.png"])
def test_reads_are(pretended, path, cut):
    front, nodes = pretended
    nodes[cut].cuts = True
    assert [ask(front, "GET", path).content for _ in range(8)] == [b"%d" % nodes[1 - cut].number] * 8
    assert len(nodes[1 - cut].asked) == 8 and len(nodes[cut].asked) <= 8


def test_what_could_not_be_sent_goes_to_another(pretended):
    """A body too, whole, whichever node its sender is kept on."""
    front, nodes = pretended
    nodes[0].end()
    body = os.urandom(3 << 20)
    for number in range(8):
        assert ask(front, "POST", UPLOAD, data=body, headers={"Idempotency-Key": f"key-of-a-picture-{number}"}).content == b"2"
    assert [each[3] == body for each in nodes[1].asked] == [True] * 8


def test_people_are_told_on_a_page(pretended):
    front, nodes = pretended
    for node in nodes:
        node.cuts = True
    answer = ask(front, "POST", "/", headers={"Accept": "text/html,*/*"})
    assert answer.status_code == 502 and answer.headers["Content-Type"] == "text/html; charset=utf-8" and "<h1>" in answer.text


# Which node is asked

def answered(front, method, path, **arguments):
    return {ask(front, method, path, **arguments).text for _ in range(6)}


@pytest.mark.parametrize("method, path, headers", [
    ("GET", "/app/thumb.php?img=/uploads/2026/11/{0}.png", {}), ("GET", "/application/thumb.php?w=9&img=/uploads/2026/11/{0}.png", {}),
    ("GET", "/uploads/2026/11/{0}.png", {}), ("PATCH", TUS + "?id={0}", {}), ("POST", TUS, {"Idempotency-Key": "{0}"}), ("POST", UPLOAD, {"Idempotency-Key": "{0}"}),
    ("POST", FORM, {"Idempotency-Key": "{0}"})])
def test_what_stays_on_a_node(pretended, method, path, headers):
    front, _ = pretended
    seen = [answered(front, method, path.format(number), headers={name: value.format(number) for name, value in headers.items()}) for number in range(16)]
    assert all(len(each) == 1 for each in seen) and set.union(*seen) == {"1", "2"}


@pytest.mark.parametrize("path", [FORM, "/application/upload.php", "/api/index.php", "/api/"])
def test_senders_of_pieces_stay(pretended, path):
    assert len(answered(pretended[0], "POST", path, data=b"x")) == 1


def test_the_rest_is_spread(pretended):
    for method, path in [("GET", LIST), ("POST", UPLOAD), ("GET", "/")]:
        assert answered(pretended[0], method, path) == {"1", "2"}


def test_what_nodes_are_told(pretended):
    front, nodes = pretended
    forged = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "X-Request-Id": "chosen-by-a-client", "X-Other": "kept"}
    ask(front, "GET", LIST + "?a=%2F..", headers={**forged, "Host": "img.example.org"})
    (_, path, headers, _), = [each for node in nodes for each in node.asked]
    assert path == LIST + "?a=%2F.." and headers["host"] == ["img.example.org"] and headers["x-other"] == ["kept"] and headers["connection"] == ["close"]
    assert headers["x-forwarded-for"] == ["127.0.0.1"] and headers["x-forwarded-proto"] == ["http"]
    assert re.fullmatch("[0-9a-f]{32}", headers["x-request-id"][0])


def test_no_log_has_a_delete_link(pretended):
    front, _ = pretended
    ask(front, "GET", "/application/del.php?hash=of-a-link")
    assert until(front.asked)[0][:3] == ("GET", "/application/del.php", 200) and "of-a-link" not in (front.folder / "access.log").read_text()


def test_with_tls(pretended):
    front, _ = pretended
    front.stop()
    certificate = front.certificate(9)
    front.begin(certificate=certificate)
    with requests.Session() as session:
        session.trust_env = False
        assert session.get(front.url("https") + LIST, verify=str(certificate), timeout=120).text in "12"
    with socket.socket(socket.AF_UNIX) as plain:
        plain.connect(f"{front.folder}/plain.sock")
        plain.sendall(b"GET /a?b HTTP/1.0\r\nHost: img.example.org\r\n\r\n")
        assert b"\r\nLocation: https://img.example.org/a?b\r\n" in raw.read_all(plain)
    old = ssl.create_default_context(cafile=certificate)
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    with socket.create_connection(("127.0.0.1", front.port)) as connection, old.wrap_socket(connection, server_hostname="127.0.0.1") as secured:
        assert secured.version() == "TLSv1.2"


# A node out for an update

def told_commands():
    """The lines of docs/cluster.md that change the front."""
    return re.findall(r"^    sudo sed -i '([^']+)' /etc/nginx/conf\.d/imagebed-front\.conf", (ROOT / "docs/cluster.md").read_text(), re.MULTILINE)


def test_a_node_is_taken_out_and_put_back(pretended):
    front, nodes = pretended
    out, back = (script.replace("10\\.0\\.0\\.11:", f"127\\.0\\.0\\.1:{nodes[0].port} ") for script in told_commands())
    former = front.file.read_text()
    front.change(out)
    nodes[0].asked.clear()
    for path in [LIST, "/", *(f"/uploads/2026/11/{number}.png" for number in range(8))]:
        assert answered(front, "GET", path) == {"2"}
    assert nodes[0].asked == []
    front.change(out)
    front.change(back)
    assert front.file.read_text() == former and answered(front, "GET", LIST) == {"1", "2"}
