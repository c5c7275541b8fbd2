// One upload in one request, in the replaced program's form, whose answers have status 200 and tell the outcome in their body; and what
// answers mean, for this form and for resumable uploads.

import {NETWORK} from "./item.js";

/**
 * A request that reports what left of its body, which `fetch` does not.
 *
 * @param {object} [options]
 * @param {Record<string, string>} [options.headers]
 * @param {BodyInit|null} [options.body]
 * @param {(bytes: number) => void} [options.progress]  bytes of the body that left
 * @param {() => void} [options.sent]                   the whole body left
 * @param {AbortSignal} [options.signal]
 * @returns {Promise<{status: number, text: string, header: (name: string) => string|null}>} status 0: no answer
 */
export function request(method, url, {headers = {}, body = null, progress, sent, signal} = {}) {
    return new Promise(resolve => {
        if (signal?.aborted) return resolve({status: 0, text: "", header: () => null});
        const call = new XMLHttpRequest();
        call.open(method, url);
        for (const [name, value] of Object.entries(headers)) call.setRequestHeader(name, value);
        if (progress) call.upload.addEventListener("progress", event => progress(event.loaded));
        if (sent) call.upload.addEventListener("load", sent);
        call.addEventListener("loadend", () => resolve({
            status: call.status, text: call.responseText, header: name => call.getResponseHeader(name),
        }));
        signal?.addEventListener("abort", () => call.abort());
        call.send(body);
    });
}

/** Seconds that the server is ahead of this clock: a form's time must not be old. */
let serverAhead = 0;

/**
 * Sends a file in one request.
 *
 * @param {string} url
 * @param {import("./item.js").Item} item
 * @param {object} report  see `Queue`
 * @param {Record<string, string>} sender  headers that tell whose file it is
 * @returns {() => void} what aborts it
 */
export function sendWhole(url, item, report, sender) {
    const stop = new AbortController();
    const form = new FormData();
    form.append("sign", String(Math.round(Date.now() / 1000 + serverAhead)));
    if (item.term) form.append("expires", item.term);
    form.append("file", item.file, item.name);
    request("POST", url, {
        body: form, headers: {...sender, "Idempotency-Key": item.key}, signal: stop.signal,
        progress: bytes => report.progress(Math.min(bytes, item.size)), sent: () => report.processing(),
    }).then(async answer => report.end(answer.status ? decoded(answer) : await withoutAnswer(item.file)));
    return () => stop.abort();
}

/** No answer came: the network, or the file is gone or changed on this device, which browsers tell in no other way. */
export async function withoutAnswer(file) {
    try {
        await file.slice(0, 1).arrayBuffer();
        return NETWORK;
    } catch {
        return {type: "refused", reason: {word: "fileUnreadable"}};
    }
}

/**
 * What an answer means.
 *
 * @param {{status: number, text: string, header: (name: string) => string|null}} answer
 * @returns {import("./item.js").Outcome}
 */
export function decoded(answer) {
    const told = object(answer.text);
    const code = Number(told?.code) || 0;
    // The form tells its outcome in its code, whatever the status: 200 mostly, 400 in a resumable upload.
    const status = answer.status < 300 || told?.result === "failed" ? code : answer.status;
    if (status === 200 && told.result === "success" && typeof told.url === "string") return {type: "done", answer: told};
    if (Number.isFinite(told?.systime)) return {type: "retry", reason: {word: "serverBusy"}, after: setClock(told.systime)};
    if (status === 401) return {type: "signIn"};
    const after = retryAfter(answer.header("Retry-After"));
    // The limit of resumable uploads (ResumableRefusal+Problem.swift) refuses this file only.
    if (status === 429 && /unfinished uploads/i.test(told?.error)) return {type: "retry", reason: {word: "tooManyRequests"}, after};
    if (status === 429) return {type: "site", reason: {word: "tooManyRequests"}, after};
    if (status === 507) return {type: "site", reason: {word: "diskFull"}, after};
    // 409: an earlier try with this key is still at work. 0: something between here and the server answered, such as the sign-in page of
    // a hotel.
    if ([0, 408, 409, 425, 500, 502, 503, 504].includes(status)) return {type: "retry", reason: {word: "serverBusy"}, after};
    return {type: "refused", reason: refusal(status, String(told?.message ?? told?.error ?? ""), told?.detail)};
}

function object(text) {
    try {
        const value = JSON.parse(text);
        return value && typeof value === "object" ? value : null;
    } catch {
        return null;
    }
}

function setClock(systime) {
    serverAhead = systime - Date.now() / 1000;
    return 0;
}

/** Seconds, out of seconds or a date; at most an hour. */
function retryAfter(text) {
    const seconds = /^\d+$/.test(text ?? "") ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
    return Number.isFinite(seconds) ? Math.max(0, Math.min(seconds, 3600)) : 0;
}

/** The sentences of the form (FormRefusal.swift) and messages of the API, so that each is told in the language of the page. */
const SENTENCES = [
    [/^文件太大。 : (\d+) > (\d+)$/, match => ({word: "tooLarge", size: Number(match[1]), limit: Number(match[2])})],
    [/^游客限制每日上传 (\d+) 张$/, match => ({word: "dailyLimit", limit: Number(match[1])})],
    [/^账号的文件数已达上限: 已有 (\d+) 个, 最多 (\d+) 个/, match => ({word: "quotaFiles", used: Number(match[1]), limit: Number(match[2])})],
    [/^账号的空间不足: 已用 (\d+), 文件 \d+, 最多 (\d+) 字节/, match => ({word: "quotaBytes", size: Number(match[1]), limit: Number(match[2])})],
    // By its name it would not have been sent (limits.js).
    [/^不正确的文件格式。$/, () => ({word: "wrongContent"})],
    [/^请勿上传非法文件$/, () => ({word: "activeGraphic"})],
    [/^当前文件禁止上传$/, () => ({word: "blockedFile"})],
    [/^你不能上传任何文件$/, () => ({word: "addressRefused"})],
    [/^文件内容为空。$/, () => ({word: "emptyFile"})],
    [/^从源文件创建/, () => ({word: "damagedPicture"})],
    [/^图片(宽度|高度|尺寸)太大。$/, () => ({word: "tooManyPixels"})],
    [/^图片(宽度|高度)太小。$/, () => ({word: "tooFewPixels"})],
    [/^Invalid file type$/, () => ({word: "wrongContent"})],
    [/^File too large$/, () => ({word: "tooLargeForServer"})],
    [/^Too many pixels$/, () => ({word: "tooManyPixels"})],
    [/^Too few pixels$/, () => ({word: "tooFewPixels"})],
];

/** What else the API refuses it explains in a sentence of its own, in English. */
function refusal(status, message, detail) {
    for (const [pattern, reason] of SENTENCES) {
        const match = pattern.exec(message);
        if (match) return reason(match);
    }
    // A web server answers a body over its limit so: the form has brought no file.
    if (status === 413 || status === 204) return {word: "tooLargeForServer"};
    const text = typeof detail === "string" && detail ? detail : message;
    return text ? {text} : {word: "refusedByServer", status};
}
