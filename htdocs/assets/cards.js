// Cards of files: a click opens the viewer, and links are copied in the form that this browser used last. Viewer and forms are loaded when
// they are needed.

import {copy} from "./copy.js";
import {tellCopied} from "./page.js";

const addressOf = card => card.querySelector(".copybox input").value;

/** @returns {import("./formats.js").Link} */
function linkOf(card) {
    return {url: addressOf(card), name: card.querySelector(".name").textContent, thumb: card.querySelector("img")?.src};
}

/**
 * Copies the links of cards, a line each, and tells it.
 *
 * @param {HTMLLIElement[]} cards
 * @param {HTMLButtonElement} [button]
 */
export async function copyLinks(cards, button) {
    tellCopied(await copy(await textOf(cards)), button);
}

async function textOf(cards) {
    const {lastFormat, lastTemplate, textOfAll} = await import("./formats.js");
    const format = lastFormat();
    // Nobody deletes by a link of the gallery.
    return format === "delete" ? cards.map(addressOf).join("\n") : textOfAll(format, cards.map(linkOf), lastTemplate());
}

document.addEventListener("click", event => {
    const link = event.target.closest?.(".cards > li > a"), card = link?.closest("li");
    if (!card?.querySelector(".copybox input") || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    import("./lightbox.js").then(({open}) => open(card), () => location.assign(link.href));
});

// Before page.js, which copies what the field of a card holds.
document.addEventListener("click", event => {
    const button = event.target.closest?.(".cards [data-copy]");
    if (!button) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    copyLinks([button.closest("li")], button);
}, true);
