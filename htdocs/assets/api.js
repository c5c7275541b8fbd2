// The forms of the API page that send real requests: the answer appears below the form. A key goes into its header, or
// into the body's field `token` as the API describes it, and never into an address.

import {words} from "./page.js";

/**
 * What to fetch for a form. Its attributes are read by name: a field called `action` hides the property (HTML, section 4.10.3).
 *
 * @param {HTMLFormElement} form  data-method is the request's method
 * @returns {[string, RequestInit]}
 */
export function requestOf(form) {
    const {method} = form.dataset;
    const fields = new FormData(form);
    for (const [name, value] of [...fields]) if (value === "") fields.delete(name);
    const headers = {Accept: "application/json"};
    const key = form.querySelector("[data-key]")?.value.trim();
    if (key) headers["X-API-Key"] = key;
    const address = new URL(form.getAttribute("action"), document.baseURI);
    const isMultipart = form.getAttribute("enctype") === "multipart/form-data";
    if (method === "POST") return [address.href, {method, headers, body: isMultipart ? fields : new URLSearchParams(fields)}];
    address.search = new URLSearchParams(fields);
    return [address.href, {method, headers}];
}

/** The answer for people: the status, then the body, JSON indented. */
export function textOf(status, type, body) {
    return status + "\n" + (type.startsWith("application/json") ? indented(body) : body);
}

// Numbers are shown as they were sent, so nothing is parsed that would be written in another way.
function indented(body) {
    try {
        const value = JSON.parse(body);
        const text = JSON.stringify(value, null, 2);
        return JSON.stringify(value) === body ? text : body;
    } catch {
        return body;
    }
}

async function send(form) {
    const output = form.querySelector(".result");
    const button = form.querySelector("button");
    button.disabled = true;
    output.setAttribute("aria-busy", "true");
    try {
        const answer = await fetch(...requestOf(form));
        const type = answer.headers.get("Content-Type") ?? "";
        const status = `${answer.status} ${answer.statusText}`;
        show(output, type.startsWith("image/") ? `${status}\n${type}` : textOf(status, type, await answer.text()));
    } catch {
        show(output, words.failed);
    }
    output.removeAttribute("aria-busy");
    button.disabled = false;
}

function show(output, text) {
    const box = document.createElement("pre");
    box.tabIndex = 0;
    box.textContent = text;
    output.replaceChildren(box);
}

for (const form of document.querySelectorAll("form.trial")) {
    form.hidden = false;
    form.addEventListener("submit", event => {
        event.preventDefault();
        send(form);
    });
}
