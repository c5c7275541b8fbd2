// A conflict: its sides as tabs where there is no room for them beside each other, and an editor that says while somebody types whether the
// text is JSON. The text is sent as it is; the server decides.

import {element, fill, words} from "./page.js";
import {firstError} from "./json.js";

// Sides

const panes = document.querySelector(".panes");
const narrow = matchMedia("(max-width: 39.99rem)");

/** Once tabs, they stay so; where there is room json.css shows all of them. */
async function makeTabs() {
    if (!panes || !narrow.matches) return;
    narrow.removeEventListener("change", makeTabs);
    const {tabsOf} = await import("./tabs.js");
    tabsOf(panes);
}

narrow.addEventListener("change", makeTabs);
makeTabs();

// Editor

const field = document.querySelector("textarea#content");

if (field) {
    const lines = element("pre", {"aria-hidden": "true"});
    field.before(lines);
    const state = document.getElementById("content-state");
    let count = 0, timer = 0;

    const number = () => {
        const needed = field.value.split("\n").length;
        if (needed !== count) lines.textContent = Array.from({length: count = needed}, (_, index) => index + 1).join("\n");
        lines.scrollTop = field.scrollTop;
    };
    const check = () => {
        const error = firstError(field.value);
        field.setAttribute("aria-invalid", String(error !== null));
        state.className = error ? "error" : "ok";
        state.replaceChildren(error ? fill(words.jsonPlace, {...error, reason: words[error.reason]}) : words.jsonValid);
        if (error) state.append(goTo(error.offset));
    };
    const goTo = offset => {
        const made = element("button", {type: "button", class: "quiet"}, words.goToError);
        made.addEventListener("click", () => {
            field.focus();
            field.setSelectionRange(offset, Math.min(offset + 1, field.value.length));
        });
        return made;
    };

    field.addEventListener("scroll", () => { lines.scrollTop = field.scrollTop; });
    field.addEventListener("input", () => {
        number();
        clearTimeout(timer);
        timer = setTimeout(check, 300);
    });
    number();
    check();
}
