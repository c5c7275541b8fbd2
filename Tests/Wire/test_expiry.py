"""Files that expire: how their end is given, where they lie, what caches are told of them, and how they go."""

import datetime
import functools
import json
import re
import time

import pytest

import engines
import pictures
from accounts import account, session_of
from answers import headers_of
from client import Client
from old_forms import failed, new_token, OldClient, succeeded
from running_site import Site
from tus import metadata, Tus

MINUTE = "max-age=60"
YEAR = "public, max-age=31536000, immutable"


@pytest.fixture(scope="module", params=["nginx", "apache"])
def either(request):
    prefix = ["--prefix", "/pictures"] if request.param == "apache" else []
    with Site(options=["--web", request.param, *prefix]) as site:
        yield Client(site)


def let_end(client, stored):
    """As if its time had just come; where a file lies does not change with that."""
    client.site.query("UPDATE file SET expires_at = ? WHERE id = ?", int(time.time()) - 1, stored["id"])


def sweep(client):
    return json.loads(client.site.imagebed("expire", "--json").stdout)


def end_of(client, stored):
    return client.site.query("SELECT expires_at FROM file WHERE id = ?", stored["id"])[0][0]


def cache_of(client, address):
    return headers_of(client.get(address, headers={"Connection": "close"})).get("cache-control")


def test_what_stays_is_answered_as_before(either):
    """Neither the answer nor the list has a member more, and the form of a page may send an empty field."""
    for data in [None, {"expires": ""}]:
        stored = either.uploaded(pictures.photograph(60, 40), data=data)
        assert "expires_at" not in stored and "expires_at" not in either.row_of(stored)
        assert end_of(either, stored) is None and "/expiring/" not in stored["url"]


@pytest.mark.parametrize("given,seconds", [("60", 60), ("PT1H", 3600), ("P1DT30S", 86_430)])
def test_a_term(either, given, seconds):
    before = int(time.time())
    stored = either.uploaded(pictures.photograph(60, 40), data={"expires": given})
    end = end_of(either, stored)
    assert before + seconds <= end <= time.time() + seconds
    told = datetime.datetime.fromtimestamp(end).strftime("%Y-%m-%d %H:%M:%S")
    assert stored["expires_at"] == told and either.row_of(stored)["expires_at"] == told
    assert "/uploads/expiring/" in stored["url"] and either.get(stored["url"]).content == pictures.photograph(60, 40)


def test_a_moment(either):
    stored = either.uploaded(pictures.photograph(60, 40), data={"expires": "2035-12-31T23:59:00+08:00"})
    assert end_of(either, stored) == 2_082_729_540


@pytest.mark.parametrize("given", ["59", "PT59S", "P11Y", "315619201", "1970-01-02", "2000-01-01T00:00:00Z", "2035-02-30", "soon", "P", "-60", "6e1", " 60"])
def test_what_is_no_term(either, given):
    files = either.site.files()
    refused = either.upload(pictures.photograph(60, 40), data={"expires": given})
    assert refused.status_code == 400 and refused.json()["error"] == "Invalid parameter: expires"
    assert refused.json()["detail"] == (
        f"The parameter expires is \"{given}\" ({len(given)} bytes), but must be a number of seconds, a duration such as PT1H or P7D (ISO 8601), "
        "or a date or date-time such as 2030-12-31 or 2030-12-31T23:59:00Z (RFC 3339), from 60 seconds to 10 years from now.")
    assert either.site.files() == files


def test_caches_are_told_a_minute(either):
    stored, other = (either.uploaded(pictures.photograph(600, 400), data=data) for data in [{"expires": "P7D"}, None])
    assert cache_of(either, stored["thumb"]) == MINUTE, "as it is made"
    assert (cache_of(either, stored["url"]), cache_of(either, stored["thumb"])) == (MINUTE, MINUTE)
    download = f"/app/down.php?dw={stored['url'].removeprefix(either.site.url)}"
    assert cache_of(either, download) in (MINUTE, None)
    assert cache_of(either, other["url"]) == YEAR and cache_of(either, other["thumb"]) != MINUTE
    kept = either.get(stored["url"], headers={"If-None-Match": either.get(stored["url"]).headers["ETag"]})
    assert kept.status_code == 304 and headers_of(kept)["cache-control"] == MINUTE


def test_what_has_expired_is_hidden_at_once_and_then_gone(either):
    site = either.site
    stored = either.uploaded(pictures.photograph(600, 400), data={"expires": "PT1H"})
    path = stored["url"].removeprefix(site.url)
    assert either.get(stored["thumb"]).status_code == 200 and any("expiring" in name for name in site.files("thumbs"))
    details = f"/app/info.php?img={path}"
    assert either.get(details).status_code == 200 and sweep(either) == {"removed": 0, "recycled": 0, "retired": 0, "clock_jump": None, "failures": []}
    let_end(either, stored)
    assert stored["id"] not in [row["id"] for row in either.list(per_page=100).json()["data"]]
    assert either.get(details).status_code == 404
    assert either.get(f"/app/down.php?dw={path}").text == "No File"
    # One that nobody has asked for yet is not made any more.
    assert either.get(stored["thumb"] + "&w=77").status_code == 404
    files = site.files("recycle")
    assert sweep(either)["removed"] == 1
    for address in [stored["url"], stored["thumb"], stored["thumb"] + "&w=77"]:
        gone = either.get(address)
        assert gone.status_code == 404 and "max-age" not in headers_of(gone).get("cache-control", "")
    assert not [name for name in site.files("thumbs") if stored["url"].rpartition("/")[2] in name] and site.files("recycle") == files
    assert site.query("SELECT COUNT(*) FROM file WHERE id = ?", stored["id"]) == [(0,)]
    assert either.get(stored["del"]).status_code == 404


def test_a_file_that_was_deleted_before_leaves_the_bin_when_it_ends(either):
    stored = either.uploaded(pictures.photograph(60, 40), data={"expires": "PT1H"})
    assert either.get(stored["del"]).status_code == 200
    either.site.query("UPDATE file SET deleted_at = deleted_at - 9 WHERE id = ?", stored["id"])
    assert sweep(either)["removed"] == 0 and any(stored["url"].rpartition("/")[2] in name for name in either.site.files("recycle"))
    let_end(either, stored)
    assert sweep(either)["removed"] == 1 and not any(stored["url"].rpartition("/")[2] in name for name in either.site.files("recycle"))


def test_a_copy_that_expires_is_no_duplicate(either):
    """Neither way: one who wants a file to stay gets no file that ends, and the other way round."""
    with either.site.setting(deduplicate="on"):
        content = pictures.photograph(61, 41)
        ending = either.uploaded(content, data={"expires": "PT1H"})
        staying = either.uploaded(content)
        again = either.uploaded(content, data={"expires": "PT1H"})
        assert len({ending["id"], staying["id"], again["id"]}) == 3
        assert either.uploaded(content)["id"] == staying["id"]


def test_a_key_stands_for_one_term(either):
    """A repetition with the same term is the same upload, whenever it comes; another term is another upload."""
    headers, content = {"Idempotency-Key": "expiry-0123456789"}, pictures.photograph(62, 41)
    first = either.uploaded(content, headers=headers, data={"expires": "PT1H"})
    assert either.uploaded(content, headers=headers, data={"expires": "3600"}) == first
    for data in [{"expires": "PT2H"}, None]:
        other = either.upload(content, headers=headers, data=data)
        assert (other.status_code, other.json()["error"]) == (422, "Idempotency-Key was used for another upload")


def test_a_clock_that_jumped_loses_nothing(either):
    """Addresses end, because the clock may be right; what lay there is in the recycle bin, because it may be wrong."""
    site = either.site
    stored = either.uploaded(pictures.photograph(60, 40), data={"expires": "PT1H"})
    let_end(either, stored)
    site.query("UPDATE counter SET value = value - 8 * 86400 WHERE name = 'last_end expire'")
    done = site.imagebed("expire", check=False)
    assert done.returncode == 1 and "the clock is 8 days after the last run: is it right? 1 files" in done.stderr
    assert either.get(stored["url"]).status_code == 404
    site.query("UPDATE file SET expires_at = expires_at + 7200 WHERE id = ?", stored["id"])
    site.imagebed("file", "restore", str(stored["id"]))
    assert either.get(stored["url"]).status_code == 200 and cache_of(either, stored["url"]) == MINUTE
    site.query("DELETE FROM counter WHERE name = 'clock_doubted_until'")


def test_the_doctor_tells_of_what_should_be_gone(either):
    stored = either.uploaded(pictures.photograph(60, 40), data={"expires": "PT1H"})
    either.site.query("UPDATE file SET expires_at = ? WHERE id = ?", int(time.time()) - 400, stored["id"])
    told = either.site.imagebed("doctor", check=False).stdout
    assert f"expiry: 1 files whose time is over are still there, the first is {stored['url'].partition('/uploads/')[2]}" in told
    assert either.site.imagebed("expire").stdout == "1 files that had expired were removed\n"
    assert either.site.imagebed("expire", "--unattended").stdout == ""
    assert "expiry: nothing is left" in either.site.imagebed("doctor", check=False).stdout


# Resumable uploads, EasyImages' forms, and the page

def resumable(client, content, dialect=None, expires="PT1H", **headers):
    tus = Tus(client.site, client.key if dialect is None else None)
    values = {"filename": "a.jpg", **({"dialect": dialect} if dialect else {}), **({"expires": expires} if expires else {})}
    return tus, tus.send("POST", "/api/v1/tus.php", **{"Upload-Length": str(len(content)), "Upload-Metadata": metadata(**values), **headers})


@pytest.mark.parametrize("dialect", [None, "app"])
def test_a_resumable_upload(either, dialect):
    """The term begins when the file is stored; the answer is that of its dialect."""
    content = pictures.photograph(63, 41)
    with either.site.setting(anonymous_upload="on", uploads_path="/uploads/"):
        tus, begun = resumable(either, content, dialect)
        address = begun.headers["Location"]
        before = int(time.time())
        assert tus.patch(address, 0, content).status_code == 204
        told = tus.told(address)
    assert told["state"] == "stored" and "/uploads/expiring/" in told["url"]
    (end,), = either.site.query("SELECT expires_at FROM file ORDER BY id DESC LIMIT 1")
    assert before + 3600 <= end <= time.time() + 3600
    assert told["expires_at"] == datetime.datetime.fromtimestamp(end).strftime("%Y-%m-%d %H:%M:%S")


def test_a_resumable_upload_with_no_term(either):
    content = pictures.photograph(63, 41)
    for given in ["59", "soon"]:
        _, refused = resumable(either, content, expires=given)
        assert (refused.status_code, refused.json()["error"]) == (400, "Invalid parameter: expires")
    key = {"Idempotency-Key": "expiry-of-resumable-01"}
    first = resumable(either, content, expires="P1D", **key)[1].headers["Location"]
    assert resumable(either, content, expires="86400", **key)[1].headers["Location"] == first
    for other in ["P2D", None]:
        assert resumable(either, content, expires=other, **key)[1].status_code == 422


@pytest.mark.parametrize("way", ["page", "api"])
def test_an_old_form(either, way):
    content = pictures.photograph(64, 41)
    with either.site.setting(anonymous_upload="on", token_upload="on", thumbnail_mode="upload", uploads_path="/uploads/"):
        old = OldClient(either.site, new_token(either.site, name=f"expiring-{way}") if way == "api" else None)
        fields = {"token": old.token} if way == "api" else {"sign": str(int(time.time()))}
        send = functools.partial(getattr(old, way), content)
        answer = succeeded(send(fields={**fields, "expires": "PT1H"}))
        assert "/uploads/expiring/" in answer["url"] and answer["expires_at"]
        assert "expires_at" not in succeeded(send(fields=fields))
        refused = failed(send(fields={**fields, "expires": "tomorrow"}))
        assert refused["code"] == 400 and refused["message"] == "expires 无效: tomorrow; 请用秒数, 时长 (PT1H, P7D) 或日期, 从 60 秒到 10 年"
        assert cache_of(either, answer["url"]) == MINUTE and cache_of(either, answer["thumb"]) == MINUTE
        assert not [name for name in either.site.files() if name.startswith("cache/expiring")]


def test_the_page_without_scripts(either):
    """The choice begins with never, and is read before the buttons that begin an upload."""
    with either.site.setting(anonymous_upload="on", uploads_path="/uploads/"):
        page = either.get("/").text
        options = re.findall(r'<option value="([^"]*)">([^<]+)</option>', page.partition('<select name="expires">')[2].partition("</select>")[0])
        assert page.index('<select name="expires">') < page.index('<input type="file" id="files"')
        assert [value for value, _ in options] == ["", "PT1H", "P1D", "P7D", "P30D"] and "selected" not in page.partition('<select name="expires">')[2][:600]
        for value, seconds in [("", None), ("P7D", 604_800)]:
            sent = either.request("POST", "/", data={"expires": value}, files={"file": ("a.jpg", pictures.photograph(65, 41))})
            assert sent.status_code == 200 and "/uploads/" in sent.text
            (end,), = either.site.query("SELECT expires_at FROM file ORDER BY id DESC LIMIT 1")
            assert end is None if seconds is None else abs(end - time.time() - seconds) < 60
        path, = either.site.query("SELECT path FROM file ORDER BY id DESC LIMIT 1")[0]
        details = either.get(f"/app/info.php?img=/uploads/{path}").text
        assert datetime.datetime.fromtimestamp(end).strftime("%Y-%m-%d %H:%M:%S") in details


@pytest.mark.parametrize("days,values", [
    (0, ["", "PT1H", "P1D", "P7D", "P30D"]), (1, ["", "PT1H"]), (7, ["", "PT1H", "P1D"]), (8, ["", "PT1H", "P1D", "P7D"]),
    (31, ["", "PT1H", "P1D", "P7D", "P30D"])])
def test_visitors_are_promised_what_retention_keeps(either, days, values):
    visitor = Client(either.site)
    with either.site.setting(anonymous_upload="on", anonymous_retention_days=days):
        for language, first, says in [("zh-CN", f"{days} 天", f"访客上传的文件最多保留 {days} 天"), ("zh-TW", f"{days} 天", f"訪客上傳的檔案最多保留 {days} 天"),
                                      ("en", f"{days} day" + "s" * (days > 1), f"Files of visitors are kept for at most {days} day" + "s" * (days > 1))]:
            page = visitor.get(f"/?lang={language}").text
            choice = page.partition('<select name="expires"')[2].partition("</select>")[0]
            options = re.findall(r'<option value="([^"]*)">([^<]+)</option>', choice)
            assert [value for value, _ in options] == values
            assert (says in page, options[0][1] == first, "longest" in choice) == ((days > 0,) * 3)


def test_accounts_have_no_end_by_retention(either):
    with either.site.setting(anonymous_upload="on", anonymous_retention_days=7):
        page = either.get("/", cookies=session_of(either.site, "anna")).text
        assert '<option value="">永久</option>' in page and "访客上传的文件最多保留" not in page


def test_lists_of_own_and_of_all_files_tell_the_end(either):
    """The gallery does not: it is for other people."""
    stored, other = (either.uploaded(pictures.photograph(60, 40), data=data) for data in [{"expires": "P7D"}, None])
    number, site = account(either.site, "anna"), either.site
    site.query("UPDATE file SET account_id = ?, original_name = 'lake.jpg' WHERE id IN (?, ?)", number, stored["id"], other["id"])
    anna, admin = session_of(site, "anna"), session_of(site, "chief", "admin")
    for language, says in [("zh-CN", "到期时间"), ("zh-TW", "到期時間"), ("en", "Expires")]:
        for path, cookies, tells in [("/user/files.php", anna, True), ("/admin/files.php", admin, True), ("/app/list.php", anna, False)]:
            page = either.get(f"{path}?lang={language}&q=lake.jpg", cookies=cookies).text
            cards = {id: page.partition(f'id="f{id}"')[2].partition("</li>")[0] for id in (stored["id"], other["id"])}
            line = f"{says} {stored['expires_at']}"
            assert all(cards.values()) and (line in cards[stored["id"]], says in cards[other["id"]]) == (tells, False), (path, cards)


# Uploads without an account

@pytest.fixture
def visitors(either):
    """Uploads of visitors, the oldest first, and one of an account; no other is there."""
    site = either.site
    site.query("DELETE FROM file WHERE account_id IS NULL")
    with site.setting(anonymous_upload="on", uploads_path="/uploads/"):
        ids = []
        for number in range(5):
            either.request("POST", "/", files={"file": ("a.jpg", pictures.photograph(70 + number, 41))})
            ids.append(site.query("SELECT MAX(id) FROM file")[0][0])
        site.query("UPDATE file SET created_at = created_at - 400 * 86400 WHERE id IN (?, ?)", ids[0], ids[1])
        owned = either.uploaded(pictures.photograph(80, 41))
        site.query("UPDATE file SET created_at = created_at - 400 * 86400 WHERE id = ?", owned["id"])
        yield ids
    assert either.get(owned["url"]).status_code == 200, "an account's"


def states(client, ids):
    return [client.site.query("SELECT state FROM file WHERE id = ?", number)[0][0] for number in ids]


@pytest.mark.parametrize("limit,states_then", [
    ({}, [0, 0, 0, 0, 0]), ({"anonymous_retention_days": 399}, [2, 2, 0, 0, 0]), ({"anonymous_retention_days": 401}, [0, 0, 0, 0, 0]),
    ({"anonymous_retention_files": 2}, [2, 2, 2, 0, 0]), ({"anonymous_retention_files": 5}, [0, 0, 0, 0, 0]),
    ({"anonymous_retention_files": 4, "anonymous_retention_days": 399}, [2, 2, 0, 0, 0]),
])
def test_retention(either, visitors, limit, states_then):
    site = either.site
    with site.setting(**limit):
        assert sweep(either)["retired"] == states_then.count(2)
        assert states(either, visitors) == states_then and sweep(either)["retired"] == 0
    path, = site.query("SELECT path FROM file WHERE id = ?", visitors[0])[0]
    assert either.get("/uploads/" + path).status_code == (404 if states_then[0] else 200)


def test_retention_by_bytes(either, visitors):
    sizes = [either.site.query("SELECT size FROM file WHERE id = ?", number)[0][0] for number in visitors]
    with either.site.setting(anonymous_retention_bytes=sum(sizes[2:])):
        assert sweep(either)["retired"] == 2 and states(either, visitors) == [2, 2, 0, 0, 0]


def test_a_timer_looks_every_ten_minutes_and_trusts_no_clock_that_jumped(either, visitors):
    site = either.site
    site.imagebed("expire")
    with site.setting(anonymous_retention_files=1):
        site.query("UPDATE counter SET value = value - 8 * 86400 WHERE name = 'last_end expire'")
        assert sweep(either)["retired"] == 0
        site.query("DELETE FROM counter WHERE name = 'clock_doubted_until'")
        site.query("INSERT INTO counter VALUES ('retained_at', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", int(time.time()))
        assert site.imagebed("expire", "--unattended").stdout == "" and states(either, visitors) == [0] * 5
        site.query("UPDATE counter SET value = value - 600 WHERE name = 'retained_at'")
        said = site.imagebed("expire", "--unattended").stdout
        assert said == "0 files that had expired were removed; 4 uploads without an account were beyond the limits of retention\n"
        assert states(either, visitors) == [2, 2, 2, 2, 0]
