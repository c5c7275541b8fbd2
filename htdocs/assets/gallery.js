// The gallery: further parts come by themselves, far ones go out of memory, and Back comes to the card that was left. Without this script the
// links of the parts do the same, a page each.

import {announce, element, policy, toast, words} from "./page.js";

/** Distance in pixels from which a part is fetched, and beyond which one is emptied. */
const NEAR = 1_500, FAR = 12_000;
/** Milliseconds until loading is told, and between two looks at where a scroll has come. Safari allows 100 changes of the address in 30 seconds. */
const PATIENCE = 300, PAUSE = 350;

const main = document.querySelector("main");
const status = element("p", {class: "help loading", role: "status"});
const pagerTo = (end, place = main) => place.querySelector(`nav.pager a[rel=${end}]`)?.closest("nav");
const parts = () => [...main.querySelectorAll(".part")];

/**
 * The part alone that an address shows, with its links: [newer, part, older], of which the links may be missing. Without the cards that the
 * page has already: a part reaches further when files of it were deleted, and views change an order.
 */
async function fetched(address) {
    const target = new URL(address, location.href);
    target.searchParams.set("part", "1");
    const answer = await fetch(target, {headers: {Accept: "text/html"}});
    if (!answer.ok || answer.redirected) throw new Error(`status ${answer.status}`);
    const holder = document.createElement("template");
    holder.innerHTML = policy.createHTML(await answer.text());
    for (const card of holder.content.querySelectorAll(".cards > li")) if (document.getElementById(card.id)) card.remove();
    for (const list of holder.content.querySelectorAll(".cards")) if (!list.firstElementChild) (list.closest("section") ?? list).remove();
    return holder.content;
}

/** Runs one fetch at a time, tells when it takes long and when it fails. What else was near meanwhile is looked for afterwards. */
let running = false;

async function load(address, place, use) {
    if (running) return;
    running = true;
    const alarm = setTimeout(() => { status.textContent = words.loading; place.after(status); }, PATIENCE);
    try {
        use(await fetched(address));
        running = false;
        watch();
    } catch {
        toast(words.notLoaded, "bad", {label: words.tryAgain, run: () => load(address, place, use)});
    } finally {
        clearTimeout(alarm);
        status.remove();
        running = false;
    }
}

// Links at both ends: the one behind the list is followed before it is seen, the one before it when it is seen

const ends = new IntersectionObserver(found => {
    for (const {isIntersecting, target} of found) if (isIntersecting) follow(target);
}, {rootMargin: `${NEAR}px 0px`});

/** Observers tell of what they begin to watch, so that all that is near is told again. */
function watch() {
    ends.disconnect();
    near.disconnect();
    for (const end of main.querySelectorAll("nav.pager")) ends.observe(end);
    for (const part of parts()) near.observe(part);
}

function follow(pager) {
    const link = pager.querySelector("a[rel]");
    if (!link) return;
    const isNext = link.rel === "next";
    if (!isNext && !pager.dataset.isWanted) return;
    load(link.href, pager, content => {
        const height = document.documentElement.scrollHeight, top = scrollY;
        pagerTo(isNext ? "prev" : "next", content)?.remove();
        pager.replaceWith(content);
        join();
        if (!isNext) scrollTo(scrollX, top + document.documentElement.scrollHeight - height);
        announce(words.moreLoaded);
    });
}

/** Fetches the part at an end of the list, if there is one. @param {"next" | "prev"} end */
export function loadMore(end) {
    const pager = pagerTo(end);
    if (!pager) return;
    pager.dataset.isWanted = "1";
    follow(pager);
}

/** A day that begins in one part and ends in the next has one heading. */
function join() {
    const shown = new Set();
    for (const section of main.querySelectorAll(".part > section")) {
        const heading = section.querySelector("h2");
        if (!heading) continue;
        const isSecond = shown.has(heading.textContent);
        shown.add(heading.textContent);
        heading.classList.toggle("unseen", isSecond);
    }
}

// Parts that are far away are empty blocks of their height

const near = new IntersectionObserver(found => {
    for (const {isIntersecting, target} of found) if (isIntersecting && target.dataset.isEmpty) fill(target);
}, {rootMargin: `${NEAR}px 0px`});

function fill(part) {
    // The address of the beginning shows others when files have come meanwhile.
    load(part.dataset.again ?? part.dataset.address, part, content => {
        const height = document.documentElement.scrollHeight, top = scrollY, isAbove = part.getBoundingClientRect().top < 0;
        part.replaceChildren(...content.querySelector(".part").childNodes);
        part.style.height = "";
        delete part.dataset.isEmpty;
        extend(part, content);
        join();
        const grown = document.documentElement.scrollHeight - height;
        if (isAbove && grown !== 0) scrollTo(scrollX, top + grown);
    });
}

/** Where the list has grown at an end since, a link leads on. Who has come back up to the beginning cannot scroll further, and wants it at once. */
function extend(part, content) {
    const all = parts(), [newer, older] = [pagerTo("prev", content), pagerTo("next", content)];
    if (newer && part === all[0] && !pagerTo("prev")) {
        newer.dataset.isWanted = "1";
        part.before(newer);
    }
    if (older && part === all.at(-1) && !pagerTo("next")) part.after(older);
}

function emptyFarParts() {
    for (const part of parts()) {
        const {top, bottom} = part.getBoundingClientRect();
        if (part.dataset.isEmpty || bottom > -FAR && top < innerHeight + FAR || part.contains(document.activeElement)) continue;
        part.style.height = `${part.offsetHeight}px`;
        part.dataset.isEmpty = "1";
        part.replaceChildren();
    }
}

// The address is that of the part at the top of the window, and the state tells which card was there, and where

function keepPlace() {
    const part = parts().find(one => one.getBoundingClientRect().bottom > 0);
    const card = part && [...part.querySelectorAll(".cards > li")].find(one => one.getBoundingClientRect().bottom > 0);
    if (!card) return;
    history.replaceState({card: card.id, top: card.getBoundingClientRect().top}, "", part.dataset.address);
}

let timer = null;
addEventListener("scroll", () => {
    const newer = pagerTo("prev");
    if (newer) newer.dataset.isWanted = "1";
    timer ??= setTimeout(() => {
        timer = null;
        emptyFarParts();
        keepPlace();
    }, PAUSE);
}, {passive: true});
addEventListener("pagehide", keepPlace);

/** Puts the card that was at the top where it was. */
function comeBack() {
    const {card, top} = history.state ?? {};
    const there = card && document.getElementById(card);
    if (there) scrollBy(0, there.getBoundingClientRect().top - top);
}

if (parts().length > 0) {
    history.scrollRestoration = "manual";
    comeBack();
    watch();
}

// On phones the fields beside the search are folded.
document.querySelector(".unfold")?.addEventListener("click", ({currentTarget}) => {
    currentTarget.setAttribute("aria-expanded", String(currentTarget.form.classList.toggle("open")));
});
