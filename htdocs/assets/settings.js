// The settings page: marks and counts what was changed, sends nothing else, puts defaults back, and finds settings by any word of theirs. Before
// a change that may lock everybody out it asks.

import {ask, element, fill, words} from "./page.js";

const form = document.querySelector("form[data-settings]");

/**
 * @typedef {object} Field
 * @property {HTMLElement} box
 * @property {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} control
 * @property {string} was  the setting's value; a form that was refused shows another
 */

/** @type {Field[]} */
const fields = [...form.querySelectorAll(".field[data-key]")].map(box => {
    const control = box.querySelector(`#set-${box.dataset.key}`);
    return {box, control, was: control.dataset.was ?? initialOf(control)};
});

/** The value with which the page came, whatever the browser has put back since. */
function initialOf(control) {
    if (control.type === "checkbox") return control.defaultChecked ? "on" : "off";
    if (control instanceof HTMLSelectElement) return ([...control.options].find(one => one.defaultSelected) ?? control.options[0]).value;
    return control.defaultValue;
}

function valueOf(control) {
    return control.type === "checkbox" ? control.checked ? "on" : "off" : control.value;
}

function setValue(control, value) {
    if (control.type === "checkbox") control.checked = value === "on";
    else control.value = value;
}

const isChanged = ({control, was}) => valueOf(control) !== was;
let isLeaving = false;

function show(field) {
    field.box.classList.toggle("changed", isChanged(field));
    const reset = field.box.querySelector("[data-reset]");
    if (reset) reset.hidden = valueOf(field.control) === reset.dataset.reset;
}

function count() {
    const number = fields.filter(isChanged).length;
    document.getElementById("changes").textContent = number === 0 ? words.noChanges : fill(words.changes, {count: number});
    return number;
}

form.addEventListener("input", event => {
    const field = fields.find(({control}) => control === event.target);
    if (!field) return;
    show(field);
    count();
});

form.addEventListener("click", event => {
    const button = event.target.closest("[data-reset]");
    const field = button && fields.find(({box}) => box.contains(button));
    if (!field) return;
    setValue(field.control, button.dataset.reset);
    // The button goes.
    field.control.focus();
    show(field);
    count();
});

/** What the form says of a change that is meant (SettingRisk.swift). */
const consent = ({box, control}) => `${box.dataset.key}=${valueOf(control)}`;

function isSure(field) {
    return [...form.querySelectorAll('input[name="sure"]')].some(one => one.value === consent(field) && (one.type === "hidden" || one.checked));
}

/** A limit as the server reads it (ByteCount.swift); NaN for what it refuses. 0 is no limit. */
function limitOf(text) {
    const [, number, unit] = /^(\d+) ?(?:([KMG])(?:i?B)?|B)?$/i.exec(text) ?? [];
    const limit = number === undefined ? NaN : Number(number) * 1024 ** " KMG".indexOf(unit?.toUpperCase() || " ");
    return limit === 0 ? Infinity : limit;
}

/** Whether the change may lose something. The server says of what it refuses that it cannot be, and asks about the rest. */
function isRisky(field) {
    const {box: {dataset: {risk, limit}}, control, was} = field;
    if (!risk || !isChanged(field) || !control.validity.valid || control.value === "" && control.type === "number") return false;
    return limit === undefined || limitOf(control.value) < limitOf(was);
}

form.addEventListener("submit", async event => {
    const risky = fields.filter(field => isRisky(field) && !isSure(field));
    if (risky.length === 0) return;
    event.preventDefault();
    for (const field of risky) {
        if (await ask(field.box.dataset.risk) === "") return field.control.focus();
        form.append(element("input", {type: "hidden", name: "sure", value: consent(field)}));
    }
    form.requestSubmit();
});

form.addEventListener("formdata", ({formData}) => {
    for (const field of fields) {
        if (!isChanged(field)) formData.delete(field.control.name);
    }
    isLeaving = true;
});

addEventListener("pageshow", () => {
    isLeaving = false;
    fields.forEach(show);
    count();
});

addEventListener("beforeunload", event => {
    if (isLeaving || count() === 0) return;
    event.preventDefault();
    // Chromium until 118 shows no question without it; browsers show words of their own.
    event.returnValue = words.leave;
});

// Search

const search = document.getElementById("find-setting");

function find() {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let number = 0;
    for (const section of form.querySelectorAll("section")) {
        let left = 0;
        for (const box of section.querySelectorAll(".field")) {
            const text = box.textContent.toLowerCase();
            box.hidden = !wanted.every(word => text.includes(word));
            if (!box.hidden) left += 1;
        }
        section.hidden = left === 0;
        document.querySelector(`.side a[href="#${section.querySelector("h2").id}"]`).hidden = left === 0;
        number += left;
    }
    document.getElementById("found").textContent = wanted.length === 0 ? "" : number === 0 ? words.nothingFound : fill(words.found, {count: number});
}

search?.addEventListener("input", find);
// A link to a setting that the search hides ends the search.
addEventListener("hashchange", () => {
    if (!search?.value || !document.querySelector(":target")?.closest("[hidden]")) return;
    search.value = "";
    find();
});

fields.forEach(show);
count();
