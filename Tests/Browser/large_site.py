# A gallery of many rows, whose pictures are not there, and what a person does in it: for the tests and for the figures.

import contextlib
import sqlite3
import statistics
import threading
import time

from using import LOADED

ROWS = """
    WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?)
    INSERT INTO file (account_id, path, original_name, type, kind, size, width, height, sha256, sent_sha256, views, created_at)
    SELECT NULL, '2024/04/' || substr('000000000000' || n, -12) || '.ico', 'picture ' || n || '.ico', 'ico', 'image',
           n * 7919 % 100000, 19, 10, x'', x'', n % 1000, 1500000000 + n * ?
    FROM number
"""
# Scrolls by some pixels a frame until a card was seen (0: until nothing is above). `order` holds the ids of the cards in the order in which
# they came, `frames` the times of the frames in milliseconds, `twice` what stood there twice, `most` the number of cards at once.
SCROLL = '''
const [step, last] = arguments, known = new Set(), main = document.querySelector("main");
Object.assign(window, {order: [], frames: [], twice: [], most: 0, ended: false});
const look = place => {
    for (const {id} of place.querySelectorAll(".cards > li")) if (!known.has(id)) { known.add(id); order.push(Number(id.slice(1))); }
};
const watch = new MutationObserver(records => {
    for (const {addedNodes} of records) for (const node of addedNodes) if (node.querySelectorAll) look(node);
    const here = [...main.querySelectorAll(".cards > li")].map(({id}) => id);
    most = Math.max(most, here.length);
    if (new Set(here).size !== here.length) twice.push(here.filter((id, place) => here.indexOf(id) !== place).join());
});
watch.observe(main, {childList: true, subtree: true});
look(main);
const isAtBeginning = () => scrollY === 0 && !main.querySelector("nav.pager a[rel=prev]") && !main.querySelector(".part").dataset.isEmpty;
const isThere = () => last ? known.has(`f${last}`) : isAtBeginning();
let before = performance.now();
const frame = now => {
    frames.push(now - before);
    before = now;
    if (isThere()) { watch.disconnect(); ended = true; return; }
    scrollBy(0, step);
    requestAnimationFrame(frame);
};
requestAnimationFrame(frame);
'''
# Pictures opened, turned over and closed, boxes and scrolling; `performed` counts.
USE = '''
const [wanted] = arguments, pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
const until = async test => { while (!test()) await pause(5); };
const act = action => { action(); performed += 1; };
const key = name => (document.querySelector(".lightbox") ?? document.body).dispatchEvent(new KeyboardEvent("keydown", {key: name, bubbles: true, cancelable: true}));
const isOpen = () => Boolean(document.querySelector(".lightbox[open]"));
async function round() {
    const shown = [...document.querySelectorAll(".cards > li:not(.gone) > a")].find(link => link.getBoundingClientRect().top >= 0);
    act(() => shown.click());
    await until(isOpen);
    for (const name of ["ArrowRight", "ArrowRight", "+", "0", "r", "ArrowLeft"]) { act(() => key(name)); await pause(10); }
    act(() => document.querySelector(".lightbox").close());
    // (The card that was shown last takes the focus, and comes into view.)
    await until(() => document.activeElement.closest(".cards"));
    for (const distance of [2500, 2500, -2500]) { act(() => scrollBy(0, distance)); await pause(40); }
}
Object.assign(window, {performed: 0, ended: false});
(async () => { while (performed < wanted) await round(); })().then(() => { ended = true; }, error => { ended = String(error); });
'''


def fill(site, count, seconds):
    """Rows of so many seconds from one to the next."""
    with contextlib.closing(sqlite3.connect(site.first_run["DATABASE"])) as database:
        database.execute("PRAGMA synchronous = OFF")
        database.execute(ROWS, [count, seconds])
        database.commit()
    site.imagebed("gc")
    site.imagebed("index", "--rebuild")


def add(site, count):
    """As many uploads of this moment."""
    site.query(f"""
        INSERT INTO file (account_id, path, original_name, type, kind, size, width, height, sha256, sent_sha256, views, created_at)
        SELECT NULL, '2024/05/' || substr('000000000000' || (id + (SELECT MAX(id) FROM file)), -12) || '.ico', original_name, type, kind, size, width, height, x'', x'', 0, ?
        FROM file WHERE type = 'ico' ORDER BY id LIMIT ?""", int(time.time()), count)


def open_gallery(browser, site, query=""):
    # Of pictures that are not there.
    browser.allowed += ["404"]
    browser.resize(1280, 900)
    browser.open(f"{site.url}/app/list.php?{query}")
    browser.wait(LOADED)
    # What the page says of itself is not kept: a million events would be.
    browser.driver.get_log("performance")


@contextlib.contextmanager
def far(browser, milliseconds):
    """Each answer comes so much later: what comes near meanwhile must not be forgotten."""
    def later(milliseconds):
        browser.tell("Network.emulateNetworkConditions", offline=False, latency=milliseconds, downloadThroughput=-1, uploadThroughput=-1)
    later(milliseconds)
    try:
        yield
    finally:
        later(0)


def rows(site, condition="1", *values):
    """The ids of the gallery, newest first."""
    found = site.query(f"SELECT id FROM file WHERE state = 0 AND is_public = 1 AND {condition} ORDER BY created_at DESC, id DESC", *values)
    return [number for number, in found]


@contextlib.contextmanager
def uploading(upload):
    """Somebody uploads, one file after the other, while this lasts."""
    end, failures = threading.Event(), []

    def work():
        number = 0
        while not end.wait(0.1):
            try:
                upload(number)
            except BaseException as error:
                failures.append(error)
                return
            number += 1
    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()
    assert failures == [], failures


def scrolled(browser, step, last=0, seconds=300):
    """The ids of all cards that were there, in the order in which they came, and the times of the frames."""
    browser.run(SCROLL, step, last)
    browser.wait("ended", seconds=seconds)
    assert browser.run("return twice") == []
    return browser.run("return [order, frames]")


def most(browser):
    """The cards that were in the page at once during the last scroll."""
    return browser.run("return most")


def top(browser):
    """The ids of the gallery's beginning, to the first part that is empty."""
    return browser.run('''
        const parts = [...document.querySelectorAll(".part")], empty = parts.findIndex(part => part.dataset.isEmpty);
        return parts.slice(0, empty < 0 ? parts.length : empty).flatMap(part => [...part.querySelectorAll(".cards > li")].map(({id}) => Number(id.slice(1))));''')


def used(browser, actions, seconds=300):
    """What the page holds after so many actions, scripts and elements, in bytes."""
    browser.run(USE, actions)
    assert browser.wait("ended", seconds=seconds) is True, browser.run("return [ended, performed]")
    browser.wait("document.querySelectorAll('#toasts > *').length === 0", seconds=30)
    browser.tell("HeapProfiler.collectGarbage")
    held = browser.tell("Runtime.getHeapUsage")
    return held["usedSize"] + held["embedderHeapUsedSize"]


def late(frames): return statistics.quantiles(frames, n=20)[18]
