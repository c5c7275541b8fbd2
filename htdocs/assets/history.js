// The history page: what the upload page stored in this browser, one entry for each upload. A key is the file's name, a value
// the upload's answer as JSON; whatever has no "url" belongs to somebody else. Every text goes in as text, never as markup,
// and only web addresses become links.

import {isVideo} from "./formats.js";
import {extensionOf} from "./limits.js";
import {ask, element, fill, prefix, toast, words} from "./page.js";

const list = document.getElementById("history");
const state = document.getElementById("state");
const clear = document.getElementById("clear");
const nothing = document.getElementById("nothing");

/** The uploads in the storage, newest first. @returns {{key: string, answer: {url: string}, time: number}[]} */
function entries() {
    const found = Object.keys(localStorage).sort().flatMap(key => {
        try {
            const answer = JSON.parse(localStorage.getItem(key));
            return answer && typeof answer.url === "string" && webAddress(answer.url) ? [{key, answer, time: timeOf(answer)}] : [];
        } catch {
            return [];
        }
    });
    return found.sort((one, other) => other.time - one.time);
}

/** Milliseconds since 1970. The replaced program's entries have no time, but most files lie in a folder of their day. */
function timeOf({time, url}) {
    if (Number.isFinite(time)) return time;
    const [, year, month, day] = /\/(\d{4})\/(\d\d)\/(\d\d)\//.exec(url) ?? [];
    return year ? Date.UTC(year, month - 1, day) : 0;
}

/** @returns {URL | null} null for anything but http and https */
function webAddress(text) {
    try {
        const address = new URL(text, location.href);
        return address.protocol === "http:" || address.protocol === "https:" ? address : null;
    } catch {
        return null;
    }
}

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

function forget(key) {
    localStorage.removeItem(key);
    show();
    (list.querySelector("button") ?? state).focus();
}

/** Follows the delete link, whose answers all have status 200 and tell the outcome in their body. */
async function deleteFile(key, name, deletion) {
    const question = document.getElementById("ask-delete-file");
    question.querySelector("h2").textContent = fill(words.askToDeleteNamed, {name});
    if (await ask(question) === "") return;
    // The site may be open under another name than the one that it writes into addresses.
    const answered = await fetch(deletion.pathname + deletion.search).then(answer => answer.json()).catch(() => null);
    if (answered?.code !== 200) return void toast(answered ? words.notDeleted : words.failed, "bad");
    forget(key);
    toast(list.dataset.deleted, "ok");
}

function card({key, answer}) {
    const address = webAddress(answer.url);
    const name = typeof answer.srcName === "string" && answer.srcName !== "" ? answer.srcName : key;
    const deletion = typeof answer.del === "string" && /^https?:/i.test(answer.del) && webAddress(answer.del);
    const path = encodeURIComponent(storedPath(address));
    const pages = prefix + "/app/";
    const links = [
        link(pages + "info.php?history=" + path, words.details), link(pages + "down.php?history=" + path, words.download),
        button(words.remove, () => forget(key)),
    ];
    if (deletion) links.push(button(words.deleteFile, () => deleteFile(key, name, deletion)));
    return element("li", {class: "card"},
        element("a", {href: address.href, rel: "noreferrer"}, preview(answer, address, name)),
        element("p", {class: "name", title: name}, name),
        element("div", {class: "copybox"},
            element("input", {readonly: true, value: answer.url, "aria-label": words.link}),
            element("button", {type: "button", "data-copy": true}, words.copy)),
        element("p", {class: "links"}, ...links.flatMap(one => [one, " "])));
}

function show() {
    const found = entries();
    list.replaceChildren(...found.map(card));
    state.textContent = found.length === 0 ? words.empty : fill(words.countOfFiles, {count: found.length});
    clear.hidden = found.length === 0;
    nothing.hidden = found.length > 0;
}

clear.addEventListener("click", async () => {
    if (await ask("ask-clear") === "") return;
    for (const {key} of entries()) localStorage.removeItem(key);
    show();
});

try {
    show();
} catch {
    // The browser keeps nothing for this site.
    state.textContent = words.unavailable;
}
