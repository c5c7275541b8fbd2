# Delete links in the replaced program's dialect, its own old ones included, on a site that took over the sample install. Nothing
# that a link says is believed.

import pytest

import pictures
import raw
from accounts import form_token, session_of
from answers import assert_json, assert_no_such_link, error, headers_of
from client import Client
from old_forms import OldClient, new_token
from old_links import DELETE_KEY, delete_token, lone_token, token_of
from old_site import UPLOADS
from transcripts import assert_recorded

PAGE = "/app/del.php"
V1 = "/application/del.php"
TEXT = "text/html;charset=utf-8"

BOTH = {name: ("issue 4", "the API page's fields stand behind EasyImages' own") for name in ["result"]}
DONE = {**BOTH, "message": BOTH["result"]}
FAILED = {**BOTH, "error": BOTH["result"]}


class OldVisitor(Client):
    """Somebody with links; `admin` is what the pages of a logged-in administrator send."""

    def admin(self, **fields):
        cookies = session_of(self.site, "keeper")
        fields["form_token"] = form_token(cookies)
        return self.request("POST", PAGE, data=fields, cookies=cookies)


@pytest.fixture
def client(old_site):
    old_site.query("DELETE FROM attempt")
    return OldVisitor(old_site)


@pytest.fixture
def canaries(old_site):
    """What no link may touch: the settings beside the tree, hidden files, and the tree's own folders."""
    tree = old_site.old / "i"
    (tree / "suspic").mkdir(exist_ok=True)
    kept = {old_site.old / "config/config.php": None, old_site.old / "outside.jpg": pictures.jpeg(seed=7), old_site.old / "i/.hidden.jpg": pictures.jpeg(),
            tree / "suspic/2025_07_01_s.jpg": pictures.jpeg(seed=8), tree / "cache/2025_07_04_c.jpg": pictures.jpeg(seed=9), tree / "note.txt": b"not a picture",
            tree / "2025/07/01/script.php": b"GIF89a<?php", tree / "2025/07/01/text.jpg": b"no picture at all", old_site.data / "secret": None}
    for path, content in kept.items():
        if content is not None:
            path.write_bytes(content)
    (tree / "2025/07/01/link.jpg").symlink_to(old_site.old / "outside.jpg")
    before = {path: path.read_bytes() for path in kept}
    yield before
    assert {path: path.read_bytes() for path in kept} == before
    for path, content in kept.items():
        if content is not None:
            path.unlink()
    (tree / "2025/07/01/link.jpg").unlink()


def picture(site, path, content=None):
    """A new file of the tree that nobody recorded, by its stored path."""
    file = site.stored_file(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content or pictures.jpeg(seed=len(path)))
    return file


def fields(worked, message, url, mode="delete", code=None):
    members = {"code": code or (200 if worked else 404), "msg": message, "type": "success" if worked else "danger",
               "icon": "ok-sign" if worked else "exclamation-sign", "mode": mode, "url": url}
    return members


def assert_text(response, members):
    """JSON under the type of a page, which no browser takes for one."""
    seen = headers_of(response)
    assert response.status_code == 200 and seen["content-type"] == TEXT, (response.status_code, seen)
    assert seen["x-content-type-options"] == "nosniff" and "default-src 'none'" in seen["content-security-policy"]
    assert seen["cache-control"] == "no-store" and "access-control-allow-origin" not in seen
    assert list(response.json().items()) == list(members.items()), response.text
    assert not set(response.text) & set("<>&") and "/" not in response.text.replace("\\/", "")
    return response


def done(url):
    return {**fields(True, "删除成功", url), "result": "success", "message": "File deleted successfully"}


def missing(url=False):
    return {**fields(False, "文件不存在", url), "result": "error", "error": "File not found"}


# Links that PHP gave out

@pytest.mark.parametrize("number, path", [(24, PAGE), (25, V1)])
def test_recorded_links_again(client, old_site, number, path):
    """Pictures 24 and 25 were deleted with their links; they are restored and deleted again."""
    record = UPLOADS[number]
    stored, flat = record["stored_path"], record["moved_to"].rpartition("/")[2]
    token = record["response"]["del"].partition("hash=")[2]
    gone = client.get(f"{PAGE}?hash={token}")
    assert_text(gone, missing(stored))
    if number == 24:
        assert_recorded("del_hash_again", gone, FAILED)
    from_bin = old_site.old / record["moved_to"][1:]
    content = from_bin.read_bytes()
    assert client.admin(url=flat, mode="recycle_reimg").json()["msg"] == "恢复成功"
    assert old_site.stored_file(stored).read_bytes() == content and client.get(stored).content == content
    answer = client.get(f"{path}?hash={token}")
    if path == PAGE:
        assert_text(answer, {**record["response_of_delete_link"], "result": "success", "message": "File deleted successfully"})
        assert_recorded("del_hash_ok", answer, DONE)
    else:
        assert answer.json() == {"result": "success", "message": "File deleted successfully", **record["response_of_delete_link"]}
        assert answer.headers["Content-Type"].startswith("application/json")
    assert from_bin.read_bytes() == content
    assert client.get(stored).status_code == 404 and client.get("/uploads" + stored.removeprefix("/i")).status_code == 404


@pytest.mark.parametrize("number", [n for n, upload in UPLOADS.items() if upload["state"] == "stored" and n not in (14, 15)])
def test_every_recorded_link(client, old_site, number):
    record = UPLOADS[number]
    stored = record["stored_path"]
    content = old_site.stored_file(stored).read_bytes()
    assert client.get("/application/thumb.php?img=" + stored).status_code == 200
    token = record["response"]["del"].partition("hash=")[2]
    assert_text(client.get(f"{PAGE}?hash={token if number % 2 else token.replace('=', '%3D')}"), done(stored))
    assert_text(client.get(f"{PAGE}?hash={token.replace('=', '')}"), missing(stored))
    flat = stored.removeprefix("/i/").replace("/", "_")
    assert (old_site.old / "i/recycle" / flat).read_bytes() == content
    for gone in [stored, "/uploads" + stored.removeprefix("/i"), "/i/cache/" + flat]:
        assert client.get(gone).status_code == 404, gone
    assert client.get("/application/thumb.php?img=" + stored).status_code == 404
    assert client.admin(url=flat, mode="recycle_reimg").json()["msg"] == "恢复成功"
    assert old_site.stored_file(stored).read_bytes() == content


def test_small_pictures_of_the_cache_go_too(client, old_site):
    for stored, cached in [("/i/2025/07/28/with-cache.jpg", "2025_07_28_with-cache.jpg"), ("/i/u/2025/07/28/own.jpg", "2025_07_28_own.jpg"),
                           ("/i/u/2025/07/28/flat.jpg", "u_2025_07_28_flat.jpg")]:
        picture(old_site, stored)
        picture(old_site, "/i/cache/" + cached)
        assert client.get("/i/cache/" + cached).status_code == 200
        client.get(f"{PAGE}?hash={delete_token(stored)}")
        assert client.get("/i/cache/" + cached).status_code == 404


def test_the_small_picture_of_another_stays(client, old_site):
    """EasyImages named both the same."""
    for stored in ["/i/2025/07/28/twin.jpg", "/i/anna/2025/07/28/twin.jpg"]:
        picture(old_site, stored)
    upload = client.admin(url="/i/2025/07/28/twin.jpg", mode="recycle")
    assert upload.json()["msg"] == "回收成功"
    assert client.admin(url="2025_07_28_twin.jpg", mode="recycle_reimg").json()["msg"] == "恢复成功"
    picture(old_site, "/i/cache/2025_07_28_twin.jpg")
    assert client.get(f"{PAGE}?hash={delete_token('/i/anna/2025/07/28/twin.jpg')}").json()["code"] == 200
    assert client.get("/i/cache/2025_07_28_twin.jpg").status_code == 200


def test_a_file_without_a_row_is_adopted_first(client, old_site):
    stored = "/i/2025/07/04/put there by hand é.png"
    content = pictures.still("png", 30, 20)
    picture(old_site, stored, content)
    assert_text(client.get(f"{PAGE}?hash={delete_token(stored)}"), done(stored))
    assert old_site.query("SELECT state, type, width, height FROM file WHERE path = ?", stored[3:]) == [(2, "png", 30, 20)]
    assert_text(client.get(f"{PAGE}?hash={delete_token(stored)}"), missing(stored))
    assert client.admin(url=stored[3:].replace("/", "_"), mode="recycle_reimg").json()["msg"] == "恢复成功"
    assert client.get(stored).content == content


def test_old_links_recycle_whatever_the_setting_says(client, old_site):
    stored = "/i/2025/07/04/kept.jpg"
    file = picture(old_site, stored)
    content = file.read_bytes()
    with old_site.setting(recycle="off"):
        answer = client.get(f"{PAGE}?hash={delete_token(stored)}")
        assert_recorded("del_norec_ok", answer, DONE)
        # K 25: a link that deletes for good never tells that it was used before.
        assert_recorded("del_norec_again", client.get(f"{PAGE}?hash={delete_token(stored)}"), DONE)
        assert_recorded("del_norec_garbage", client.get(f"{PAGE}?hash=abcdef"), DONE)
        assert_no_such_link(client.get(f"{V1}?hash={delete_token(stored)}"), stored)
    assert (old_site.old / "i/recycle/2025_07_04_kept.jpg").read_bytes() == content


# Links of ours

def test_new_links_at_both_paths(client, old_site):
    for path in [PAGE, V1]:
        answer = client.uploaded(pictures.jpeg())
        token = answer["del"].partition("hash=")[2]
        stored = answer["url"].removeprefix(client.url)
        response = client.get(f"{path}?hash={token}")
        if path == PAGE:
            assert_text(response, done(stored))
            assert_text(client.get(f"{path}?hash={token}"), missing(stored))
        else:
            assert response.json() == {"result": "success", "code": 200, "message": "File deleted successfully",
                                       **{k: v for k, v in fields(True, "删除成功", stored).items() if k != "code"}}
            assert_no_such_link(client.get(f"{path}?hash={token}"), stored)
        assert client.get(answer["url"]).status_code == 404


def test_new_links_follow_the_setting(client, old_site):
    with old_site.setting(recycle="off"):
        answer = client.uploaded(pictures.jpeg())
        token = answer["del"].partition("hash=")[2]
        assert_text(client.get(f"{PAGE}?hash={token}"), done(answer["url"].removeprefix(client.url)))
        assert_text(client.get(f"{PAGE}?hash={token}"), done(False))
    assert not any(answer["url"].rpartition("/")[2] in name for name in old_site.files("recycle"))


def test_of_two_equal_uploads_the_other_stays(old_site):
    old = OldClient(old_site, new_token(old_site, number=9))
    first, second = (old.api(pictures.jpeg()).json() for _ in range(2))
    assert old.get(first["del"]).json()["code"] == 200
    assert old.get(first["url"]).status_code == 404 and old.get(second["url"]).status_code == 200


# What deletes nothing

def test_head_and_prefetch(client, old_site):
    stored = "/i/2025/07/04/looked-at.jpg"
    file = picture(old_site, stored)
    for path in [PAGE, V1]:
        url = f"{path}?hash={delete_token(stored)}"
        head = client.request("HEAD", url)
        assert head.status_code == 200 and head.content == b"" and file.exists()
        if path == PAGE:
            assert_recorded("del_hash_head", head)
        for name, value in [("Purpose", "prefetch"), ("Sec-Purpose", "prefetch;prerender"), ("X-Moz", "prefetch"), ("X-Purpose", "Prefetch")]:
            answer = client.get(url, headers={name: value})
            assert answer.status_code == 200 and answer.content == b"" and file.exists()
    file.unlink()


def test_without_a_link(client, old_site):
    assert_recorded("del_none", client.get(PAGE))
    assert_recorded("del_none", client.request("POST", PAGE))
    assert_recorded("del_unknown", client.get(PAGE + "?x=1"))
    assert_recorded("del_hash_empty", client.get(PAGE + "?hash="), FAILED)
    assert_recorded("del_hash_garbage", client.get(PAGE + "?hash=abcdef"), FAILED)
    stored = UPLOADS[1]["stored_path"]
    altered = lone_token(token_of(stored, DELETE_KEY)[:-1] + b"x")
    assert_recorded("del_hash_garbage2", client.get(f"{PAGE}?hash={altered}"), {"body": ("F 3", "bytes that were decrypted are never echoed, "
                    "and an empty body is no JSON")})
    # A list of hashes was a status 500 (8: the milder reading).
    assert_text(client.get(f"{PAGE}?hash[]={delete_token(stored)}"), missing())
    # A hash in the body is not seen.
    assert client.request("POST", PAGE, data={"hash": delete_token(stored)}).text == "Permission denied"
    assert_text(client.request("POST", PAGE, data=b""), {**fields(True, "无效请求", None, mode="get"), "icon": "exclamation-sign"})
    assert old_site.stored_file(stored).exists()


PATHS_OUT_OF_THE_TREE = [
    "/config/config.php", "/i/../config/config.php", "/i/../outside.jpg", "/../old/outside.jpg", "/outside.jpg", "/i/2025/../../outside.jpg",
    "/i//2025/07/01/gsb1i5-0.jpg", "/i/./2025/07/01/gsb1i5-0.jpg", "/i/2025/07/01//gsb1i5-0.jpg", "/i/.hidden.jpg", "/i/note.txt", "/i/",
    "/i/2025/07/01", "/i/2025/07/01/", "/i/2025/07/01/link.jpg", "/i/2025/07/01/script.php", "/i/2025/07/01/text.jpg", "/I/2025/07/01/gsb1i5-0.jpg",
    "/i/suspic/2025_07_01_s.jpg", "/i/recycle/../2025/07/01/gsb1i5-0.jpg", "/i/cache/2025_07_04_c.jpg", "/i/CACHE/2025_07_04_c.jpg",
    "/uploads/2025/07/01/gsb1i5-0.jpg", "i/2025/07/01/gsb1i5-0.jpg", "http://127.0.0.1/i/2025/07/01/gsb1i5-0.jpg", "/i/2025/07/01/gsb1i5-0.jpg\0",
    "/i/2025/07/01/gsb1i5-0.jpg\0.png", "/i/2025\\07\\01\\gsb1i5-0.jpg", "/i/2025/07/01/gsb1i5-0.jpg ", "/i/2025/07/01/gsb1i5-0.jpg/x.jpg", "/etc/hostname",
    "/i/" + "a" * 600 + ".jpg", "/i/" + "a/" * 240 + "b.jpg", "/i/\u202e2025/07/01/x.jpg", "/i/<script>alert(1)</script>.jpg",
]


@pytest.mark.parametrize("path", [PAGE, V1])
def test_paths_that_no_link_may_name(client, old_site, canaries, path):
    """Whoever found the key makes a token for any path; all of them name nothing, and nothing that was decrypted comes back."""
    before = sorted(old_site.old.rglob("*"))
    for wanted in PATHS_OUT_OF_THE_TREE:
        old_site.query("DELETE FROM attempt")
        answer = client.get(f"{path}?hash={delete_token(wanted)}")
        if path == PAGE:
            assert_text(answer, missing())
        else:
            assert_no_such_link(answer)
        assert "script" not in answer.text
    assert sorted(old_site.old.rglob("*")) == before


def test_bytes_that_are_no_text(client, old_site, canaries):
    for content in [bytes(range(16)), b"\xff" * 40, b"/i/2025/07/01/\xff\xfe.jpg", b"/i/\xe5\x81.jpg" + b"x" * 9]:
        answer = client.get(f"{PAGE}?hash={lone_token(token_of(content, DELETE_KEY))}")
        assert_text(answer, missing())


def test_another_password_s_links(client, old_site):
    stored = UPLOADS[1]["stored_path"]
    answer = client.get(f"{PAGE}?hash={delete_token(stored, 'f0f7cf98a88d2850079449f61811d4b679bad8ea698b73d3fa5695ef4683293b')}")
    assert_text(answer, missing())
    assert old_site.stored_file(stored).exists()


def test_guessing_is_slow(client, old_site):
    stored = "/i/2025/07/04/late.jpg"
    file = picture(old_site, stored)
    for _ in range(30):
        assert client.get(f"{PAGE}?hash=QUFBQUFBQUFBQUFBQUFBQUFBQUFBQQ==").json()["code"] == 404
    too_many = {**fields(False, "操作过于频繁,请稍后再试", False, code=429), "result": "error", "error": "Too many requests"}
    assert_text(client.get(f"{PAGE}?hash={delete_token(stored)}"), too_many)
    limited = client.get(f"{V1}?hash={delete_token(stored)}")
    old = {"msg": "操作过于频繁,请稍后再试", "type": "danger", "icon": "exclamation-sign", "mode": "delete", "url": False}
    assert_json(limited, 429, {**error(429, "Too many requests"), **old})
    assert 1 <= int(limited.headers["Retry-After"]) <= 60
    assert file.exists()
    # Links of ours cannot be guessed, so nobody waits for them.
    answer = client.uploaded(pictures.jpeg())
    assert client.get(answer["del"]).status_code == 200
    old_site.query("DELETE FROM attempt")
    # What works is no guess.
    for number in range(35):
        picture(old_site, f"/i/2025/07/04/many-{number}.jpg")
        assert client.get(f"{PAGE}?hash={delete_token(f'/i/2025/07/04/many-{number}.jpg')}").json()["code"] == 200
    assert client.get(f"{PAGE}?hash={delete_token(stored)}").json()["code"] == 200


def test_a_new_site_knows_no_old_links(site):
    client = Client(site)
    answer = client.uploaded(pictures.jpeg())
    for secret in ["", "0"]:
        token = delete_token(answer["url"].removeprefix(site.url), secret)
        for _ in range(40):
            assert client.get(f"{PAGE}?hash={token}").json()["code"] == 404
    assert client.get(answer["url"]).status_code == 200


def test_both_web_servers_know_the_paths(old_site):
    for path in [PAGE, V1, "/app/hide.php", "/application/hide.php", "/app/down.php", "/application/down.php"]:
        assert raw.exchange(old_site.port, raw.request("GET", path)).status in (200, 404)
