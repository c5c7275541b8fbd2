# The pages behind both web servers, and below a prefix: every address answers, every link of a page leads somewhere, and
# sessions work.

import html
import os
import re
import signal

import pytest

import engines
import pictures
import raw
from answers import headers_of
from client import Client
from running_site import Site, until
from test_login import LOGIN, PASSWORD, add_user, log_in, log_out, message, until_refused

ADDRESSES = ["/user/login.php", "/admin/index.php", "/admin/", "/application/login.php", "/application/logout.php", "/admin/terms.php", "/app/DMCA.php",
             "/app/captcha.php", "/application/captcha.php", "/app/history.php", "/application/history.php", "/app/list.php",
             "/application/list.php", "/assets/site.css", "/assets/history.js", "/robots.txt", "/404.png"]


@pytest.fixture(scope="module", params=["nginx", "apache", "apache-prefix"])
def either(request):
    web, _, prefix = request.param.partition("-")
    with Site(options=["--web", web, *(["--prefix", "/pictures"] if prefix else [])]) as site:
        add_user(site, "keeper", "admin")
        yield site


@pytest.mark.parametrize("path", ADDRESSES)
def test_addresses(either, path):
    answer = Client(either).get(path)
    assert answer.status_code == 200 and headers_of(answer)["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path, place", [("/index.php", "/"), ("/index.php?exif", "/?exif"), ("/api", "/api/"), ("/admin", "/admin/")])
def test_addresses_that_people_type(either, path, place):
    for headers in ({}, {"Host": "evil.test"}):
        answer = Client(either).get(path, headers=headers)
        assert (answer.status_code, answer.headers["Location"]) == (301, either.prefix + place), "the request's host is in no address"
    assert Client(either).get(place).status_code == (303 if place.startswith("/?") or place == "/" else 200)


@pytest.mark.parametrize("path", ["/user", "/assets", "/uploads", "/install", "/install/index.php", "/app/reset_password.php"])
def test_no_address_has_the_requests_host(either, path):
    answer = Client(either).get(path, headers={"Host": "evil.test", "Accept": "text/html"})
    assert "evil.test" not in answer.headers.get("Location", "") + answer.text and answer.status_code in (301, 302, 403, 404)


@pytest.mark.parametrize("path", ["/" + "a" * 3000, "/assets/" + "a" * 300 + "/b.css", "/uploads/" + "a" * 300 + ".png", "/" + "a/" * 3000])
def test_names_that_are_too_long_are_not_there(either, path):
    page = Client(either).get(path, headers={"Accept": "text/html"})
    assert page.status_code == 404 and page.headers["Content-Type"].startswith("text/html") and "</html>" in page.text
    assert Client(either).get("/api/v1/" + path, headers={"Accept": "text/html"}).json()["code"] == 404


def test_a_prefix_without_its_slash(either):
    if not either.prefix:
        pytest.skip("there is none")
    assert_prefix_leads_to_its_slash(either)


def test_a_prefix_without_its_slash_behind_nginx(new_site):
    assert_prefix_leads_to_its_slash(new_site(options=["--web", "nginx", "--prefix", "/pictures"]))


def assert_prefix_leads_to_its_slash(site):
    for query in ("", "?lang=en"):
        answer = Client(site).raw(raw.request("GET", site.prefix + query).replace(b"Host: 127.0.0.1", b"Host: evil.test"))
        assert (answer.status, headers_of(answer)["location"]) == (301, site.prefix + "/" + query)


def test_addresses_of_files_and_numbers(either):
    client = Client(either)
    path = client.uploaded(pictures.jpeg())["url"].removeprefix(either.url)
    for address in [f"/app/info.php?img={path}", f"/application/info.php?img={path}", f"/app/info.php?history={either.prefix}{path}"]:
        assert client.get(address).status_code == 200
    assert client.get("/app/info.php").status_code == 404
    answer = client.get("/api/public.php?show=time")
    assert (answer.status_code, answer.text) == (403, "开放数据接口已关闭!")
    assert headers_of(answer)["content-type"] == "text/html;charset=utf-8"


def test_every_link_leads_somewhere(either):
    client = Client(either)
    client.uploaded(pictures.photograph(300, 200))
    with either.setting(anonymous_upload="on"):
        follow_links(either, client)


def follow_links(either, client):
    seen, waiting = set(), ["/app/list.php"]
    while waiting:
        # The forms that try the API are no links.
        page = re.sub(r"<form[^>]*trial[^>]*>", "", client.get(waiting.pop()).text)
        for address in re.findall(r'(?:href|src|action)="([^"]+)"', page):
            address = html.unescape(address)
            if address.startswith(either.url + "/"):
                address = either.prefix + address.removeprefix(either.url)
            # Downloads are no pages.
            if address in seen or "down.php" in address or address.startswith("#"):
                continue
            seen.add(address)
            assert either.prefix == "" or address.startswith(either.prefix + "/") or address.startswith("/uploads/"), address
            path = address.removeprefix(either.prefix)
            # Who is signed out is sent to the sign-in page where the client shows pages; this one does not.
            assert client.get(path).status_code == (401 if path == "/user/index.php" else 200), path
            if len(seen) < 60 and ".php" in path and "thumb.php" not in path:
                waiting.append(path)
    assert len(seen) > 15


def test_sessions(either):
    browser = Client(either)
    where = either.prefix or "/"
    answer = log_in(browser, "keeper", PASSWORD, headers={"Cookie": "auth=old"})
    cookies = answer.raw.headers.getlist("Set-Cookie")
    assert len(cookies) == 2 and cookies[1] == "auth=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax"
    assert cookies[0].endswith(f"; Path={where}; HttpOnly; SameSite=Lax")
    assert headers_of(answer)["refresh"] == f"2;url={either.url}/"
    assert message(browser.get(LOGIN)) == "尊敬的管理员"
    assert browser.upload(pictures.jpeg(), token=False, headers={"Origin": f"http://127.0.0.1:{either.port}"}).status_code == 200
    assert browser.upload(pictures.jpeg(), token=False, headers={"Origin": "http://127.0.0.1:1"}).status_code == 401
    assert message(log_out(browser)) == "退出成功"
    assert message(browser.get(LOGIN)) == "请登录"


def test_refusals_reach_the_browser(either):
    """Neither server puts a page of its own in the place of ours."""
    either.query("DELETE FROM attempt")
    browser = Client(either)
    answer = until_refused(lambda: log_in(browser, "keeper", "wrong"), 5)[-1]
    seen = headers_of(answer)
    assert message(answer).startswith("尝试次数过多") and seen["content-type"] == "text/html;charset=utf-8"
    assert seen["x-content-type-options"] == "nosniff" and "access-control-allow-origin" not in seen


@engines.of_sqlite("it is broken")
@pytest.mark.parametrize("web", ["nginx", "apache"])
def test_an_error_page_below_a_prefix(web):
    """The database, which has the site's address, cannot be read: the page's links lead to the site nevertheless, and its number to the log."""
    with Site(options=["--web", web, "--prefix", "/pictures"]) as site:
        database, away = site.data / "imagebed.db", site.data / "away.db"
        database.rename(away)
        database.write_bytes(b"no database " * 400)
        for process in site.responders("app-history"):
            os.kill(process, signal.SIGTERM)
        client, browser = Client(site), {"Accept": "text/html"}
        page = until(lambda: (answer := client.get("/app/history.php", headers=browser)).status_code == 500 and answer.text)
        away.rename(database)
        addresses = re.findall(r'(?:href|src|action)="([^"]+)"', page)
        assert len(addresses) > 8 and all(address.startswith("/pictures/") or address == "#main" for address in addresses), addresses
        number = re.search(r"500 · 编号 <code>(\w{32})</code>", page)[1]
        assert any(f'"id":"{number}"' in line and "app-history" in line for line in site.transcript().splitlines())
