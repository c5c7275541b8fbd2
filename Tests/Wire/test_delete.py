# Delete links: once, at once, and only when somebody means it.

import pytest

import pictures
import raw
from answers import assert_json, assert_no_such_link
from client import Client
from running_site import until

PREFETCHES = [{"Purpose": "prefetch"}, {"Sec-Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}, {"X-Moz": "prefetch"}]


@pytest.fixture
def answer(client):
    return client.uploaded(pictures.jpeg(300, 200), "to go.jpg")


def deleted(answer, site):
    return {
        "result": "success", "code": 200, "message": "File deleted successfully", "msg": "删除成功", "type": "success",
        "icon": "ok-sign", "mode": "delete", "url": answer["url"].removeprefix(site.url),
    }


def test_once(client, site, answer):
    assert_json(client.get(answer["del"]), 200, deleted(answer, site))
    for _ in range(2):
        assert_no_such_link(client.get(answer["del"]), answer["url"].removeprefix(site.url))


def test_post_with_the_hash_in_the_query(client, site, answer):
    assert_json(client.request("POST", answer["del"]), 200, deleted(answer, site))


def test_everything_is_gone_at_once(client, site, answer):
    thumbnail = client.get(answer["thumb"])
    assert thumbnail.status_code == 200
    path = answer["url"].partition("/uploads/")[2]
    content = site.stored(answer["url"]).read_bytes()
    client.get(answer["del"])
    assert client.get(answer["url"]).status_code == 404
    assert client.get(answer["thumb"]).status_code == 404
    assert not any(path in name for name in site.files("thumbs"))
    assert path not in site.files("uploads")
    assert path not in [row["file_path"] for row in client.list(per_page=100).json()["data"]]
    # Nothing is lost: the bytes are in the recycle bin.
    assert (site.data / "recycle" / path.replace("/", "_")).read_bytes() == content


def test_head_never_deletes(client, answer):
    response = client.request("HEAD", answer["del"])
    assert (response.status_code, response.content) == (200, b"")
    assert client.get(answer["url"]).status_code == 200


@pytest.mark.parametrize("headers", PREFETCHES)
def test_prefetch_never_deletes(client, site, answer, headers):
    client.get(answer["del"], headers=headers)
    assert client.get(answer["url"]).status_code == 200
    assert_json(client.get(answer["del"]), 200, deleted(answer, site))


@pytest.mark.parametrize("spelt", ["?hash={}=", "?hash={}%3D", "?hash%3D{}", "?hash%3d{}"])
@pytest.mark.parametrize("page", ["/application/del.php", "/app/del.php"])
def test_links_as_other_programs_spell_them(client, answer, page, spelt):
    """With the padding of base 64, and with the equals sign encoded as well."""
    token = answer["del"].partition("?hash=")[2]
    response = client.get(page + spelt.format(token))
    assert (response.status_code, response.json()["code"], response.json()["msg"]) == (200, 200, "删除成功")
    assert client.get(answer["url"]).status_code == 404


def test_tampered_links(client, site, answer):
    base, _, token = answer["del"].partition("?hash=")
    flipped = ("B" if token[5] != "B" else "C")
    for wrong in [token[:-1], token + "A", token[:5] + flipped + token[6:], token.swapcase(), token[::-1], token + "==", token[:-1] + "=",
                  "../" + token, token + "%00", "%2e%2e%2f" + answer["url"].partition("/uploads/")[2]]:
        assert_no_such_link(client.get(f"{base}?hash={wrong}"))
    assert client.get(answer["url"]).status_code == 200


def test_links_differ_and_do_not_reach_others(client):
    first, second = (client.uploaded(pictures.jpeg(seed=5)) for _ in range(2))
    assert first["del"] != second["del"] and first["url"] != second["url"]
    client.get(first["del"])
    assert client.get(second["url"]).status_code == 200


def test_link_survives_a_password_change(client, site, answer):
    changed = site.imagebed("user", "password", site.first_run["ADMIN_USER"], check=False)
    assert changed.returncode == 0, changed.stderr
    assert_json(client.get(answer["del"]), 200, deleted(answer, site))


def test_link_survives_a_restart(new_site):
    from running_site import Site
    running = new_site()
    gone = Client(running).uploaded(pictures.jpeg())
    token = gone["del"].partition("?hash=")[2]
    running.stop()
    again = Site(data=running.data)
    with again:
        assert Client(again).get(f"/application/del.php?hash={token}").json()["message"] == "File deleted successfully"


def test_two_at_the_same_time(client, site, answer):
    """One of many simultaneous calls deletes, the others are told so."""
    from concurrent.futures import ThreadPoolExecutor
    wire = raw.request("GET", site.prefix + answer["del"].removeprefix(site.url))
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: client.raw(wire).status, range(8)))
    assert sorted(answers) == [200] + [404] * 7


def test_recycle_bin_is_emptied_by_gc(client, site, answer):
    client.get(answer["del"])
    name = answer["url"].partition("/uploads/")[2].replace("/", "_")
    assert name in site.files("recycle")
    site.imagebed("gc")
    assert name in site.files("recycle"), "before its days are over"
    with site.setting(recycle_days=0):
        site.imagebed("gc")
    assert name not in site.files("recycle")
    assert client.get(answer["url"]).status_code == 404


# Where a crash can interrupt a deletion: whether the file is still among the uploads, and whether it is in the recycle bin.
INTERRUPTIONS = {"before the move": (True, False), "in the middle of it": (True, True), "after it": (False, True), "lost": (False, False)}


@pytest.mark.parametrize("name", INTERRUPTIONS)
def test_interrupted_deletion_is_finished_at_the_next_start(new_site, name):
    """And whatever became of the file, the site starts."""
    site = new_site()
    client = Client(site)
    answer = client.uploaded(pictures.jpeg())
    path = answer["url"].partition("/uploads/")[2]
    source, target = site.uploads / path, site.data / "recycle" / path.replace("/", "_")
    in_uploads, in_recycle_bin = INTERRUPTIONS[name]
    site.stop()
    if in_recycle_bin:
        target.hardlink_to(source)
    if not in_uploads:
        source.unlink()
    site.query("UPDATE file SET state = 1, deleted_at = 1 WHERE id = ?", answer["id"])
    site.start()
    assert client.upload(pictures.jpeg()).status_code == 200
    assert client.get("/uploads/" + path).status_code == 404
    assert client.get(answer["del"]).status_code == 404
    assert target.exists() == (name != "lost") and not source.exists()
    assert name == "lost" or site.query("SELECT state FROM file WHERE id = ?", answer["id"]) == [(2,)]
