// Files that are chosen in a list: a bar of actions appears with the first one, Shift chooses a range, and actions are done without leaving
// the page. Without this script the boxes and the bar's buttons are a form.

import {copy} from "./copy.js";
import {fill, tellCopied, toast, words} from "./page.js";

const bar = document.getElementById("selection");
const count = bar?.querySelector("[role=status]");
const boxes = () => [...document.querySelectorAll('input[name="id[]"]')];
const chosen = () => boxes().filter(box => box.checked);
let last = null;

function show() {
    const number = chosen().length;
    bar.classList.toggle("shown", number > 0);
    count.textContent = number > 0 ? fill(words.chosen, {count: number}) : "";
}

/** Chooses what lies between the last box and this one, as the last one was. */
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

// Actions

/** The answer of an action on files: {done: number[], failed: {id, error}[]}; null if there is none. */
async function act(action, ids) {
    const body = new FormData(bar);
    body.delete("id[]");
    body.set("action", action);
    for (const id of ids) body.append("id[]", id);
    try {
        const answer = await fetch(bar.getAttribute("action"), {method: "POST", body: new URLSearchParams(body), headers: {Accept: "application/json"}});
        return answer.ok ? await answer.json() : null;
    } catch {
        return null;
    }
}

const past = {recycle: "recycled", delete: "deleted", restore: "restored", publish: "published", hide: "hidden"};
/** Actions after which a card is not in its list any more. */
const leaves = new Set(["recycle", "delete", "restore"]);

async function perform(action) {
    const ids = chosen().map(box => box.value);
    const answer = await act(action, ids);
    if (!answer) return void toast(words.failed, "bad");
    const gone = answer.done.map(id => document.getElementById(`f${id}`)).filter(Boolean);
    if (leaves.has(action)) for (const card of gone) { card.classList.add("gone"); card.inert = true; }
    clear();
    if (answer.failed.length > 0) toast(fill(words.notDone, {count: answer.failed.length}), "bad");
    if (answer.done.length === 0) return;
    const undo = action === "recycle" ? {label: words.undo, run: () => restore(answer.done)} : undefined;
    toast(fill(words[past[action]], {count: answer.done.length}), "ok", undo);
}

async function restore(ids) {
    const answer = await act("restore", ids);
    for (const id of answer?.done ?? []) {
        const card = document.getElementById(`f${id}`);
        card?.classList.remove("gone");
        if (card) card.inert = false;
    }
    toast(answer ? fill(words.restored, {count: answer.done.length}) : words.failed, answer ? "ok" : "bad");
}

function start() {
    bar.addEventListener("submit", event => {
        const button = event.submitter;
        if (!button?.value) return;
        event.preventDefault();
        if (chosen().length === 0) return void toast(words.chooseFirst, "warn");
        perform(button.value);
    });
    bar.addEventListener("click", async event => {
        const button = event.target.closest("button");
        if (button?.matches("[data-clear]")) clear();
        if (button?.matches("[data-all]")) { for (const box of boxes()) box.checked = true; show(); }
        if (!button?.matches("[data-links]")) return;
        const links = chosen().map(box => box.closest("li").querySelector(".copybox input")?.value).filter(Boolean);
        tellCopied(await copy(links.join("\n")), button);
    });
    document.addEventListener("keydown", event => { if (event.key === "Escape" && chosen().length > 0 && !document.querySelector("dialog:modal")) clear(); });
    addEventListener("pageshow", show);
    show();
}

if (bar) start();
