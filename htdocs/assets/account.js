// The account's page: the form for a new key is a dialog, and a new key is not lost by leaving too early.

import {words} from "./page.js";

const form = document.getElementById("new-key");

if (form) {
    // It stands open on the page where no scripts run; a dialog that is open already cannot become modal.
    form.removeAttribute("open");
    if ("again" in form.dataset) form.showModal();
}

const secret = document.querySelector("input[data-secret]");

if (secret) {
    let isCopied = false;
    const saved = () => { isCopied = true; };
    document.addEventListener("copy", saved);
    for (const button of document.querySelectorAll("[data-copy]")) button.addEventListener("click", saved);
    for (const button of document.querySelectorAll("[data-file]")) button.addEventListener("click", saved);
    addEventListener("beforeunload", event => {
        if (isCopied) return;
        event.preventDefault();
        // Chromium until 118 shows no question without it; browsers show words of their own.
        event.returnValue = words.leave;
    });
    secret.select();
}
