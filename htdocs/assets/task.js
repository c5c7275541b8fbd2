// An action on all files of a list goes on by itself, a piece with each request. What was done is kept by the server: whoever closes the page
// and opens it again goes on where it was. Without this script a button does a piece.

import {fill, toast, words} from "./page.js";

const task = document.querySelector("#task[data-task]");

/** Milliseconds between a failed request and the next, and how many may fail one after the other. */
const PAUSE = 2_000, TRIES = 5;

/** The state of the task: {done, failed, total: number | null, over: boolean}; null if the server could not be asked. */
async function goOn(form, isSecond = false) {
    try {
        const answer = await fetch(form.getAttribute("action"), {method: "POST", body: new URLSearchParams(new FormData(form)), headers: {Accept: "application/json"}});
        if (answer.ok && answer.headers.get("Content-Type")?.includes("json")) return await answer.json();
        // The task was given up elsewhere.
        if (answer.ok) return {over: true};
        if (isSecond || answer.status !== 401 && answer.status !== 403) return null;
        const {requireSession} = await import("./session.js");
        return await requireSession() ? goOn(form, true) : null;
    } catch {
        return null;
    }
}

/** @param {{done: number, failed: number, total: number | null}} state */
function show({done, failed, total}) {
    const progress = task.querySelector("progress");
    document.getElementById("task-done").textContent = fill(words[task.dataset.words], {count: done});
    if (total !== null) [progress.max, progress.value] = [Math.max(total, 1), Math.min(done, total)];
    const failures = document.getElementById("task-failed");
    failures.hidden = failed === 0;
    failures.textContent = fill(words.failedCount, {count: failed});
}

async function run(form, button) {
    let failures = 0;
    while (button.dataset.running) {
        const state = await goOn(form);
        if (state?.over) return location.reload();
        if (state) [failures] = [0, show(state)];
        else if (++failures === TRIES) { stop(button); toast(words.notGoingOn, "bad"); }
        else await new Promise(done => setTimeout(done, PAUSE));
    }
}

function stop(button) {
    delete button.dataset.running;
    button.textContent = words.goOn;
}

if (task) {
    const button = task.querySelector("form button.primary"), form = button.form;
    const start = () => {
        button.dataset.running = "1";
        button.textContent = words.pause;
        run(form, button);
    };
    form.addEventListener("submit", event => {
        event.preventDefault();
        if (button.dataset.running) stop(button); else start();
    });
    start();
}
