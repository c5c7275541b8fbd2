# A real browser for the tests. Whatever a page should never cause fails the test that opened it: an error on the console, a report of its
# policy, a request to another host, a rejected promise that nobody handled.

import base64
import contextlib
import importlib.util
import json
import pathlib
import tempfile
import time
from urllib.parse import urlsplit

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException

# A name, because on one's own machine "localhost" and 127.0.0.1 get features that plain http has nowhere else, the clipboard above all.
HOST = "pictures.test"
# The package is installed for this file alone: importing it would ask for Playwright.
AXE = (pathlib.Path(importlib.util.find_spec("axe_playwright_python").origin).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What colours alone decide.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
PICTURES = pathlib.Path(__file__).resolve().parents[2] / ".build-tests" / "pictures"

# Runs in each page before its own scripts.
WATCH = '''
window.faults = [];
addEventListener("securitypolicyviolation", event => faults.push(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
addEventListener("unhandledrejection", event => faults.push(`rejection: ${event.reason}`));
addEventListener("error", event => { if (event instanceof ErrorEvent) faults.push(`error: ${event.message}`); });
'''


class Browser:
    """Chromium and what it did since the last `check`."""

    def __init__(self, folder, arguments=()):
        options = webdriver.ChromeOptions()
        for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={folder}",
                         f"--host-resolver-rules=MAP {HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--lang=zh-CN", "--hide-scrollbars",
                         "--no-first-run", "--disable-component-update", "--disable-background-networking", *arguments]:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
        self.driver.set_script_timeout(60)
        self.tell("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
        self.allowed = []

    def tell(self, command, **arguments):
        return self.driver.execute_cdp_cmd(command, arguments)

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def wait(self, script, *arguments, seconds=10):
        """Waits until the expression is true in the page, or in the one that follows it, and returns its value."""
        end, value, failure = time.monotonic() + seconds, None, None
        while not value and time.monotonic() < end:
            try:
                value, failure = self.run(f"return ({script})", *arguments), None
            except WebDriverException as error:
                # Between two pages there is nothing to ask, and what is looked for may not be there yet.
                failure = error
            if not value:
                time.sleep(0.02)
        assert value, f"not so within {seconds} s: {script}{f' ({failure.msg})' if failure else ''}; the page: {self.said()}"
        return value

    def said(self):
        """The end of what the page says, for a test that failed."""
        try:
            return self.run("return `${location.href} ${document.body.innerText.slice(-600)}`")
        except WebDriverException as error:
            return error.msg

    def open(self, address):
        self.driver.get(address)

    # What the person has

    def resize(self, width, height=None, touch=None):
        """A window of this many CSS pixels; a narrow one is held in the hand, with fingers."""
        touch = width < 640 if touch is None else touch
        self.tell("Emulation.setDeviceMetricsOverride", width=width, height=height or (844 if width < 640 else 800), deviceScaleFactor=1, mobile=False)
        self.tell("Emulation.setTouchEmulationEnabled", enabled=touch, maxTouchPoints=5 if touch else 1)

    def prefer(self, **features):
        """Media features: prefer(color_scheme="dark", reduced_motion="reduce"), forced_colors="active"."""
        named = [{"name": ("prefers-" if name != "forced_colors" else "") + name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.tell("Emulation.setEmulatedMedia", features=named)

    # What must hold

    def check(self):
        """Fails on anything that no page may cause; what a test provokes on purpose is named in `allowed`."""
        found = self.faults()
        assert found == [], found

    def faults(self):
        found = [f"console: {entry['message']}" for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]
        with contextlib.suppress(Exception):
            found += self.run("return window.faults ? faults.splice(0) : []")
        for entry in self.driver.get_log("performance"):
            told = json.loads(entry["message"])["message"]
            if told["method"] == "Network.requestWillBeSent":
                address = urlsplit(told["params"]["request"]["url"])
                if address.scheme in ("http", "https", "ws", "wss") and address.hostname not in (HOST, "127.0.0.1"):
                    found.append("another host: " + address.geturl())
        return [fault for fault in found if not any(allowed in fault for allowed in self.allowed)]

    def axe(self, rules=RULES):
        """What axe finds in the page as it is, one line for each element."""
        if not self.run("return Boolean(window.axe)"):
            self.run(AXE)
        answer = self.driver.execute_async_script('''
            const [rules, done] = arguments;
            axe.run(document, {runOnly: rules, resultTypes: ["violations"]}).then(done, error => done({error: String(error)}));''', rules)
        assert "error" not in answer, answer
        return [f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}" for rule in answer["violations"] for node in rule["nodes"]]

    def overflow(self):
        """What makes the page wider than its window: nothing, or the elements that stick out."""
        return self.run('''
            const wide = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= wide) return [];
            return ["scrollWidth " + document.documentElement.scrollWidth + " of " + wide, ...[...document.querySelectorAll("body *")]
                .filter(one => one.checkVisibility() && one.getBoundingClientRect().right > wide + 0.5).slice(0, 5).map(one => one.outerHTML.slice(0, 120))];''')

    def small_targets(self):
        """Controls that a finger would miss: less than 44 px high where the pointer is coarse. Links within text are none."""
        return self.run('''
            return [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")].filter(one => {
                const box = one.getBoundingClientRect();
                if (box.width <= 1 || !one.checkVisibility({visibilityProperty: true}) || one.closest("p:not(.links, .actions, .choices), dd, td, ol > li, .unseen")) return false;
                if (one.matches("[type=checkbox], [type=radio]") && one.closest("label")?.getBoundingClientRect().height >= 44) return false;
                return box.height < 43.5;
            }).map(one => one.outerHTML.slice(0, 100) + " " + one.getBoundingClientRect().height);''')

    def picture(self, name, whole=True):
        """Writes what the window shows, or the whole page, as PICTURES/name.png."""
        path = PICTURES / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        shot = self.tell("Page.captureScreenshot", format="png", captureBeyondViewport=False) if not whole else self.whole()
        path.write_bytes(base64.b64decode(shot["data"]))
        return path

    def whole(self):
        """The page at its own height, so that what is fixed to the window's edge stands at the page's end."""
        size = self.run("return [innerWidth, Math.min(6000, Math.max(innerHeight, document.documentElement.scrollHeight))]")
        self.tell("Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=1, mobile=False)
        # Those that load only when they are in sight are now.
        self.wait('[...document.images].every(one => one.complete || !one.checkVisibility())')
        return self.tell("Page.captureScreenshot", format="png")

    def quit(self):
        self.driver.quit()


@contextlib.contextmanager
def opened(*arguments):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        running = Browser(folder, arguments)
        try:
            yield running
        finally:
            running.quit()


@pytest.fixture(scope="session")
def chromium():
    """One for all tests; use `browser`."""
    with opened() as running:
        yield running


@pytest.fixture
def browser(chromium):
    """Chromium at 1280 px with nothing stored; the test fails at its end on what no page may cause."""
    chromium.allowed = []
    chromium.open("about:blank")
    chromium.faults()
    chromium.tell("Network.clearBrowserCookies")
    chromium.resize(1280)
    chromium.prefer(color_scheme="light")
    yield chromium
    chromium.check()
