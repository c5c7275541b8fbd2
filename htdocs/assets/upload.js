// The upload page as long as nobody uploads: it waits for files. What works on them is loaded at the first sign that some will come, so that
// the page itself stays small.

import {listen} from "./drop.js";
import {Keep, preference} from "./keep.js";
import {Limits} from "./limits.js";
import {policy, prefix, toast, words} from "./page.js";

export const form = document.getElementById("upload");
export const inputs = [document.getElementById("files"), document.getElementById("camera")];
export const hold = document.getElementById("hold");
/** After which time files are to be gone. */
export const term = form.elements.expires;
const {dataset} = form;

/** The mark of the account that is signed in, as far as this page knows; "" of visitors. */
export const accountNow = () => document.querySelector('meta[name="account-mark"]')?.content ?? "";
/** Whose page this is: what it sends and keeps is this account's, also when another one signs in with the same browser. */
export const account = accountNow();
export const keep = Keep.open(account);

/** Files that are taken at a time. */
export const limit = Number(dataset.batchFiles);
export const limits = new Limits({
    accept: inputs[0].accept, videos: dataset.videos, types: dataset.types, imageBytes: Number(dataset.imageBytes),
    videoBytes: Number(dataset.videoBytes),
});

/** Loaded beside each other instead of one after the other. */
const PARTS = ["uploading", "board", "rows", "queue", "item", "meter", "text", "send", "tus", "turn", "links", "formats", "tabs"];
const load = () => Promise.all(PARTS.map(name => import(`./${name}.js`))).then(([first]) => first);

/** Files that come without network wait for it. */
async function uploading() {
    try {
        return await load();
    } catch {
        toast(words.offline, "warn");
        await new Promise(resolve => {
            addEventListener("online", resolve, {once: true});
            setTimeout(resolve, 5_000);
        });
        return uploading();
    }
}

/** What came last: files are taken in the order in which they came, also while the scripts that work on them are loaded. */
let last = Promise.resolve();
listen({
    inputs, zone: form, isWanted: file => limits.takes(file),
    arrived: (files, passedOver) => {
        const held = hold.checked;
        last = last.catch(() => {}).then(async () => (await uploading()).arrived(files, passedOver, held));
    },
});
for (const [place, sign] of [[form, "pointerenter"], [form, "focusin"], [document, "dragenter"]]) {
    place.addEventListener(sign, () => load().catch(() => {}), {once: true});
}

hold.checked = preference("imagebed.hold") === "on";
hold.addEventListener("change", () => preference("imagebed.hold", hold.checked ? "on" : "off"));

// The answer to the form without scripts has links already.
if (!document.getElementById("links").hidden) uploading();
keep.then(async kept => { if ((await kept?.all())?.length) (await uploading()).restore(); }).catch(() => {});

// Takes what is shared with the site, and has a page for the time without network (sw.js). Browsers that cannot do as much do without.
addEventListener("load", () => {
    navigator.serviceWorker?.register(policy.createScriptURL(prefix + "/sw.js"), {type: "module", scope: prefix + "/"}).catch(() => {});
});
