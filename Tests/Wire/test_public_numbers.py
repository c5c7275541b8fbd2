# The site's numbers as plain text, compared with the recorded answers of the replaced program.

import os
import re
import time

import pytest

from answers import headers_of
from client import Client
from running_site import Site
from test_pages import add_file
from transcripts import TRANSCRIPTS, assert_recorded

PATH = "/api/public.php"
NUMBER = ("C 38", "another number")


@pytest.fixture(scope="module")
def site():
    """With numbers that no other test changes."""
    with Site() as running:
        running.imagebed("settings", "set", "public_numbers", "on")
        now = int(time.time())
        for path, created in [("2001/01/01/a.png", 0), ("2026/x.png", now), ("2026/y.png", now), ("z.png", now - 86_400)]:
            add_file(running, path, created=created)
        yield running


@pytest.fixture
def client(site):
    site.query("DELETE FROM site_numbers")
    return Client(site)


def number(client, name):
    response = client.get(f"{PATH}?show={name}")
    assert response.status_code == 200, response.text
    return response.text


def test_refusals(client, site):
    with site.setting(public_numbers="off"):
        assert_recorded("pub_off", client.get(PATH + "?show=time"))
    assert_recorded("pub_none", client.get(PATH))
    assert_recorded("pub_bad", client.get(PATH + "?show=zzz"))
    with site.setting(public_numbers_list="time,today"):
        assert_recorded("pub_notlisted", client.get(PATH + "?show=file"))
    assert_recorded("pub_post", client.request("POST", PATH, data={"show": "time"}))


def test_numbers(client, site):
    assert_recorded("pub_time", client.get(PATH + "?show=time"))
    assert_recorded("pub_today", client.get(PATH + "?show=today"), {"body": NUMBER})
    assert_recorded("pub_yesterday", client.get(PATH + "?show=yesterday"), {"body": NUMBER})
    assert_recorded("pub_image_used", client.get(PATH + "?show=image_used"), {"body": NUMBER})
    assert_recorded("pub_file", client.get(PATH + "?show=file"), {"body": ("C 38", "neither the recycle bin nor thumbnails count")})
    assert_recorded("pub_dir", client.get(PATH + "?show=dir"), {"body": ("C 38", "folders in which public files lie")})
    assert_recorded("pub_month", client.get(PATH + "?show=month"), {"body": NUMBER})
    for name in ["pub_total_space", "pub_used_space", "pub_free_space"]:
        answer = client.get(f"{PATH}?show={name.removeprefix('pub_')}")
        assert re.fullmatch(r"[\d.]+(bytes|KB|MB|GB)", answer.text)
        # Another disk, which may by chance be as large as the recorded one.
        assert_recorded(name, answer, body=TRANSCRIPTS[name]["body"])
    assert [number(client, name) for name in ["today", "yesterday", "file", "dir"]] == ["2", "1", "4", "4"]
    assert number(client, "month") == '"2" ,"1" ,' + '"0" ,' * 28
    sizes = sum(path.stat().st_size for path in site.uploads.rglob("*.png"))
    assert number(client, "image_used") == f"{round(sizes / 1024, 2):g}KB"
    disk = os.statvfs(site.uploads)
    assert number(client, "total_space") == f"{round(disk.f_blocks * disk.f_frsize / 2 ** 30, 2):g}GB"


def test_a_name_that_nobody_knows(client, site):
    with site.setting(public_numbers_list="zzz, time"):
        assert_recorded("pub_zzz", client.get(PATH + "?show=zzz"))
        assert number(client, "time")


def test_numbers_are_kept(client, site):
    before = number(client, "file")
    add_file(site, "2001/01/01/kept.png")
    assert number(client, "file") == before
    with site.setting(numbers_hours="0"):
        assert number(client, "file") == str(int(before) + 1)


def test_answer(client):
    seen = headers_of(client.get(PATH + "?show=time"))
    assert seen["content-type"] == "text/html;charset=utf-8" and seen["x-content-type-options"] == "nosniff"
    assert seen["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert client.get(PATH + '?show=<script>').text == "没有权限或参数错误!"
    assert client.request("HEAD", PATH).status_code == 400
    assert client.request("PUT", PATH).status_code == 405


def test_failures_tell_nothing(client, site):
    site.query("ALTER TABLE file RENAME TO elif")
    try:
        answer = client.get(PATH + "?show=today")
        assert (answer.status_code, answer.text) == (500, "发生错误: 暂时无法统计")
        assert headers_of(answer)["content-type"] == "text/plain; charset=utf-8"
    finally:
        site.query("ALTER TABLE elif RENAME TO file")
