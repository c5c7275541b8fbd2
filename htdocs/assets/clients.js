// Settings for programs with a key that is pasted into the page. The key is not sent: texts and files are made here.

import {element} from "./page.js";

const placeholder = "YOUR-KEY";
const fields = [...document.querySelectorAll("textarea[data-client]")].map(field => ({field, text: field.value}));
const pasted = document.getElementById("client-key");

/** What can be a key: nothing in it ends a quoted text. The server decides by the same rule (ClientSettings.isKey). */
export function isKey(text) {
    return /^[\w-]{1,256}$/.test(text);
}

function fill() {
    const key = pasted.value.trim();
    const isUsable = key === "" || isKey(key);
    pasted.setAttribute("aria-invalid", String(!isUsable));
    for (const {field, text} of fields) field.value = isUsable && key ? text.replaceAll(placeholder, key) : text;
}

pasted?.addEventListener("input", fill);

function save(button) {
    const content = document.getElementById(button.dataset.of).value;
    const address = URL.createObjectURL(new Blob([content], {type: "application/octet-stream"}));
    const link = element("a", {href: address, download: button.dataset.file});
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

for (const button of document.querySelectorAll("button[data-file]")) {
    button.addEventListener("click", event => {
        event.preventDefault();
        save(button);
    });
}
