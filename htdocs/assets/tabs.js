// Tabs: one stop for the Tab key, arrow keys between them. Where the markup has role=tablist, tab (with aria-controls) and tabpanel already,
// <div data-tabs> works by itself and others by `tabs`; where a page shows sections one below the other, in <div class="tabbed">, their
// headings become the tabs.

import {element} from "./page.js";

/**
 * Makes a list of tabs work, and tells which one was chosen.
 *
 * @param {HTMLElement} list  with role=tablist
 * @param {(tab: HTMLElement) => void} [chosen]
 */
export function tabs(list, chosen = () => {}) {
    const all = () => [...list.querySelectorAll('[role="tab"]')].filter(tab => !tab.hidden);
    const choose = tab => { select(list, tab); chosen(tab); };
    list.addEventListener("click", event => {
        const tab = event.target.closest('[role="tab"]');
        if (tab) choose(tab);
    });
    list.addEventListener("keydown", event => {
        const to = neighbour(all(), event);
        if (!to) return;
        event.preventDefault();
        choose(to);
        to.focus();
    });
    select(list, list.querySelector('[aria-selected="true"]') ?? all()[0]);
}

/** Shows this tab's panel and no other; for a choice that the script makes. */
export function select(list, chosen) {
    for (const tab of list.querySelectorAll('[role="tab"]')) {
        const isChosen = tab === chosen;
        tab.setAttribute("aria-selected", String(isChosen));
        tab.tabIndex = isChosen ? 0 : -1;
        const panel = document.getElementById(tab.getAttribute("aria-controls"));
        if (panel) panel.hidden = !isChosen;
    }
    reveal(list, chosen);
}

/** Scrolls a narrow list, but not the page, until a tab is seen in its middle. */
export function reveal(list, tab) {
    const [box, own] = [list, tab].map(one => one.getBoundingClientRect());
    list.scrollLeft += own.left - box.left - (box.width - own.width) / 2;
}

function neighbour(all, {key, target}) {
    const here = all.indexOf(target);
    const places = {ArrowRight: here + 1, ArrowLeft: here - 1 + all.length, Home: 0, End: all.length - 1};
    return here >= 0 && key in places ? all[places[key] % all.length] : null;
}

/** Makes tabs of the sections of <div class="tabbed">, each with a heading first. */
export function tabsOf(box) {
    const sections = [...box.querySelectorAll(":scope > section")];
    // Several boxes of a page may have tabs of the same name: the part of the page that they belong to tells them apart.
    const part = box.closest("[aria-labelledby]")?.getAttribute("aria-labelledby");
    const list = element("div", {class: "tabs", role: "tablist", "aria-label": box.dataset.label ?? null});
    for (const section of sections) {
        const heading = section.querySelector("h2, h3, h4");
        section.id ||= `tab-${Math.random().toString(36).slice(2)}`;
        list.append(element("button", {type: "button", role: "tab", id: section.id + "-tab", "aria-controls": section.id}, heading.textContent));
        const names = [part, section.id + "-tab"].filter(Boolean).join(" ");
        for (const [name, value] of [["role", "tabpanel"], ["aria-labelledby", names], ["tabindex", "0"]]) section.setAttribute(name, value);
        heading.hidden = true;
    }
    box.prepend(list);
    tabs(list);
}

for (const box of document.querySelectorAll("div.tabbed")) tabsOf(box);
for (const list of document.querySelectorAll("[data-tabs]")) tabs(list);
