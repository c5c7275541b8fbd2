// The upload queue as a state machine: which file is sent next, what an answer means for it, and when it is tried again. It knows neither
// the page nor the network; both are handed in, and so are the clock and chance, so that a table of cases can test it.

import {deadline, ENDED, known, NETWORK, newItem, nextOf} from "./item.js";
import {Meter} from "./meter.js";
/** @typedef {import("./item.js").Item} Item @typedef {import("./item.js").Outcome} Outcome */

const IN_FLIGHT = 3;
/** Seconds before each further try. */
const PAUSES = [1, 2, 4, 8, 16, 30, 30, 30];
export const TRIES = PAUSES.length;
/** Milliseconds after which a browser that says it is offline is not believed: the server may be in the same house. */
const OFFLINE_PROBE = 30_000;

export class Queue {
    /** @type {Item[]} */
    items = [];
    /** Why nothing new is sent: "user", "offline", "turn", "signIn", "site". @type {Map<string, {until: number, reason: object|null}>} */
    stops = new Map();
    #hooks;
    #numbers = 0;
    #siteTries = 0;
    #isOffline = false;
    #meter = new Meter();

    /**
     * @param {object} hooks
     * @param {() => number} hooks.now         milliseconds, never going back
     * @param {() => number} hooks.random      from 0 to 1
     * @param {(item: Item, report: object) => () => void} hooks.send  starts a try and returns what aborts it. It calls
     *     `report.progress(bytes)`, `report.processing()`, `report.confirmed(bytes)` and at last `report.end(outcome)`
     * @param {(item: Item|null) => void} hooks.changed  an item, or (null) the queue as a whole
     * @param {(item: Item) => void} hooks.edited  the person has changed what is kept of an item
     * @param {(item: Item, answer: object) => void} hooks.undo  a file that was cancelled too late was stored
     * @param {(milliseconds: number|null) => void} hooks.alarm  when to call `tick` next
     */
    constructor(hooks) {
        this.#hooks = hooks;
    }

    /**
     * Adds files that are not in the queue yet.
     *
     * @param {object[]} files  each with file, name, size, identity, key; optionally reason (refused before it is sent), held, upload,
     *     shown, isFresh, why (where the file is missing)
     * @returns {Item[]} the ones that were added
     */
    add(files) {
        const added = [];
        for (const file of files) {
            if (known(this.items, file)) continue;
            this.items = this.items.filter(item => item.identity !== file.identity || item.state !== "refused");
            const item = newItem(file, ++this.#numbers, this.now);
            this.items.push(item);
            added.push(item);
            this.#hooks.changed(item);
        }
        this.tick();
        return added;
    }

    /** Sends the files that were added to wait for this. */
    start() {
        for (const item of this.items) if (item.held) this.#edit(item, {held: false});
        this.tick();
    }

    /** The missing file of a paused item is there again; null: it has to be chosen. */
    found(item, file) {
        this.#set(item, file ? {file, why: "", state: "waiting"} : {why: "choose"});
        this.tick();
    }

    /** Changes the name of a file that was not sent yet. */
    rename(item, name) {
        if (item.state !== "waiting" || !item.isFresh || !name.trim()) return;
        this.#edit(item, {name: name.trim()});
    }

    /** Gives a term to all files that were not sent yet: the server refuses a key that comes again with another one. */
    setTerm(term) {
        for (const item of this.items) if (item.state === "waiting" && item.isFresh && item.term !== term) this.#edit(item, {term});
    }

    /** While a name is being changed its file is not sent. */
    edit(item, isEdited) {
        item.isEdited = isEdited;
        if (!isEdited) this.tick();
    }

    /** What the server may have got already is taken back when its answer comes. */
    cancel(item) {
        if (ENDED.includes(item.state)) return;
        if (item.state === "processing") return this.#set(item, {isUnwanted: true});
        this.#abort(item);
        this.#set(item, {state: "cancelled", file: null});
        this.tick();
    }

    /** Sends a failed file once more, or a paused one at once. */
    retry(item) {
        if (item.state === "failed") this.#set(item, {state: "waiting", tries: 0, reason: null});
        else if (item.state === "paused" && item.why === "retry") this.#set(item, {until: 0});
        this.tick();
    }

    /** Takes an item out of the list that has ended, or is another tab's. */
    remove(item) {
        if (ENDED.includes(item.state) || item.why === "elsewhere") this.items = this.items.filter(one => one !== item);
        this.#hooks.changed(null);
    }

    /** Sends nothing more until `go`, or for some time; at once means that what is being sent is broken off, to be continued. */
    stop(name, {until = Infinity, reason = null, isAtOnce = false} = {}) {
        this.stops.set(name, {until, reason});
        if (isAtOnce) for (const item of this.#inFlight.filter(item => item.state === "sending")) this.#pause(item, "stop");
        this.#hooks.changed(null);
        this.tick();
    }

    /** Ends a stop. */
    go(name) {
        if (!this.stops.delete(name)) return;
        if (name === "site") this.#siteTries = 0;
        this.#hooks.changed(null);
        this.tick();
    }

    /** What the browser says about the network. */
    online(isOnline) {
        this.#isOffline = !isOnline;
        if (isOnline) return this.go("offline");
        this.stop("offline", {until: this.#hooks.now() + OFFLINE_PROBE, reason: {word: "offline"}, isAtOnce: true});
    }

    /** Whether something is being sent, or will be without anybody doing anything. */
    get isActive() {
        return this.items.some(item => !ENDED.includes(item.state) && item.file && !item.held);
    }

    get now() {
        return this.#hooks.now();
    }

    /** Bytes a second, of one item or of all; 0 while nothing is sent. */
    speed(item = null) {
        if (!this.items.some(one => one.state === "sending")) return 0;
        return this.#meter.speed(this.#hooks.now(), item);
    }

    /** Does whatever is due: call it when the alarm rings. */
    tick() {
        const now = this.#hooks.now();
        for (const [name, stop] of this.stops) if (stop.until <= now) this.stops.delete(name), this.#hooks.changed(null);
        for (const item of this.#inFlight) if (item.attempt && now >= deadline(item)) this.#abort(item), this.#settle(item, NETWORK);
        for (let next; this.stops.size === 0 && this.#inFlight.length < IN_FLIGHT && (next = nextOf(this.items, now));) this.#begin(next);
        this.#setAlarm(now);
    }

    get #inFlight() {
        return this.items.filter(item => item.state === "sending" || item.state === "processing");
    }

    #setAlarm(now) {
        const paused = this.stops.size ? [] : this.items.filter(item => item.state === "paused").map(item => item.until);
        const times = [...this.stops.values()].map(stop => stop.until).concat(paused, this.#inFlight.map(deadline));
        const next = Math.min(...times.filter(time => time > now));
        this.#hooks.alarm(Number.isFinite(next) ? next - now : null);
    }

    // One try

    #begin(item) {
        const attempt = {}, now = this.#hooks.now();
        this.#set(item, {state: "sending", why: "", attempt, isFresh: false, quietSince: now, begun: now, sent: 0});
        const whileOurs = action => argument => { if (item.attempt === attempt) action(argument); };
        const abort = this.#hooks.send(item, {
            progress: whileOurs(bytes => this.#progress(item, bytes)),
            confirmed: whileOurs(bytes => this.#confirmed(item, bytes)),
            processing: whileOurs(() => this.#set(item, {state: "processing", quietSince: this.#hooks.now()})),
            end: whileOurs(outcome => { this.#settle(item, outcome); this.tick(); }),
        });
        attempt.abort = abort;
    }

    #progress(item, bytes) {
        const now = this.#hooks.now();
        if (bytes > item.sent) this.#meter.add(now, item, bytes - item.sent, item.begun);
        this.#show(item, bytes, now);
    }

    /** So many bytes are on the server's disk: what fails from now on is another failure. */
    #confirmed(item, bytes) {
        if (bytes > item.there) Object.assign(item, {there: bytes, tries: 0});
        this.#show(item, bytes, this.#hooks.now());
    }

    #show(item, sent, quietSince) {
        this.#set(item, {sent, quietSince, shown: Math.max(item.shown, Math.min(sent / item.size, 0.99))});
    }

    #abort(item) {
        const {attempt} = item;
        item.attempt = null;
        attempt?.abort?.();
    }

    /** @param {Item} item @param {Outcome} outcome */
    #settle(item, outcome) {
        item.attempt = null;
        if (item.isUnwanted) {
            this.#set(item, {state: "cancelled", file: null});
            if (outcome.type === "done") this.#hooks.undo(item, outcome.answer);
        } else if (outcome.type === "done") {
            this.#siteTries = 0;
            this.#set(item, {state: "done", shown: 1, answer: outcome.answer, reason: null, file: null});
        } else if (outcome.type === "refused") this.#set(item, {state: "refused", reason: outcome.reason, file: null});
        else if (outcome.type === "retry") this.#tryLater(item, outcome);
        else this.#stopAll(item, outcome);
    }

    /** While there is no network at all no try is used up. */
    #tryLater(item, {network, reason, after}) {
        if (network && this.#isOffline) {
            this.#pause(item, "stop");
            return this.online(false);
        }
        const tries = item.tries + 1;
        if (tries > TRIES) return this.#set(item, {state: "failed", reason, why: ""});
        this.#pause(item, "retry", {tries, reason, until: this.#hooks.now() + this.#pauseOf(tries, after)});
    }

    /** No further file is sent for a while, or until the person has signed in; what is being sent goes on. */
    #stopAll(item, {type, reason, after}) {
        this.#pause(item, "stop");
        if (type === "signIn") return this.stop("signIn", {reason: {word: "signInToGoOn"}});
        const tries = ++this.#siteTries;
        const until = tries > TRIES ? Infinity : this.#hooks.now() + this.#pauseOf(tries, after);
        this.stop("site", {until: Math.max(until, this.stops.get("site")?.until ?? 0), reason});
    }

    #pauseOf(tries, after = 0) {
        return 1000 * Math.max(PAUSES[tries - 1] * (0.75 + this.#hooks.random() / 2), after);
    }

    #pause(item, why, values = {}) {
        this.#abort(item);
        this.#set(item, {until: 0, ...values, state: "paused", why});
    }

    #edit(item, values) {
        this.#set(item, values);
        this.#hooks.edited(item);
    }

    #set(item, values) {
        Object.assign(item, values);
        this.#hooks.changed(item);
    }
}
