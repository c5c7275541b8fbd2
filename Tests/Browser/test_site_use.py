# The upload page of a real site in long use. The numbers at the tests are those of the design's acceptance checks.

import base64
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Wire"))

import pictures  # noqa: E402
from running_site import until  # noqa: E402
from upload_site import MEGABYTE, opened_page, upload_site  # noqa: E402

ACTIONS = 600
# Rounds of what people do, by the page's own events. `performed` counts the actions.
USE = '''
const [bytes, wanted] = arguments, picture = Uint8Array.from(atob(bytes), one => one.charCodeAt(0));
const part = name => document.getElementById(name), all = selector => [...document.querySelectorAll(selector)];
const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
const until = async test => { while (!test()) await pause(5); };
const act = action => { action(); performed += 1; };
const key = (target, name, more = {}) => target.dispatchEvent(new KeyboardEvent("keydown", {key: name, bubbles: true, cancelable: true, ...more}));
const changed = (field, value, event) => {
    field.value = value;
    field.dispatchEvent(new Event(event, {bubbles: true}));
};
const states = () => all("#rows .row").map(row => row.dataset.state);
const done = count => until(() => states().length === count && states().every(state => state === "done"));
const paste = name => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([picture], name, {type: "image/png"}));
    document.body.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
};
async function round(number) {
    for (let file = 0; file < 8; file += 1) act(() => paste(`${number}-${file}.png`));
    await done(8);
    for (const tab of all("#links [role=tab]")) act(() => tab.click());
    for (const button of all("#rows .act").slice(0, 3)) act(() => button.click());
    act(() => part("copy-all").click());
    act(() => key(document.body, "Enter", {ctrlKey: true}));
    act(() => changed(part("presets"), "JSON", "change"));
    act(() => changed(part("template"), `{name} ${number}`, "input"));
    act(() => part("hold").click());
    act(() => paste(`${number}-held.png`));
    await until(() => states().includes("waiting"));
    const field = all("#rows input.name").at(-1);
    field.focus();
    act(() => changed(field, `${number} renamed.png`, "change"));
    field.blur();
    act(() => part("start").click());
    await done(9);
    act(() => part("hold").click());
    act(() => key(all("#rows .act")[0], "Delete"));
    await done(8);
    act(() => part("clear-done").click());
    await until(() => states().length === 0);
}
window.performed = 0;
(async () => { for (let number = 0; performed < wanted; number += 1) await round(number); })().then(() => { window.ended = true; }, error => { window.ended = String(error); });
'''


@pytest.fixture(scope="module")
def site():
    with upload_site("nginx") as running:
        yield running


def test_20_six_hundred_actions(site, browser):
    """The heap grows by less than 10 MB, and the document not at all."""
    with opened_page(site, browser) as page:
        use(page, 60)
        before = memory(page)
        use(page, ACTIONS)
        after = memory(page)
    assert after["usedSize"] - before["usedSize"] < 10 * MEGABYTE, (before, after)
    assert after["nodes"] <= before["nodes"] + 50, (before, after)


def use(page, actions):
    page.browser.run("window.ended = false;" + USE, base64.b64encode(pictures.still("png", 20, 20)).decode(), actions)
    assert until(lambda: page.browser.run("return ended"), 600) is True, (page.browser.run("return [ended, performed]"), page.rows())
    assert page.browser.run("return performed") >= actions


def memory(page):
    """After toasts and copy buttons have gone back."""
    assert until(lambda: page.browser.run("return document.querySelectorAll('#toasts > *, [data-copied]').length === 0"))
    page.browser.tell("HeapProfiler.collectGarbage")
    return {**page.browser.tell("Runtime.getHeapUsage"), **page.browser.tell("Memory.getDOMCounters")}
