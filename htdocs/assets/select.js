// Files that are selected in a list: a bar of actions appears with the first one, Shift selects a range, a long press of a finger selects a
// card, and actions are done without leaving the page. Without this script the boxes and the buttons are a form.

import {copyLinks} from "./cards.js";
import {fill, toast, words} from "./page.js";

const bar = document.getElementById("selection");
const count = bar.querySelector("[role=status]");
const boxes = () => [...document.querySelectorAll('.cards > li:not(.gone) input[name="id[]"]')];
const chosen = () => boxes().filter(box => box.checked);
const cardOf = id => document.getElementById(`f${id}`);
let last = null;

function show() {
    const number = chosen().length;
    bar.classList.toggle("shown", number > 0);
    count.textContent = number > 0 ? fill(words.chosen, {count: number}) : "";
    document.querySelector("#ask-delete-chosen h2").textContent = fill(words.askToDelete, {count: number});
}

/** Selects what lies between the last box and this one, as this one is. */
function chooseRange(box) {
    const all = boxes(), [from, to] = [all.indexOf(last), all.indexOf(box)].sort((one, other) => one - other);
    for (const each of from < 0 ? [] : all.slice(from, to + 1)) each.checked = box.checked;
}

function clear() {
    for (const box of chosen()) box.checked = false;
    last = null;
    show();
}

document.addEventListener("click", event => {
    const box = event.target.closest?.('input[name="id[]"]');
    if (!box) return;
    if (event.shiftKey && last) chooseRange(box);
    last = box;
    show();
});

// A long press. What the browser would do at its end, following the link or opening a menu, is not wanted then.

/** Milliseconds. */
const LONG = 500;
let press, isLong = false;

document.addEventListener("pointerdown", event => {
    isLong = false;
    const box = event.pointerType === "touch" && event.target.closest?.(".cards > li > a")?.closest("li").querySelector('input[name="id[]"]');
    if (box) press = setTimeout(() => { isLong = true; box.click(); }, LONG);
});
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => clearTimeout(press));
document.addEventListener("contextmenu", event => { if (isLong) event.preventDefault(); });
document.addEventListener("click", event => {
    if (!isLong || !event.isTrusted) return;
    isLong = false;
    event.preventDefault();
    event.stopPropagation();
}, true);

// Actions

/** Files of one request. */
const LIMIT = 1000;

/** The answer of an action on files: {done: number[], failed: {id, error}[]}; null if there is none. */
async function act(action, ids) {
    const first = await request(action, ids.slice(0, LIMIT));
    if (!first || ids.length <= LIMIT) return first;
    const rest = await act(action, ids.slice(LIMIT));
    return {done: [...first.done, ...rest?.done ?? []], failed: [...first.failed, ...rest?.failed ?? ids.slice(LIMIT).map(id => ({id, error: "failed"}))]};
}

/** One request; a session that ended can begin again. */
async function request(action, ids, isSecond = false) {
    const body = new FormData(bar);
    body.delete("id[]");
    body.set("action", action);
    for (const id of ids) body.append("id[]", id);
    try {
        const answer = await fetch(bar.getAttribute("action"), {method: "POST", body: new URLSearchParams(body), headers: {Accept: "application/json"}});
        if (answer.ok) return await answer.json();
        if (isSecond || answer.status !== 401 && answer.status !== 403) return null;
        const {requireSession} = await import("./session.js");
        return await requireSession() ? request(action, ids, true) : null;
    } catch {
        return null;
    }
}

const past = {recycle: "recycled", delete: "deleted", restore: "restored", publish: "published", hide: "hidden"};
/** What stands on a card that has left its list. */
const left = {recycle: "isRecycled", delete: "isDeleted", restore: "isRestored"};

function leave(card, text) {
    const next = [card.nextElementSibling, card.previousElementSibling].find(one => one && !one.matches(".gone"));
    if (card.contains(document.activeElement)) next?.querySelector("a, input")?.focus({preventScroll: true});
    card.classList.add("gone");
    card.querySelector('input[name="id[]"]').checked = false;
    card.dataset.gone = text;
    card.inert = true;
}

function comeBack(card) {
    card.classList.remove("gone");
    card.inert = false;
}

function list(card, isListed) {
    const button = card.querySelector("button[value=hide], button[value=publish]");
    [button.value, button.textContent] = isListed ? ["hide", words.hide] : ["publish", words.publish];
    card.querySelector(".unlisted")?.remove();
    if (!isListed) card.querySelector(".name").insertAdjacentElement("afterend", Object.assign(document.createElement("p"), {className: "meta unlisted", textContent: words.unlisted}));
}

async function perform(action, ids) {
    for (const menu of document.querySelectorAll("main .more[open]")) menu.open = false;
    const answer = await act(action, ids);
    if (!answer) return void toast(words.failed, "bad");
    for (const card of answer.done.map(cardOf).filter(Boolean)) {
        if (left[action]) leave(card, words[left[action]]);
        else list(card, action === "publish");
    }
    // Somebody has deleted it meanwhile.
    for (const {id, error} of answer.failed) if (error === "no such file" && cardOf(id)) leave(cardOf(id), words.isDeleted);
    clear();
    if (answer.failed.length > 0) toast(fill(words.notDone, {count: answer.failed.length}), "bad");
    if (answer.done.length === 0) return;
    const undo = action === "recycle" ? {label: words.undo, run: () => restore(answer.done)} : undefined;
    toast(fill(words[past[action]], {count: answer.done.length}), "ok", undo);
}

async function restore(ids) {
    const answer = await act("restore", ids);
    for (const card of (answer?.done ?? []).map(cardOf).filter(Boolean)) comeBack(card);
    toast(answer ? fill(words.restored, {count: answer.done.length}) : words.failed, answer ? "ok" : "bad");
}

bar.addEventListener("submit", event => {
    const button = event.submitter, card = button?.closest(".cards > li");
    if (!button?.value) return;
    event.preventDefault();
    const ids = card ? [Number(card.id.slice(1))] : chosen().map(box => Number(box.value));
    if (ids.length === 0) return void toast(words.chooseFirst, "warn");
    perform(button.value, ids);
});

/** Files that the browser saves, one after the other. */
function download(cards) {
    for (const card of cards) {
        const link = Object.assign(document.createElement("a"), {href: card.querySelector('.menu a[href*="/down.php?"]').href, download: ""});
        link.click();
    }
}

bar.addEventListener("click", event => {
    const button = event.target.closest("button[type=button]"), menu = button?.closest(".more");
    if (menu) menu.open = false;
    if (button?.matches("[data-clear]")) clear();
    if (button?.matches("[data-all]")) { for (const box of boxes()) box.checked = true; show(); }
    const cards = chosen().map(box => box.closest("li"));
    if (button?.matches("[data-links]")) copyLinks(cards, button);
    if (button?.matches("[data-downloads]")) download(cards);
});

document.addEventListener("keydown", event => {
    if (event.key === "Escape" && chosen().length > 0 && !document.querySelector("dialog:modal, .more[open]")) clear();
});
addEventListener("pageshow", show);
show();
