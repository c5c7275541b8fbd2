// The queue as the page shows it: rows, numbers, what stops it, the buttons and keys that concern all of it, and what is read out.

import {announce, fill, words} from "./page.js";
import {ENDED} from "./item.js";
import {preference} from "./keep.js";
import {totals} from "./meter.js";
import {Row, put, reasonText} from "./rows.js";
import {sizeText, timeText} from "./text.js";

const part = name => document.getElementById(name);
/** Milliseconds between two drawings of a row whose progress changes. */
const DRAW = 150;
const MILESTONES = [25, 50, 75];
/** Whether the person has paused the queue: a reload does not end that. */
const PAUSED = "imagebed.paused";

export class Board {
    #rows = new Map();
    #dirty = new Set();
    #timer = null;
    /** What is read out concerns the items since the queue was idle. */
    #run = null;
    #mayFocus = true;

    /**
     * @param {import("./queue.js").Queue} queue
     * @param {{press: (item, button) => void, termText: (term: string) => string, types: string}} page  `press` is what a row's button does
     */
    constructor(queue, page) {
        this.queue = queue;
        this.page = {...page, remove: item => this.#takeOut(item)};
        this.#listen();
        setInterval(() => { if (queue.isActive) this.#drawLiving(); }, 1_000);
    }

    /** Draws an item soon, or (null) the queue as a whole at once. */
    changed(item) {
        if (item === null) return this.#drawLiving();
        this.#dirty.add(item);
        if (ENDED.includes(item.state)) this.#ended(item);
        this.#timer ??= setTimeout(() => this.#draw(), DRAW);
    }

    /** Files will be added: the first message about them gets the focus. */
    adding() {
        this.#mayFocus = true;
        this.#keepPause();
    }

    // Drawing

    #draw() {
        clearTimeout(this.#timer);
        this.#timer = null;
        for (const item of this.#dirty) if (this.queue.items.includes(item)) this.#row(item).update();
        this.#dirty.clear();
        this.#drawAll();
    }

    #row(item) {
        if (!this.#rows.has(item)) {
            const row = new Row(part("row"), item, this.queue, this.page);
            this.#rows.set(item, row);
            part("rows").append(row.element);
        }
        return this.#rows.get(item);
    }

    #drawAll() {
        for (const [item, row] of this.#rows) {
            if (this.queue.items.includes(item)) continue;
            row.element.remove();
            this.#rows.delete(item);
        }
        const {items} = this.queue;
        part("queue").hidden = items.length === 0;
        if (items.length) part("results").hidden = false;
        put(part("queue-numbers"), this.#numbers());
        const is = state => items.some(item => item.state === state);
        part("held").hidden = !items.some(item => item.held && item.state === "waiting");
        part("pause").hidden = !this.queue.isActive;
        put(part("pause"), this.queue.stops.has("user") ? words.goOn : words.pauseAll);
        part("retry-failed").hidden = !is("failed");
        part("clear-done").hidden = !["done", "refused", "cancelled"].some(is);
        this.#drawNotice();
        this.#tellProgress();
    }

    #numbers() {
        const {files, done, failed, left} = totals(this.queue.items);
        const speed = this.queue.speed();
        const parts = [fill(words.countFiles, {count: files})];
        if (done) parts.push(fill(words.countDone, {count: done}));
        if (failed) parts.push(fill(words.countFailed, {count: failed}));
        if (speed > 0) parts.push(sizeText(speed) + "/s", timeText(left / speed, words, fill));
        return parts.join(" · ");
    }

    /** Why nothing is sent; the reason that needs somebody goes before those that pass by themselves. */
    #drawNotice() {
        const {stops} = this.queue;
        const name = ["signIn", "site", "offline", "turn"].find(one => stops.get(one)?.reason);
        const stop = stops.get(name);
        part("queue-notice").hidden = !stop || !this.queue.isActive;
        if (!stop) return;
        const seconds = Math.ceil((stop.until - this.queue.now) / 1000);
        const reason = reasonText(stop.reason, this.page.types);
        put(part("queue-reason"), Number.isFinite(seconds) ? fill(words.goesOnIn, {reason, seconds}) : reason);
        part("sign-in").hidden = name !== "signIn";
        part("go-on").hidden = name === "turn";
        if (this.toldStop === stop.reason.word) return;
        this.toldStop = stop.reason.word;
        // What somebody has to do something about.
        if (!["signIn", "site"].includes(name) || !this.#focus(() => part("queue-reason"))) announce(reason);
    }

    #drawLiving() {
        for (const item of this.queue.items) if (!ENDED.includes(item.state)) this.#dirty.add(item);
        this.#draw();
    }

    // Reading out

    #tellProgress() {
        const {isActive, items} = this.queue;
        if (isActive && !this.#run) this.#begin(items);
        if (!this.#run) return;
        const ours = items.filter(item => item.number >= this.#run.first);
        const {done, failed, fraction} = totals(ours);
        const passed = isActive ? this.#run.ahead.filter(percent => fraction * 100 >= percent) : [];
        if (passed.length) announce(fill(words.percentDone, {percent: passed.at(-1)}));
        this.#run.ahead = this.#run.ahead.filter(percent => !passed.includes(percent));
        if (isActive) return;
        this.#run = null;
        this.toldStop = null;
        if (done + failed) announce(failed ? fill(words.endedWithFailures, {done, failed}) : fill(words.endedWell, {done}));
    }

    #begin(items) {
        const active = items.filter(item => !ENDED.includes(item.state));
        this.#run = {first: active[0].number, ahead: MILESTONES};
        announce(fill(words.begun, {count: active.length}));
    }

    #ended(item) {
        if (item.state !== "refused") return;
        this.#focus(() => {
            this.#draw();
            return this.#row(item).told;
        });
    }

    /** The first message since files were added gets the focus, so that it is read, where the person is not at work elsewhere. */
    #focus(message) {
        const at = document.activeElement;
        if (!this.#mayFocus || at && at !== document.body && !at.closest("#upload")) return false;
        this.#mayFocus = false;
        message().focus();
        return true;
    }

    // Buttons and keys

    #listen() {
        const {queue} = this;
        part("start").addEventListener("click", () => queue.start());
        part("pause").addEventListener("click", () => this.#pause());
        part("go-on").addEventListener("click", () => this.goOn());
        part("retry-failed").addEventListener("click", () => {
            for (const item of queue.items) if (item.state === "failed") queue.retry(item);
        });
        part("clear-done").addEventListener("click", () => {
            for (const item of queue.items) if (["done", "refused", "cancelled"].includes(item.state)) queue.remove(item);
            this.#focusNear(null);
        });
        part("rows").addEventListener("keydown", event => {
            if (event.key !== "Delete" || event.target.matches("input")) return;
            const item = [...this.#rows].find(([, row]) => row.element.contains(event.target))?.[0];
            if (item) this.#takeOut(item);
        });
    }

    #pause() {
        if (this.queue.stops.has("user")) this.queue.go("user");
        else this.queue.stop("user", {isAtOnce: true});
        this.#keepPause();
    }

    #keepPause() {
        preference(PAUSED, this.queue.stops.has("user") ? "on" : "off");
    }

    /** After a reload. */
    pauseAgain() {
        if (preference(PAUSED) === "on") this.queue.stop("user");
    }

    /** Whatever stopped the queue by itself is asked again now. */
    goOn() {
        for (const name of ["signIn", "site", "offline"]) this.queue.go(name);
    }

    /** Cancels what has not ended, and removes what has. */
    #takeOut(item) {
        if (item.why === "elsewhere") return;
        if (!ENDED.includes(item.state)) return this.queue.cancel(item);
        const next = this.#rows.get(item)?.element.nextElementSibling ?? this.#rows.get(item)?.element.previousElementSibling;
        this.queue.remove(item);
        this.#focusNear(next);
    }

    #focusNear(element) {
        (element?.querySelector(".act:not([hidden])") ?? element?.querySelector("[role=group]") ?? part("files")).focus();
    }
}
