#!/usr/bin/env python3
"""Asks an EasyImages site for everything that is recorded of it: replay.py SITE SAMPLE [PICTURES]

SITE is the address of the site, PICTURES that of its pictures where they have one of their own; SAMPLE the folder of the sample
install. A line of JSON for each answer: name, status, type, where it leads, headers for other origins, and the body's length, digest
and, where it is a short text, itself. The tests compare two such recordings (`compare`).
"""

import hashlib
import http.client
import json
import re
import ssl
import struct
import sys
import time
import urllib.parse
import zlib

from addresses import Address, addresses, sample

#: One name is enough for a text that is compared by its words.
SHORT = 4096
ANSWER_HEADERS = ["Access-Control-Allow-Origin", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Access-Control-Max-Age"]


def connection(url):
    """Whatever its certificate says: it is made for the test."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme == "https":
        return http.client.HTTPSConnection(parts.netloc, timeout=120, context=ssl._create_unverified_context())
    return http.client.HTTPConnection(parts.netloc, timeout=120)


def ask(url, method="GET", body=None, headers=None):
    parts = urllib.parse.urlsplit(url)
    made = connection(url)
    try:
        made.request(method, parts.path + ("?" + parts.query if parts.query else ""), body, {"Accept": "text/html,*/*", **(headers or {})})
        response = made.getresponse()
        return response, response.read()
    finally:
        made.close()


def form(fields, file):
    boundary = "----replay"
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields]
    if file:
        name, file_name, content = file
        head = (f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
                "Content-Type: application/octet-stream\r\n\r\n")
        parts.append(head.encode() + content + b"\r\n")
    return b"".join(parts) + f"--{boundary}--\r\n".encode(), {"Content-Type": f"multipart/form-data; boundary={boundary}"}


def record(url, address):
    """One answer as a line of a recording."""
    body, headers = form(address.fields, address.file) if address.method == "POST" else (None, None)
    response, content = ask(url + address.path, address.method, body, headers)
    return {"name": address.name, "kind": address.kind, **answer(response, content), "end": end_of(url + address.path, response, content)}


def answer(response, content):
    text = content[:SHORT].decode(errors="replace") if len(content) < SHORT and not is_picture(response) else ""
    return {"status": response.status, "type": response.headers.get("Content-Type", ""), "to": response.headers.get("Location", ""),
            "headers": {name: response.headers.get(name) for name in ANSWER_HEADERS if name in response.headers},
            "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), "text": text}


def is_picture(response):
    return response.headers.get("Content-Type", "").startswith("image/")


def end_of(url, response, content):
    """What comes in the end where an answer leads elsewhere: status and type."""
    for _ in range(5):
        if response.status not in (301, 302, 303, 307, 308):
            break
        url = urllib.parse.urljoin(url, response.headers["Location"])
        response, content = ask(url)
    return [response.status, response.headers.get("Content-Type", "")]


def upload(site, pictures, path, fields, field):
    """A picture through one of the forms: the answer, what its links lead to, and that its delete link deletes it."""
    content = picture()
    body, headers = form(fields, (field, "a picture.png", content))
    response, said = ask(site + path, "POST", body, headers)
    yield {"name": f"POST {path} a picture", "kind": "json", **answer(response, said), "end": [200, ""]}
    links = json.loads(said)
    for name, kind in [("url", "same"), ("thumb", "picture"), ("del", "json"), ("url", "number")]:
        response, said = ask(links[name])
        line = {"name": f"its {name}" + (", deleted" if kind == "number" else "") + f" ({path})", "kind": kind, **answer(response, said)}
        yield {**line, "end": end_of(links[name], response, said), "same": said == content}


def picture():
    """A picture that nobody has had yet."""
    pixels = hashlib.sha512(b"%d" % time.time_ns()).digest() * 48

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + pixels[row * 96:row * 96 + 96] for row in range(32))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 32, 32, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows))
            + chunk(b"IEND", b""))


def main():
    site, folder = sys.argv[1:3]
    pictures = sys.argv[3] if len(sys.argv) > 3 else ""
    token = next(token["token"] for token in sample(folder)["tokens"] if token["state"] == "valid")
    if site.startswith("https:"):
        print(json.dumps(record(site.replace("https:", "http:"), Address("/i/2025/07/01/gsb1i5-0.jpg?a=b", "redirect"))))
    for address in addresses(folder):
        print(json.dumps(record(site, address)), flush=True)
        if pictures and address.kind == "file" and address.path.startswith("/i/2"):
            print(json.dumps(record(pictures, Address(address.path.removeprefix("/i"), "file"))), flush=True)
    for line in [*upload(site, pictures, "/api/index.php", [("token", token)], "image"),
                 *upload(site, pictures, "/app/upload.php", [("sign", str(int(time.time())))], "file")]:
        print(json.dumps(line), flush=True)


# What the tests do with two recordings.

MASKS = [
    (re.compile(r"\d{4}/\d\d/\d\d/"), "Y/m/d/"),
    (re.compile(r"(?<=/)[0-9a-z]{2,7}(-\d+)?(?=\.png)"), r"NAME\1"),
    (re.compile(r"(?<=hash=)[A-Za-z0-9_=%-]+"), "LINK"),
]
#: Fields of answers that tell the server's memory and time.
NEVER_EQUAL = {"memory", "systime"}
#: The same by another name.
TYPES = {"image/jpg": "image/jpeg", "image/x-ms-bmp": "image/bmp", "image/vnd.microsoft.icon": "image/x-icon",
         "text/html;charset=utf-8": "text/html; charset=utf-8"}


def type_of(line):
    return TYPES.get(line["type"].lower(), line["type"].lower())


def essence_of(line):
    return type_of(line).partition(";")[0].replace("application/xml", "text/xml")


def words_of(line):
    """The fields of an answer in JSON in their order, without what is new in every answer."""
    try:
        fields = json.loads(line["text"], object_pairs_hook=list)
    except ValueError:
        return [line["text"]]
    return [(name, "" if name in NEVER_EQUAL else masked(value)) for name, value in fields]


def masked(value):
    if isinstance(value, str):
        for pattern, mask in MASKS:
            value = pattern.sub(mask, value)
    return value


def is_page(line):
    return line["end"][0] == 200 and line["end"][1].startswith("text/html")


def is_shown(line):
    return line["end"][0] == 200 and line["end"][1].startswith("image/")


#: What has to be equal of two answers, by the kind of their address.
EQUAL = {
    "file": lambda line: (line["status"], type_of(line), line["sha256"]),
    "root": lambda line: (line["status"], essence_of(line), line["sha256"]),
    "download": lambda line: (line["status"], line["sha256"]),
    "picture": is_shown,
    "page": is_page,
    "json": lambda line: (line["status"], type_of(line), line["headers"]),
    "number": lambda line: (line["status"],),
    "redirect": lambda line: (line["status"], line["to"]),
    "same": lambda line: (line["status"], line["same"]),
}


def short(line):
    if line is None:
        return "not asked for"
    kind = line["type"].partition(";")[0]
    return f"{line['status']} {line['to'] or kind} {line['bytes']}"


def compare(before, after, explained=None):
    """Rows `(address, before, after, what is wrong or why it is different)`, and those of them that are wrong.

    `explained` are differences that are meant: name of the address -> (status afterwards, why)."""
    rows, wrong = [], []
    by_name = {line["name"]: line for line in after}
    for line in before:
        now = by_name.get(line["name"])
        word = verdict(line, now, (explained or {}).get(line["name"]))
        rows.append((line["name"], short(line), short(now), word))
        if word.startswith("wrong"):
            wrong.append((rows[-1], line, now))
    return rows, wrong


def compare_same(before, after):
    """The same for what the same program answered twice: everything of the kinds above is equal, also what is private."""
    as_files = {"private": "file", "changed": "number"}
    return compare([{**line, "kind": as_files.get(line["kind"], line["kind"])} for line in before], after)


def verdict(line, now, explained):
    if now is None:
        return "wrong: not asked for"
    if explained:
        status, why = explained
        return why if now["status"] == status else f"wrong: not {status} ({why})"
    if line["kind"] == "private":
        return "refused" if now["status"] in (301, 302, 403, 404) else "wrong: not refused"
    then, after = EQUAL[line["kind"]](line), EQUAL[line["kind"]](now)
    if line["kind"] == "json":
        # Fields that were added come last.
        then, after = (*then, words_of(line)), (*after, words_of(now)[:len(words_of(line))])
    return "" if then == after else f"wrong: {then} became {after}"


if __name__ == "__main__":
    main()
