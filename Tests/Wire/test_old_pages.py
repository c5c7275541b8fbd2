# The pages of a site that took over the sample install: its accounts log in with the passwords they had, its days and pictures
# are where they were.

import hashlib
import html
import re

import pytest

import engines
import pictures
from answers import headers_of
from client import Client
from old_site import PASSWORDS, RECORD, UPLOADS
from test_login import LOGIN, log_in, message
from test_pages import DETAILS, LIST, assert_page, names

MESSAGES = {"keeper": "管理员登录成功", "anna": "anna用户登录成功", "小明": "小明账号已过期"}
# The install has HTML of its operator's, with styles in it.
STYLES = "'self' 'unsafe-inline'"
STORED = [upload for upload in UPLOADS.values() if upload["state"] == "stored"]


@pytest.fixture
def visitor(old_site):
    old_site.query("DELETE FROM attempt")
    return Client(old_site)


@pytest.fixture(scope="module")
def keeper(old_site):
    old_site.query("DELETE FROM attempt")
    browser = Client(old_site)
    assert message(log_in(browser, "keeper", PASSWORDS["keeper"])) == MESSAGES["keeper"]
    return browser


@pytest.mark.parametrize("name", MESSAGES)
def test_old_passwords(visitor, name):
    digest = hashlib.sha256(PASSWORDS[name].encode()).hexdigest()
    assert message(log_in(visitor, name, digest)) == MESSAGES[name]
    assert message(log_in(visitor, name, PASSWORDS[name])) == MESSAGES[name]
    assert message(log_in(visitor, name, digest)) == "账号或密码错误", "the password was typed here"
    assert message(log_in(visitor, name, digest.upper())) == message(log_in(visitor, name, PASSWORDS[name] + " ")) == "账号或密码错误"


@pytest.mark.parametrize("name", RECORD["cookies"])
def test_old_cookies_open_nothing(visitor, name):
    for coding in [lambda text: text, lambda text: "".join(f"%{byte:02X}" for byte in text.encode())]:
        cookie = {"Cookie": "auth=" + coding(RECORD["cookies"][name])}
        assert message(visitor.get(LOGIN, headers=cookie)) == "请登录"
        assert "form_token" not in visitor.get(LIST, headers=cookie).text


def test_the_stored_digest_is_not_in_the_database(old_site):
    """It still opens as a password does, because old pages send it; so it must not be found where backups lie."""
    digest = hashlib.sha256(PASSWORDS["keeper"].encode()).hexdigest().encode()
    assert not engines.holds(old_site.data, digest) and engines.holds(old_site.data, b"keeper")


@pytest.mark.parametrize("day", ["2025/07/01", "2025/07/04", "2025/07/15", "2025/07/28"])
def test_days(keeper, old_site, day):
    """What lies in the day's folder, newest first as the old settings say; nothing of other folders."""
    expected = sorted((upload["stored_path"].rpartition("/")[2] for upload in STORED
                       if upload["stored_path"].startswith(f"/i/{day}/")), key=str.encode)
    first = old_site.imagebed("settings", "get", "gallery_newest_first").stdout.strip()
    page = assert_page(keeper.get(f"{LIST}?date={day}/&num=100"), styles=STYLES)
    assert names(page) == (expected[::-1] if first == "on" else expected)


@pytest.mark.parametrize("number", [upload["n"] for upload in STORED])
def test_details(visitor, keeper, old_site, number):
    upload = UPLOADS[number]
    path = upload["stored_path"]
    for query in [f"?img={path}", f"?history={path}"]:
        page = assert_page(visitor.get(DETAILS + query), styles=STYLES)
        assert f"<h1>{upload['file_name_sent']}</h1>" in html.unescape(page.text), "what its sender called it"
    facts = {name: html.unescape(value) for name, value in re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", keeper.get(DETAILS + query).text)}
    content = old_site.stored_file(path).read_bytes()
    assert facts["文件路径"] == path and facts["MD5"] == hashlib.md5(content).hexdigest()
    assert facts["上传时间"].startswith("2025-07-") and facts["原始名称"] == upload["file_name_sent"]


def test_pictures_of_the_pages_load(keeper):
    page = keeper.get(LIST + "?date=2025/07/01/").text
    sources = [html.unescape(source) for source in re.findall(r'<img src="([^"]+)"', page)]
    assert len(sources) > 4
    for source in sources:
        assert headers_of(keeper.get(source))["content-type"].startswith("image/"), source


@pytest.mark.parametrize("date", ["recycle/", "cache/", "anna/2025/07/04/", "2/2025/07/04/", "u/2025/07/04/", "2025/07/", "[2]025/07/01/", "2025/07/*"])
def test_no_other_folder(visitor, keeper, date):
    for somebody in [visitor, keeper]:
        page = somebody.get(f"{LIST}?date={date}")
        assert "已超出浏览页数, 返回今日上传列表" in page.text and names(page) == []


def test_recycled_files_have_no_page(visitor):
    for upload in UPLOADS.values():
        if upload["state"] != "stored":
            assert visitor.get(f"{DETAILS}?img={upload['stored_path']}").status_code == 404
    for path in ["/i/recycle/2025_07_28_x.jpg", "/i/cache/a.jpg", "/config/config.php", "/i/../config/config.php"]:
        assert visitor.get(DETAILS, params={"img": path}).status_code == 404


def test_numbers(visitor, old_site):
    with old_site.setting(public_numbers="on", public_numbers_list="file,dir,image_used,today"):
        numbers = {name: visitor.get(f"/api/public.php?show={name}").text for name in ["file", "dir", "image_used", "today"]}
    rows, size = old_site.query("SELECT COUNT(*), SUM(size) FROM file WHERE state = 0")[0]
    folders = {folder for upload in STORED for folder in parents(upload["stored_path"].removeprefix("/i/"))}
    assert (numbers["file"], numbers["dir"], numbers["today"]) == (str(rows), str(len(folders)), "0")
    assert rows == len(STORED) and numbers["image_used"] == f"{round(size / 1024, 2):g}KB"


def parents(path):
    parts = path.split("/")[:-1]
    return ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]


def test_no_path_of_the_server(visitor, keeper, old_site):
    old_site.query("DELETE FROM attempt")
    pages = [LIST + "?date=2025/07/01/", DETAILS + "?img=" + STORED[0]["stored_path"], DETAILS, LOGIN, "/app/history.php", "/admin/terms.php",
             "/api/public.php?show=time"]
    for somebody in [visitor, keeper]:
        for page in pages:
            text = somebody.get(page).text
            assert str(old_site.folder) not in text, page


def press(browser, page, path, mode, **changes):
    """Sends the form that pages of earlier versions have: one that is still open somewhere goes on working."""
    token = re.search(r'name="form_token" value="([^"]*)"', page.text)[1]
    return browser.request("POST", "/app/del.php", data={"url": path, "form_token": token, "mode": mode} | changes)


@pytest.mark.parametrize("mode", ["recycle", "delete"])
def test_the_form_of_earlier_pages(keeper, visitor, old_site, mode):
    path = Client(old_site).uploaded(pictures.jpeg(seed={"recycle": 1, "delete": 2}[mode]))["url"].removeprefix(old_site.url)
    name = path.rpartition("/")[2]
    page = keeper.get(DETAILS + "?img=" + path)
    assert name in names(keeper.get(LIST + "?num=1000"))
    # Without the form's token, and from elsewhere, nothing happens.
    for token in ["0" * 64, ""]:
        assert press(keeper, page, path, mode, form_token=token).text == "Permission denied"
    assert press(visitor, page, path, mode).text == "Permission denied"
    assert name in names(keeper.get(LIST + "?num=1000"))
    assert press(keeper, page, path, mode).json()["code"] == 200
    assert name not in names(keeper.get(LIST + "?num=1000"))
    assert any(path.endswith(name) for path in old_site.files("recycle")) == (mode == "recycle")


def choose(browser, page, name, action, **changes):
    """Presses a button in the menu of a card."""
    card = next(card for card in page.text.split('<li class="card"')[1:] if f'/{name}"><img' in card)
    address = re.search(rf'<button form="selection" formaction="([^"]+)" name="action" value="{action}"', card)[1]
    form = page.text.partition('id="selection"')[2].partition("</form>")[0]
    fields = {key: html.unescape(value) for key, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)}
    return browser.request("POST", html.unescape(address), data=fields | {"action": action} | changes, headers={"Accept": "text/html"}, allow_redirects=False)


@pytest.mark.parametrize("action", ["recycle", "delete"])
def test_buttons_of_the_gallery(keeper, visitor, old_site, action):
    name = Client(old_site).uploaded(pictures.jpeg(seed={"recycle": 3, "delete": 4}[action]))["url"].rpartition("/")[2]
    page = keeper.get(LIST)
    # Without the form's token, and without a session, nothing happens.
    for token in ["0" * 64, ""]:
        assert choose(keeper, page, name, action, form_token=token).status_code == 403
    assert choose(visitor, page, name, action).status_code == 401
    assert name in names(keeper.get(LIST))
    done = choose(keeper, page, name, action)
    assert done.status_code == 303 and done.headers["Location"] == f"/app/list.php?did={action}&done=1&failed=0"
    assert name not in names(keeper.get(LIST))
    assert any(path.endswith(name) for path in old_site.files("recycle")) == (action == "recycle")
