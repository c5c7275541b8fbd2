# Logging in and out as browsers do, old pages and scripts included.

import hashlib
import os
import re
import subprocess
import time

import pytest

import engines
import pictures
from answers import assert_error, headers_of
from client import Client
from transcripts import VECTORS

LOGIN = "/admin/index.php"
PASSWORD = "correct horse battery"
SESSION = re.compile(r"imagebed_session=[A-Za-z0-9_-]{43}; Max-Age=1209600; Path=/; HttpOnly; SameSite=Lax")


def add_user(site, name, role):
    subprocess.run([site.executables / "imagebed", "user", "add", name, "--role", role, "--password-stdin"], input=PASSWORD + "\n", text=True, check=True,
                   env={**os.environ, "IMAGEBED_DATA": str(site.data)}, capture_output=True, timeout=300)


@pytest.fixture(scope="module")
def admin(site):
    add_user(site, "keeper", "admin")
    return "keeper"


@pytest.fixture
def visitor(site):
    """A browser that nobody has seen guessing yet."""
    site.query("DELETE FROM attempt")
    return Client(site)


def log_in(visitor, name, password, **arguments):
    return visitor.request("POST", LOGIN, data={"user": name, "password": password}, **arguments)


def until_refused(request, limit):
    """The answers up to the one that asks to wait: one more than the limit, or up to twice as many where a minute ended."""
    answers = []
    while not answers or answers[-1].status_code != 429:
        answers.append(request())
        assert len(answers) <= 2 * limit + 1
    assert len(answers) > limit and {answer.status_code for answer in answers[:-1]} == {200}
    return answers


def log_out(visitor, **arguments):
    """By the button of the page."""
    token = re.search(r'name="form_token" value="(\w+)"', visitor.get(LOGIN).text)[1]
    return visitor.request("POST", LOGIN + "?login=exit", data={"form_token": token}, **arguments)


def message(response):
    return re.search(r'<p(?: class="[^"]*")? role="(?:status|alert)">([^<]*)</p>', response.text)[1]


def assert_page(response, status=200, styles="'self'"):
    """- `styles`: where they may come from; those of the operator's HTML stand in the page."""
    seen = headers_of(response)
    assert response.status_code == status, response.text
    assert seen["content-type"] == "text/html;charset=utf-8"
    assert seen["x-content-type-options"] == "nosniff"
    assert seen["referrer-policy"] == "same-origin" and seen["cache-control"] == "no-store"
    # The web server adds Accept-Encoding where it compresses.
    assert {"Accept-Language", "Cookie"} <= set(seen["vary"].split(", ")) and "cross-origin-opener-policy" not in seen
    assert "require-trusted-types-for 'script'; trusted-types imagebed" in seen["content-security-policy"]
    assert "frame-ancestors 'none'" in seen["content-security-policy"]
    assert f"script-src 'self'; style-src {styles};" in seen["content-security-policy"]
    assert "access-control-allow-origin" not in seen
    assert response.text.startswith('<!DOCTYPE html>\n<html lang="zh-CN" data-theme="auto" data-accent="')
    return response


def test_other_codings_of_the_form(visitor, admin):
    """`curl -F` sends parts; a POST of nothing shows the page, as it did."""
    fields = {"user": (None, admin), "password": (None, "Null"), "code": (None, "")}
    answer = visitor.request("POST", LOGIN, files=[*fields.items(), ("password", (None, PASSWORD))])
    assert message(answer) == "管理员登录成功" and SESSION.match(answer.headers["Set-Cookie"])
    assert message(Client(visitor.site).request("POST", LOGIN)) == "请登录"
    assert visitor.request("POST", LOGIN, json={"user": admin, "password": PASSWORD}).status_code == 400


@pytest.mark.parametrize("path", [LOGIN, "/user/login.php", "/admin/", "/application/login.php"])
def test_form(visitor, path):
    page = assert_page(visitor.get(path))
    assert message(page) == "请登录"
    assert re.findall(r'<input name="(\w+)"', page.text) == ["user", "password"]
    assert "set-cookie" not in headers_of(page)


def test_in_and_out(visitor, admin, site):
    answer = assert_page(log_in(visitor, admin, PASSWORD))
    assert message(answer) == "管理员登录成功"
    assert headers_of(answer)["refresh"] == f"2;url={site.url}/"
    assert SESSION.fullmatch(headers_of(answer)["set-cookie"])
    session = visitor.session.cookies["imagebed_session"]
    assert message(visitor.get(LOGIN)) == "尊敬的管理员"
    assert not engines.holds(site.data, session.encode())
    out = assert_page(log_out(visitor))
    assert message(out) == "退出成功"
    assert headers_of(out)["set-cookie"] == "imagebed_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax"
    assert headers_of(out)["refresh"] == f"2;url={site.url}/"
    # The session ended on the server, whatever the browser keeps.
    stale = visitor.get(LOGIN, headers={"Cookie": f"imagebed_session={session}"})
    assert message(stale) == "登录已过期,请重新登录"
    for path in [LOGIN + "?login=exit", "/application/logout.php"]:
        assert message(visitor.get(path)) == "请登录"
        assert message(visitor.request("POST", path)) == "尚未登录"


def test_browsers_get_the_form_after_signing_out(visitor, admin):
    """And are not sent away while somebody fills it in."""
    log_in(visitor, admin, PASSWORD)
    out = assert_page(log_out(visitor, headers={"Accept": "text/html"}))
    assert message(out) == "退出成功" and 'name="password"' in out.text and "refresh" not in headers_of(out)


def test_a_refused_form_keeps_the_name(visitor, admin):
    page = log_in(visitor, '"><b>boss', "wrong").text
    assert 'name="user" id="user" value="&quot;&gt;&lt;b&gt;boss"' in page and "data-retry" not in page
    assert "wrong" not in page


def test_old_links_do_not_log_out(visitor, admin):
    """Any page can make a browser follow one: what they show is the button."""
    log_in(visitor, admin, PASSWORD)
    for path in [LOGIN + "?login=exit", "/application/logout.php"]:
        assert visitor.request("HEAD", path).content == b""
        page = visitor.get(path)
        assert message(page) == "尊敬的管理员" and "退出登录" in page.text and "set-cookie" not in headers_of(page)
    assert message(visitor.get(LOGIN)) == "尊敬的管理员"


def test_login_of_an_old_page(visitor, admin):
    """The visible field is overwritten, the hidden one counts."""
    answer = visitor.request("POST", LOGIN, data=[("password", "Null"), ("user", admin), ("password", PASSWORD)])
    assert message(answer) == "管理员登录成功"


def test_a_login_changes_the_session(visitor, admin):
    log_in(visitor, admin, PASSWORD)
    first = visitor.session.cookies["imagebed_session"]
    log_in(visitor, admin, PASSWORD)
    assert visitor.session.cookies["imagebed_session"] != first
    assert message(visitor.get(LOGIN, headers={"Cookie": f"imagebed_session={first}"})) == "登录已过期,请重新登录"


def test_uploaders(visitor, site):
    add_user(site, "anna", "user")
    assert message(log_in(visitor, "anna", PASSWORD)) == "anna用户登录成功"
    assert message(visitor.get(LOGIN)) == "anna用户已登录"
    site.query("UPDATE account SET expires_at = ? WHERE name = 'anna'", int(time.time()) - 1)
    assert message(visitor.get(LOGIN)) == "登录已过期,请重新登录"
    assert message(log_in(visitor, "anna", PASSWORD)) == "anna账号已过期"
    assert message(log_in(visitor, "anna", "wrong")) == "账号或密码错误"


@pytest.mark.parametrize("cookie", VECTORS["cookie_vectors"], ids=lambda vector: vector["user"])
def test_an_old_cookie_opens_nothing(visitor, site, cookie):
    site.query("INSERT OR IGNORE INTO account (name, password_hash, role, created_at) VALUES (?, ?, 'admin', 0)", cookie["user"],
               cookie["stored"])
    old = {"Cookie": "auth=" + cookie["set_cookie_value"]}
    assert message(visitor.get(LOGIN, headers=old)) == "请登录"
    assert "form_token" not in visitor.get("/app/list.php", headers=old).text
    assert_error(visitor.upload(pictures.jpeg(), token=False, headers={**old, "Sec-Fetch-Site": "same-origin"}), 401,
                 "Login required or invalid token")
    site.query("DELETE FROM account WHERE name = ? AND created_at = 0", cookie["user"])


def test_the_old_cookie_is_removed(visitor, admin):
    answer = log_in(visitor, admin, PASSWORD, headers={"Cookie": "auth=%5B%22keeper%22%2C%22x%22%5D"})
    assert "auth=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax" in headers_of(answer)["set-cookie"]


def test_no_login_from_another_site(visitor, admin):
    for headers in [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]:
        answer = log_in(visitor, admin, PASSWORD, headers=headers)
        assert_page(answer, 403)
        assert "set-cookie" not in headers_of(answer)
    assert message(log_in(visitor, admin, PASSWORD, headers={"Origin": visitor.site.url})) == "管理员登录成功"


def test_one_message(visitor, admin):
    """An unknown name looks like a wrong password, but for nothing."""
    tries = [(admin, "wrong"), ("nobody", "wrong"), ("nobody", PASSWORD)]
    answers = [log_in(visitor, name, password) for name, password in tries]
    assert {message(answer) for answer in answers} == {"账号或密码错误"}
    assert len({answer.text.replace(f'value="{name}"', "") for (name, _), answer in zip(tries, answers)}) == 1 and {answer.status_code for answer in answers} == {200}


def test_attempts_are_limited(visitor, admin, site):
    *refused, answer = until_refused(lambda: log_in(visitor, admin, "wrong"), 5)
    assert {message(one) for one in refused} == {"账号或密码错误"}
    assert_page(answer, 429)
    assert 1 <= int(headers_of(answer)["retry-after"]) <= 60
    assert message(answer).startswith("尝试次数过多")
    # Who says that he comes from elsewhere is not believed, and the right password does not help.
    elsewhere = [log_in(visitor, admin, "wrong", headers={"X-Forwarded-For": f"192.0.2.{number}"}) for number in range(7)]
    assert 429 in [answer.status_code for answer in elsewhere]
    site.query("UPDATE attempt SET ends_at = ends_at + 3600, count = 1000")
    assert log_in(visitor, admin, PASSWORD).status_code == 429
    site.query("UPDATE attempt SET ends_at = 0")
    assert message(log_in(visitor, admin, PASSWORD)) == "管理员登录成功"


def test_nothing_typed_is_logged(visitor, admin, site):
    log_in(visitor, "typed-into-the-wrong-field", "typed-secret-1")
    log_in(visitor, admin, "typed-secret-2")
    log_in(visitor, admin, PASSWORD)
    told = site.transcript()
    assert '"login":"refused","account":null,"address":"127.0.0.1"' in told
    assert '"login":"logged in","account":"keeper","address":"127.0.0.1"' in told
    for secret in ["typed-into-the-wrong-field", "typed-secret", PASSWORD, visitor.session.cookies["imagebed_session"]]:
        assert secret not in told


def test_captcha_counts_once(visitor, admin, site):
    def attempt(code, cookie=None):
        return visitor.request("POST", LOGIN, data={"user": admin, "password": PASSWORD, **({"code": code} if code is not None else {})},
                               headers={"Cookie": cookie} if cookie else {})

    with site.setting(login_captcha="on"):
        assert re.findall(r'<input name="(\w+)"', visitor.get(LOGIN).text) == ["user", "password", "code"]
        assert message(attempt(None)) == message(attempt("")) == "请填写验证码!"
        assert message(attempt("ABCD")) == "验证码错误!"
        shown = visitor.get("/app/captcha.php?1")
        cookie = f"imagebed_captcha={visitor.session.cookies['imagebed_captcha']}"
        # What the picture says is not known here: the database is told another answer.
        challenge = visitor.session.cookies["imagebed_captcha"]
        known = hashlib.sha256(f"{challenge} abcd".encode()).digest()
        site.query("UPDATE challenge SET answer_hash = ?", known)
        assert shown.status_code == 200
        assert message(attempt("aBcD", cookie)) == "管理员登录成功"
        assert message(attempt("aBcD", cookie)) == "验证码错误!"


def test_captcha(visitor, site):
    for path in ["/app/captcha.php", "/application/captcha.php?123"]:
        response = visitor.get(path)
        seen = headers_of(response)
        assert (response.status_code, seen["content-type"]) == (200, "image/png")
        assert seen["cache-control"] == "no-store, no-cache, must-revalidate"
        assert re.fullmatch(r"imagebed_captcha=[A-Za-z0-9_-]{43}; Max-Age=600; Path=/; HttpOnly; SameSite=Lax", seen["set-cookie"])
        picture = pictures.opened(response.content)
        assert (picture.size, picture.mode) == ((305, 54), "L")
        assert picture.getextrema()[0] < 80
    site.query("DELETE FROM attempt")
    until_refused(lambda: visitor.get("/app/captcha.php"), 60)


def test_a_session_uploads_from_pages_of_this_site(visitor, admin):
    log_in(visitor, admin, PASSWORD)
    own = visitor.upload(pictures.jpeg(), token=False, headers={"Sec-Fetch-Site": "same-origin"})
    assert own.status_code == 200, own.text
    assert visitor.list(mine=1).json()["pagination"]["total"] >= 1
    for headers in [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}]:
        assert_error(visitor.upload(pictures.jpeg(), token=False, headers=headers), 401, "Login required or invalid token")
    assert visitor.get("/api/v1/json/devices.php").status_code == 200
    assert visitor.get("/api/v1/json/devices.php", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 401


HOSTILE = ["user=a", "password=b", "user[]=a&password[]=b", "user=%00&password=%00", "user=%FF&password=%FF", "&&&=", "user=a&password="]


@pytest.mark.parametrize("body", HOSTILE)
def test_hostile_forms(visitor, body):
    answer = visitor.request("POST", LOGIN, data=body, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert_page(answer)
    assert "set-cookie" not in headers_of(answer)


def test_other_bodies(visitor):
    assert visitor.request("POST", LOGIN, json={"user": "a"}).status_code == 400
    assert visitor.request("POST", LOGIN, data={"user": "a" * 70_000}).status_code == 413
    assert visitor.request("PUT", LOGIN).status_code == 405
