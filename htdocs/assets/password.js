// Tells of a new password, while it is typed, why it would be refused or how strong it is. Whether it is a common one only the server knows.

import {fill, words} from "./page.js";
import {codePoints, strengthOf} from "./strength.js";

const LOOKS = {weak: "bad", fair: "warn", good: "ok", strong: "ok"};

/** @returns {[text: string, look: string]} */
function told(field) {
    const {least, most} = field.dataset;
    const length = codePoints(field.value).length;
    if (length === 0) return ["", ""];
    if (length < Number(least) || length > Number(most)) return [fill(words.badLength, {least, most}), "muted"];
    const name = field.form.elements.user?.value ?? "";
    if (field.value.toLowerCase() === name.toLowerCase()) return [words.isName, "bad"];
    const strength = strengthOf(field.value);
    return [fill(words.strength, {strength: words[strength]}), LOOKS[strength]];
}

for (const field of document.querySelectorAll("input[data-strength]")) {
    const place = document.getElementById(field.dataset.strength);
    field.addEventListener("input", () => {
        const [text, look] = told(field);
        place.className = `strength ${look}`;
        // The same text once more would be read out again.
        if (place.textContent !== text) place.textContent = text;
    });
}
