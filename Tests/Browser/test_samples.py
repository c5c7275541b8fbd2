# Every component in Chromium: no finding of axe, nothing wider than the window, nothing too small for a finger, in each language and look.

import pytest

import samples
from browser import HOST

WIDTHS = [1280, 390, 320]
LOADED = 'document.documentElement.classList.contains("js") && document.readyState === "complete"'


@pytest.fixture(scope="session")
def site():
    with samples.serving() as server:
        yield f"http://{HOST}:{server.server_port}"


def wrong(browser, but=()):
    """What is wrong with the page as it is; `but` names rules of axe that do not apply."""
    return [fault for fault in browser.axe() if not fault.startswith(tuple(but))] + browser.overflow() + (browser.small_targets() if browser.run("return innerWidth < 640") else [])


@pytest.mark.parametrize("language", samples.LANGUAGES)
@pytest.mark.parametrize("name", samples.NAMES)
def test_sample(site, browser, name, language):
    browser.open(f"{site}/{name}.html?lang={language}")
    browser.wait(LOADED)
    found = []
    for width in WIDTHS:
        browser.resize(width)
        for scheme in ["light", "dark"]:
            browser.prefer(color_scheme=scheme)
            found += [f"{width} {scheme}: {fault}" for fault in wrong(browser)]
    assert found == []


OPENED = [("account", "[data-open=create]"), ("account", "[data-open=revoke]"), ("gallery", "[data-ask]"), ("gallery", "#f1 summary"),
          ("upload", "nav.site summary"), ("upload", "body > footer > button")]


@pytest.mark.parametrize("name, opener", OPENED)
def test_opened(site, browser, name, opener):
    """Dialogs and menus; the destinations behind "more" are only there on phones, the shortcuts only on wide windows."""
    browser.open(f"{site}/{name}.html")
    browser.wait(LOADED)
    found = []
    for width in {"nav.site summary": [390, 320], "body > footer > button": [1280]}.get(opener, [1280, 320]):
        browser.resize(width)
        browser.run("document.querySelector(arguments[0]).click()", opener)
        browser.wait('document.getAnimations().length === 0')
        for scheme in ["light", "dark"]:
            browser.prefer(color_scheme=scheme)
            # A menu lies over parts of what is below it.
            found += [f"{width} {scheme}: {fault}" for fault in wrong(browser, but=["target-size"] if "summary" in opener else [])]
        browser.run('document.querySelectorAll("dialog[open]").forEach(one => one.close()); document.querySelectorAll("details[open]").forEach(one => one.open = false)')
    assert found == []


@pytest.mark.parametrize("name", ["upload", "account", "gallery", "signin"])
def test_focus_is_seen(site, browser, name):
    """Every stop of the Tab key has a ring, that of a hidden file field on its label; none is hidden by the dock."""
    browser.resize(390)
    browser.open(f"{site}/{name}.html")
    browser.wait(LOADED)
    stops, unseen = [], []
    for _ in range(60):
        for kind in ["keyDown", "keyUp"]:
            browser.tell("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
        stop = browser.run('''
            const one = document.activeElement, shown = one.matches("input[type=file]") ? one.labels[0] : one;
            const box = shown.getBoundingClientRect(), dock = document.querySelector("nav.site").getBoundingClientRect();
            const style = getComputedStyle(shown);
            return {is: one.outerHTML.slice(0, 80), body: one === document.body, ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
                    covered: !one.closest("nav.site") && getComputedStyle(document.querySelector("nav.site")).position === "fixed" && box.top > dock.top - 8};''')
        if stop["body"] or stop["is"] in stops[:1] and len(stops) > 1:
            break
        stops.append(stop["is"])
        if not stop["ring"] or stop["covered"]:
            unseen.append(stop)
    assert len(stops) > 5 and unseen == []


def test_forced_colours(site, browser):
    """Controls keep an edge, and the current place another look than the others, where the system chooses the colours."""
    browser.prefer(forced_colors="active")
    browser.open(f"{site}/account.html")
    browser.wait(LOADED)
    bare = browser.run('''return [...document.querySelectorAll("button, .button, input:not([type=checkbox])")].filter(one =>
        one.checkVisibility() && parseFloat(getComputedStyle(one).borderTopWidth) < 1).map(one => one.outerHTML)''')
    assert bare == []
    looks = browser.run('return ["[aria-current]", ":not([aria-current])"].map(one => getComputedStyle(document.querySelector("nav.site > a" + one)).backgroundColor)')
    assert looks[0] != looks[1]


def test_reduced_motion(site, browser):
    browser.prefer(reduced_motion="reduce")
    browser.open(f"{site}/upload.html")
    browser.wait(LOADED)
    moving = browser.run('''return [...document.querySelectorAll("*")].filter(one => {
        const style = getComputedStyle(one);
        return style.animationName !== "none" || style.transitionDuration.split(",").some(time => parseFloat(time) > 0);
    }).map(one => one.outerHTML.slice(0, 80))''')
    assert moving == []


@pytest.mark.parametrize("name", ["upload", "gallery", "day", "details", "account", "signin"])
def test_nothing_moves_when_scripts_arrive(site, browser, name):
    """The cumulative layout shift of a first visit (budget 0.02)."""
    browser.resize(390)
    browser.open(f"{site}/{name}.html")
    browser.wait(LOADED)
    shift = browser.driver.execute_async_script('''
        const done = arguments[0];
        let sum = 0;
        new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value; })
            .observe({type: "layout-shift", buffered: true});
        requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));''')
    assert shift <= 0.02
