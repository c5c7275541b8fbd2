// What answers of the upload form mean.

import {decoded, request} from "../assets/send.js";
import {equal, test} from "./table.js";

const answer = (status, body, headers = {}) => decoded({
    status, text: typeof body === "string" ? body : JSON.stringify(body), header: name => headers[name] ?? null,
});
const failed = (code, message, more = {}) => ({result: "failed", code, message, ...more});

const success = {result: "success", code: 200, url: "https://a.example/i/1.jpg", srcName: "photo", thumb: "", del: "https://a.example/d"};
test("success", () => equal(answer(200, success), {type: "done", answer: success}));

for (const [name, status, body, reason] of [
    ["too large", 200, failed(400, "文件太大。 : 11539826 > 1048576", {memory: "2MB"}), {word: "tooLarge", size: 11539826, limit: 1048576}],
    ["daily limit", 200, failed(202, "游客限制每日上传 2 张"), {word: "dailyLimit", limit: 2}],
    ["wrong type", 200, failed(400, "不正确的文件格式。"), {word: "wrongContent"}],
    ["active graphic", 200, failed(406, "请勿上传非法文件"), {word: "activeGraphic"}],
    ["blocked file", 200, failed(205, "当前文件禁止上传"), {word: "blockedFile"}],
    ["refused address", 200, failed(205, "你不能上传任何文件"), {word: "addressRefused"}],
    ["empty file", 200, failed(400, "文件内容为空。"), {word: "emptyFile"}],
    ["damaged picture", 200, failed(400, "从源文件创建 JPEG 图片过程中出错。"), {word: "damagedPicture"}],
    ["too wide", 200, failed(400, "图片宽度太大。"), {word: "tooManyPixels"}],
    ["too low", 200, failed(400, "图片高度太小。"), {word: "tooFewPixels"}],
    ["over the web server's limit, nginx", 200, failed(204, "没有选择上传的文件"), {word: "tooLargeForServer"}],
    ["over the web server's limit, Apache", 413, failed(204, "没有选择上传的文件"), {word: "tooLargeForServer"}],
    ["a new sentence", 200, failed(400, "以后才有的话"), {text: "以后才有的话"}],
    ["quota of bytes", 200, failed(403, "账号的空间不足: 已用 900, 文件 200, 最多 1000 字节, 请删除一些文件后重试"), {word: "quotaBytes", size: 900, limit: 1000}],
    ["quota of files, resumable", 403, failed(403, "账号的文件数已达上限: 已有 3 个, 最多 3 个, 请删除一些文件后重试"), {word: "quotaFiles", used: 3, limit: 3}],
    ["daily limit, resumable", 400, failed(202, "游客限制每日上传 9 张"), {word: "dailyLimit", limit: 9}],
    ["wrong type, resumable", 400, failed(400, "不正确的文件格式。"), {word: "wrongContent"}],
    ["other content under the same key", 422, {success: false, error: "Key was used"}, {text: "Key was used"}],
    ["forbidden without words", 403, "", {word: "refusedByServer", status: 403}],
    ["a message of the API with its detail", 422, {result: "error", code: 422, error: "Key was used", detail: "Choose another."}, {text: "Choose another."}],
    ["a detail that is none", 422, {result: "error", code: 422, error: "Key was used", detail: 7}, {text: "Key was used"}],
    ["too many pixels, in the words of the API", 400, {result: "error", code: 400, error: "Too many pixels", detail: "9 and 8"}, {word: "tooManyPixels"}],
    ["a wrong type, in the words of the API", 400, {result: "error", code: 400, error: "Invalid file type", detail: "x"}, {word: "wrongContent"}],
]) test("refused: " + name, () => equal(answer(status, body), {type: "refused", reason}));

for (const [name, status, body] of [
    ["no memory", 200, failed(503, "Server busy")], ["gateway", 502, "<html>"], ["another try at work", 200, failed(409, "Running")],
    ["empty", 200, ""], ["a hotel's page", 200, "<html>"], ["JSON of somebody else", 200, "[1]"], ["request timeout", 408, ""],
    ["too early", 425, ""], ["server error", 200, failed(500, "上传失败")],
]) test("retry: " + name, () => equal(answer(status, body), {type: "retry", reason: {word: "serverBusy"}, after: 0}));

test("a try that was given up sends nothing more", async () => {
    equal((await request("GET", "/", {signal: AbortSignal.abort()})).status, 0);
});

test("retry: a success of tus without what belongs to it", () => equal(answer(204, "").type, "retry"));

test("sign in", () => {
    equal(answer(200, failed(401, "本站已开启登陆上传,您尚未登陆")), {type: "signIn"});
    equal(answer(401, {error: "x"}), {type: "signIn"});
    equal(answer(400, failed(401, "本站已开启登陆上传,您尚未登陆")), {type: "signIn"});
});

test("for the whole site", () => {
    equal(answer(429, failed(429, "x"), {"Retry-After": "9"}), {type: "site", reason: {word: "tooManyRequests"}, after: 9});
    equal(answer(200, failed(429, "Too many requests"), {"Retry-After": "1800"}), {type: "site", reason: {word: "tooManyRequests"}, after: 1800});
    equal(answer(200, failed(507, "x")), {type: "site", reason: {word: "diskFull"}, after: 0});
});

for (const error of ["Unfinished uploads are too large: 104857600 bytes together", "Too many unfinished uploads: 16 at a time"]) {
    test(`for one file: ${error}`, () => equal(answer(429, {result: "error", code: 429, error}, {"Retry-After": "60"}),
        {type: "retry", reason: {word: "tooManyRequests"}, after: 60}));
}

for (const [text, after] of [
    ["0", 0], ["12", 12], ["99999999", 3600], ["-5", 0], ["soon", 0], ["", 0], ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
]) test(`Retry-After: ${text}`, () => equal(answer(503, "", {"Retry-After": text}).after, after));

test("Retry-After as a date", () => {
    const {after} = answer(503, "", {"Retry-After": new Date(Date.now() + 60_000).toUTCString()});
    equal(after > 50 && after <= 60, true, String(after));
});

test("a wrong clock is corrected by the server's", () => {
    const told = failed(403, "上传签名错误,请刷新重试", {systime: 1_700_000_000});
    equal(answer(200, told), {type: "retry", reason: {word: "serverBusy"}, after: 0});
});
