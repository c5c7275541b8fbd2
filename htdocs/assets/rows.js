// A row of the queue: picture, name, size, progress, state, buttons. It shows an item and tells what was pressed.

import {extensionOf} from "./limits.js";
import {fill, words} from "./page.js";
import {TRIES} from "./queue.js";
import {sizeText, sizesOver, timeText} from "./text.js";

/** Pictures that browsers show, and up to how many bytes: 30 large ones at once would need too much memory on a phone. */
const SHOWN_TYPES = /^image\/(?:jpeg|png|gif|webp|bmp|svg\+xml|avif|x-icon|vnd\.microsoft\.icon)$/;
const SHOWN_BYTES = 32 * 1024 * 1024;

/** Why something was refused, in the words of the page, else in those of the server. */
export function reasonText(reason, types) {
    if (!reason) return "";
    if (reason.text) return reason.text;
    const sizes = Number.isFinite(reason.size) ? sizesOver(reason.size, reason.limit) : {};
    return fill(words[reason.word] ?? reason.word, {...reason, types, ...sizes});
}

export class Row {
    /**
     * @param {HTMLTemplateElement} template
     * @param {import("./item.js").Item} item
     * @param {import("./queue.js").Queue} queue
     * @param {{press: (item, button) => void, remove: (item) => void, termText: (term: string) => string, types: string}} page
     */
    constructor(template, item, queue, page) {
        Object.assign(this, {item, queue, page});
        this.element = template.content.firstElementChild.cloneNode(true);
        const part = selector => this.element.querySelector(selector);
        this.group = part("[role=group]");
        [this.label, this.field, this.progress] = [part("p.name"), part("input.name"), part("progress")];
        [this.size, this.told, this.button, this.second] = [part(".size"), part(".told"), part(".act"), part(".second")];
        this.button.addEventListener("click", () => page.press(item, this.button));
        this.second.addEventListener("click", () => page.remove(item));
        this.#listenToName();
        this.update();
    }

    #listenToName() {
        const {field, item, queue} = this;
        field.value = item.name;
        field.addEventListener("focus", () => queue.edit(item, true));
        field.addEventListener("keydown", event => { if (event.key === "Enter") field.blur(); });
        field.addEventListener("change", () => queue.rename(item, field.value));
        field.addEventListener("blur", () => {
            queue.edit(item, false);
            field.value = item.name;
        });
    }

    /** Of a kept file later, when it is read again. */
    #showPicture() {
        const {file, name} = this.item;
        if (this.shownFile === file) return;
        this.shownFile = file;
        const place = this.element.querySelector(".preview");
        put(place, extensionOf(name).slice(0, 4));
        if (!file || !SHOWN_TYPES.test(file.type) || file.size > SHOWN_BYTES) return;
        const picture = Object.assign(new Image(), {className: place.className, alt: "", width: 48, height: 48, decoding: "async"});
        const end = isShown => {
            URL.revokeObjectURL(picture.src);
            if (isShown) place.replaceWith(picture);
        };
        picture.addEventListener("load", () => end(true));
        picture.addEventListener("error", () => end(false));
        picture.src = URL.createObjectURL(file);
    }

    /** Shows what the item is now. */
    update() {
        const {item, label, field, page} = this;
        if (item.file || !this.element.isConnected) this.#showPicture();
        const isEditable = item.state === "waiting" && item.isFresh;
        if (field === document.activeElement && !isEditable) this.group.focus();
        [label.hidden, field.hidden] = [isEditable, !isEditable];
        label.textContent = item.name;
        this.group.setAttribute("aria-label", item.name);
        this.group.dataset.state = item.state;
        this.progress.value = item.shown;
        this.progress.setAttribute("aria-label", item.name);
        put(this.size, [sizeText(item.size), page.termText(item.term ?? "")].filter(Boolean).join(" · "));
        put(this.told, this.#state());
        this.told.className = "told " + ({done: "ok", failed: "bad", refused: "bad", paused: "warn"}[item.state] ?? "");
        const [first, second] = this.#buttons();
        [this.button.hidden, this.second.hidden] = [!first, !second];
        put(this.button, first ?? "");
        this.button.disabled = item.isUnwanted;
        this.second.setAttribute("aria-label", second ?? "");
    }

    #state() {
        const {item, page} = this;
        switch (item.state) {
        case "waiting": return item.held ? words.heldBack : words.waiting;
        case "sending": return this.#speed();
        case "paused": return this.#pause();
        case "processing": return item.isUnwanted ? words.cancelling : words.processing;
        case "done": return item.answer.duplicate ? words.duplicate : words.done;
        case "cancelled": return words.cancelled;
        default: return reasonText(item.reason, page.types);
        }
    }

    /** "62% · 1.4 MB/s · 3 seconds left" */
    #speed() {
        const {item, queue} = this;
        const speed = queue.speed(item);
        const parts = [`${Math.floor(item.shown * 100)}%`];
        if (speed > 0) parts.push(sizeText(speed) + "/s", timeText(item.size * (1 - item.shown) / speed, words, fill));
        return parts.join(" · ");
    }

    #pause() {
        const {item, page} = this;
        if (item.why === "choose") return words.chooseSame;
        if (item.why === "elsewhere") return this.queue.stops.get("turn")?.reason ? words.elsewhere : words.waiting;
        if (item.why !== "retry" || item.until <= this.queue.now) return words.paused;
        const seconds = Math.ceil((item.until - this.queue.now) / 1000);
        return fill(words.retryAfter, {reason: reasonText(item.reason, page.types), seconds, tries: item.tries, all: TRIES});
    }

    /** The words on the button, and on the second one, which takes the file out of the queue. */
    #buttons() {
        const {item} = this;
        switch (item.state) {
        case "done": return [words.copy, words.remove];
        case "failed": return [words.retry, words.remove];
        case "refused": case "cancelled": return [words.remove];
        case "paused":
            if (item.why === "elsewhere") return [];
            if (item.why === "choose") return [item.handle ? words.goOn : words.chooseFile, words.cancel];
            return item.why === "retry" ? [words.retry, words.cancel] : [words.cancel];
        default: return [words.cancel];
        }
    }
}

/** Writes a text that has changed: the same one again would be read out again. */
export function put(element, text) {
    if (element.textContent !== text) element.textContent = text;
}
