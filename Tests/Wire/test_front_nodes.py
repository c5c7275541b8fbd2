"""Two nodes of one site behind the recipe of an nginx: a file from its upload to its deletion, and what the death of a node costs."""

import hashlib
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

import pictures
import raw
from client import Client
from nodes import Nodes, kill
from running_site import until
from test_cluster import pytestmark  # noqa: F401
from tus import PATH as TUS
from tus import Tus

UPLOAD, LIST, FORM = "/api/v1/upload.php", "/api/v1/list.php", "/app/upload.php"


@pytest.fixture(scope="module")
def nodes():
    running = Nodes()
    try:
        yield running.start()
    finally:
        running.remove()


@pytest.fixture(scope="module")
def visitor(nodes):
    return Client(nodes)


def unlike(number):
    """A picture like no other."""
    return pictures.encode(pictures.drawing(60, 60, number, noise=True), "png")


def asked_for(nodes, method, path, count):
    """The ports of the nodes that were asked; a log has its lines after the answers."""
    def found():
        return [ports for *request, _, ports in nodes.front.asked() if request == [method, path]]

    assert until(lambda: len(found()) >= count)
    return found()


def test_a_picture_from_upload_to_deletion(nodes, visitor):
    content = unlike(1)
    stored = visitor.uploaded(content, "a.png")
    assert stored["url"].startswith(nodes.url + "/uploads/") and visitor.row_of(stored)["original_name"] == "a.png"
    assert [visitor.get(stored["url"]).content == content for _ in range(4)] == [True] * 4
    assert visitor.get(stored["url"], headers={"Range": "bytes=2-5"}).content == content[2:6]
    assert {visitor.get(stored["thumb"]).status_code for _ in range(4)} == {200}
    kept = [node.files("thumbs") for node in nodes.all]
    assert sorted(len(files) for files in kept) == [0, 1], "one node made it"
    for node in nodes.all:
        path = stored["url"].removeprefix(nodes.url)
        assert requests.get(node.url + path, timeout=120).content == content
    assert visitor.get(stored["del"]).json()["message"] == "File deleted successfully"
    assert visitor.get(stored["del"]).status_code == 404
    assert {visitor.get(stored["url"]).status_code for _ in range(4)} == {404}


def test_a_resumable_upload_in_pieces(nodes):
    content = unlike(2)
    sender = Tus(nodes, nodes.key)
    answer = sender.uploaded(content, "b.png", piece=len(content) // 5 + 1)
    assert answer["state"] == "stored" and sender.get(answer["url"]).content == content
    asked = asked_for(nodes, "PATCH", TUS, 5)
    assert len(asked) == 5 and len({tuple(ports) for ports in asked}) == 1


def test_pieces_of_a_form(nodes, visitor):
    content = unlike(3)
    third = len(content) // 3 + 1
    with nodes.all[0].setting(chunk_bytes="64KB", anonymous_upload="on"):
        for number in range(3):
            answer = visitor.request("POST", FORM, data={"name": "c.png", "chunk": number, "chunks": 3, "sign": str(int(time.time()))},
                                     files={"file": ("blob", content[number * third:(number + 1) * third])})
            assert answer.status_code == 200
    assert visitor.get(answer.json()["url"]).content == content


def test_programs_know_the_visitor_and_the_request(nodes, visitor):
    answer = visitor.get(LIST, params={"cursor": "x"}, headers={"X-Forwarded-For": "203.0.113.9"})
    assert answer.json()["request_id"] == answer.headers["X-Request-Id"]
    assert until(lambda: answer.headers["X-Request-Id"] in (nodes.front.folder / "access.log").read_text())
    body = raw.form([raw.part("image", unlike(4), "d.png", "image/png")])
    wire = raw.request("POST", UPLOAD, [raw.form_type(), f"X-API-Key: {nodes.key}"], body)
    with (nodes.all[0].setting(record_senders="on"),
          socket.create_connection(("127.0.0.1", nodes.port), source_address=("127.0.0.2", 0)) as connection):
        connection.sendall(wire)
        stored = raw.Answer(raw.read_all(connection)).json()
    assert nodes.query("SELECT address FROM upload_record WHERE file_id = ?", stored["id"]) == [("127.0.0.2",)]


def test_too_large_a_body_is_refused_by_a_node_and_costs_none(nodes, visitor):
    for _ in range(4):
        answer = visitor.request("POST", LIST, data=b"x" * (2 << 20))
        assert answer.status_code == 413 and answer.json()["error"] == "File too large"
    asked = asked_for(nodes, "POST", LIST, 4)
    assert [len(ports) for ports in asked] == [1] * 4 and len({ports[0] for ports in asked}) == 2


def test_files_from_the_shared_folder(nodes, visitor):
    content = unlike(5)
    stored = visitor.uploaded(content, "e.png")
    path = stored["url"].removeprefix(nodes.url)
    by_node = requests.get(nodes.all[0].url + path, timeout=120).headers
    nodes.front.stop()
    nodes.front.begin(share=nodes.shared)
    try:
        answer = visitor.get(stored["url"])
        assert answer.content == content and asked_for(nodes, "GET", path, 1) == [[]]
        for name in ("Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Access-Control-Allow-Origin"):
            assert answer.headers[name] == by_node[name], name
        (nodes.shared / "uploads" / "a.php").write_text("<?php")
        (nodes.shared / "uploads" / ".incoming").mkdir(exist_ok=True)
        (nodes.shared / "uploads" / ".incoming" / "a.png").write_bytes(content)
        (nodes.shared / "uploads" / "link.png").symlink_to("/etc/passwd")
        for name in ("a.php", ".incoming/a.png", "none.png", "link.png", "recycle/a.png"):
            assert visitor.get(f"/uploads/{name}").status_code == (403 if name == "link.png" else 404), name
        visitor.get(stored["del"])
        assert visitor.get(stored["url"]).json()["error"] == "File not found"
    finally:
        nodes.front.stop()
        nodes.front.begin()


class Uploads:
    """Pictures that are uploaded as fast as it goes, without a key that would make a repetition harmless."""

    def __init__(self, nodes, base):
        self.client, self.base, self.sent, self.stored, self.failed = Client(nodes), base, [], {}, []

    def one(self, number):
        content = unlike(self.base + number)
        self.sent.append(hashlib.sha256(content).digest())
        try:
            answer = self.client.upload(content, f"{number}.png")
        except requests.RequestException as error:
            return self.failed.append(repr(error))
        if answer.status_code == 200:
            self.stored[answer.json()["url"]] = content
        else:
            self.failed.append(answer.status_code)


def test_a_node_that_is_killed_and_comes_back(nodes, visitor):
    gone, other = nodes.all
    kept = [visitor.uploaded(unlike(number), "kept.png") for number in range(100, 104)]
    thumbs = [each["thumb"] for each in kept]
    assert {visitor.get(address).status_code for address in thumbs} == {200}
    uploads, reads, over = Uploads(nodes, 1000), [], threading.Event()

    def read(number):
        reader = Client(nodes)
        while not over.is_set():
            for address in [LIST, kept[number]["url"], thumbs[number]]:
                reads.append(reader.get(address).status_code)

    with ThreadPoolExecutor(6) as threads:
        readers = [threads.submit(read, number) for number in range(3)]
        senders = [threads.submit(uploads.one, number) for number in range(90)]
        try:
            assert until(lambda: len(uploads.stored) > 10)
            kill(gone)
            for sender in senders:
                sender.result()
            after = len(reads)
            assert until(lambda: len(reads) > after + 30)
        finally:
            over.set()
        for reader in readers:
            reader.result()
    # A read that the node was sending when it died is asked again, whole, by the front.
    assert set(reads) == {200}, ([each for each in nodes.front.asked() if each[2] >= 500], nodes.front.said())
    # Only what was at the node in that moment failed, and nothing that failed was sent again.
    assert len(uploads.failed) <= 3 and set(uploads.failed) <= {502}, uploads.failed
    assert {url: visitor.get(url).content for url in uploads.stored} == uploads.stored
    rows = [bytes(sum) for sum, in nodes.query("SELECT sent_sha256 FROM file")]
    assert all(rows.count(sum) <= 1 for sum in uploads.sent)
    assert until(lambda: len([each for each in nodes.front.asked() if (each[0], each[1], each[2]) == ("POST", UPLOAD, 502)]) == len(uploads.failed))
    gone.start()
    assert until(lambda: visitor.get(LIST).status_code == 200 and nodes.front.asked()[-1][3] == [str(gone.port)])
    assert visitor.uploaded(unlike(2000), "after.png") and gone.query("SELECT count(*) FROM file WHERE state = 0")[0][0] > len(uploads.stored)
