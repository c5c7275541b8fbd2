# The pages of a real site behind nginx, used as a person uses them. The numbers at the tests are those of the design's acceptance checks.

import json
import os
import pathlib
import re
import subprocess
import sys

import pytest
import requests
from selenium.webdriver.common.by import By

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Wire"))

import accounts  # noqa: E402
import pictures  # noqa: E402
import videos  # noqa: E402
from api_samples import samples, told_on_another_page  # noqa: E402
from browser import COLOUR_RULES, RULES  # noqa: E402
from client import Client  # noqa: E402
from running_site import Site, until  # noqa: E402
from site_pages import PAGES  # noqa: E402
from synced import synchronise  # noqa: E402

LOADED = "document.documentElement.classList.contains('js') && document.readyState === 'complete'"
STATES = "[...document.querySelectorAll('#rows .row')].map(row => row.dataset.state)"


@pytest.fixture(scope="module")
def site():
    with Site(options=["--web", "nginx"]) as running:
        client = Client(running)
        running.places = {"file": client.uploaded(pictures.photograph(1200, 800, 1), "假日 \"<b>&'.jpg")["url"].removeprefix(running.url),
                          "video": client.uploaded(videos.sample("mp4"), "clip.mp4")["url"].removeprefix(running.url)}
        running.sessions = {"visitor": {}, "user": accounts.session_of(running, "anna"), "admin": accounts.session_of(running, "boss", "admin")}
        running.imagebed("user", "quota", "anna", "--bytes", "50GB", "--files", "10000")
        synchronise(running, running.sessions["user"])
        yield running


def enter(site, browser, who):  # noqa: F811
    browser.open(site.url + "/favicon.svg")
    for name, value in site.sessions[who].items():
        browser.tell("Network.setCookie", name=name, value=value, url=site.url + "/", httpOnly=True)


def press(browser, selector):  # noqa: F811
    browser.driver.find_element(By.CSS_SELECTOR, selector).click()


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "api"], ids=lambda page: page.name)
def test_16_nothing_to_find_for_axe(site, browser, page, language):  # noqa: F811
    enter(site, browser, page.who)
    browser.run("localStorage.clear();" + page.before.replace("{base}", site.url).replace("{file}", site.places["file"]))
    browser.allowed = [f"status of {page.status}"] if page.status != 200 else []
    found = []
    address = page.address.format(**site.places)
    # (Pictures of the page may be asked for late.)
    with site.setting(**dict(page.settings)):
        for width in [1280, 390, 320]:
            browser.resize(width)
            browser.open(f"{site.url}{address}{'&' if '?' in address else '?'}lang={language}")
            browser.wait('document.readyState === "complete"')
            assert browser.run("return document.documentElement.lang") == language or page.name == "not-found"
            # The page is the same in both schemes, but for its colours.
            for scheme, rules in [("light", RULES), ("dark", COLOUR_RULES)]:
                browser.prefer(color_scheme=scheme)
                wrong = browser.axe(rules) + browser.overflow() + (browser.small_targets() if width < 640 else [])
                found += [f"{width} {scheme}: {fault}" for fault in wrong]
    assert found == []


def test_1_pictures_and_a_large_video_are_uploaded(site, browser, tmp_path):  # noqa: F811
    """Small files go by the form of EasyImages' page, the large one in pieces; all are where their links say."""
    files = [("first.jpg", pictures.photograph(900, 600, 7)), ("第二.png", pictures.still("png", 40, 30)), ("long.mp4", videos.sample("mp4") + free(20 << 20))]
    for name, content in files:
        (tmp_path / name).write_bytes(content)
    enter(site, browser, "user")
    browser.open(site.url + "/?lang=zh-CN")
    browser.wait(LOADED)
    browser.run("localStorage.clear()")
    browser.driver.find_element(By.ID, "files").send_keys("\n".join(str(tmp_path / name) for name, _ in files))
    browser.wait(f"JSON.stringify({STATES}) === JSON.stringify(['done', 'done', 'done'])", seconds=60)
    links = browser.run("return document.querySelector('.links textarea').value").split()
    assert len(links) == 3
    for link, (_, content) in zip(links, files):
        assert requests.get(link, timeout=30).content == content
    kept = browser.run("return Object.entries(localStorage).filter(([, value]) => value.includes('srcName')).map(([key, value]) => [key, JSON.parse(value).url])")
    assert sorted(url for _, url in kept) == sorted(links)
    assert site.query("SELECT count(*) FROM resumable_upload WHERE length > 20000000")[0][0] == 1


def free(size):
    """A box that players skip (ISO 14496-12, 8.1.2)."""
    return size.to_bytes(4, "big") + b"free" + bytes(size - 8)


def test_21_uploads_without_scripts(site, browser, tmp_path):  # noqa: F811
    browser.tell("Emulation.setScriptExecutionDisabled", value=True)
    try:
        for number in range(2):
            (tmp_path / f"{number}.jpg").write_bytes(pictures.photograph(300, 200, 30 + number))
        (tmp_path / "no picture.jpg").write_bytes(b"text")
        enter(site, browser, "user")
        browser.open(site.url + "/")
        browser.driver.find_element(By.ID, "files").send_keys("\n".join(map(str, sorted(tmp_path.iterdir()))))
        press(browser, "form[enctype] button.primary, form[enctype] button[type=submit], form[enctype] button:not([type])")
        # The driver does not wait for what a press has begun where scripts do not run.
        stored = until(lambda: stored_links(browser.driver.page_source))
        source = browser.driver.page_source
    finally:
        browser.tell("Emulation.setScriptExecutionDisabled", value=False)
    # One control for each thing: what only scripts make work is not shown.
    shown = re.findall(r'<(label|button) class="([^"]*)"[^>]*>', source.partition('class="actions choose"')[2].partition("</div>")[0])
    assert [tag for tag, names in shown if "scripted" not in names.split()] == ["button"] and "primary" in shown[-1][1].split()
    assert len(stored) == 2 and all(requests.get(link, timeout=30).status_code == 200 for link in stored)
    assert "no picture.jpg" in source


def stored_links(source):
    return {link for link in re.findall(r"http://[^\s\"<&]+\.jpg", source) if "thumb" not in link}


def sign_in(site, browser, name, password):  # noqa: F811
    browser.driver.find_element(By.NAME, "user").send_keys(name)
    browser.driver.find_element(By.NAME, "password").send_keys(password)
    press(browser, "form button.primary")


def test_10_a_key_is_made_as_the_api_page_says(site, browser, tmp_path):  # noqa: F811
    follow_the_api_page(site, browser, tmp_path)


def test_10_behind_apache(browser, tmp_path):  # noqa: F811
    with Site(options=["--web", "apache"]) as site:
        follow_the_api_page(site, browser, tmp_path)
        # Its pictures may still be coming when the site ends.
        browser.open("about:blank")


def use_the_samples(site, browser, key, folder):  # noqa: F811
    """Those of the API page, with nothing changed but the key and the names of the files."""
    page = requests.get(site.url + "/api.php?lang=zh-CN", timeout=120).text
    for name, content in [("file.jpg", pictures.photograph(320, 200)), ("video.mp4", videos.sample("mp4")), ("example.png", pictures.still("png", 20, 30))]:
        (folder / name).write_bytes(content)
    ready = {kind: samples(page, kind)["uploadFile"].replace("your-api-key", key).replace("/path/to/", f"{folder}/") for kind in ["curl", "python", "html", "jquery"]}
    said = subprocess.run(["bash", "-ec", ready["curl"]], cwd=folder, capture_output=True, text=True, check=True, timeout=300).stdout
    # A picture, a video, and a picture that expires.
    assert said.count('"result":"success"') == 3 and said.count('"expires_at"') == 1, said
    said = subprocess.run([sys.executable, "-c", ready["python"]], cwd=folder, capture_output=True, text=True, check=True, timeout=300).stdout
    assert said.startswith(f"文件地址: {site.url}/uploads/")
    (folder / "form.html").write_text(f'<!DOCTYPE html><meta charset="utf-8"><title>x</title>{ready["html"]}')
    browser.open(f"file://{folder}/form.html")
    browser.driver.find_element(By.NAME, "image").send_keys(str(folder / "file.jpg"))
    browser.driver.find_element(By.NAME, "token").send_keys(key)
    press(browser, "[type=submit]")
    browser.wait("location.protocol === 'http:' && document.body.innerText.includes('\"result\":\"success\"')")
    assert told_on_another_page(browser, ready["jquery"], folder, folder / "file.jpg")[0].startswith(f"文件地址: {site.url}/uploads/")


def follow_the_api_page(site, browser, folder):  # noqa: F811
    """Sign in, 个人中心, 创建密钥, a name, copy: the key works, is shown once, and ends when it is revoked."""
    subprocess.run([site.executables / "imagebed", "user", "add", "mei", "--password-stdin"], env={**os.environ, "IMAGEBED_DATA": str(site.data)},
                   input="correct-horse-battery\n", text=True, check=True, stdout=subprocess.DEVNULL)
    browser.open(site.url + "/api.php?lang=zh-CN")
    browser.driver.find_element(By.LINK_TEXT, "个人中心").click()
    sign_in(site, browser, "mei", "correct-horse-battery")
    browser.wait(f"location.pathname.startsWith('/user/') && {LOADED}")
    press(browser, "[data-open=new-key]")
    browser.driver.find_element(By.ID, "key-name").send_keys("我的网站 <b>")
    press(browser, "#new-key button.primary")
    key = browser.wait("document.querySelector('input[data-secret]')?.value")
    assert key.startswith("ib_") and key not in browser.driver.current_url
    assert key not in json.dumps(browser.run("return [Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]"))
    press(browser, "[data-copy=key]")
    answer = requests.post(site.url + "/api/v1/upload.php", headers={"X-API-Key": key}, files={"image": ("a.png", pictures.still("png", 20, 20))}, timeout=30)
    assert answer.status_code == 200, answer.text
    browser.driver.refresh()
    try:
        browser.driver.switch_to.alert.accept()
    except Exception:
        pass
    browser.open(site.url + "/user/index.php")
    browser.wait(LOADED)
    assert site.query("SELECT count(*) FROM api_key WHERE name = ?", "我的网站 <b>")[0][0] == 1
    assert key not in browser.driver.page_source and "我的网站 <b>" in browser.driver.find_element(By.ID, "keys").text
    use_the_samples(site, browser, key, folder)
    browser.open(site.url + "/user/index.php")
    browser.wait(LOADED)
    press(browser, "#keys .row summary")
    press(browser, "#keys .row button.danger")
    browser.wait("document.querySelector('dialog[open]')")
    press(browser, "dialog[open] button.danger, dialog[open] button.primary")
    until(lambda: site.query("SELECT revoked_at FROM api_key WHERE name = ?", "我的网站 <b>")[0][0] is not None)
    refused = requests.post(site.url + "/api/v1/upload.php", headers={"X-API-Key": key}, files={"image": ("a.png", pictures.still("png", 20, 20))}, timeout=30)
    assert refused.status_code == 401
