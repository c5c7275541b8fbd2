# What page.js, copy.js and tabs.js do, on plain http to a host's name, under the pages' policy.

import pytest
from selenium.webdriver import Keys
from selenium.webdriver.common.action_chains import ActionChains

import samples
from browser import HOST, browser, chromium  # noqa: F401

LOADED = 'document.documentElement.classList.contains("js") && document.readyState === "complete"'


@pytest.fixture(scope="module")
def server():
    with samples.serving() as running:
        yield running


@pytest.fixture
def opened(server, browser):  # noqa: F811
    def go(name, query=""):
        browser.open(f"http://{HOST}:{server.server_port}/{name}.html?{query}")
        browser.run("localStorage.clear()")
        browser.wait(LOADED)
        return browser
    return go


def find(browser, selector):  # noqa: F811
    return browser.driver.find_element("css selector", selector)


def module(browser, call, *arguments):  # noqa: F811
    """Runs a function of page.js's module `page`."""
    return browser.driver.execute_async_script(f'''
        const given = [...arguments], done = given.pop();
        import("/assets/page.js").then(page => ({call})(page, ...given)).then(done, error => done("FAILED " + error));''', *arguments)


def pressed(browser, *keys):  # noqa: F811
    ActionChains(browser.driver).send_keys(*keys).perform()


def clipboard(browser):  # noqa: F811
    """What Ctrl+V puts into a field."""
    browser.run('document.getElementById("paste")?.remove(); document.body.insertAdjacentElement("beforeend", Object.assign(document.createElement("textarea"), {id: "paste"})).focus()')
    ActionChains(browser.driver).key_down(Keys.CONTROL).send_keys("v").key_up(Keys.CONTROL).perform()
    return browser.run('return document.getElementById("paste").value')


# Copying

def test_copy_without_the_clipboard_api(opened):
    page = opened("details")
    assert page.run("return [isSecureContext, typeof navigator.clipboard]") == [False, "undefined"]
    button = find(page, "#c2 ~ [data-copy]")
    button.click()
    page.wait('document.querySelector("#c2 ~ [data-copied]")')
    assert button.text == "已复制" and page.run("return document.activeElement === arguments[0]", button)
    assert page.run('return document.getElementById("toasts").textContent') == "已复制"
    assert clipboard(page) == "![假日-照片.jpg](https://img.example.org/i/2026/11/26/1x8kq2m.jpg)"
    page.wait('!document.querySelector("[data-copied]")')
    assert button.text == "复制"


def test_copy_of_an_element_by_its_id(opened):
    page = opened("upload")
    find(page, "[data-copy=all-links]").click()
    page.wait('document.querySelector("[data-copied]")')
    assert clipboard(page).splitlines() == ["https://img.example.org/i/2026/11/26/alru28.png",
                                            "https://img.example.org/i/2026/11/26/1x8kq2m-a-longer-name-of-a-file.webp"]


def test_copy_of_a_field_that_is_not_shown(opened):
    page = opened("day")
    find(page, ".cards [data-copy]").click()
    page.wait('document.querySelector("[data-copied]")')
    assert not find(page, ".cards .copybox input").is_displayed()
    assert clipboard(page) == "https://img.example.org/i/2026/11/26/1x8kq2m.jpg"


def test_copy_that_fails_leaves_the_field_selected(opened):
    page = opened("details")
    page.run("document.execCommand = () => false")
    find(page, "#c1 ~ [data-copy]").click()
    page.wait('document.querySelector(".toast.warn")?.textContent.includes("请按 Ctrl+C 复制")')
    assert page.run('const one = document.getElementById("c1"); return [document.activeElement === one, one.selectionStart, one.selectionEnd]') == \
        [True, 0, len("https://img.example.org/i/2026/11/26/1x8kq2m.jpg")]


def test_copy_within_a_dialog(opened):
    page = opened("account")
    find(page, "[data-open=revoke]").click()
    # The dialog's own button runs it, because a browser copies only when a person acts.
    page.run('''document.querySelector("#revoke button").addEventListener("click", event => {
        event.preventDefault(); import("/assets/copy.js").then(({copy}) => copy("within").then(done => window.done = done)); })''')
    find(page, "#revoke button").click()
    page.wait("window.done")
    page.run('document.getElementById("revoke").close()')
    assert clipboard(page) == "within"


# Messages

def test_messages(opened):
    page = opened("gallery")
    module(page, 'page => { page.toast("<b>好</b>", "ok"); page.toast("没有成功", "bad"); page.toast("已移到回收站", "", {label: "撤销", run: () => window.undone = true}); }')
    page.wait("document.getAnimations().length === 0")
    assert [shown.text.splitlines() for shown in page.driver.find_elements("css selector", ".toast")] == [["<b>好</b>"], ["没有成功", "关闭"], ["已移到回收站", "撤销", "关闭"]]
    find(page, ".toast:last-child button").click()
    assert page.run("return window.undone") is True
    page.wait('document.querySelectorAll(".toast").length === 1')
    assert "没有成功" in find(page, ".toast").text
    find(page, ".toast button").click()
    assert page.driver.find_elements("css selector", ".toast") == []


def test_messages_are_within_an_open_dialog(opened):
    """Outside of it nothing is read or pressed."""
    page = opened("account")
    find(page, "[data-open=revoke]").click()
    module(page, 'page => { page.toast("没有成功", "bad"); }')
    assert page.run('return document.querySelector(".toast").closest("dialog").id') == "revoke"
    find(page, "#revoke button").click()
    page.wait('document.querySelector("body > #toasts > .toast")')


# Questions

def test_the_first_focus_of_a_question_is_on_the_harmless_button(opened):
    page = opened("gallery")
    find(page, "[data-ask]").click()
    assert page.driver.switch_to.active_element.text == "取消"
    pressed(page, Keys.ESCAPE)
    page.wait('!document.querySelector("dialog[open]")')
    assert page.driver.switch_to.active_element.text == "删除"


def test_a_form_is_sent_after_a_yes_alone(server, opened):
    page = opened("gallery")
    before = getattr(server, "posts", 0)
    find(page, "[data-ask]").click()
    find(page, "#really button").click()
    page.wait('!document.querySelector("dialog[open]")')
    assert getattr(server, "posts", 0) == before
    page.run("window.here = true")
    find(page, "[data-ask]").click()
    find(page, "#really .danger").click()
    page.wait("!window.here && document.readyState === 'complete'")
    assert server.posts == before + 1


def test_answers(opened):
    page = opened("gallery")
    page.run('import("/assets/page.js").then(page => page.ask("really")).then(answer => window.answer = answer)')
    page.wait('document.querySelector("dialog[open]")')
    find(page, "#really .danger").click()
    assert page.wait("window.answer") == "delete"


# Menus

def test_menus(opened):
    page = opened("gallery")
    first, second = "#f0 summary", "#f1 summary"
    find(page, first).click()
    find(page, second).click()
    assert page.run('return [...document.querySelectorAll("details.more[open]")].map(one => one.closest("li").id)') == ["f1"]
    pressed(page, Keys.ESCAPE)
    assert page.run('return document.querySelectorAll("details.more[open]").length') == 0
    assert page.run('return document.activeElement === document.querySelector(arguments[0])', second)
    find(page, first).click()
    find(page, "h1").click()
    assert page.run('return document.querySelectorAll("details.more[open]").length') == 0


# Looks

def test_theme(opened):
    page = opened("upload")
    page.run("window.here = true")
    background = "return getComputedStyle(document.body).backgroundColor"
    light = page.run(background)
    find(page, 'body > footer a[href="?theme=dark"]').click()
    assert page.run("return window.here") and page.run(background) != light
    assert page.run('return [...document.querySelectorAll("body > footer .choices [aria-current]")].map(one => one.textContent)') == ["简体", "深色"]
    cookie = page.driver.get_cookie("theme")
    assert (cookie["value"], cookie["path"], cookie["sameSite"]) == ("dark", "/", "Lax")
    find(page, 'body > footer a[href="?theme=light"]').click()
    assert page.run(background) == light


# Forms

def test_a_form_is_sent_once(server, opened):
    page = opened("signin")
    before = getattr(server, "posts", 0)
    page.run('''
        document.getElementById("password").value = "x";
        const form = document.querySelector("form.stacked"), button = form.querySelector(".primary");
        window.prevented = [];
        addEventListener("submit", event => window.prevented.push(event.defaultPrevented));
        form.target = "elsewhere";
        button.click(); button.click();''')
    assert page.run("return window.prevented") == [False, True]
    for handle in page.driver.window_handles[1:]:
        page.driver.switch_to.window(handle)
        page.driver.close()
    page.driver.switch_to.window(page.driver.window_handles[0])
    assert server.posts <= before + 1


def test_password_is_shown_and_hidden(opened):
    page = opened("signin")
    button = find(page, "[data-show]")
    button.click()
    assert [find(page, "#password").get_attribute("type"), button.text, button.get_attribute("aria-pressed")] == ["text", "隐藏", "true"]
    button.click()
    assert [find(page, "#password").get_attribute("type"), button.text, button.get_attribute("aria-pressed")] == ["password", "显示", "false"]


def test_after_too_many_requests_the_button_opens_in_time(opened):
    page = opened("toomany", "retry=1")
    button = find(page, "form.stacked button")
    assert not button.is_enabled() and button.text == "1 秒后可以重试"
    page.wait('!document.querySelector("form.stacked button").disabled')
    assert button.text == "登录"


def test_offline(opened):
    page = opened("signin")
    page.tell("Network.enable")
    page.tell("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=-1, uploadThroughput=-1)
    try:
        page.wait('document.querySelector(".offline")?.textContent === "网络断开"')
        find(page, "#password").send_keys("x")
        find(page, ".primary").click()
        page.wait('document.querySelector(".toast.warn")')
    finally:
        page.tell("Network.emulateNetworkConditions", offline=False, latency=0, downloadThroughput=-1, uploadThroughput=-1)
    page.wait('!document.querySelector(".offline")')


# Shortcuts

def test_shortcuts(opened):
    page = opened("gallery")
    pressed(page, "/")
    assert page.driver.switch_to.active_element.get_attribute("type") == "search"
    pressed(page, "?u")
    assert page.driver.switch_to.active_element.get_attribute("value") == "?u"
    page.run("document.activeElement.blur()")
    pressed(page, "?")
    assert "快捷键" in find(page, "dialog[open]").text
    find(page, "dialog[open] [role=switch]").click()
    pressed(page, Keys.ESCAPE)
    page.wait('!document.querySelector("dialog[open]")')
    page.run("document.activeElement.blur()")
    pressed(page, "?/")
    assert page.run('return [document.querySelector("dialog[open]"), document.activeElement === document.body]') == [None, True]
    find(page, "body > footer > button").click()
    assert not find(page, "dialog[open] [role=switch]").is_selected()


# Tabs

def test_tabs(opened):
    page = opened("upload")
    list_ = 'return [...document.querySelectorAll("[role=tab]")].filter(one => one.tabIndex === 0).map(one => one.id + " " + one.ariaSelected)'
    assert page.run(list_) == ["as-link true"]
    find(page, "#as-html").click()
    assert page.run(list_) == ["as-html true"]
    for key, chosen in [(Keys.ARROW_LEFT, "as-bbcode"), (Keys.END, "as-custom"), (Keys.ARROW_RIGHT, "as-link"), (Keys.HOME, "as-link"),
                        (Keys.ARROW_LEFT, "as-custom")]:
        pressed(page, key)
        assert page.run(list_) == [chosen + " true"]
        assert page.run('return [...document.querySelectorAll("[role=tabpanel]:not([hidden])")].map(one => one.id)') == [chosen.replace("as", "of")]
        assert page.driver.switch_to.active_element.get_attribute("id") == chosen


# Safety

def test_only_one_policy_makes_markup(opened):
    page = opened("empty")
    assert "no script of this site" in module(page, 'page => page.policy.createScriptURL("https://evil.example/x.js")')
    assert module(page, 'page => String(page.policy.createScriptURL("/sw.js"))') == "/sw.js"
    assert module(page, 'page => { document.querySelector("h1").innerHTML = page.policy.createHTML("<b>x</b>"); return document.querySelector("h1 b").textContent; }') == "x"
    page.allowed = ["require-trusted-types-for", "TrustedHTML"]
    assert "TrustedHTML" in module(page, 'page => { document.body.innerHTML = "<img>"; }')


def test_words_fill_their_holes(opened):
    page = opened("empty")
    assert module(page, 'page => page.fill("{n} of {m} {k}", {n: 1, m: "{n}"})') == "1 of {n} {k}"
    assert module(page, "page => page.prefix") == ""
