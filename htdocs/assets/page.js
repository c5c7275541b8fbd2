// What every page has. Each part improves what works without it.

import {startShortcuts} from "./shortcuts.js";

const root = document.documentElement;

/** The path before all addresses of the site: "" or "/pictures". This file lies in PREFIX/assets/ or PREFIX/assets/DIGEST/. */
export const prefix = new URL(import.meta.url).pathname.replace(/\/assets\/.*$/s, "");

/**
 * The texts of the page's scripts, by name. Of this file: close, copied, pressToCopy, failed, offline, retryIn ("{seconds}"), show, hide,
 * and shortcuts, shortcutsOn, shortcutSearch, shortcutUpload, shortcutGallery, shortcutHelp.
 *
 * @type {Record<string, string>}
 */
export const words = JSON.parse(document.getElementById("words")?.textContent || "{}");

/** A text with its holes filled: fill("{n} files", {n: 3}). */
export function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (hole, name) => name in values ? String(values[name]) : hole);
}

const rules = {
    /** Only for parts of pages that this site has rendered. */
    createHTML: text => text,
    createScriptURL(address) {
        if (address === prefix + "/sw.js") return address;
        throw new TypeError("no script of this site: " + address);
    },
};

/** The only policy of trusted types that the pages allow; where browsers have none, the same functions. */
export const policy = globalThis.trustedTypes?.createPolicy("imagebed", rules) ?? rules;

/** The element with this tag, attributes (those that are false or null are left out) and children, of which strings are text. */
export function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (value !== false && value !== null) made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children);
    return made;
}

// Short messages

const toasts = document.getElementById("toasts") ?? document.body.appendChild(element("div", {id: "toasts", role: "status", "aria-live": "polite"}));

/**
 * Shows a message for 4 seconds, with an action for 10; an error stays until it is closed.
 *
 * @param {string} text
 * @param {"" | "ok" | "warn" | "bad"} kind
 * @param {{label: string, run: () => void}} [action]
 * @returns {() => void} takes the message away
 */
export function toast(text, kind = "", action) {
    const shown = element("div", {class: "toast " + kind}, element("span", {}, text));
    const end = () => shown.remove();
    if (action) shown.append(button(action.label, () => { end(); action.run(); }));
    if (action || kind === "bad") shown.append(button(words.close ?? "×", end));
    regionOfMessages().append(shown);
    if (kind !== "bad") endAfter(shown, action ? 10_000 : 4_000, end);
    return end;
}

// What lies outside of an open dialog is neither seen nor read.
function regionOfMessages() {
    const home = openDialog() ?? document.body;
    if (toasts.parentNode !== home) home.append(toasts);
    return toasts;
}

function endAfter(shown, time, end) {
    const later = () => shown.matches(":hover, :focus-within") ? setTimeout(later, 1_000) : end();
    setTimeout(later, time);
}

function button(label, run) {
    const made = element("button", {type: "button", class: "quiet"}, label);
    made.addEventListener("click", run);
    return made;
}

// Questions

function openDialog() {
    return [...document.querySelectorAll("dialog:modal")].at(-1);
}

/**
 * Opens a dialog of the page and waits for the answer: the value of the button that closed it, "" for Esc.
 *
 * @param {string | HTMLDialogElement} dialog  or its id
 * @returns {Promise<string>}
 */
export function ask(dialog) {
    const shown = typeof dialog === "string" ? document.getElementById(dialog) : dialog;
    shown.returnValue = "";
    shown.showModal();
    return new Promise(done => shown.addEventListener("close", () => done(shown.returnValue), {once: true}));
}

document.addEventListener("close", () => document.body.append(toasts), true);

// <button data-ask="ID"> submits its form only when the dialog's answer is not empty.
async function submitAfterAsking(button) {
    if (await ask(button.dataset.ask) === "") return;
    const question = button.dataset.ask;
    delete button.dataset.ask;
    button.form.requestSubmit(button);
    button.dataset.ask = question;
}

// Copy buttons: <button data-copy="ID"> copies the field or the text with this id, without one the field beside it.

const copying = document.querySelector("[data-copy]") && import("./copy.js");

async function copyFor(button) {
    const id = button.dataset.copy;
    const source = id ? document.getElementById(id) : button.parentElement.querySelector("input, textarea");
    const {copy} = await (copying ?? import("./copy.js"));
    await tellCopied(await copy("value" in source ? source : source.textContent), button);
}

/** Says whether something was copied: on the button if there is one, which only eyes notice, so it is announced too. */
export function tellCopied(copied, button) {
    if (!copied) return void toast(words.pressToCopy, "warn");
    if (!button) return void toast(words.copied, "ok");
    announce(words.copied);
    if ("copied" in button.dataset) return;
    const label = button.textContent;
    button.dataset.copied = "";
    button.style.minWidth = `${button.offsetWidth}px`;
    button.textContent = words.copied;
    setTimeout(() => {
        button.textContent = label;
        delete button.dataset.copied;
    }, 2_000);
}

/** Has a text read out without showing it. */
export function announce(text) {
    const said = element("span", {class: "unseen"}, text);
    regionOfMessages().append(said);
    setTimeout(() => said.remove(), 4_000);
}

// Menus: <details class="more">; one open at a time, closed by Esc and by a click elsewhere

function closeMenus(kept) {
    for (const menu of document.querySelectorAll("details.more[open]")) {
        if (menu !== kept) menu.open = false;
    }
}

document.addEventListener("keydown", event => {
    const menu = event.key === "Escape" && !openDialog() && document.querySelector("details.more[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
});

// Theme: links with ?theme= set a cookie by themselves; here the page changes without being loaded again

function chooseTheme(link) {
    const theme = new URL(link.href).searchParams.get("theme");
    root.dataset.theme = theme;
    document.cookie = `theme=${theme}; path=${prefix}/; max-age=31536000; samesite=lax`;
    for (const other of document.querySelectorAll('a[href*="theme="]')) {
        if (new URL(other.href).searchParams.get("theme") === theme) other.setAttribute("aria-current", "true");
        else other.removeAttribute("aria-current");
    }
}

const clicks = [
    ["button[data-copy]", (button, event) => { event.preventDefault(); copyFor(button); }],
    ["button[data-ask]", (button, event) => { event.preventDefault(); submitAfterAsking(button); }],
    ["button[data-show]", button => showPassword(button)],
    ["button[data-open]", (button, event) => { event.preventDefault(); ask(button.dataset.open); }],
    ['a[href*="theme="]', (link, event) => { event.preventDefault(); chooseTheme(link); }],
];

document.addEventListener("click", event => {
    closeMenus(event.target.closest("details.more"));
    for (const [selector, run] of clicks) {
        const found = event.target.closest(selector);
        if (found) return run(found, event);
    }
});

// <button data-show="ID"> shows and hides the password in that field.
function showPassword(button) {
    const field = document.getElementById(button.dataset.show);
    const isShown = field.type === "text";
    field.type = isShown ? "password" : "text";
    button.textContent = isShown ? words.show : words.hide;
    button.setAttribute("aria-pressed", String(!isShown));
}

// Forms: sent once, not while there is no network, not when their session has ended, and after a refusal for too many requests not before
// its time

/** Forms that may go: somebody is signed in. */
const cleared = new WeakSet();

document.addEventListener("submit", event => {
    const form = event.target, button = event.submitter, isCleared = cleared.delete(form);
    const method = button?.formMethod || form.getAttribute("method");
    if (method === "dialog" || event.defaultPrevented) return;
    if (!navigator.onLine) {
        event.preventDefault();
        form.removeAttribute("aria-busy");
        toast(words.offline, "warn");
    } else if (method === "post") {
        const isBusy = form.hasAttribute("aria-busy") && !isCleared;
        form.setAttribute("aria-busy", "true");
        if (isBusy || needsSession(form) && !isCleared) event.preventDefault();
        if (!isBusy && event.defaultPrevented) sendInSession(form, button);
    }
});

/** Whoever signs out needs no session. */
function needsSession(form) {
    return form.elements.form_token && !form.getAttribute("action")?.includes("login=exit");
}

/** Where nobody can be asked, the form goes and the server answers. */
async function sendInSession(form, button) {
    const session = await import("./session.js").then(({requireSession}) => requireSession()).catch(() => null);
    if (session === "") return form.removeAttribute("aria-busy");
    cleared.add(form);
    form.requestSubmit(button);
}

addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
});

// <form data-retry="SECONDS">, or that of <main> for its forms with a password
function holdBack(form, seconds) {
    const button = form.querySelector("button:not([type=button])");
    const [label, end] = [button.textContent, performance.now() + 1_000 * seconds];
    const count = () => {
        const left = Math.ceil((end - performance.now()) / 1_000);
        button.disabled = left > 0;
        button.textContent = left > 0 ? fill(words.retryIn, {seconds: left}) : label;
        if (left > 0) setTimeout(count, 1_000);
    };
    count();
}

for (const form of document.querySelectorAll("form[data-retry]")) holdBack(form, form.dataset.retry);
for (const form of document.querySelectorAll("main[data-retry] form")) {
    if (form.querySelector("[type=password]")) holdBack(form, form.closest("main").dataset.retry);
}

const offline = element("p", {class: "offline", role: "status"}, words.offline ?? "");

function showNetwork() {
    if (navigator.onLine) offline.remove();
    else document.querySelector("main").before(offline);
}

addEventListener("online", showNetwork);
addEventListener("offline", showNetwork);
showNetwork();

// What went wrong is what somebody reads first. (A dialog that opens over it looks for `autofocus`.)
const failure = [...document.querySelectorAll("main [role=alert]")].find(one => one.checkVisibility?.() ?? true);
if (failure) {
    Object.assign(failure, {tabIndex: -1, autofocus: true});
    failure.focus();
}

if (words.shortcuts) startShortcuts({words, prefix, element, ask, openDialog, addTo: document.querySelector("body > footer")});

root.classList.add("js");
