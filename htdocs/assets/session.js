// A session that ended while its page was open: the sign-in form of the site in a dialog, and then the page goes on as it stands.

import {ask, element, policy, prefix, toast, words} from "./page.js";

const ADDRESS = prefix + "/user/login.php";

/** What is asked for at the moment: several requests of a page may find out at once. @type {Promise<string|null> | null} */
let running = null;

/**
 * Looks whether there is a session, and if not asks for the password. The page's forms have the token of the session afterwards.
 *
 * @returns {Promise<"there" | "new" | "" | null>} "" if the person gave up; null if the site cannot be asked
 */
export function requireSession() {
    running ??= find().finally(() => { running = null; });
    return running;
}

async function find() {
    const page = await look();
    if (!page) return null;
    if (!page.token) return signIn(page);
    renew(page);
    return "there";
}

/**
 * The sign-in page as it is now: with the token of the session's forms, or with the form that begins a session.
 *
 * @returns {Promise<{token?: string, account?: string, form?: HTMLFormElement, heading: string, messages: Element[]} | null>}
 */
async function look(options = {}) {
    try {
        const answer = await fetch(ADDRESS, {headers: {Accept: "text/html"}, ...options});
        const page = new DOMParser().parseFromString(policy.createHTML(await answer.text()), "text/html");
        const token = page.querySelector('meta[name="form-token"]')?.content;
        const form = page.querySelector('main input[name="password"]')?.form;
        if (!token && !form) return null;
        const account = page.querySelector('meta[name="account-mark"]')?.content;
        return {token, account, form, heading: page.querySelector("h1").textContent,
            messages: [...page.querySelectorAll("main [role=status], main [role=alert]")]};
    } catch {
        return null;
    }
}

/** Each session has a token of its own, also one that began in another tab, and perhaps of another account. */
function renew({token, account}) {
    for (const field of document.querySelectorAll('input[name="form_token"]')) field.value = token;
    document.querySelector('meta[name="form-token"]')?.setAttribute("content", token);
    document.querySelector('meta[name="account-mark"]')?.setAttribute("content", account);
}

async function signIn(page) {
    const dialog = element("dialog", {"aria-labelledby": "session-heading"});
    show(page, dialog);
    document.body.append(dialog);
    dialog.addEventListener("submit", event => {
        event.preventDefault();
        send(event.target, dialog);
    });
    const answer = await ask(dialog);
    dialog.remove();
    return answer;
}

function show({form, heading, messages}, dialog) {
    const cancel = element("button", {type: "button"}, words.cancel);
    cancel.addEventListener("click", () => dialog.close(""));
    form.append(cancel);
    dialog.replaceChildren(element("h2", {id: "session-heading"}, heading), ...messages, form);
    keepApart(form);
}

/** The page may have fields with the same ids; and each form has another picture to read, at the same address. */
function keepApart(form) {
    for (const name of ["id", "for", "data-show"]) {
        for (const one of form.querySelectorAll(`[${name}]`)) one.setAttribute(name, "session-" + one.getAttribute(name));
    }
    const picture = form.querySelector("img");
    if (picture) picture.src = `${picture.getAttribute("src")}?${Date.now()}`;
}

async function send(form, dialog) {
    if (form.hasAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    const body = new URLSearchParams(new FormData(form));
    // The answer to success leads to the sign-in page again, which has the token then.
    body.set("back", ADDRESS);
    const page = await look({method: "POST", body});
    form.removeAttribute("aria-busy");
    if (page?.token) {
        renew(page);
        dialog.close("new");
    } else if (page) {
        show(page, dialog);
        page.form.elements.user.value = body.get("user");
        page.form.elements.password.focus();
    } else {
        toast(words.failed, "bad");
    }
}
