// The history page: what the upload page stored in this browser, one entry for each upload. A key is the file's name, a value
// the upload's answer as JSON; whatever has no "url" belongs to somebody else. Every text goes in as text, never as markup,
// and only web addresses become links.

import {ask, element, fill, prefix, words} from "./page.js";

const list = document.getElementById("history");
const state = document.getElementById("state");
const clear = document.getElementById("clear");

/** The uploads in the storage, by key. @returns {{key: string, answer: {url: string}}[]} */
function entries() {
    return Object.keys(localStorage).sort().flatMap(key => {
        try {
            const answer = JSON.parse(localStorage.getItem(key));
            return answer && typeof answer.url === "string" && webAddress(answer.url) ? [{key, answer}] : [];
        } catch {
            return [];
        }
    });
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

function card({key, answer}) {
    const address = webAddress(answer.url);
    const name = typeof answer.srcName === "string" && answer.srcName !== "" ? answer.srcName : key;
    const thumbnail = typeof answer.thumb === "string" && webAddress(answer.thumb) || address;
    const deletion = typeof answer.del === "string" && /^https?:/i.test(answer.del) && webAddress(answer.del);
    const path = encodeURIComponent(storedPath(address));
    const pages = prefix + "/app/";
    const remove = element("button", {type: "button"}, words.remove);
    remove.addEventListener("click", () => {
        localStorage.removeItem(key);
        show();
        (list.querySelector("button") ?? state).focus();
    });
    const links = [link(pages + "info.php?history=" + path, words.details), link(pages + "down.php?history=" + path, words.download)];
    if (deletion) links.push(link(deletion.href, words.deleteFile));
    return element("li", {class: "card"},
        element("a", {href: address.href, rel: "noreferrer"},
            element("img", {src: thumbnail.href, alt: name, loading: "lazy", width: "258", height: "258"})),
        element("p", {class: "name", title: name}, name),
        element("div", {class: "copybox"},
            element("input", {readonly: true, value: answer.url, "aria-label": words.link}),
            element("button", {type: "button", "data-copy": true}, words.copy)),
        element("p", {class: "links"}, ...links.flatMap(one => [one, " "]), remove));
}

function show() {
    const found = entries();
    list.replaceChildren(...found.map(card));
    state.textContent = found.length === 0 ? words.empty : fill(words.countOfFiles, {count: found.length});
    clear.hidden = found.length === 0;
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
