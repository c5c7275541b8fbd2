"""Who gets in, and who does not: digests in the place of passwords, passwords that everybody knows, guessing from many addresses,
sessions and their cookies, accounts that have ended, and delete links of files that were there before."""

import hashlib
import json
import re
import time

import pytest

import pictures
from accounts import session_of
from answers import assert_error, headers_of
from client import Client
from old_forms import OldClient, succeeded
from old_site import PASSWORDS, OldSite
from test_login import LOGIN, PASSWORD, add_user, assert_page, log_in, log_out, message

SHORT = "q#7zK"
WRONG = "账号或密码错误"


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture(scope="module")
def admin(site):
    add_user(site, "owner", "admin")
    return "owner"


@pytest.fixture
def visitor(site):
    site.query("DELETE FROM attempt")
    return Client(site)


@pytest.fixture(scope="module")
def old_site():
    """The sample install, in which anna has a short password that is in no list."""
    site = OldSite()
    file = site.old / "config/config.guest.php"
    file.write_text(file.read_text().replace(digest(PASSWORDS["anna"]), digest(SHORT)))
    with site:
        yield site


# Digests

def test_a_digest_opens_no_account_that_was_made_here(visitor, admin):
    """Whoever reads a settings file of PHP's, or a backup, has a digest and no password."""
    assert message(log_in(visitor, admin, digest(PASSWORD))) == WRONG
    assert message(visitor.request("POST", LOGIN, data=[("password", "Null"), ("user", admin), ("password", digest(PASSWORD))])) == WRONG
    assert message(log_in(visitor, admin, PASSWORD)) == "管理员登录成功"


def test_a_digest_opens_an_imported_account_until_its_password_is_typed(old_site):
    """Browsers may still show the old login page, whose script sends it."""
    visitor, password = Client(old_site), PASSWORDS["keeper"]
    old_page = [("password", "Null"), ("user", "keeper"), ("password", digest(password))]
    for _ in range(2):
        assert message(visitor.request("POST", LOGIN, data=old_page)) == "管理员登录成功"
    assert message(log_in(visitor, "keeper", password)) == "管理员登录成功"
    assert message(visitor.request("POST", LOGIN, data=old_page)) == WRONG
    assert message(log_in(visitor, "keeper", password)) == "管理员登录成功"


def test_a_short_password_works_and_is_told_when_it_was_typed(old_site):
    old_site.query("DELETE FROM attempt")
    assert doctor(old_site)["passwords"]["level"] == "ok"
    assert message(log_in(Client(old_site), "anna", digest(SHORT))) == "anna用户登录成功"
    assert message(log_in(Client(old_site), "anna", SHORT)) == "anna用户登录成功"
    told = doctor(old_site)["passwords"]
    assert told["level"] == "warning" and told["says"] == "anna's is shorter than 8 characters" and "imagebed user password" in told["advice"]
    assert message(log_in(Client(old_site), "anna", SHORT)) == "anna用户登录成功"


def doctor(site):
    return {finding["subject"]: finding for finding in json.loads(site.imagebed("doctor", "--json", check=False).stdout)}


def test_a_new_password_is_no_digests(old_site):
    made = json.loads(old_site.imagebed("user", "password", "小明", "--json").stdout)["password"]
    old_site.query("UPDATE account SET expires_at = NULL WHERE name = '小明'")
    old_site.query("DELETE FROM attempt")
    for typed in [digest(made), digest(PASSWORDS["小明"]), PASSWORDS["小明"]]:
        assert message(log_in(Client(old_site), "小明", typed)) == WRONG
    assert message(log_in(Client(old_site), "小明", made)) == "小明用户登录成功"


# Guessing

@pytest.fixture
def proxied(site, admin):
    """Addresses are told by a proxy here, so that one machine can be many."""
    site.query("DELETE FROM attempt")
    with site.setting(trusted_proxies="127.0.0.1"):
        yield


def from_address(site, address, name, password, **data):
    client = Client(site)
    cookies = data.pop("cookies", None)
    return client.request("POST", LOGIN, data={"user": name, "password": password, **data}, cookies=cookies,
                          headers={"X-Forwarded-For": address})


def has_code(page):
    return '<input name="code"' in page.text


def attacked(site, name):
    """Strangers from several addresses fail at one name until they are asked for more, and keep on for a while."""
    answers = []
    while not answers or not has_code(answers[-1]):
        answers.append(from_address(site, f"192.0.2.{len(answers) // 4}", name, "wrong"))
        assert len(answers) <= 2 * 10 + 1 and answers[-1].status_code == 200
    site.query("UPDATE attempt SET ends_at = ends_at + 3600")
    return answers


OWNER = "198.51.100.7"


@pytest.mark.usefixtures("proxied")
def test_strangers_do_not_lock_the_owner_out(site, admin):
    assert message(from_address(site, OWNER, admin, PASSWORD)) == "管理员登录成功"
    *failures, last = attacked(site, admin)
    assert {message(answer) for answer in failures} == {WRONG} and message(last) == "请填写验证码!"
    assert '"login":"asked for the text of a picture","account":null,"address":"192.0.2.' in site.transcript()
    for _ in range(2):
        assert message(from_address(site, OWNER, admin, PASSWORD)) == "管理员登录成功"
    # His own mistakes are his own.
    mistaken = from_address(site, OWNER, admin, "wrong")
    assert message(mistaken) == WRONG and not has_code(mistaken)


@pytest.mark.usefixtures("proxied")
def test_a_stranger_with_the_password_gets_in_by_reading_a_picture(site, admin):
    """With login_captcha off: above the limit nobody is refused, and nobody guesses without reading."""
    attacked(site, admin)
    stranger = "203.0.113.9"
    asked = assert_page(from_address(site, stranger, admin, PASSWORD))
    assert message(asked) == "请填写验证码!" and has_code(asked) and "set-cookie" not in headers_of(asked)
    assert message(from_address(site, stranger, admin, PASSWORD, code="ABCD")) == "验证码错误!"
    assert message(from_address(site, stranger, admin, PASSWORD, code="abcd", cookies=challenge(site, "abcd"))) == "管理员登录成功"
    # From now on he is none.
    assert message(from_address(site, stranger, admin, PASSWORD)) == "管理员登录成功"


def challenge(site, answer):
    """What the picture says is not known here: the database is told."""
    client = Client(site)
    client.get("/app/captcha.php")
    value = client.session.cookies["imagebed_captcha"]
    site.query("UPDATE challenge SET answer_hash = ? WHERE hash = ?", hashlib.sha256(f"{value} {answer}".encode()).digest(),
               hashlib.sha256(value.encode()).digest())
    return {"imagebed_captcha": value}


@pytest.mark.usefixtures("proxied")
def test_an_address_waits_for_itself_alone(site, admin):
    """The limit of an address counts for known ones too; others are not kept waiting by it."""
    assert message(from_address(site, OWNER, admin, PASSWORD)) == "管理员登录成功"
    answers = []
    while not answers or answers[-1].status_code != 429:
        answers.append(from_address(site, OWNER, admin, "wrong"))
        assert len(answers) <= 11
    assert len(answers) > 5 and int(headers_of(answers[-1])["retry-after"]) <= 60
    site.query("UPDATE attempt SET ends_at = ends_at + 3600")
    assert from_address(site, OWNER, admin, PASSWORD).status_code == 429
    assert message(from_address(site, "198.51.100.8", admin, PASSWORD)) == "管理员登录成功"


@pytest.mark.usefixtures("proxied")
def test_names_that_nobody_has_are_asked_alike(site):
    assert message(attacked(site, "nobody-at-all")[-1]) == "请填写验证码!"


def test_a_new_password_forgets_from_where_the_old_one_was_used(site):
    add_user(site, "mover", "user")
    assert message(log_in(Client(site), "mover", PASSWORD)) == "mover用户登录成功"
    known = "SELECT COUNT(*) FROM known_address JOIN account ON id = account_id WHERE name = 'mover'"
    assert site.query(known) == [(1,)]
    assert b"127.0.0.1" not in b"".join(site.query("SELECT hash FROM known_address")[0])
    site.imagebed("user", "password", "mover")
    assert site.query(known) == [(0,)]


# Sessions

def cookie_of(answer):
    """Name and value of the session's cookie, and what stands behind them."""
    pair, _, attributes = next(line for line in answer.raw.headers.getlist("Set-Cookie") if "imagebed_session" in line).partition("; ")
    return pair, attributes


@pytest.mark.parametrize("prefix, name", [("", "__Host-imagebed_session"), ("/pictures", "__Host-imagebed_session~pictures")])
def test_cookies_on_https(visitor, admin, site, prefix, name):
    """A browser takes them from this host alone: a neighbour below the same domain can give nobody one."""
    with site.setting(base_url="https://img.example.org" + prefix):
        answer = log_in(visitor, admin, PASSWORD, headers={"Cookie": "imagebed_session=old; auth=old"})
        pair, attributes = cookie_of(answer)
        assert re.fullmatch(re.escape(name) + "=[A-Za-z0-9_-]{43}", pair)
        assert attributes == "Max-Age=1209600; Path=/; HttpOnly; SameSite=Lax; Secure"
        gone = [line for line in answer.raw.headers.getlist("Set-Cookie") if "Max-Age=0" in line]
        assert gone == ["auth=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure",
                        f"imagebed_session=; Max-Age=0; Path={prefix or '/'}; HttpOnly; SameSite=Lax; Secure"]
        assert message(visitor.get(LOGIN, headers={"Cookie": pair})) == "尊敬的管理员"
        assert message(visitor.get(LOGIN, headers={"Cookie": "imagebed_session=" + pair.partition("=")[2]})) == "请登录"
        captcha = headers_of(visitor.get("/app/captcha.php"))["set-cookie"]
        assert captcha.startswith(name.replace("session", "captcha") + "=") and captcha.endswith("; Path=/; HttpOnly; SameSite=Lax; Secure")
        token = re.search(r'name="form_token" value="(\w+)"', visitor.get(LOGIN, headers={"Cookie": pair}).text)[1]
        out = visitor.request("POST", LOGIN + "?login=exit", data={"form_token": token}, headers={"Cookie": pair})
        assert message(out) == "退出成功" and cookie_of(out) == (name + "=", "Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure")
        assert message(visitor.get(LOGIN, headers={"Cookie": pair})) == "登录已过期,请重新登录"


def test_a_session_that_is_not_used_ends(visitor, admin, site):
    log_in(visitor, admin, PASSWORD)
    mine = "hash = x'%s'" % digest(visitor.session.cookies["imagebed_session"])

    def unseen(hours):
        site.query(f"UPDATE session SET seen_at = ? WHERE {mine}", int(time.time() - hours * 3600))

    unseen(71)
    assert message(visitor.get(LOGIN)) == "尊敬的管理员"
    assert time.time() - site.query(f"SELECT seen_at FROM session WHERE {mine}")[0][0] < 600, "and it was seen now"
    unseen(3)
    with site.setting(session_idle_hours="2"):
        assert message(visitor.get(LOGIN)) == "登录已过期,请重新登录"
        assert_error(visitor.upload(pictures.jpeg(), token=False, headers={"Sec-Fetch-Site": "same-origin"}), 401, "Login required or invalid token")
    assert message(visitor.get(LOGIN)) == "尊敬的管理员"
    unseen(73)
    assert message(visitor.get(LOGIN)) == "登录已过期,请重新登录"


def test_a_new_password_ends_all_sessions(site):
    add_user(site, "changer", "user")
    browsers = [Client(site), Client(site)]
    for browser in browsers:
        assert message(log_in(browser, "changer", PASSWORD)) == "changer用户登录成功"
    site.imagebed("user", "password", "changer")
    assert {message(browser.get(LOGIN)) for browser in browsers} == {"登录已过期,请重新登录"}


def test_a_disabled_accounts_sessions_do_not_come_back(site):
    add_user(site, "paused", "user")
    browser = Client(site)
    log_in(browser, "paused", PASSWORD)
    site.imagebed("user", "disable", "paused")
    site.imagebed("user", "enable", "paused")
    assert message(browser.get(LOGIN)) == "登录已过期,请重新登录"


@pytest.mark.parametrize("path", [LOGIN + "?login=exit", "/application/logout.php"])
def test_only_our_own_form_signs_out(visitor, admin, path):
    log_in(visitor, admin, PASSWORD)
    for headers, data in [({}, {}), ({}, {"form_token": "x"}), ({"Origin": "https://evil.example"}, {}), ({"Sec-Fetch-Site": "cross-site"}, {})]:
        answer = assert_page(visitor.request("POST", path, data=data, headers=headers), 403)
        assert "set-cookie" not in headers_of(answer)
    assert message(visitor.get(path)) == "尊敬的管理员"
    assert message(visitor.get(LOGIN)) == "尊敬的管理员"
    assert message(log_out(visitor)) == "退出成功"
    log_in(visitor, admin, PASSWORD)
    assert message(visitor.request("POST", path, headers={"Sec-Fetch-Site": "same-origin"})) == "退出成功"
    assert message(visitor.get(LOGIN)) == "请登录"


# Keys

def key_of(site, name, *options):
    return json.loads(site.imagebed("key", "create", "--user", name, "--json", *options).stdout)["key"]


def test_keys_of_an_expired_account_open_nothing(site):
    add_user(site, "guest", "user")
    key = key_of(site, "guest")
    visitor, old = Client(site), OldClient(site, key)
    header = {"X-API-Key": key}
    assert visitor.upload(pictures.jpeg(), token=False, headers=header).status_code == 200
    succeeded(old.api(pictures.jpeg()))
    site.query("UPDATE account SET expires_at = ? WHERE name = 'guest'", int(time.time()) - 1)
    assert_error(visitor.upload(pictures.jpeg(), token=False, headers=header), 401, "Invalid API key")
    assert_error(visitor.upload(pictures.jpeg(), token=False, data={"token": key}), 401, "Login required or invalid token")
    assert_error(visitor.get("/api/v1/list.php?mine=1", headers=header), 401, "Invalid API key")
    assert visitor.get("/api/v1/json/devices.php", headers=header).status_code == 401
    answer = old.api(pictures.jpeg()).json()
    assert (answer["code"], answer["message"]) == (203, "Token Expired")
    site.query("UPDATE account SET expires_at = ? WHERE name = 'guest'", int(time.time()) + 3600)
    assert visitor.upload(pictures.jpeg(), token=False, headers=header).status_code == 200


def from_page(visitor, content):
    return visitor.request("POST", "/api/v1/upload.php", files={"image": ("a.jpg", content)}, cookies=session_of(visitor.site, "several"),
                           headers={"Sec-Fetch-Site": "same-origin"}).json()


def test_delete_links_of_duplicates_are_their_own_keys(site):
    """Keys are given to programs, and all of EasyImages' tokens belong to its admin: what one program sent, another one does not delete."""
    add_user(site, "several", "user")
    first, second = key_of(site, "several"), key_of(site, "several")
    visitor, content = Client(site), pictures.jpeg(171, 99)

    def sent(**arguments):
        return visitor.upload(content, token=False, **arguments).json()

    with site.setting(deduplicate="on"):
        original = sent(headers={"X-API-Key": first})
        again = sent(headers={"X-API-Key": first})
        other = sent(headers={"X-API-Key": second})
        assert again["id"] == other["id"] == original["id"]
        assert original["del"] == again["del"] and "del" not in other
        assert {key: value for key, value in again.items() if key != "del"} == other
        page = from_page(visitor, content)
        assert (page["id"], page["del"]) == (original["id"], original["del"])
        old = [succeeded(OldClient(site, key).api(content)) for key in (first, second)]
        assert [answer["url"] for answer in old] == [original["url"]] * 2
        assert old[0]["del"].endswith(original["del"].rpartition("=")[2]) and old[1]["del"] == "Admin closed user delete"
        # What a page sent first is no key's.
        content = pictures.jpeg(172, 99)
        page, again = from_page(visitor, content), sent(headers={"X-API-Key": first})
        assert again["id"] == page["id"] and "del" in page and "del" not in again
