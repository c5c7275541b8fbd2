"""The logs and the statistics behind the web servers: what was uploaded and who signed in is found there, the numbers are those of SQL, and the
addresses of the replaced program lead there."""

import csv
import io
import re
import time

import pytest

import engines
import pictures
from accounts import session_of
from client import Client
from running_site import Site
from test_login import LOGIN, PASSWORD, add_user

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(scope="module", params=["nginx", "apache-prefix"])
def either(request):
    web, _, prefix = request.param.partition("-")
    with Site(options=["--web", web, *(["--prefix", "/pictures"] if prefix else [])]) as site:
        add_user(site, "keeper", "admin")
        site.imagebed("settings", "set", "record_senders", "on")
        site.imagebed("settings", "set", "anonymous_upload", "on")
        yield site


@pytest.fixture
def keeper(either):
    return {"cookies": session_of(either, "keeper"), "headers": BROWSER}


def number(page, name):
    return re.search(rf"<dt>{name}</dt><dd>([^<]*)</dd>", page.text)[1]


def test_old_addresses_lead_there(either, keeper):
    visitor = Client(either)
    for address, place in {"/app/viewlog.php": "/admin/logs.php", "/app/viewlog.php?login_log": "/admin/logs.php?login_log",
                           "/admin/zui.chart.php": "/admin/chart.php"}.items():
        moved = visitor.get(address, **keeper)
        assert (moved.status_code, moved.headers["Location"].removeprefix(either.url).removeprefix(either.prefix)) == (302, place), address
        there = visitor.get(place, **keeper)
        assert there.status_code == 200 and "<h1>" in there.text
    stranger = visitor.get("/admin/logs.php?log=login", headers=BROWSER)
    assert stranger.status_code == 303 and "/user/login.php?back=" in stranger.headers["Location"]


def test_an_upload_and_an_attempt_are_found(either, keeper):
    visitor = Client(either)
    stored = visitor.request("POST", "/api/v1/upload.php", files={"image": ("=假日\".jpg", pictures.jpeg())}, headers={"User-Agent": "picgo/2"})
    assert stored.json()["result"] == "success"
    for query in ["", "?by=address&q=127.0.0.1", "?by=name&q=假日"]:
        page = visitor.get(f"/admin/logs.php{query}", **keeper).text
        assert "=假日&quot;.jpg</a>" in page and "127.0.0.1 · 网页 · picgo/2" in page, query
    rows = list(csv.reader(io.StringIO(visitor.get("/admin/logs.php?format=csv", **keeper).content.decode("utf-8-sig"))))
    assert rows[0][:2] == ["时间", "原始名称"] and rows[1][1] == "'=假日\".jpg" and rows[1][5:8] == ["127.0.0.1", "picgo/2", "网页"]
    visitor.request("POST", LOGIN, data={"user": "keeper", "password": "wrong"}, headers=BROWSER)
    visitor.request("POST", LOGIN, data={"user": "keeper", "password": PASSWORD}, headers=BROWSER)
    told = either.query("SELECT result, account.name, address FROM sign_in LEFT JOIN account ON account.id = account_id ORDER BY sign_in.id DESC LIMIT 2")
    assert told == [("signed in", "keeper", "127.0.0.1"), ("refused", None, "127.0.0.1")]
    page = visitor.get("/admin/logs.php?log=login", **keeper).text
    assert page.index("登录成功") < page.index("账号或密码错误")


def test_statistics_are_those_of_sql(either, keeper):
    visitor = Client(either)
    for name in ["one", "two", "three"]:
        visitor.request("POST", "/api/v1/upload.php", files={"image": (f"{name}.png", pictures.still("png"))})
    gone = either.query("SELECT max(id) FROM file")[0][0]
    either.query("UPDATE file SET state = 2, deleted_at = 0 WHERE id = ?", gone)
    page = visitor.get("/admin/chart.php", **keeper)
    files, uploads = either.query("SELECT sum(CASE WHEN state = 0 THEN 1 ELSE 0 END), count(*) FROM file")[0]
    assert (number(page, "今日"), number(page, "总数"), number(page, "昨日")) == (str(uploads), str(files), "0")
    for kind, count, size in either.query("SELECT type, count(*), sum(size) FROM file WHERE state = 0 GROUP BY type"):
        row = re.search(rf'<th scope="row">{dict(jpeg="jpg").get(kind, kind)}</th><td class="number">(\d+)</td><td class="number">([\d.]+) (\w+)</td>', page.text)
        assert int(row[1]) == count and abs(float(row[2]) * {"B": 1, "KB": 1024}[row[3]] - size) <= max(size * .06, 1), (kind, size, row[0])
    uploaded = re.search(r"<details class=\"fold\">.*?<tbody>\s*<tr>(.*?)</tr>", page.text, re.DOTALL)[1]
    assert f'<td class="number">{uploads}</td>' in uploaded
    either.query("UPDATE file SET state = 0, deleted_at = NULL WHERE id = ?", gone)


def test_gc_forgets_old_attempts(either):
    for days in [401, 399]:
        either.query("INSERT INTO sign_in (tried_at, result, address, user_agent) VALUES (?, 'refused', '192.0.2.9', '')",
                     int(time.time()) - days * 86_400)
    either.imagebed("gc")
    assert len(either.query("SELECT 1 FROM sign_in WHERE address = '192.0.2.9'")) == 1
    with either.setting(sign_in_days=7):
        either.imagebed("gc")
    assert either.query("SELECT 1 FROM sign_in WHERE address = '192.0.2.9'") == []


def test_a_sign_in_is_answered_although_the_log_is_full(either):
    """The limit of the log removes its oldest rows."""
    visitor = Client(either)
    for number in [0, 5_000_000]:
        engines.skip_ids(either, "sign_in", number)
        assert visitor.request("POST", LOGIN, data={"user": "keeper", "password": PASSWORD}, headers=BROWSER).status_code == 303
    assert either.query("SELECT id, result FROM sign_in") == [(5_000_001, "signed in")]
