# Menus, themes, forms, shortcuts and tabs (page.js, shortcuts.js, tabs.js), on plain http to a host's name, under the pages' policy.

from selenium.webdriver import Keys

from using import find, module, opened, pressed, server  # noqa: F401


# Menus

def test_menus(opened):  # noqa: F811
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

def test_theme(opened):  # noqa: F811
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

def test_a_form_is_sent_once(server, opened):  # noqa: F811
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


def test_password_is_shown_and_hidden(opened):  # noqa: F811
    page = opened("signin")
    button = find(page, "[data-show]")
    button.click()
    assert [find(page, "#password").get_attribute("type"), button.text, button.get_attribute("aria-pressed")] == ["text", "隐藏", "true"]
    button.click()
    assert [find(page, "#password").get_attribute("type"), button.text, button.get_attribute("aria-pressed")] == ["password", "显示", "false"]


def test_after_too_many_requests_the_button_opens_in_time(opened):  # noqa: F811
    page = opened("toomany", "retry=1")
    button = find(page, "form.stacked button")
    assert not button.is_enabled() and button.text == "1 秒后可以重试"
    page.wait('!document.querySelector("form.stacked button").disabled')
    assert button.text == "登录"


def test_offline(opened):  # noqa: F811
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

def test_shortcuts(opened):  # noqa: F811
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


def test_the_shortcut_to_search_is_where_a_page_has_a_search(opened):  # noqa: F811
    keys = 'return [...document.querySelectorAll("dialog[open] kbd")].map(one => one.textContent)'
    for name, listed in [("gallery", ["/", "u", "g", "?"]), ("details", ["u", "g", "?"])]:
        page = opened(name)
        pressed(page, "?")
        page.wait('document.querySelector("dialog[open]")')
        assert page.run(keys) == listed


# Tabs

def test_tabs(opened):  # noqa: F811
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


def test_a_chosen_tab_is_seen_where_there_is_no_room_for_all(opened):  # noqa: F811
    page = opened("upload")
    page.resize(320)
    seen = '''const [box, own] = [document.querySelector("[role=tablist]"), document.querySelector("[aria-selected=true]")].map(one => one.getBoundingClientRect());
        return [own.left >= box.left - 1, own.right <= box.right + 1]'''
    find(page, "[role=tab][aria-selected=true]").send_keys(Keys.END)
    assert page.run(seen) == [True, True] and page.run('return document.querySelector("[role=tablist]").scrollLeft') > 0
    pressed(page, Keys.HOME)
    assert page.run(seen) == [True, True] and page.run('return document.querySelector("[role=tablist]").scrollLeft') == 0


def test_what_can_be_opened_has_a_marker(opened):  # noqa: F811
    assert opened("details").run('return getComputedStyle(document.querySelector("main details.fold > summary")).display') == "list-item"


# Safety

def test_only_one_policy_makes_markup(opened):  # noqa: F811
    page = opened("empty")
    assert "no script of this site" in module(page, 'page => page.policy.createScriptURL("https://evil.example/x.js")')
    assert module(page, 'page => String(page.policy.createScriptURL("/sw.js"))') == "/sw.js"
    assert module(page, 'page => { document.querySelector("h1").innerHTML = page.policy.createHTML("<b>x</b>"); return document.querySelector("h1 b").textContent; }') == "x"
    page.allowed = ["require-trusted-types-for", "TrustedHTML"]
    assert "TrustedHTML" in module(page, 'page => { document.body.innerHTML = "<img>"; }')


def test_words_fill_their_holes(opened):  # noqa: F811
    page = opened("empty")
    assert module(page, 'page => page.fill("{n} of {m} {k}", {n: 1, m: "{n}"})') == "1 of {n} {k}"
    assert module(page, "page => page.prefix") == ""
