# The API page in Chromium: tabs, copying, forms that send real requests, and its samples for pages of other sites.

import pathlib
import sys

import pytest
import requests
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Wire"))

import pictures  # noqa: E402
from api_samples import samples, told_on_another_page  # noqa: E402
from running_site import Site  # noqa: E402


@pytest.fixture(scope="module")
def site():
    with Site() as running:
        yield running


@pytest.fixture
def page(site, browser):  # noqa: F811
    browser.open(site.url + "/api.php?lang=zh-CN")
    browser.wait("document.documentElement.classList.contains('js')")
    return browser


def trial(page, name):
    """The form of an operation, opened."""
    section = page.driver.find_element(By.XPATH, f"//section[@aria-labelledby='{name}']")
    form = section.find_element(By.CSS_SELECTOR, "form.trial")
    page.run("arguments[0].closest('details').open = true", form)
    return form


def sent(page, form):
    """What the answer's box says after the form was sent."""
    form.find_element(By.CSS_SELECTOR, "button.primary").click()
    return page.wait("arguments[0].querySelector('.result pre')?.textContent", form)


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_16_nothing_to_find_for_axe(site, browser, language, scheme):  # noqa: F811
    browser.prefer(color_scheme=scheme)
    for width in (1280, 390, 320):
        browser.resize(width)
        browser.open(f"{site.url}/api.php?lang={language}")
        browser.wait("document.documentElement.classList.contains('js')")
        browser.run("for (const fold of document.querySelectorAll('details.fold')) fold.open = true")
        assert browser.axe() == [] and browser.overflow() == []
        if width < 640:
            assert browser.small_targets() == []


def test_one_sample_is_shown_at_a_time(page):
    box = page.driver.find_element(By.CSS_SELECTOR, "section[aria-labelledby='uploadFile'] .tabbed")
    tabs = box.find_elements(By.CSS_SELECTOR, "[role=tab]")
    assert [tab.text for tab in tabs] == ["cURL", "HTML", "JavaScript", "jQuery", "Python"]
    tabs[0].send_keys(Keys.ARROW_RIGHT)
    assert [panel.is_displayed() for panel in box.find_elements(By.CSS_SELECTOR, "[role=tabpanel]")] == [False, True, False, False, False]


def test_copying_a_sample(page):
    button = page.driver.find_element(By.CSS_SELECTOR, "[data-copy='uploadFile-curl']")
    button.click()
    page.wait("arguments[0].hasAttribute('data-copied')", button)


def test_trying_an_upload(page, site, tmp_path):
    (tmp_path / "a.jpg").write_bytes(pictures.photograph(64, 48))
    form = trial(page, "uploadFile")
    form.find_element(By.NAME, "image").send_keys(str(tmp_path / "a.jpg"))
    form.find_element(By.NAME, "token").send_keys(site.key)
    said = sent(page, form)
    assert said.startswith("200") and '"result": "success"' in said
    assert page.run("return location.pathname") == "/api.php" and site.key not in page.run("return document.documentElement.outerHTML")


def test_trying_what_needs_a_key_in_a_header(page, site):
    form = trial(page, "pushJSON")
    for name, value in (("file_key", "tried"), ("content", '{"a": 9007199254740993}'), ("device_id", "browser"), ("token", site.key)):
        form.find_element(By.NAME, name).send_keys(value)
    assert '"version": 1' in sent(page, form)
    for name, expected in (("pullJSON", "9007199254740993"), ("deleteJSON", '"deleted": true')):
        form = trial(page, name)
        form.find_element(By.NAME, "file_key").send_keys("tried")
        form.find_element(By.NAME, "device_id").send_keys("browser")
        form.find_element(By.CSS_SELECTOR, "[data-key]").send_keys(site.key)
        assert expected in sent(page, form)
    page.allowed = ["401"]
    form = trial(page, "listVersions")
    form.find_element(By.NAME, "file_key").send_keys("tried")
    assert "Login required or invalid token" in sent(page, form)


@pytest.mark.parametrize("name, values, refusal", [
    ("changeDevice", {"device_id": "nobody", "action": "forget"}, "Device not found"),
    ("resolveConflict", {"id": "1", "action": "resolve_keep_local"}, "Conflict not found"),
])
def test_trying_what_has_a_field_called_action(page, site, name, values, refusal):
    page.allowed = ["404"]
    form = trial(page, name)
    for field, value in {**values, "token": site.key}.items():
        form.find_element(By.NAME, field).send_keys(value)
    said = sent(page, form)
    assert said.startswith("404") and refusal in said


def test_a_key_that_no_header_can_hold_is_refused_with_a_reason(page):
    form = trial(page, "listVersions")
    form.find_element(By.NAME, "file_key").send_keys("tried")
    key = form.find_element(By.CSS_SELECTOR, "[data-key]")
    for text, is_fit in (("ключ", False), ("a b", False), (" ib_a-_9 ", True), ("", True)):
        key.clear()
        key.send_keys(text)
        assert page.run("return arguments[0].validity.valid", key) == is_fit, text
    assert key.get_attribute("title") == "密钥只有英文字母、数字和半角符号，没有空格"


def test_trying_the_list_and_a_thumbnail(page):
    assert '"pagination": {' in sent(page, trial(page, "listFiles"))
    page.allowed = ["404"]
    form = trial(page, "getThumbnail")
    form.find_element(By.NAME, "img").send_keys("/uploads/none.jpg")
    assert "image/png" in sent(page, form)


@pytest.mark.parametrize("kind", ["javascript", "jquery"])
def test_samples_on_a_page_of_another_site(site, browser, tmp_path, kind):  # noqa: F811
    text = requests.get(site.url + "/api.php?lang=zh-CN", timeout=120).text
    (tmp_path / "a.jpg").write_bytes(pictures.photograph(64, 48))
    told = told_on_another_page(browser, samples(text, kind)["uploadFile"].replace("your-api-key", site.key), tmp_path, tmp_path / "a.jpg")
    assert told[0].startswith(f"文件地址: {site.url}/uploads/") and told[1].startswith("缩略图: ") and told[2].startswith("删除链接: ")
    if kind == "jquery":
        assert browser.run("return document.querySelector('#preview').src") == told[0].partition(": ")[2]
