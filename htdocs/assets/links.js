// The links of what was uploaded, in one text box for each format, a line for each file in the order of the queue. On phones they are a sheet
// at the bottom of the window (site.css), which opens with the first link and can be folded.

import {copy} from "./copy.js";
import {lastFormat, lastTemplate, presets, rememberFormat, rememberTemplate, textOf, textOfAll} from "./formats.js";
import {announce, element, fill, tellCopied, words} from "./page.js";
import {reveal, select, tabs} from "./tabs.js";

export class Links {
    #list;
    #links = [];
    /** What the answer to a form without scripts has in its boxes, by format. */
    #given = new Map();
    #template = document.getElementById("template");
    #count = document.getElementById("links-count");
    #fold = document.getElementById("links-fold");

    /** @param {HTMLElement} panel  @param {string} first  the format where none was used before */
    constructor(panel, first) {
        this.panel = panel;
        this.#list = panel.querySelector("[role=tablist]");
        for (const {dataset: {format}} of this.#list.children) this.#given.set(format, this.#boxOf(format).defaultValue);
        tabs(this.#list, tab => {
            rememberFormat(tab.dataset.format);
            this.#write();
        });
        const last = this.#list.querySelector(`[data-format="${lastFormat(first)}"]`) ?? this.#list.querySelector("[role=tab]");
        select(this.#list, last);
        this.#listenToTemplate();
        document.getElementById("copy-all").addEventListener("click", event => this.copyAll(event.currentTarget));
        document.getElementById("download").addEventListener("click", () => this.#download());
        this.#fold.addEventListener("click", () => {
            this.#fold.setAttribute("aria-expanded", String(this.#isFolded));
            this.#drawSheet();
        });
        this.#drawSheet();
    }

    get #isFolded() {
        return this.#fold.getAttribute("aria-expanded") === "false";
    }

    /** The page keeps as much room below its end as the sheet covers. */
    #drawSheet() {
        const state = this.#isFolded ? "folded" : "open";
        this.#fold.textContent = this.#isFolded ? words.unfold : words.fold;
        if (this.panel.hidden) delete document.documentElement.dataset.sheet;
        else document.documentElement.dataset.sheet = state;
    }

    get format() {
        return this.#list.querySelector("[aria-selected=true]").dataset.format;
    }

    #boxOf(format) {
        return document.getElementById("format-" + format).querySelector("textarea[readonly]");
    }

    /** Shows these items, the ones that are done. @param {import("./item.js").Item[]} items */
    show(items) {
        this.#links = items.map(linkOf);
        const wasHidden = this.panel.hidden;
        this.panel.hidden = items.length === 0 && !this.#given.get("link");
        if (wasHidden) reveal(this.#list, this.#list.querySelector("[aria-selected=true]"));
        this.#write();
        const count = this.#text.split("\n").filter(Boolean).length;
        this.#count.textContent = count ? fill(words.countFiles, {count}) : "";
        this.#drawSheet();
    }

    #write() {
        this.#boxOf(this.format).value = this.#text;
    }

    get #text() {
        return [this.#given.get(this.format), textOfAll(this.format, this.#links, this.#template.value)].filter(Boolean).join("\n");
    }

    /** Copies the link of one item in the format that is shown; never the one that deletes it. */
    async copyOne(item, button) {
        const format = this.format === "delete" ? "link" : this.format;
        tellCopied(await copy(textOf(format, linkOf(item), this.#template.value)), button);
    }

    async copyAll(button) {
        const count = this.#text.split("\n").filter(Boolean).length;
        if (count === 0) return;
        const copied = await copy(this.#boxOf(this.format));
        tellCopied(copied, button);
        if (copied) announce(fill(words.copiedAll, {count}));
    }

    #download() {
        const address = URL.createObjectURL(new Blob([this.#text + "\n"], {type: "text/plain;charset=utf-8"}));
        element("a", {href: address, download: "links.txt"}).click();
        // The browser reads it when the click is over.
        setTimeout(() => URL.revokeObjectURL(address), 60_000);
    }

    #listenToTemplate() {
        const choice = document.getElementById("presets");
        choice.append(element("option", {value: ""}, words.ownTemplate), ...Object.keys(presets).map(name => element("option", {}, name)));
        this.#template.value = lastTemplate();
        choice.value = Object.keys(presets).find(name => presets[name] === this.#template.value) ?? "";
        const changed = () => {
            rememberTemplate(this.#template.value);
            this.#write();
        };
        choice.addEventListener("change", () => {
            this.#template.value = presets[choice.value] ?? this.#template.value;
            changed();
        });
        this.#template.addEventListener("input", () => {
            choice.value = "";
            changed();
        });
    }
}

/**
 * What formats take. The name is the person's own: forms are sent with "%22" in place of quotation marks, and the server cuts long names. The
 * answer's own numbers, where it has some.
 *
 * @returns {import("./formats.js").Link}
 */
function linkOf({answer, name, size}) {
    const del = /^https?:/i.test(answer.del ?? "") ? answer.del : "";
    return {
        url: answer.url, name, thumb: answer.thumb, del, width: answer.width ?? null, height: answer.height ?? null,
        size: answer.size ?? size,
    };
}
