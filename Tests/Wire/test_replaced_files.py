"""A stored file gets other bytes under its address: headers, thumbnails, numbers, and what a killed responder leaves."""

import html
import os
import re
import signal
import threading

import pytest
import requests

import counted
import pictures
from accounts import form_token, session_of
from answers import headers_of
from client import Client
from running_site import Site, until

YEAR, MONTH, SHORT = "public, max-age=31536000, immutable", "public, max-age=2592000", "max-age=300"


@pytest.fixture(scope="module", params=["nginx", "apache"])
def either(request):
    prefix = ["--prefix", "/pictures"] if request.param == "apache" else []
    with Site(options=["--web", request.param, *prefix]) as site:
        yield Client(site)


def replace(client, stored, content, cookies=None, name="new.jpg"):
    cookies = cookies or session_of(client.site, "admin", "admin")
    page = f"/app/info.php?img={stored['url'].removeprefix(client.site.url)}"
    return client.request("POST", page, data={"form_token": form_token(cookies)}, files={"file": (name, content)}, cookies=cookies)


def uploads(site):
    """What is counted of them: in all, and by days."""
    return site.query(f"SELECT ({counted.UPLOADS}), ({counted.UPLOADS_BY_DAYS})")


def cache_of(client, address):
    return headers_of(client.get(address, headers={"Connection": "close"})).get("cache-control")


def test_how_long_files_are_kept(either):
    """As long as nobody can replace them, for ever."""
    stored = either.uploaded(pictures.photograph(600, 400))
    file, thumb = stored["url"], stored["thumb"]
    download = f"/app/down.php?dw={file.removeprefix(either.site.url)}"
    assert cache_of(either, thumb) == MONTH, "as it is made"
    assert (cache_of(either, file), cache_of(either, thumb)) == (YEAR, MONTH)
    either.site.imagebed("settings", "set", "replace_files", "on")
    # (Until it has ended, a worker of the web server from before may answer between two of the new ones.)
    assert until(lambda: cache_of(either, file) == SHORT) and until(lambda: cache_of(either, thumb) == SHORT)
    assert until(lambda: cache_of(either, download) in (SHORT, None))
    assert headers_of(either.get(file))["content-security-policy"] and headers_of(either.get(file))["x-content-type-options"] == "nosniff"
    either.site.imagebed("settings", "set", "replace_files", "off")
    assert until(lambda: cache_of(either, file) == YEAR) and until(lambda: cache_of(either, thumb) == MONTH)


def test_the_same_address_has_the_new_file(either):
    client, site = either, either.site
    first, second = pictures.photograph(600, 400, 1), pictures.photograph(300, 500, 2)
    stored = client.uploaded(first, "a.jpg")
    small = client.get(stored["thumb"]).content
    before, before_it = client.get(stored["url"]), uploads(site)
    assert replace(client, stored, second).status_code == 403
    site.imagebed("settings", "set", "replace_files", "on")
    try:
        done = replace(client, stored, second)
        assert done.status_code == 303 and done.headers["Location"].endswith("&changed=replaced")
        now = client.get(stored["url"])
        assert now.content == second and now.headers["ETag"] != before.headers["ETag"]
        # (Its time is a later second; a web server that is asked before that names the time of the answer.)
        assert until(lambda: client.get(stored["url"]).headers["Last-Modified"] != before.headers["Last-Modified"])
        # The site's own pages ask for it anew, whatever a browser keeps; others by the address that they know.
        [shown] = re.findall(rf'src="([^"]*thumb\.php\?img={re.escape(stored["thumb"].partition("img=")[2])}[^"]*)"', client.get("/app/list.php").text)
        shown = html.unescape(shown).removeprefix(site.prefix)
        assert shown.endswith("&v=1")
        for _ in range(2):
            assert client.get(shown).content == client.get(stored["thumb"]).content
        assert until(lambda: cache_of(client, shown) == SHORT)
        assert f'src="{stored["url"]}?v=1"' in client.get(f"/app/info.php?img={stored['url'].removeprefix(site.url)}").text
        assert client.get(stored["url"] + "?v=1").content == second
        # It is no upload, and nobody recounts it as one.
        assert uploads(site) == before_it
        site.imagebed("index", "--rebuild")
        assert uploads(site) == before_it
        asked = client.get(stored["url"], headers={"If-None-Match": before.headers["ETag"], "If-Modified-Since": before.headers["Last-Modified"]})
        assert asked.status_code == 200 and asked.content == second
        assert client.get(stored["thumb"]).content != small
        row = next(row for row in client.list(per_page=100).json()["data"] if row["id"] == stored["id"])
        assert (row["file_size"], row["width"], row["height"], row["original_name"]) == (len(second), 300, 500, "a.jpg")
        assert site.query("SELECT size, state FROM file WHERE path LIKE ?", "%" + stored["url"].rpartition("/")[2].replace(".", "_1.")) == [(len(first), 2)]
        jpegs = site.query("SELECT COUNT(*), SUM(size) FROM file WHERE state = 0 AND type = 'jpeg'")
        site.imagebed("gc")
        assert site.query("SELECT files, bytes FROM type_total WHERE type = 'jpeg'") == jpegs
        assert site.imagebed("verify", "--hashes", check=False).returncode == 0
        assert client.get(stored["del"]).status_code == 200 and client.get(stored["url"]).status_code == 404
    finally:
        site.imagebed("settings", "set", "replace_files", "off")


def test_others_and_foreign_pages(either):
    stored = either.uploaded(pictures.photograph(60, 40, 3))
    with either.site.setting(replace_files="on"):
        assert replace(either, stored, pictures.photograph(50, 40, 4), session_of(either.site, "other")).status_code == 404
        page, cookies = f"/app/info.php?img={stored['url'].removeprefix(either.site.url)}", session_of(either.site, "admin", "admin")
        foreign = either.request("POST", page, files={"file": ("a.jpg", b"x")}, cookies=cookies, headers={"Sec-Fetch-Site": "cross-site"})
        assert foreign.status_code == 403
        assert either.request("POST", page, files={"file": ("a.jpg", b"x")}).status_code == 401
    assert either.get(stored["url"]).content == pictures.photograph(60, 40, 3)


@pytest.mark.crash
def test_kill_nine():
    """Responders are killed while they replace: what is acknowledged is there, the file is one of those that were sent, whole, and row and file
    tell the same."""
    with Site() as site:
        client, over = Client(site), threading.Event()
        site.imagebed("settings", "set", "replace_files", "on")
        contents = [pictures.photograph(400 + number, 300, number) for number in range(8)]
        stored = client.uploaded(contents[0])
        cookies, told = session_of(site, "admin", "admin"), []

        def go_on():
            sender, number = Client(site), 0
            while not over.is_set():
                number = (number + 1) % len(contents)
                try:
                    if replace(sender, stored, contents[number], cookies).status_code == 303:
                        told.append(number)
                except (OSError, requests.RequestException):
                    pass

        worker = threading.Thread(target=go_on, daemon=True)
        worker.start()
        kills = 0
        while kills < 12:
            count = len(told)
            assert until(lambda: len(told) > count)
            for process in site.responders("app-info"):
                try:
                    os.kill(process, signal.SIGKILL)
                    kills += 1
                except ProcessLookupError:
                    pass
        over.set()
        worker.join()
        site.stop()
        site.start()
        assert client.get("/app/info.php").status_code == 404
        assert until(lambda: site.query("SELECT COUNT(*) FROM replacement WHERE replaced_at IS NULL") == [(0,)])
        now = client.get(stored["url"]).content
        assert now in contents
        assert site.query("SELECT size FROM file WHERE id = ?", stored["id"]) == [(len(now),)]
        assert site.imagebed("verify", "--hashes", check=False).returncode == 0
        assert [name for name in site.files() if ".replacing" in name] == []
