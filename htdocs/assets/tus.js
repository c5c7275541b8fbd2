// A resumable upload (tus 1.0, https://tus.io/protocols/resumable-upload) in pieces. What a lost connection costs is the piece that was on
// its way: the next try asks for the offset and goes on from there. The server's own GET tells the answer, also when the last one was lost.

import {decoded, request, withoutAnswer} from "./send.js";

const MEGABYTE = 1024 * 1024;
const SMALLEST = MEGABYTE, LARGEST = 16 * MEGABYTE;
/** Seconds that a piece should take. */
const AIM = 4;
/** Milliseconds between questions while the server works on the file. */
const POLL = 1_000;
const BUSY = {type: "retry", reason: {word: "serverBusy"}, after: 0};

/** Bytes of the next piece; what was learned holds for the files that follow. */
let pieceSize = 8 * MEGABYTE;

/**
 * Sends a file in pieces, from where an earlier try ended.
 *
 * @param {string} url  of the uploads
 * @param {import("./item.js").Item} item
 * @param {object} report  see `Queue`
 * @param {(item: object) => void} created  called when `item.upload` has changed
 * @param {Record<string, string>} sender  headers that tell whose file it is
 * @returns {() => void} what aborts it
 */
export function sendInPieces(url, item, report, created, sender) {
    const stop = new AbortController();
    new Sending(url, item, report, created, sender, stop.signal).outcome().then(report.end);
    return () => stop.abort();
}

/** Removes what the server has of a cancelled upload. A piece that was on its way may be in the way for a moment. */
export async function discard(upload) {
    for (let tries = 0; tries < 3; tries += 1) {
        const answer = await fetch(upload.url, {method: "DELETE", headers: {"Tus-Resumable": "1.0.0"}, keepalive: true}).catch(() => null);
        if (answer && answer.status !== 423 && answer.status < 500) return;
        await new Promise(resolve => setTimeout(resolve, 2_000));
    }
}

/** Bytes of the next piece, after one of `bytes` took `seconds`: at most twice or half as many. */
export function nextPiece(bytes, seconds) {
    const wanted = Math.min(bytes * 2, Math.max(bytes / 2, bytes / Math.max(seconds, 0.001) * AIM));
    return Math.min(LARGEST, Math.max(SMALLEST, Math.floor(wanted / MEGABYTE) * MEGABYTE));
}

/** "filename 5Zu+LnBuZw==,…": the values are Base64 of UTF-8. */
export function metadata(values) {
    return Object.entries(values).map(([name, value]) => `${name} ${base64(new TextEncoder().encode(value))}`).join();
}

function base64(bytes) {
    return btoa(String.fromCharCode(...bytes));
}

class Sending {
    constructor(url, item, report, created, sender, signal) {
        Object.assign(this, {url, item, report, created, sender, signal});
    }

    /** @returns {Promise<import("./item.js").Outcome>} */
    async outcome() {
        let offset = await (this.item.upload ? this.askOffset() : this.create());
        while (typeof offset === "number" && offset < this.item.size) offset = await this.sendPiece(offset);
        return typeof offset === "number" ? this.askAnswer() : offset;
    }

    // Each of these tells the offset from which to go on, or an outcome.

    async create() {
        const {item} = this;
        // Never aborted: what the server begins has to be known, so that it can be continued or removed.
        const answer = await this.ask("POST", this.url, {
            "Upload-Length": String(item.size), "Idempotency-Key": item.key,
            "Upload-Metadata": metadata({filename: item.name, filetype: item.file.type, dialect: "app", ...item.term && {expires: item.term}}),
        }, {signal: undefined});
        const location = answer.header("Location");
        if (answer.status !== 201 || !location) return this.failed(answer);
        // The site may be open under another name than the one that it writes into addresses.
        const address = this.url + new URL(location, document.baseURI).search;
        item.upload = {url: address, expires: Date.parse(answer.header("Upload-Expires")) || null};
        this.isNew = true;
        this.created(item);
        if (this.signal.aborted) return BUSY;
        // More than none where an earlier answer was lost.
        return this.reached(offsetIn(answer) ?? 0);
    }

    /** Where everything is there the server works on the file first, and refuses it here if it must. */
    async askOffset() {
        const answer = await this.ask("HEAD", this.item.upload.url);
        if (isGone(answer)) return this.createAnew();
        if (answer.status < 300 && offsetIn(answer) !== null) return this.reached(offsetIn(answer));
        // The answer to HEAD has no text.
        return [400, 403, 413, 415, 422].includes(answer.status) ? this.askAnswer() : this.failed(answer);
    }

    /** The upload has ended or was removed. */
    createAnew() {
        this.item.upload = null;
        return this.isNew ? BUSY : this.create();
    }

    reached(offset) {
        this.report.confirmed(offset);
        return offset;
    }

    async sendPiece(offset) {
        const {item} = this;
        const piece = item.file.slice(offset, Math.min(offset + pieceSize, item.size));
        const sum = await checksum(piece);
        if (sum === null) return withoutAnswer(item.file);
        const isLast = offset + piece.size === item.size;
        const begun = performance.now();
        const answer = await this.ask("PATCH", item.upload.url, {
            "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset), ...sum,
        }, {
            body: piece, progress: bytes => this.report.progress(offset + Math.min(bytes, piece.size)),
            sent: () => { if (isLast) this.report.processing(); },
        });
        if (isGone(answer)) return this.createAnew();
        const there = offsetIn(answer);
        // The server has more or less than we thought.
        if (answer.status === 409) return there === null || there === offset ? BUSY : this.reached(there);
        if (answer.status !== 204 || there === null || there <= offset) return this.failed(answer);
        pieceSize = nextPiece(piece.size, (performance.now() - begun) / 1000);
        return this.reached(there);
    }

    async askAnswer() {
        this.report.processing();
        while (!this.signal.aborted) {
            const answer = await this.ask("GET", this.item.upload.url);
            if (answer.status !== 200) return this.failed(answer);
            const {state} = told(answer.text);
            if (state === "stored" || state === "refused") return decoded(answer);
            if (state !== "processing") return BUSY;
            await new Promise(resolve => setTimeout(resolve, POLL));
        }
        return BUSY;
    }

    ask(method, url, headers = {}, options = {}) {
        return request(method, url, {signal: this.signal, ...options, headers: {"Tus-Resumable": "1.0.0", ...this.sender, ...headers}});
    }

    failed(answer) {
        if (answer.status === 0) return withoutAnswer(this.item.file);
        // Being written by an earlier try; arrived with a wrong sum.
        if (answer.status === 423 || answer.status === 460) return BUSY;
        const outcome = decoded(answer);
        return outcome.type === "done" ? BUSY : outcome;
    }
}

const isGone = answer => answer.status === 404 || answer.status === 410;

function offsetIn(answer) {
    const offset = answer.header("Upload-Offset") ?? "";
    return /^\d+$/.test(offset) ? Number(offset) : null;
}

function told(text) {
    try {
        return JSON.parse(text) ?? {};
    } catch {
        return {};
    }
}

/** The header for a piece; empty over plain http, where browsers compute no digests; null when the file cannot be read. */
async function checksum(piece) {
    if (!globalThis.crypto.subtle) return {};
    try {
        const digest = await crypto.subtle.digest("SHA-256", await piece.arrayBuffer());
        return {"Upload-Checksum": "sha256 " + base64(new Uint8Array(digest))};
    } catch {
        return null;
    }
}

/** A random Idempotency-Key: 128 bits in hexadecimal digits. */
export function newKey() {
    return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");
}
