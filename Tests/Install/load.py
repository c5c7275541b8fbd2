#!/usr/bin/env python3
"""Asks a site for all that clients ask for, at a steady rate, until a file appears: load.py PORT KEY RATE STOP-FILE

Requests begin when their time has come, whatever became of those before them. Each line of the output is a request that has ended:
number, begin, seconds, kind, and "ok" or what was wrong. In the end everything that was acknowledged is asked for again.
"""

import hashlib
import http.client
import json
import os
import struct
import sys
import threading
import time
import urllib.parse
import zlib

port, key, rate, stop = int(sys.argv[1]), sys.argv[2], float(sys.argv[3]), sys.argv[4]
# Of a site below a path.
prefix = os.environ.get("PREFIX", "")
begin = time.monotonic()
lock = threading.Lock()
pictures, documents, lines = {}, {}, 0


def png(number):
    """A small picture that no other number has."""
    pixels = hashlib.sha512(b"%d" % number).digest() * 48
    rows = b"".join(b"\0" + pixels[row * 96:row * 96 + 96] for row in range(32))

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 32, 32, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows))
            + chunk(b"IEND", b""))


def ask(method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=130)
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        content = response.read()
        if response.status != 200:
            raise AssertionError(f"{response.status} {content[:200]!r}")
        return content
    finally:
        connection.close()


def path_of(url):
    parts = urllib.parse.urlsplit(url)
    return parts.path + ("?" + parts.query if parts.query else "")


def upload(number):
    boundary = "----load"
    body = (f'--{boundary}\r\nContent-Disposition: form-data; name="image"; filename="{number}.png"\r\nContent-Type: image/png\r\n\r\n'.encode()
            + png(number) + f"\r\n--{boundary}--\r\n".encode())
    answer = json.loads(ask("POST", prefix + "/api/v1/upload.php", body, {"X-API-Key": key, "Content-Type": f"multipart/form-data; boundary={boundary}"}))
    assert answer["result"] == "success", answer
    return answer


def keep(number):
    answer = upload(number)
    with lock:
        pictures[number] = answer


def delete(number):
    answer = upload(number)
    assert json.loads(ask("GET", path_of(answer["del"])))["result"] == "success"


def thumbnail(number):
    with lock:
        answer = list(pictures.values())[-1] if pictures else None
    if answer:
        assert len(ask("GET", path_of(answer["thumb"]))) > 50


def listing(number):
    assert "data" in json.loads(ask("GET", prefix + "/api/v1/list.php?page=1&per_page=10"))


def push(number):
    content = {"number": number, "text": hashlib.sha256(b"%d" % number).hexdigest()}
    body = json.dumps({"file_key": f"load-{number}", "content": content, "device_id": "load"})
    assert json.loads(ask("POST", prefix + "/api/v1/json/sync.php", body, {"X-API-Key": key, "Content-Type": "application/json"}))["success"]
    with lock:
        documents[number] = content


def pull(number):
    with lock:
        wanted = list(documents.items())[-1:]
    for former, content in wanted:
        answer = json.loads(ask("GET", prefix + f"/api/v1/json/sync.php?file_key=load-{former}", headers={"X-API-Key": key}))
        assert answer["content"] == content, answer


def original(number):
    with lock:
        wanted = list(pictures.items())[-1:]
    for former, answer in wanted:
        assert ask("GET", path_of(answer["url"])) == png(former)


KINDS = [keep, listing, thumbnail, push, delete, pull, original, keep, thumbnail, push]


def one(number):
    global lines
    action, start = KINDS[number % len(KINDS)], time.monotonic()
    try:
        action(number)
        said = "ok"
    except Exception as error:
        said = f"{type(error).__name__} {error}"
    with lock:
        lines += 1
        print(number, f"{start - begin:.3f}", f"{time.monotonic() - start:.3f}", action.__name__, said, flush=True)


threads = []
while not os.path.exists(stop):
    threads.append(threading.Thread(target=one, args=(len(threads),)))
    threads[-1].start()
    time.sleep(max(0, begin + len(threads) / rate - time.monotonic()))
for thread in threads:
    thread.join()
for number, answer in pictures.items():
    assert ask("GET", path_of(answer["url"])) == png(number), f"picture {number} is lost"
for number, content in documents.items():
    answer = json.loads(ask("GET", prefix + f"/api/v1/json/sync.php?file_key=load-{number}", headers={"X-API-Key": key}))
    assert answer["content"] == content, f"document {number} is lost"
print("all there", len(pictures), len(documents))
