"""The administrator's page of everybody's files behind the web servers: old addresses lead there, each filter finds what was really uploaded, and
only administrators reach it."""

import os
import re
import signal

import pytest

import pictures
from accounts import account, form_token, session_of
from client import Client
from running_site import Site, until

PAGE = "/admin/files.php"
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(scope="module", params=["nginx", "apache-prefix"])
def either(request):
    web, _, prefix = request.param.partition("-")
    with Site(options=["--web", web, *(["--prefix", "/pictures"] if prefix else [])]) as site:
        account(site, "keeper", "admin")
        site.imagebed("settings", "set", "record_senders", "on")
        site.imagebed("settings", "set", "anonymous_upload", "on")
        yield site


@pytest.fixture
def keeper(either):
    return {"cookies": session_of(either, "keeper"), "headers": BROWSER}


def shown(site, keeper, query=""):
    page = Client(site).get(f"{PAGE}?{query}", **keeper)
    assert page.status_code == 200, page.text
    return [int(number) for number in re.findall(r'<li class="card" id="f(\d+)"', page.text)]


def newest(site):
    return site.query("SELECT max(id) FROM file")[0][0]


def send(site, keeper, fields, address=PAGE, **headers):
    fields = [("form_token", form_token(keeper["cookies"])), *fields]
    return Client(site).request("POST", address, data=fields, cookies=keeper["cookies"], headers={**BROWSER, **headers})


def test_old_addresses_lead_there(either, keeper):
    visitor = Client(either)
    for address, place in {"/admin/manager.php": PAGE, "/admin/filer.php?p=2025/07/04": PAGE + "?p=2025/07/04", "/admin/filer.php?p=&upload": PAGE + "?p=&upload"}.items():
        moved = visitor.get(address, **keeper)
        assert (moved.status_code, moved.headers["Location"].removeprefix(either.url).removeprefix(either.prefix)) == (302, place), address
        there = visitor.get(place, **keeper)
        assert there.status_code == 200 and "<h1>文件</h1>" in there.text
    assert 'name="folder" value="2025/07/04"' in visitor.get(PAGE + "?p=2025/07/04", **keeper).text
    stranger = visitor.get(PAGE + "?folder=2025/07/04", headers=BROWSER)
    assert stranger.status_code == 303 and "/user/login.php?back=" in stranger.headers["Location"]
    uploader = visitor.get(PAGE, cookies=session_of(either, "uploader"), headers=BROWSER)
    assert uploader.status_code == 403 and visitor.get(PAGE, headers={"X-API-Key": either.key, **BROWSER}).status_code in (303, 401, 403)


def test_each_filter_finds_what_was_uploaded(either, keeper):
    client = Client(either)
    client.uploaded(pictures.jpeg(seed=1), "by key.jpg")
    by_key, owner = newest(either), either.query("SELECT name FROM account JOIN file ON account_id = account.id ORDER BY file.id DESC LIMIT 1")[0][0]
    stored = Client(either, "").request("POST", "/api/v1/upload.php", files={"image": ("假日 by page.png", pictures.still("png"))})
    assert stored.json()["result"] == "success"
    by_page, address = newest(either), stored.json()["url"]
    number, path = either.query("SELECT way, path FROM upload_record JOIN file ON id = file_id WHERE id = ?", by_key)[0]
    found = {query: [one for one in shown(either, keeper, query) if one in (by_key, by_page)] for query in [
        "way=web", "way=key", f"way={number}", "owner=-", f"owner={owner}", "type=png", "type=image", f"q={address}", "q=假日", "address=127.0.0.1", "address=192.0.2.1",
        "folder=" + path.rpartition("/")[0], "folder=2001/01", "q=假日&way=key", "unlisted=1", "address=127.0.0.1&way=key&type=jpg", "order=oldest"]}
    both, other = [by_page, by_key], {by_key: "jpg", by_page: "png"}
    assert found.pop("folder=" + path.rpartition("/")[0]) in (both, both[::-1])
    assert found == {
        "way=web": [by_page], "way=key": [by_key], f"way={number}": [by_key], "owner=-": [by_page], f"owner={owner}": [by_key], "type=png": [by_page], "type=image": both,
        f"q={address}": [by_page], "q=假日": [by_page], "address=127.0.0.1": both, "address=192.0.2.1": [], "folder=2001/01": [], "q=假日&way=key": [], "unlisted=1": [],
        "address=127.0.0.1&way=key&type=jpg": [by_key], "order=oldest": both[::-1]}, other
    assert send(either, keeper, [("action", "hide"), ("id[]", by_key)]).status_code == 303
    assert shown(either, keeper, "unlisted=1") == [by_key] and shown(either, keeper, f"unlisted=1&owner={owner}") == [by_key]


def test_selected_files_to_the_bin_and_back(either, keeper):
    client = Client(either)
    urls = [client.uploaded(pictures.jpeg(seed=seed), f"{seed}.jpg")["url"] for seed in (11, 12)]
    ids = [newest(either) - 1, newest(either)]
    told = send(either, keeper, [("action", "recycle"), *[("id[]", one) for one in [*ids, 999_999]]], Accept="application/json").json()
    assert told["done"] == ids and told["failed"] == [{"id": 999_999, "error": "no such file"}]
    assert [client.get(url).status_code for url in urls] == [404, 404]
    assert set(ids) <= set(shown(either, keeper, "in=recycle"))
    page = client.get(f"{PAGE}?in=recycle", **keeper).text
    assert "原位置 " + either.query("SELECT path FROM file WHERE id = ?", ids[0])[0][0] in page
    assert send(either, keeper, [("action", "restore")], f"{PAGE}?only={ids[0]}").status_code == 303
    assert [client.get(url).status_code for url in urls] == [200, 404]
    assert send(either, keeper, [("action", "delete"), ("id[]", ids[1])]).status_code == 303
    assert either.query("SELECT 1 FROM file WHERE id = ?", ids[1]) == []


def test_forms_of_others_are_refused(either, keeper):
    Client(either).uploaded(pictures.jpeg(seed=21), "kept.jpg")
    file = newest(either)
    form = [("action", "delete"), ("id[]", file)]
    other = {"cookies": session_of(either, "uploader"), "headers": BROWSER}
    assert send(either, other, form).status_code == 403
    assert Client(either).request("POST", PAGE, data=form, **keeper).status_code == 403
    assert send(either, keeper, form, Origin="https://evil.example").status_code == 403
    assert send(either, keeper, [("action", "hide"), *[("id[]", 999_999)] * 1_001]).status_code == 400
    assert file in shown(either, keeper)


@pytest.mark.parametrize("query, said", [
    ("owner=nobody-there", "没有账号"), ("way=x", "上传方式要是"), ("address=1.2.3", "这不是 IP 地址"), ("folder=a/../b", "这不能是文件夹"), ("type=exe", "没有这种类型"),
    ("q=" + "x" * 101, "搜索最多 100 个字符"),
])
def test_what_cannot_be_is_told(either, keeper, query, said):
    page = Client(either).get(f"{PAGE}?{query}", **keeper)
    assert page.status_code == 422 and said in page.text and 'class="card"' not in page.text


@pytest.mark.parametrize("cursor", ["AAAA", "_" * 23, "BQAAAAAAAAAAAAAAAAAAAAAAL2V0Yy9wYXNzd2Q", "%00", "a" * 900, "BAAAAAAAAAAAf_________8"])
def test_forged_places_lead_to_the_beginning(either, keeper, cursor):
    for query in ["", "folder=videos&", "in=recycle&"]:
        page = Client(either).get(f"{PAGE}?{query}before={cursor}", **keeper)
        assert page.status_code == 200 and "passwd" not in page.text.replace(cursor, "")


# All files of a list

MANY = 1_300
ROWS = """
    WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?)
    INSERT INTO file (path, original_name, type, kind, size, sha256, sent_sha256, created_at)
    SELECT 'many/' || n || '.ico', 'many ' || n, 'ico', 'image', n, x'', x'', 1600000000 + n FROM number"""


def begin(site, keeper, action, filters, **more):
    answer = send(site, keeper, [("action", action), ("filter", filters), *more.items()])
    assert (answer.status_code, answer.headers["Location"].removeprefix(site.prefix)) == (303, PAGE + "?task=1")


def go_on(site, keeper):
    answer = send(site, keeper, [("action", "go_on")], Accept="application/json")
    assert answer.status_code == 200
    return answer.json()


def test_all_files_of_a_filter_in_pieces(either, keeper):
    """What is uploaded meanwhile is not touched, and a program that is killed loses nothing of what was done."""
    either.query(ROWS, MANY)
    either.imagebed("index", "--rebuild")
    question = Client(either).get(f"{PAGE}?folder=many&all=1", **keeper).text
    assert f"共 {MANY} 个文件" in question
    begin(either, keeper, "hide", "folder=many")
    Client(either).uploaded(pictures.jpeg(seed=31), "meanwhile.jpg")
    late = newest(either)
    either.query("UPDATE file SET path = 'many/late.jpg' WHERE id = ?", late)
    states = [go_on(either, keeper)]
    page = Client(either).get(PAGE + "?task=1", **keeper).text
    assert "批量操作" in page and "已不列出" in page
    if not states[0]["over"]:
        assert "有一个批量操作还没有完成" in Client(either).get(PAGE, **keeper).text
    for process in either.responders("admin-files"):
        os.kill(int(process), signal.SIGKILL)
    until(lambda: Client(either).get(PAGE + "?task=1", **keeper).status_code == 200)
    while not states[-1]["over"]:
        states.append(go_on(either, keeper))
    assert [state["done"] for state in states] == sorted(state["done"] for state in states) and states[-1]["done"] == MANY and states[-1]["failed"] == 0
    assert either.query("SELECT count(*) FROM file WHERE path LIKE 'many/%' AND is_public = 0") == [(MANY,)]
    assert either.query("SELECT is_public FROM file WHERE id = ?", late) == [(1,)]
    begin(either, keeper, "recycle", "folder=many&unlisted=1")
    while not go_on(either, keeper)["over"]:
        pass
    assert either.query("SELECT count(*) FROM file WHERE path LIKE 'many/%' AND state = 2") == [(MANY,)]
    refused = send(either, keeper, [("action", "delete"), ("filter", "in=recycle"), ("word", "清")])
    assert refused.status_code == 422 and "请输入“清空”" in refused.text
    begin(either, keeper, "delete", "in=recycle", word="清空")
    while not (state := go_on(either, keeper))["over"]:
        pass
    assert state["failed"] == 0
    assert either.query("SELECT count(*) FROM file WHERE state = 2") == [(0,)] and either.query("SELECT state FROM file WHERE id = ?", late) == [(0,)]


def test_tasks_of_others_and_forged_ones(either, keeper):
    other = {"cookies": session_of(either, "second", "admin"), "headers": BROWSER}
    begin(either, keeper, "hide", "folder=none")
    assert Client(either).get(PAGE + "?task=1", **other).status_code == 303, "each has one of their own"
    uploader = {"cookies": session_of(either, "uploader"), "headers": BROWSER}
    for fields in [[("action", "go_on")], [("action", "delete"), ("filter", ""), ("word", "删除")]]:
        assert send(either, uploader, fields).status_code == 403
        assert send(either, keeper, fields, Origin="https://evil.example").status_code == 403
    assert send(either, keeper, [("action", "delete"), ("filter", "owner=nobody-there"), ("word", "删除")]).status_code == 422
    assert send(either, keeper, [("action", "restore"), ("filter", "")]).status_code == 400
