// The page of a file: the picture itself is copied, where the browser can do that. Over plain http it cannot.

import {tellCopied, toast, words} from "./page.js";

const button = document.getElementById("copy-picture");
const picture = document.querySelector("figure > img");

/** The picture as PNG, the one type that every clipboard takes. Browsers give out no picture of another host. @returns {Promise<Blob>} */
async function png() {
    await picture.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
    canvas.getContext("2d").drawImage(picture, 0, 0);
    return new Promise((done, fail) => canvas.toBlob(blob => blob ? done(blob) : fail(new Error("too large")), "image/png"));
}

async function copyPicture() {
    try {
        await navigator.clipboard.write([new ClipboardItem({"image/png": png()})]);
        tellCopied(true, button);
    } catch {
        toast(words.failed, "bad");
    }
}

if (button && picture && navigator.clipboard?.write && globalThis.ClipboardItem) {
    button.hidden = false;
    button.addEventListener("click", copyPicture);
}
