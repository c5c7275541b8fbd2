# The upload page as a person uses it: what tests of the page with a stub and of a real site do alike.

import base64
import json

from selenium.webdriver.common.by import By

from running_site import PATIENCE, until

LOST = ["Failed to load resource"]
# A header that Chromium mentions where it cannot obey it, over plain http.
UNTRUSTED = ["Cross-Origin-Opener-Policy header has been ignored"]
ROWS = "[...document.querySelectorAll('#rows .row')].map(row => [row.querySelector('p.name').textContent, row.dataset.state])"
STATES = "[...document.querySelectorAll('#rows .row')].map(row => row.dataset.state)"
TOLD = "[...document.querySelectorAll('#rows .told')].map(one => one.textContent)"
# What each row has shown in percent, in order, from when it is called.
WATCH_PROGRESS = '''
window.shown = [];
new MutationObserver(() => document.querySelectorAll("#rows progress").forEach((bar, row) => (shown[row] ??= []).push(bar.value)))
    .observe(document.getElementById("rows"), {subtree: true, childList: true, attributes: true});
'''
# The records of what is kept.
KEPT = '''
const opening = indexedDB.open("imagebed", 1), done = arguments[0];
opening.onupgradeneeded = () => opening.result.createObjectStore("queue", {keyPath: "id"});
opening.onsuccess = () => {
    const asked = opening.result.transaction("queue").objectStore("queue").getAll();
    asked.onsuccess = () => {
        opening.result.close();
        done(asked.result.map(({name, size, upload, held, term}) => ({name, size, upload, held, term})));
    };
};
'''


class Page:
    def __init__(self, browser, server, url=None):
        self.browser, self.server, self.url = browser, server, url or server.url + "/"
        self.open()

    def open(self):
        self.browser.open(self.url)
        self.browser.wait("document.documentElement.classList.contains('js')")

    def choose(self, *files):
        self.browser.driver.find_element(By.ID, "files").send_keys("\n".join(map(str, files)))

    def press(self, button):
        self.browser.run("document.getElementById(arguments[0]).click()", button)

    def press_row(self, number, kind="act"):
        self.browser.run("document.querySelectorAll('#rows .row')[arguments[0]].querySelector('.' + arguments[1]).click()", number, kind)

    def paste(self, name, content=b"picture", kind="image/png", onto="body"):
        """A file out of the clipboard."""
        self.browser.run('''
            const [name, bytes, type, onto] = arguments, pasted = new DataTransfer();
            pasted.items.add(new File([Uint8Array.from(atob(bytes), one => one.charCodeAt(0))], name, {type}));
            document.querySelector(onto).dispatchEvent(new ClipboardEvent("paste", {clipboardData: pasted, bubbles: true, cancelable: true}));''',
            name, base64.b64encode(content).decode(), kind, onto)

    def drop(self, *paths):
        """Files and folders of the person's machine."""
        data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
        for kind in ["dragEnter", "dragOver", "drop"]:
            self.browser.tell("Input.dispatchDragEvent", type=kind, x=600, y=700, data=data)

    def until(self, *states, seconds=PATIENCE):
        """Waits until the rows have these states."""
        shown = until(lambda: self.states() == list(states), seconds)
        assert shown, f"rows are {self.rows()}, {self.told()}, expected {list(states)}"

    def states(self):
        return self.browser.run("return " + STATES)

    def rows(self):
        return self.browser.run("return " + ROWS)

    def told(self):
        return self.browser.run("return " + TOLD)

    def links(self, name="link"):
        return self.browser.run("return document.querySelector(`#format-${arguments[0]} textarea[readonly]`).value", name).splitlines()

    def history(self):
        stored = self.browser.run("return Object.entries(localStorage)")
        return {key: json.loads(value) for key, value in stored if not key.startswith("imagebed.")}

    def notice(self):
        return self.browser.run("const notice = document.getElementById('queue-notice'); return notice.hidden ? null : notice.innerText")

    def focused(self):
        """The text that has the focus."""
        return self.browser.run("return document.activeElement.textContent")

    def offline(self, is_offline):
        self.browser.tell("Network.enable")
        self.browser.tell("Network.emulateNetworkConditions", offline=is_offline, latency=0, downloadThroughput=-1, uploadThroughput=-1)

    def kept(self, count):
        """Waits until so many files are kept for a reload, and large ones with the address of their upload."""
        assert until(lambda: [one["size"] <= 8 << 20 or bool(one["upload"]) for one in self.records()] == [True] * count)

    def kept_as(self, **fields):
        """Waits until something is kept and all of it has these values."""
        assert until(lambda: {tuple(one[name] for name in fields) for one in self.records()} == {tuple(fields.values())}), self.records()

    def records(self):
        return self.browser.driver.execute_async_script(KEPT)
