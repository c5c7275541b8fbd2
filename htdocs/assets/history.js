// The history page: what this browser uploaded (remembered.js). Every text goes in as text, never as markup, and only web addresses become
// links.

import {copy} from "./copy.js";
import {isVideo, lastFormat, lastTemplate, textOfAll} from "./formats.js";
import {extensionOf} from "./limits.js";
import {ask, element, fill, prefix, tellCopied, toast, words} from "./page.js";
import {entriesIn, limits, matching, read, webAddress, written} from "./remembered.js";
import {sizesOver} from "./text.js";

/** Cards that are added at a time: a storage may hold thousands. */
const STEP = 240;

const [list, state, clear, nothing, find, search, more, save, load, file, bar] =
    ["history", "state", "clear", "nothing", "find", "search", "more", "save", "load", "file", "chosen"].map(id => document.getElementById(id));
const told = bar.querySelector("[role=status]");

/** Keys of the entries that are chosen, and of that whose box was pressed last. */
const chosen = new Set();
let last = null;
let count = STEP;

// Cards

function link(address, text) {
    return element("a", {href: address, rel: "noreferrer"}, text);
}

// "/i/2025/07/04/a.jpg" of the file's address, as the pages of this site take it.
function storedPath(address) {
    try {
        return decodeURIComponent(address.pathname);
    } catch {
        return address.pathname;
    }
}

/** A video has no thumbnail. */
function preview(answer, address, name) {
    if (isVideo(address.pathname)) return element("span", {class: "kind"}, extensionOf(address.pathname));
    const thumbnail = typeof answer.thumb === "string" && webAddress(answer.thumb) || address;
    return element("img", {src: thumbnail.href, alt: name, loading: "lazy", width: "258", height: "258"});
}

function button(label, run) {
    const made = element("button", {type: "button"}, label);
    made.addEventListener("click", run);
    return made;
}

function box({key, name}) {
    const made = element("input", {type: "checkbox", value: key});
    made.checked = chosen.has(key);
    return element("label", {class: "pick"}, element("span", {class: "unseen"}, fill(list.dataset.choose, {name})), made);
}

function card(entry) {
    const {key, name, answer} = entry, address = webAddress(answer.url);
    const deletion = typeof answer.del === "string" && /^https?:/i.test(answer.del) && webAddress(answer.del);
    const path = encodeURIComponent(storedPath(address));
    const pages = prefix + "/app/";
    const links = [
        link(pages + "info.php?history=" + path, words.details), link(pages + "down.php?history=" + path, words.download),
        button(words.remove, () => forget([key])),
    ];
    if (deletion) links.push(button(words.deleteFile, () => deleteFile(key, name, deletion)));
    return element("li", {class: "card"},
        element("a", {href: address.href, rel: "noreferrer"}, preview(answer, address, name)), box(entry),
        element("p", {class: "name", title: name}, name),
        element("div", {class: "copybox"},
            element("input", {readonly: true, value: answer.url, "aria-label": words.link}),
            element("button", {type: "button", "data-copy": true}, words.copy)),
        element("p", {class: "links"}, ...links.flatMap(one => [one, " "])));
}

function show() {
    const all = entriesIn(localStorage), found = matching(all, search.value);
    for (const key of chosen) if (!found.some(entry => entry.key === key)) chosen.delete(key);
    list.replaceChildren(...found.slice(0, count).map(card));
    state.textContent = all.length === 0 ? words.empty
        : found.length === all.length ? fill(words.countOfFiles, {count: all.length}) : fill(words.countFound, {count: found.length});
    for (const part of [clear, save, find]) part.hidden = all.length === 0;
    nothing.hidden = all.length > 0;
    more.hidden = found.length <= count;
    showChosen();
}

// What is taken out

/** Takes entries out of the list; the files stay. */
function forget(keys) {
    const values = keys.map(key => [key, localStorage.getItem(key)]);
    for (const key of keys) localStorage.removeItem(key);
    show();
    (list.querySelector("button") ?? state).focus();
    toast(fill(words.removed, {count: keys.length}), "ok", {label: list.dataset.undo, run: () => remember(values)});
}

function remember(values) {
    try {
        for (const [key, value] of values) if (localStorage.getItem(key) === null) localStorage.setItem(key, value);
    } catch {
        toast(words.full, "bad");
    }
    show();
}

/** Follows the delete link, whose answers all have status 200 and tell the outcome in their body. */
async function deleteFile(key, name, deletion) {
    const question = document.getElementById("ask-delete-file");
    question.querySelector("h2").textContent = fill(words.askToDeleteNamed, {name});
    if (await ask(question) === "") return;
    // The site may be open under another name than the one that it writes into addresses.
    const answered = await fetch(deletion.pathname + deletion.search).then(answer => answer.json()).catch(() => null);
    if (answered?.code !== 200) return void toast(answered ? words.notDeleted : words.failed, "bad");
    localStorage.removeItem(key);
    show();
    (list.querySelector("button") ?? state).focus();
    toast(list.dataset.deleted, "ok");
}

clear.addEventListener("click", async () => {
    if (await ask("ask-clear") === "") return;
    for (const {key} of entriesIn(localStorage)) localStorage.removeItem(key);
    show();
});

// Choosing: Shift chooses what lies between the last box and this one

const boxes = () => [...list.querySelectorAll(".pick input")];

function choose(keys, isChosen) {
    for (const key of keys) if (isChosen) chosen.add(key); else chosen.delete(key);
    for (const one of boxes()) one.checked = chosen.has(one.value);
    showChosen();
}

function showChosen() {
    bar.classList.toggle("shown", chosen.size > 0);
    told.textContent = chosen.size > 0 ? fill(told.dataset.text, {count: chosen.size}) : "";
}

list.addEventListener("click", event => {
    const pressed = event.target.closest?.(".pick input");
    if (!pressed) return;
    const keys = boxes().map(one => one.value), [from, to] = [keys.indexOf(event.shiftKey ? last : pressed.value), keys.indexOf(pressed.value)].sort((one, other) => one - other);
    choose(from < 0 ? [pressed.value] : keys.slice(from, to + 1), pressed.checked);
    last = pressed.value;
});

async function copyChosen(pressed) {
    const links = entriesIn(localStorage).filter(({key}) => chosen.has(key)).map(({name, answer}) => ({...answer, name}));
    const format = lastFormat();
    tellCopied(await copy(textOfAll(format === "delete" ? "link" : format, links, lastTemplate())), pressed);
}

bar.addEventListener("click", event => {
    const pressed = event.target.closest("button");
    if (pressed?.matches("[data-links]")) copyChosen(pressed);
    if (pressed?.matches("[data-remove]")) forget([...chosen]);
    if (pressed?.matches("[data-all]")) choose(boxes().map(one => one.value), true);
    if (pressed?.matches("[data-none]")) choose([...chosen], false);
});

// Searching, and further cards

find.addEventListener("submit", event => event.preventDefault());
search.addEventListener("input", () => { count = STEP; show(); });
more.addEventListener("click", () => {
    const first = list.children.length;
    count += STEP;
    show();
    list.children[first]?.querySelector("a").focus();
});

// As a file

save.addEventListener("click", () => {
    const address = URL.createObjectURL(new Blob([written(entriesIn(localStorage))], {type: "application/json"}));
    element("a", {href: address, download: "upload-history.json"}).click();
    // The browser reads it when the click is over.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
});

load.addEventListener("click", () => file.click());
file.addEventListener("change", async () => {
    const [given] = file.files;
    if (given) tellRead(given.size > limits.bytes ? {size: given.size} : read(await given.text(), localStorage));
    file.value = "";
    show();
});

function tellRead(outcome) {
    if (!outcome) return void toast(words.noHistory, "bad");
    if (outcome.size) return void toast(fill(words.tooLarge, sizesOver(outcome.size, limits.bytes)), "bad");
    if (outcome.count) return void toast(fill(words.tooMany, {count: outcome.count, limit: limits.entries}), "bad");
    toast(fill(outcome.isFull ? words.readUntilFull : words.read, outcome), outcome.isFull ? "bad" : "ok");
}

/** Whether the browser takes another entry; an upload goes on in any case. */
function hasRoom() {
    try {
        localStorage.setItem("imagebed.room", "x".repeat(1_000));
        return true;
    } catch {
        return false;
    } finally {
        localStorage.removeItem("imagebed.room");
    }
}

try {
    show();
    document.getElementById("full").hidden = hasRoom();
} catch {
    // The browser keeps nothing for this site.
    state.textContent = words.unavailable;
    for (const part of [load, find]) part.hidden = true;
}
