# Names that the old site let through and the web server sends, on both servers: rows, addresses, lists, thumbnails and deletion for all
# that is UTF-8; an exact sentence about the others.

import json
import os
import urllib.parse

import pytest

import pictures
import raw
from accounts import form_token, session_of
from client import Client
from old_desk import Desk
from old_site import OldSite

NAMES = {
    "blanks": " a  b .jpg", "percent": "100%.jpg", "an escape": "a%20b%2Fc.jpg", "quotes": "a\"b'c`d.jpg", "plus": "a+b.jpg", "hash": "a#b.jpg",
    "question mark": "a?b=c.jpg", "ampersand": "a&b=c&amp;.jpg", "semicolon": "a;b,c.jpg", "brackets": "[a]{b}(c)<d>.jpg", "dollar": "$1$uri~!*|^.jpg",
    "colon": "a:b@c=d.jpg", "dash": "-rf.jpg", "dots": "a..b.jpg", "two extensions": "a.jpg.png.jpg", "Chinese": "假日-照片.jpg", "emoji": "🏖️.jpg",
    "decomposed": "e\u0301te\u0301.jpg", "255 bytes": "x" * 251 + ".jpg", "255 bytes of Chinese": "照" * 83 + "yy.jpg", "upper case": "A.JPG",
    "like a flat name": "2025_07_04_a.jpg", "no extension": "photo",
}
# Names that cannot be in the database: what the report calls them.
ODD = {
    b"\xd5\xd5\xc6\xac.jpg": "a name that is not UTF-8", b"caf\xe9.jpg": "a name that is not UTF-8",
    b"a\\b.jpg": "a name with a backslash, control or direction characters",
    "a\u202egpj.jpg".encode(): "a name with a backslash, control or direction characters",
    b"a\x01b.jpg": "a name with a backslash, control or direction characters",
}
FOLDER = "2025/07/04"


@pytest.fixture(scope="module", params=["nginx", "apache"])
def named(request):
    site = OldSite(options=["--web", request.param])
    for number, name in enumerate(NAMES.values()):
        (site.store / FOLDER / name).write_bytes(pictures.jpeg(width=40, height=30, seed=number))
    for number, name in enumerate(ODD):
        with open(bytes(site.store) + b"/2025/07/04/" + name, "wb") as file:
            file.write(pictures.jpeg(seed=100 + number))
    with site:
        yield site


def quoted(name):
    return urllib.parse.quote(name, safe="")


@pytest.mark.parametrize("kind", NAMES)
def test_every_name_has_its_address_row_thumbnail_and_deletion(named, kind):
    name, client = NAMES[kind], Client(named)
    content = (named.store / FOLDER / name).read_bytes()
    path = f"{FOLDER}/{name}"
    assert named.query("SELECT state FROM file WHERE path = ?", path) == [(0,)]
    for tree in ("/i/", "/uploads/"):
        answer = client.raw(raw.request("GET", f"{tree}{FOLDER}/{quoted(name)}"))
        assert (answer.status, answer.body == content) == (200, True), tree
    rows = [row for page in range(1, 4) for row in client.list(per_page=100, page=page).json()["data"]
            if urllib.parse.unquote(row["url"]).endswith("/" + path)]
    assert len(rows) == 1
    # As a browser follows it.
    address = rows[0]["url"].removeprefix(named.url)
    answer = client.raw(raw.request("GET", address))
    assert (answer.status, answer.body == content) == (200, True), address
    thumbnail = client.get("/app/thumb.php", params={"img": f"/i/{path}"})
    assert thumbnail.status_code == 200 and pictures.size_of(thumbnail.content) == (258, 258)
    cookies = session_of(named, "keeper", "admin")
    answer = client.request("POST", "/app/del.php", data={"mode": "recycle", "url": f"/i/{path}", "form_token": form_token(cookies)}, cookies=cookies)
    assert answer.json()["code"] == 200, answer.text
    for tree in ("/i/", "/uploads/"):
        assert client.raw(raw.request("GET", f"{tree}{FOLDER}/{quoted(name)}")).status == 404
    [(state, flat)] = named.query("SELECT state, recycled_name FROM file WHERE path = ?", path)
    assert state == 2 and (named.store / "recycle" / flat).read_bytes() == content


def test_names_that_the_database_cannot_have_are_served_and_told(named):
    left = named.report["files"]["left"]
    for number, (name, reason) in enumerate(ODD.items()):
        spelt = urllib.parse.quote(name, safe="")
        assert f"{FOLDER}/{spelt}" in left[reason]["examples"]
        answer = Client(named).raw(raw.request("GET", f"/uploads/{FOLDER}/{spelt}"))
        assert (answer.status, answer.body == pictures.jpeg(seed=100 + number)) == (200, True), spelt
    assert {reason: left[reason]["count"] for reason in left} == {"a name that is not UTF-8": 2, "a name with a backslash, control or direction characters": 3}
    [warning] = [each for each in named.report["warnings"] if "because of their names" in each]
    assert warning.startswith(f"5 files or folders cannot be in the database because of their names, such as /i/{FOLDER}/")


def test_their_log_lines_are_not_about_files_that_are_gone(tmp_path):
    desk = Desk(tmp_path)
    name = b"\xd5\xd5\xc6\xac.jpg"
    with open(bytes(desk.old) + b"/i/2025/07/04/" + name, "wb") as file:
        file.write(pictures.jpeg())
    log = desk.old / "admin/logs/upload/2025-08.php"
    log.write_bytes(b"<?php $logs=Array('" + name + b"'=>Array('source'=>'a','date'=>'2025-08-01 00:00:00','path'=>'/i/2025/07/04/" + name + b"'));")
    logs = desk.setup().take()["logs"]
    assert (logs["lines"], logs["matched"], logs["without_file"]) == (27, 25, 0)


def test_a_folder_with_such_a_name_is_told(tmp_path):
    desk = Desk(tmp_path)
    folder = bytes(desk.old) + b"/i/\xc4\xea"
    os.mkdir(folder)
    with open(folder + b"/a.jpg", "wb") as file:
        file.write(pictures.jpeg())
    deep = desk.old / "i" / "/".join(["d" * 200] * 3)
    deep.mkdir(parents=True)
    left = desk.setup().take()["files"]["left"]
    assert left["a name that is not UTF-8"] == {"count": 1, "examples": ["%C4%EA/"]}
    assert left["a path of more than 500 bytes"] == {"count": 1, "examples": ["/".join(["d" * 200] * 3) + "/"]}


def test_every_name_is_listed(tmp_path):
    """Not only some examples."""
    desk = Desk(tmp_path)
    for number in range(60):
        with open(bytes(desk.old) + b"/i/2025/07/04/\xff%03d.jpg" % number, "wb") as file:
            file.write(pictures.jpeg())
    left = json.loads(desk.setup().run("import", "easyimages", desk.old, "--json"))["files"]["left"]["a name that is not UTF-8"]
    assert left["count"] == 60 and left["examples"] == [f"2025/07/04/%FF{number:03}.jpg" for number in range(60)]
