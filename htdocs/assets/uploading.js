// The upload page at work: brings together the queue (queue.js), how files are sent (send.js, tus.js), what outlives the page (keep.js,
// turn.js), and what is shown (board.js, links.js).

import {Board} from "./board.js";
import {fileByHandle, fileOf, identityOf, isSame, remember} from "./keep.js";
import {ENDED, known, SMALL} from "./item.js";
import {Links} from "./links.js";
import {fill, toast, words} from "./page.js";
import {Queue} from "./queue.js";
import {sendWhole} from "./send.js";
import {takeTurn} from "./turn.js";
import {discard, newKey, sendInPieces} from "./tus.js";
import {account, accountNow, form, inputs, keep, limit, limits, term} from "./upload.js";

/** The server refuses these where the session has ended or is another account's (AccountMarks.swift). */
const sender = account ? {"Account-Mark": account} : {};

/** Active items with which a reload could not go on. */
const unkept = new Set();

let alarm = null;
const queue = new Queue({
    now: () => performance.now(), random: Math.random, changed, undo, edited: keepItem,
    alarm: milliseconds => {
        clearTimeout(alarm);
        if (milliseconds !== null) alarm = setTimeout(() => queue.tick(), milliseconds);
    },
    send: (item, report) => item.size <= SMALL ? sendWhole(form.dataset.upload, item, report, sender)
        : sendInPieces(form.dataset.tus, item, report, begun, sender),
});
/** The words of a term; one that the page does not offer any more is told as it is sent. */
const termText = value => value && ([...term.options].find(one => one.value === value)?.text ?? value);
const board = new Board(queue, {press, termText, types: form.dataset.types});
const links = new Links(document.getElementById("links"), form.dataset.firstFormat);

// What comes in

/**
 * @param {import("./drop.js").Arrived[]} files
 * @param {number} passedOver  files of other types in folders
 * @param {boolean} held  whether they wait, as the page said when they came
 */
export async function arrived(files, passedOver, held) {
    const {items, there, isMore} = await select(await giveBack(files), held);
    board.adding();
    const added = queue.add(items.map(item => ({...item, term: term.value})));
    if (isMore) toast(fill(words.batchLimit, {limit}), "warn");
    if (passedOver) toast(fill(words.passedOver, {count: passedOver}), "warn");
    if (there > 0) toast(fill(words.alreadyThere, {count: there}));
    for (const item of added) if (item.state !== "refused") keepItem(item);
}

/** New files up to the limit of one time; `there` counts those that the queue has already. A failed one is tried once more. */
async function select(files, held) {
    const items = [];
    let there = 0;
    for (const arrival of files) {
        const item = await itemOf(arrival, held), same = known([...queue.items, ...items], item);
        if (same?.state === "failed") queue.retry(same);
        else if (same) there += 1;
        else if (items.length === limit) return {items, there, isMore: true};
        else items.push(item);
    }
    return {items, there, isMore: false};
}

async function itemOf({file, folder, handle}, held) {
    const key = newKey();
    return {
        id: key, key, file, name: file.name, size: file.size, identity: await identityOf(file, folder),
        reason: limits.refusal(file), handle: await handle ?? null, held,
    };
}

term.addEventListener("change", () => queue.setTerm(term.value));

// What became of it

const states = new WeakMap();

function changed(item) {
    board.changed(item);
    if (item && states.get(item) !== item.state) {
        states.set(item, item.state);
        reached(item);
    }
    if (queue.stops.has("signIn") && asksLeft > 0) signIn();
    if (item === null || item.state === "done") links.show(queue.items.filter(one => one.state === "done"));
    watchTurn();
}

function reached(item) {
    if (item.state === "done") asksLeft = ASKS;
    if (item.state === "done" && !remember(item.answer, item.name)) toast(words.historyFull, "warn");
    if (item.state === "cancelled" && item.upload) discard(item.upload);
    forget(item);
}

/** The file was stored before it could be cancelled. */
async function undo(item, answer) {
    const address = /^https?:/i.test(answer.del ?? "") ? new URL(answer.del) : null;
    // The site may be open under another name than the one that it writes into addresses.
    const answered = address && await fetch(address.pathname + address.search).catch(() => null);
    if (answered?.ok) return;
    remember(answer, item.name);
    toast(fill(words.tooLateToCancel, {name: item.name}), "warn");
}

function press(item, button) {
    if (item.state === "done") links.copyOne(item, button);
    else if (item.why === "choose") choose(item);
    else if (item.state === "failed" || item.why === "retry") queue.retry(item);
    else if (["refused", "cancelled"].includes(item.state)) queue.remove(item);
    else queue.cancel(item);
}

// After a reload

/** Ends when what is kept is what the queue has: a tab that gets the turn goes on with whatever is kept. */
let keeping = Promise.resolve();

function change(action) {
    keeping = Promise.all([keeping, keep.then(action)]).then(() => {});
}

/** The server has begun an upload, perhaps of a file that was cancelled meanwhile. */
function begun(item) {
    if (item.state === "cancelled") discard(item.upload);
    else keepItem(item);
}

function keepItem(item) {
    unkept.add(item);
    change(async kept => {
        if (await kept?.put(item)) unkept.delete(item);
        forget(item);
    });
}

/** A failed one is kept, to be tried again. */
function forget(item) {
    if (!ENDED.includes(item.state) || item.state === "failed") return;
    unkept.delete(item);
    change(kept => kept?.remove(item.id));
}

/** Shows what is kept. Another tab may be sending it; this one goes on with it when it has the turn. */
export async function restore() {
    const records = await keep.then(kept => kept?.all()) ?? [];
    board.pauseAgain();
    queue.add(records.map(record => ({...record, file: null, why: "elsewhere", isFresh: record.held, kept: record})));
    if (release) await takeOver();
    watchTurn();
}

async function takeOver() {
    const waiting = queue.items.filter(item => item.why === "elsewhere");
    const records = waiting.length ? await keep.then(kept => kept.all()).catch(() => waiting.map(item => item.kept)) : [];
    for (const item of waiting) {
        const record = records.find(one => one.id === item.id);
        if (record) queue.found(item, fileOf(record));
        else queue.remove(item);
    }
}

/** Whether a row's button opened the chooser, for the same file. */
let isChoosing = false;

/** Files that were chosen again are given to the items that wait for them; tells the others. */
async function giveBack(files) {
    const rest = [];
    for (const arrival of files) {
        const missing = queue.items.filter(item => item.why === "choose");
        const matches = await Promise.all(missing.map(item => isSame(item.kept, arrival.file)));
        const item = missing[matches.indexOf(true)];
        if (item) queue.found(item, arrival.file);
        else if (isChoosing) toast(fill(words.notSameFile, {name: arrival.file.name}), "bad");
        else rest.push(arrival);
    }
    isChoosing = false;
    return rest;
}

async function choose(item) {
    const {handle} = item.kept;
    const file = handle ? await fileByHandle(handle) : null;
    if (file && await isSame(item.kept, file)) return queue.found(item, file);
    inputs[0].click();
    isChoosing = true;
}

inputs[0].addEventListener("cancel", () => { isChoosing = false; });
for (const label of inputs[0].labels) label.addEventListener("click", () => { isChoosing = false; });

// One tab sends

let release = null;
let isAsking = false;

async function watchTurn() {
    const isWanted = !queue.stops.has("user") && queue.isActive || queue.items.some(item => item.why === "elsewhere");
    if (isWanted && !release && !isAsking) {
        isAsking = true;
        const late = setTimeout(() => queue.stop("turn", {reason: {word: "otherTab"}}), 600);
        release = await takeTurn("imagebed-queue");
        clearTimeout(late);
        await takeOver();
        isAsking = false;
        queue.go("turn");
        watchTurn();
    } else if (!isWanted && release) {
        const giveUp = release;
        release = null;
        queue.stop("turn");
        keeping.then(giveUp);
    }
}

// Signing in

/** How often the page asks by itself while nothing is stored: somebody may be signed in and yet be refused. */
const ASKS = 3;
let asksLeft = ASKS;
let isSigningIn = false;

/** Goes on when somebody is signed in; the notice stays for whoever gave up. */
async function signIn() {
    if (isSigningIn) return;
    isSigningIn = true;
    asksLeft -= 1;
    const session = await import("./session.js").then(({requireSession}) => requireSession()).catch(() => null);
    isSigningIn = false;
    // Answers to requests from before may still come and stop the queue once more.
    asksLeft = session === "new" ? ASKS : session ? asksLeft : 0;
    // Files of this page never go to another account: that one gets a page of its own.
    if (session && account && accountNow() !== account) return keeping.then(() => location.reload());
    if (session) queue.go("signIn");
    return session;
}

document.getElementById("sign-in").addEventListener("click", event => {
    event.preventDefault();
    signIn().then(session => { if (session === null) open(event.target.href, "_blank"); });
});

// What the browser tells

addEventListener("online", () => queue.online(true));
addEventListener("offline", () => queue.online(false));
if (!navigator.onLine) queue.online(false);
// Back from the page on which the person signed in.
document.addEventListener("visibilitychange", () => { if (!document.hidden) queue.go("signIn"); });
addEventListener("beforeunload", event => {
    if (!queue.isActive || !queue.items.some(item => unkept.has(item) && item.file)) return;
    event.preventDefault();
    // Chromium before 119 looks at this alone.
    event.returnValue = true;
});
addEventListener("keydown", event => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) links.copyAll(document.getElementById("copy-all"));
});
queue.stop("turn");
