// The viewer over a list of files: three slides in a strip that snaps, so that swiping is the browser's own. Without this script the cards'
// links lead to the page of details.

import {copy} from "./copy.js";
import {loadMore} from "./gallery.js";
import {element, fill, tellCopied, words} from "./page.js";

const cards = () => [...document.querySelectorAll(".cards > li:not(.gone)")].filter(card => card.querySelector(".copybox input"));
const linkOf = card => card.querySelector("a");

const strip = element("div", {class: "strip", tabindex: "-1"});
const caption = element("p", {"aria-live": "polite"});
const info = element("a", {class: "button"}, words.details);
const tools = element("div", {class: "tools"}, caption,
    tool(words.previousFile, () => move(-1)), tool(words.nextFile, () => move(1)), tool(words.zoomIn, () => zoom(1.5)), tool(words.zoomOut, () => zoom(1 / 1.5)),
    tool(words.fit, () => fit()), tool(words.rotate, () => rotate()), tool(words.copy, button => copyLink(button)), info, tool(words.close, () => viewer.close()));
const viewer = document.body.appendChild(element("dialog", {class: "lightbox", "aria-label": words.viewer}, strip, tools));

/** The card that is shown. */
let current = null;
let [scale, quarters] = [0, 0];

function tool(label, run) {
    const made = element("button", {type: "button"}, label);
    made.addEventListener("click", () => run(made));
    return made;
}

// Slides

function slideOf(card) {
    const slide = element("div", {class: "slide"});
    if (!card) return slide;
    const address = card.querySelector(".copybox input").value, name = card.querySelector(".name").textContent;
    const media = card.dataset.kind === "video" ? element("video", {src: address, controls: true, preload: "metadata", playsinline: true, "aria-label": name})
        : element("img", {src: address, alt: name, decoding: "async"});
    media.addEventListener("error", () => slide.replaceChildren(element("p", {}, words.notShown)), {once: true});
    slide.append(media);
    return slide;
}

function neighbour(step) {
    const all = cards(), place = all.indexOf(current) + step;
    return all[place] ?? null;
}

function show(card) {
    [current, scale, quarters] = [card, 0, 0];
    const all = cards();
    strip.replaceChildren(slideOf(neighbour(-1)), slideOf(card), slideOf(neighbour(1)));
    center();
    caption.textContent = `${card.querySelector(".name").textContent} · ${fill(words.position, {number: all.indexOf(card) + 1, count: all.length})}`;
    info.href = linkOf(card).href;
    history.replaceState(history.state, "", `#${card.id}`);
    if (all.indexOf(card) > all.length - 6) loadMore();
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

function rotate() {
    const shown = picture();
    if (!shown) return;
    quarters = (quarters + 1) % 4;
    shown.style.transform = quarters ? `rotate(${quarters * 90}deg)` : "";
}

async function copyLink(button) {
    tellCopied(await copy(current.querySelector(".copybox input").value), button);
}

const keys = {
    ArrowLeft: () => move(-1), ArrowRight: () => move(1), "+": () => zoom(1.5), "=": () => zoom(1.5), "-": () => zoom(1 / 1.5), 0: fit, 1: actualSize,
    r: rotate, i: () => info.click(), c: () => copyLink(),
};

viewer.addEventListener("keydown", event => {
    const run = keys[event.key];
    if (!run || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("video") && event.key.startsWith("Arrow")) return;
    event.preventDefault();
    event.stopPropagation();
    run();
});

viewer.addEventListener("close", () => {
    strip.replaceChildren();
    linkOf(current)?.focus();
});

function open(card) {
    viewer.showModal();
    show(card);
    viewer.querySelector(".tools button:last-child").focus();
}

document.addEventListener("click", event => {
    const link = event.target.closest?.(".cards > li > a:first-of-type");
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !link.querySelector("img, .kind")) return;
    const card = link.closest("li");
    if (!card.querySelector(".copybox input")) return;
    event.preventDefault();
    open(card);
});
