# The pages of a real site for people who press keys, magnify, or see other colours: dialogs, the order of Tab, 400 % zoom, forced colours, reduced
# motion, and what is read out. The number in the tests' names is that of the design's acceptance check.

import contextlib
import json

import pytest
from selenium.webdriver import Keys

import pictures
from browser import PICTURES
from site_pages import PAGES
from test_site import LOADED, STATES, enter
from using import pressed

ADDRESSED = [page for page in PAGES if page.name != "not-found"]
ids = {"ids": lambda page: page.name}


@pytest.fixture
def site(nginx_site):
    return nginx_site


@pytest.fixture
def opened(site, browser):
    """Opens a page; its settings stay until the test ends, for pictures that are asked for late."""
    with contextlib.ExitStack() as settings:
        def go(page, language="zh-CN"):
            enter(site, browser, page.who)
            browser.run("localStorage.clear();" + page.before.replace("{base}", site.url).replace("{file}", site.places["file"]))
            browser.allowed = [f"status of {page.status}"] if page.status != 200 else []
            address = page.address.format(**site.places)
            settings.enter_context(site.setting(**dict(page.settings)))
            browser.open(f"{site.url}{address}{'&' if '?' in address else '?'}lang={language}")
            browser.wait(LOADED if page.name != "not-found" else "document.readyState === 'complete'")
            return browser
        yield go


# Dialogs

OPENERS = '''
    const known = new Set();
    return [...document.querySelectorAll("button[data-open], button[data-ask]")].filter(one => {
        const id = one.dataset.open ?? one.dataset.ask;
        return document.getElementById(id) && !one.closest(".selection:not(.shown)") && !known.has(id) && known.add(id);
    }).map(one => one.dataset.open ? `[data-open="${one.dataset.open}"]` : `[data-ask="${one.dataset.ask}"]`);'''


@pytest.mark.parametrize("page", ADDRESSED, **ids)
def test_16_dialogs(site, opened, browser, page):
    """Each is opened by its control, as wide as the window lets it, without a fault that axe finds; Esc closes it, and the focus is where it was."""
    for width, scheme in [(1280, "light"), (320, "dark")]:
        browser.resize(width)
        browser.prefer(color_scheme=scheme)
        opened(page)
        if browser.run("return document.querySelector('dialog:modal') !== null"):
            assert browser.axe() + browser.overflow() == []
            pressed(browser, Keys.ESCAPE)
        browser.run("document.querySelector(\"input[name='id[]']\")?.click()")
        for opener in [*browser.run(OPENERS), "?"]:
            where = f"{page.name} {width} {opener}"
            if opener == "?":
                browser.run("document.activeElement.blur()")
                pressed(browser, "?")
            else:
                browser.run("for (let one = document.querySelector(arguments[0]); one; one = one.parentElement) if (one.matches('details')) one.open = true", opener)
                button = browser.driver.find_element("css selector", opener)
                browser.run("arguments[0].scrollIntoView({block: 'center'}); arguments[0].focus()", button)
                pressed(browser, Keys.ENTER)
            browser.wait("document.querySelector('dialog:modal')?.contains(document.activeElement)")
            assert browser.axe() + browser.overflow() + (browser.small_targets() if width < 640 else []) == [], where
            pressed(browser, Keys.ESCAPE)
            browser.wait("!document.querySelector('dialog:modal')")
            assert opener == "?" or browser.run("return document.activeElement.matches(arguments[0])", opener), where


def test_16_the_menu_of_phones(opened, browser):
    browser.resize(390)
    for page in [page for page in ADDRESSED if page.name in ("gallery", "account", "details")]:
        opened(page)
        browser.driver.find_element("css selector", "nav.site summary").click()
        browser.wait("document.querySelector('nav.site details').open")
        assert browser.axe() + browser.overflow() + browser.small_targets() == []
        pressed(browser, Keys.ESCAPE)
        assert browser.run("return [document.querySelector('nav.site details').open, document.activeElement.matches('nav.site summary')]") == [False, True]


# Tab

# Where the focus is: nothing on the page, or the element's number among those reached, what it is, whether one sees that it has the focus, and
# whether it can be seen at all (WCAG 2.2, 2.4.7 and 2.4.11).
STOP = '''
    const one = document.activeElement, reached = window.reached ??= [];
    if (!one || one === document.body || one === document.documentElement) return null;
    const box = one.getBoundingClientRect(), label = one.matches(".choose > input") ? one.nextElementSibling : one, seen = label.getBoundingClientRect();
    const ring = getComputedStyle(one.matches("input[type=date]") ? one : label);
    const points = [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].map(([x, y]) => [seen.left + seen.width * x, seen.top + seen.height * y]);
    const isSeen = points.some(([x, y]) => { const hit = document.elementFromPoint(x, y); return hit && (label.contains(hit) || hit.contains(label) && hit.matches("a, label, summary, button")); });
    if (!reached.includes(one)) reached.push(one);
    return {
        number: reached.indexOf(one), box: [seen.left, seen.top, seen.right, seen.bottom].map(Math.round).join(" "), ring: ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) >= 2, isSeen,
        name: `${one.localName} ${one.id || one.name || ""} ${(one.ariaLabel ?? one.textContent ?? "").trim().replace(/\\s+/g, " ").slice(0, 40)}`.replace(/\\s+/g, " "),
    };'''
# What was reached, by place on the page, and what the keyboard should have reached too.
REACHED = '''
    const all = [...document.querySelectorAll("*")];
    const missed = all.filter(one => one.matches("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0'], video[controls]")
        && !one.disabled && one.tabIndex >= 0 && one.checkVisibility({visibilityProperty: true}) && !reached.includes(one));
    return [reached.map(one => all.indexOf(one)), missed.map(one => one.outerHTML.slice(0, 120))];'''


def tab(browser):
    for kind in ("rawKeyDown", "keyUp"):
        browser.tell("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
    return browser.run(STOP)


def stops(browser):
    """Everything that Tab reaches, once around. (Some have several parts, of which the page sees none.)"""
    found, nothing = [], 0
    while len(found) < 600 and nothing < 3:
        stop = tab(browser)
        if stop is None:
            nothing += 1
        elif stop["number"] == len(found):
            found.append(stop)
            nothing = 0
        elif stop["number"] != len(found) - 1:
            break
    return found


# 1280 x 1024 as 320 x 256: what 400 % of zoom leaves (WCAG 2.2, 1.4.10).
@pytest.mark.parametrize("width, height, scale", [(1280, 800, 1), (320, 256, 4)], ids=["100%", "400%"])
@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in ("api", "upload-notice")], **ids)
def test_16_the_order_of_tab(opened, browser, page, width, height, scale):
    """Everything is reached, in the order of the page, and seen there. What was reached is recorded in an ignored folder."""
    browser.tell("Emulation.setTouchEmulationEnabled", enabled=False)
    browser.tell("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=False)
    opened(page)
    assert browser.overflow() == []
    found = stops(browser)
    places, missed = browser.run(REACHED)
    # It begins where the focus was: after a message, if there is one.
    first = places.index(min(places))
    found, places = found[first:] + found[:first], places[first:] + places[:first]
    record = PICTURES.parent / "tab-order" / f"{page.name}-{width}.txt"
    record.parent.mkdir(parents=True, exist_ok=True)
    record.write_text("".join(f"{stop['name']}\n" for stop in found))
    assert missed == [] and places == sorted(places)
    assert [stop for stop in found if not stop["ring"] or not stop["isSeen"]] == []
    assert page.name == "not-found" or found[0]["name"].strip() == "a 跳到正文"


@pytest.mark.parametrize("page", PAGES, **ids)
def test_16_bars_leave_room_at_400_percent(opened, browser, page):
    """What is fixed to the window's edges takes less than a third of its height, on the page's way down too."""
    browser.tell("Emulation.setTouchEmulationEnabled", enabled=False)
    browser.tell("Emulation.setDeviceMetricsOverride", width=320, height=256, deviceScaleFactor=4, mobile=False)
    opened(page)
    browser.run("scrollTo(0, 400)")
    heights = browser.run('''return [...document.querySelectorAll("body *")].filter(one => ["fixed", "sticky"].includes(getComputedStyle(one).position)
        && one.checkVisibility() && !one.closest("dialog") && one.getBoundingClientRect().bottom > 0 && one.getBoundingClientRect().top < 256 && one.id !== "toasts").map(one => one.getBoundingClientRect().height)''')
    assert sum(heights) <= 85 and browser.overflow() == []


# Other colours, no motion

@pytest.mark.parametrize("page", PAGES, **ids)
def test_16_forced_colours_and_reduced_motion(opened, browser, page):
    """With colours that the person chose every control has an edge, and what is chosen differs from the rest; nothing moves for who wants that."""
    browser.prefer(forced_colors="active", reduced_motion="reduce")
    opened(page)
    without = browser.run('''return [...document.querySelectorAll("main :is(button, .button, input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea)")].filter(one => {
        if (!one.checkVisibility() || one.getBoundingClientRect().width < 2) return false;
        const style = getComputedStyle(one);
        return !["Top", "Bottom"].every(side => style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) >= 1) && !one.closest(".cards");
    }).map(one => one.outerHTML.slice(0, 120))''')
    assert without == []
    alike = browser.run('''return [...document.querySelectorAll("[aria-current], [aria-selected=true]")].filter(one => {
        const other = [...one.parentElement.children].find(next => next.localName === one.localName && !next.matches("[aria-current], [aria-selected=true]"));
        if (!other || !one.checkVisibility()) return false;
        const [mine, its] = [getComputedStyle(one), getComputedStyle(other)];
        return mine.backgroundColor === its.backgroundColor && mine.borderTopWidth === its.borderTopWidth;
    }).map(one => one.outerHTML.slice(0, 120))''')
    assert alike == []
    moving = browser.run('''return [...document.querySelectorAll("*")].flatMap(one => ["", "::before", "::after"].map(part => [one, getComputedStyle(one, part)]))
        .filter(([, style]) => style.transitionDuration.split(", ").some(time => parseFloat(time) > 0) || style.animationName !== "none" || style.scrollBehavior === "smooth")
        .map(([one]) => one.outerHTML.slice(0, 120))''')
    assert moving == []
    browser.picture(f"{page.name}/forced-colours")


# What is read out

LISTEN = '''window.said = [];
    new MutationObserver(changes => changes.forEach(change => change.addedNodes.forEach(one => one.textContent.trim() && said.push(one.textContent.trim()))))
        .observe(document.getElementById("toasts"), {childList: true, subtree: true});
    return [document.getElementById("toasts").role, document.getElementById("toasts").ariaLive]'''
SAID = {
    "zh-CN": ("已复制", "开始上传 2 个文件", "2 个文件已上传", "已复制 2 个链接", "上传结束：1 个完成，1 个失败"),
    "zh-TW": ("已複製", "開始上傳 2 個檔案", "2 個檔案已上傳", "已複製 2 個連結", "上傳結束：1 個完成，1 個失敗"),
    "en": ("Copied", "Uploading files: 2", "Files uploaded: 2", "Links copied: 2", "Finished: 1 uploaded, 1 failed"),
}


@pytest.mark.parametrize("language", SAID)
def test_16_what_is_read_out(site, opened, browser, language, tmp_path):
    copied, begun, ended, copied_all, with_failures = SAID[language]
    opened(next(page for page in PAGES if page.name == "details"), language)
    assert browser.run(LISTEN) == ["status", "polite"]
    browser.driver.find_element("css selector", "button[data-copy]").click()
    browser.wait("said.length")
    assert browser.run("return said") == [copied]
    opened(next(page for page in PAGES if page.name == "upload"), language)
    browser.run(LISTEN)
    for number in range(2):
        (tmp_path / f"{number}.jpg").write_bytes(pictures.jpeg(50 + number, 40, seed=hash(language) % 97))
    (tmp_path / "empty.jpg").write_bytes(b"")
    choose = browser.driver.find_element("id", "files")
    choose.send_keys("\n".join(str(tmp_path / f"{number}.jpg") for number in range(2)))
    browser.wait(f"said.includes({json.dumps(ended)})", seconds=60)
    said = browser.run("return said.splice(0)")
    assert said[0] == begun and said[-1] == ended and all("%" in one for one in said[1:-1])
    browser.driver.find_element("id", "copy-all").click()
    browser.wait("said.length")
    assert browser.run("return said.splice(0)")[-1] == copied_all
    assert browser.run(f"return {STATES}") == ["done", "done"]
