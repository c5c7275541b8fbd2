// The viewer over a list of files: three slides in a strip that snaps, so that swiping is the browser's own. cards.js loads it with the first
// click on a card.

import {copyLinks} from "./cards.js";
import {loadMore} from "./gallery.js";
import {element, fill, words} from "./page.js";

/** So many cards before an end of the list the part behind it is fetched. */
const NEAR_END = 6;

const cards = () => [...document.querySelectorAll(".cards > li:not(.gone)")].filter(card => card.querySelector(".copybox input"));
const linkOf = card => card.querySelector(":scope > a");

const strip = element("div", {class: "strip", tabindex: "0", role: "group", "aria-label": words.viewer});
const caption = element("p", {"aria-live": "polite"});
const info = element("a", {class: "button"}, words.details);
const close = tool("×", () => viewer.close(), words.close);
const tools = element("div", {class: "tools"},
    tool("‹", () => move(-1), words.previousFile, "ArrowLeft"), tool("›", () => move(1), words.nextFile, "ArrowRight"),
    tool("+", () => zoom(1.5), words.zoomIn, "+"), tool("−", () => zoom(1 / 1.5), words.zoomOut, "-"), tool(words.fit, () => fit(), null, "0"),
    tool(words.rotate, () => rotate(), null, "r"), tool(words.copy, button => copyLinks([current], button), null, "c"), info);
const viewer = document.body.appendChild(element("dialog", {class: "lightbox", "aria-label": words.viewer},
    element("div", {class: "tools"}, caption, close), strip, tools));

/** The card that is shown. */
let current = null;
let [scale, quarters] = [0, 0];

/** A button; signs have a name beside them. */
function tool(label, run, name = null, key = null) {
    const made = element("button", {type: "button", "aria-label": name, title: key ? `${name ?? label} (${key})` : name, "aria-keyshortcuts": key}, label);
    made.addEventListener("click", () => run(made));
    return made;
}

// Slides

function slideOf(card) {
    const slide = element("div", {class: "slide"});
    if (!card) return slide;
    const address = card.querySelector(".copybox input").value + (card.dataset.version ?? ""), name = card.querySelector(".name").textContent;
    const media = card.dataset.kind === "video" ? element("video", {src: address, controls: true, preload: "metadata", playsinline: true, "aria-label": name})
        : element("img", {src: address, alt: name, decoding: "async"});
    media.addEventListener("error", () => explain(slide, card), {once: true});
    slide.append(media);
    return slide;
}

/** What is not shown is of a format that the browser does not know, or somebody has deleted it since the list was made. */
async function explain(slide, card) {
    slide.replaceChildren(element("p", {}, words.notShown));
    const answer = await fetch(linkOf(card).href, {method: "HEAD"}).catch(() => null);
    if (answer?.status !== 404) return;
    slide.replaceChildren(element("p", {}, words.isDeleted));
    card.dataset.gone = words.isDeleted;
}

function neighbour(step) {
    const all = cards(), place = all.indexOf(current) + step;
    return all[place] ?? null;
}

function show(card) {
    [current, scale, quarters] = [card, 0, 0];
    const all = cards(), place = all.indexOf(card);
    strip.replaceChildren(slideOf(neighbour(-1)), slideOf(card), slideOf(neighbour(1)));
    center();
    caption.textContent = `${card.querySelector(".name").textContent} · ${fill(words.position, {number: place + 1, count: all.length})}`;
    info.href = linkOf(card).href;
    history.replaceState(history.state, "", `#${card.id}`);
    if (place >= all.length - NEAR_END) loadMore("next");
    if (place < NEAR_END) loadMore("prev");
}

function center() { strip.scrollLeft = strip.clientWidth; }

function move(step) {
    const next = neighbour(step);
    if (next) show(next);
}

// A swipe ends on a slide beside the middle one.
let timer;
strip.addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
        const step = Math.round(strip.scrollLeft / strip.clientWidth) - 1;
        if (step !== 0 && neighbour(step)) show(neighbour(step));
        else if (step !== 0) center();
    }, 120);
}, {passive: true});
addEventListener("resize", () => { if (viewer.open) center(); });

// Zoom and turn, of pictures

function picture() { return strip.children[1]?.querySelector("img"); }

function zoom(factor) {
    const shown = picture();
    if (!shown?.naturalWidth) return;
    scale = Math.min(8, Math.max(.05, (scale || shown.clientWidth / shown.naturalWidth) * factor));
    shown.classList.add("zoomed");
    shown.style.width = `${shown.naturalWidth * scale}px`;
}

function fit() {
    const shown = picture();
    if (!shown) return;
    scale = 0;
    shown.classList.remove("zoomed");
    shown.style.width = "";
}

function actualSize() {
    const shown = picture();
    if (!shown?.naturalWidth) return;
    fit();
    zoom(shown.naturalWidth / shown.clientWidth);
}

/** By a quarter; one that lies on its side then is made to fit again. */
function rotate() {
    const shown = picture();
    if (!shown) return;
    quarters = (quarters + 1) % 4;
    const {clientWidth, clientHeight} = shown.parentElement;
    const size = quarters % 2 && !scale ? Math.min(1, clientWidth / shown.clientHeight, clientHeight / shown.clientWidth) : 1;
    shown.style.transform = quarters ? `rotate(${quarters * 90}deg) scale(${size})` : "";
}

const keys = {
    ArrowLeft: () => move(-1), ArrowRight: () => move(1), "+": () => zoom(1.5), "=": () => zoom(1.5), "-": () => zoom(1 / 1.5), 0: fit, 1: actualSize,
    r: rotate, i: () => info.click(), c: () => copyLinks([current]),
};

viewer.addEventListener("keydown", event => {
    const run = keys[event.key];
    if (!run || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("video") && event.key.startsWith("Arrow")) return;
    event.preventDefault();
    event.stopPropagation();
    run();
});

/** The card that was shown last; when its file is gone the next one that is not, at the end the one before. */
function nearest() {
    const all = [...document.querySelectorAll(".cards > li")], place = all.indexOf(current), isThere = card => !card.inert;
    return all.slice(place).find(isThere) ?? all.slice(0, place).findLast(isThere);
}

viewer.addEventListener("close", () => {
    strip.replaceChildren();
    for (const card of document.querySelectorAll(".cards > li[data-gone]:not(.gone)")) {
        card.classList.add("gone");
        card.inert = true;
    }
    const shown = nearest();
    if (shown) linkOf(shown).focus();
});

let sheet = null;

/** Its style sheet is there before it is first seen; what fails leaves it plain. */
function styled() {
    return sheet ??= new Promise(done => {
        const link = element("link", {rel: "stylesheet", href: new URL("viewer.css", import.meta.url).href});
        link.onload = link.onerror = done;
        document.head.append(link);
    });
}

/** @param {HTMLLIElement} card  shown first */
export async function open(card) {
    await styled();
    if (viewer.open) return;
    viewer.showModal();
    show(card);
    close.focus();
}
