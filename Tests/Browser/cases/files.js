// What is known of files before and after they are sent: limits, sizes as texts, pieces, the history.

import {Limits} from "../assets/limits.js";
import {Keep, identityOf, isSame, remember} from "../assets/keep.js";
import {sizeText, sizesOver, timeText} from "../assets/text.js";
import {metadata, newKey, nextPiece} from "../assets/tus.js";
import {equal, test} from "./table.js";

const MB = 1024 * 1024;
const limits = new Limits({accept: ".jpg, .PNG,.mp4,image/heic", videos: "mp4 mov", types: "", imageBytes: 5 * MB, videoBytes: 50 * MB});

for (const [name, type, size, reason] of [
    ["a.jpg", "image/jpeg", 5 * MB, null], ["a.JPG", "", 1, null], ["a.png", "", 5 * MB + 1, {word: "tooLarge", size: 5 * MB + 1, limit: 5 * MB}],
    ["a.mp4", "video/mp4", 50 * MB, null], ["a.mp4", "", 51 * MB, {word: "tooLarge", size: 51 * MB, limit: 50 * MB}],
    ["page.psd", "image/vnd.adobe.photoshop", 9, {word: "wrongType"}], ["page.psd", "", 99 * MB, {word: "wrongType"}],
    ["without", "", 9, null], ["without", "image/heic", 9, null], ["renamed.foo", "image/heic", 9, null], ["a.jpg", "", 0, {word: "emptyFile"}],
    [".jpg", "", 9, null], ["a.", "", 9, null], ["a.b.jpg", "", 9, null],
]) test(`limits: ${name} ${type} ${size}`, () => equal(limits.refusal({name, type, size}), reason));

for (const [bytes, text] of [
    [0, "0 B"], [999, "999 B"], [1000, "1 KB"], [1434, "1.4 KB"], [61 * MB, "61 MB"], [1.4 * MB, "1.4 MB"], [50 * MB, "50 MB"], [999 * MB, "999 MB"],
    [1000 * MB, "1 GB"], [5000 * MB, "4.9 GB"],
]) test(`size ${bytes}`, () => equal(sizeText(bytes), text));

test("a size just over its limit differs from it", () => {
    equal(sizesOver(61 * MB, 50 * MB), {size: "61 MB", limit: "50 MB"});
    equal(sizesOver(50.2 * MB, 50 * MB), {size: "50.2 MB", limit: "50 MB"});
    equal(sizesOver(50 * MB + 1, 50 * MB), {size: "52428801 B", limit: "52428800 B"});
});

for (const [seconds, text] of [[0.2, "1 s"], [3.4, "3 s"], [34, "30 s"], [89, "90 s"], [100, "2 min"], [3600, "60 min"]]) {
    test(`${seconds} seconds left`, () => {
        const fill = (template, values) => template.replace(/\{\w+\}/, Object.values(values)[0]);
        equal(timeText(seconds, {secondsLeft: "{seconds} s", minutesLeft: "{minutes} min"}, fill), text);
    });
}

for (const [bytes, seconds, next] of [
    [8 * MB, 4, 8 * MB], [8 * MB, 1, 16 * MB], [8 * MB, 2.5, 12 * MB], [8 * MB, 30, 4 * MB], [MB, 30, MB], [16 * MB, 1, 16 * MB], [8 * MB, 0, 16 * MB],
    [3 * MB, 60, MB],
]) test(`after ${bytes} bytes in ${seconds} s`, () => equal(nextPiece(bytes, seconds), next));

test("metadata is Base64 of UTF-8", () => {
    equal(metadata({filename: "图.png", dialect: "app"}), "filename 5Zu+LnBuZw==,dialect YXBw");
});

test("keys are random", () => {
    equal(/^[0-9a-f]{32}$/.test(newKey()) && newKey() !== newKey(), true);
});

/** localStorage with room for so many entries. */
function storage(entries = {}, room = 9) {
    return {
        entries, getItem: key => entries[key] ?? null,
        setItem: (key, value) => {
            if (!(key in entries) && Object.keys(entries).length >= room) throw new DOMException("full", "QuotaExceededError");
            entries[key] = value;
        },
    };
}

test("the history has the old form", () => {
    const kept = storage({photo: "{\"url\":\"https://a/1\"}", "theme": "dark"});
    equal(remember({url: "https://a/2", srcName: "photo"}, "photo.jpg", kept), true);
    equal(remember({url: "https://a/3", srcName: "photo"}, "photo.jpg", kept), true);
    equal(remember({url: "https://a/4", srcName: "theme"}, "theme.jpg", kept), true);
    equal(Object.keys(kept.entries), ["photo", "theme", "photo (2)", "photo (3)", "theme (2)"]);
    const {time, ...answer} = JSON.parse(kept.entries["photo (2)"]);
    equal(answer, {url: "https://a/2", srcName: "photo", name: "photo.jpg"});
    equal(Math.abs(Date.now() - time) < 600_000, true);
});

test("the same answer is in the history once", () => {
    const kept = storage();
    remember({url: "https://a/1", srcName: "photo"}, "photo.jpg", kept);
    remember({url: "https://a/1", srcName: "photo"}, "photo.jpg", kept);
    equal(Object.keys(kept.entries), ["photo"]);
});

test("a full history is told", () => equal(remember({url: "https://a/1", srcName: "x"}, "x.jpg", storage({}, 0)), false));

test("the same file is known by size, date and beginning", async () => {
    const file = (text, lastModified = 5) => new File([text], "a.mp4", {lastModified});
    const kept = {size: 3, lastModified: 5, head: await file("abc").arrayBuffer()};
    equal(await isSame(kept, file("abc")), true);
    equal(await isSame(kept, new File(["abc"], "IMG_1.mp4", {lastModified: 5})), true);
    equal(await isSame(kept, file("abd")), false);
    equal(await isSame(kept, file("abcd")), false);
    equal(await isSame(kept, file("abc", 6)), false);
});

test("files are told apart by name, size, date and bytes", async () => {
    const file = (text, name = "a.jpg", lastModified = 5) => identityOf(new File([text], name, {lastModified}));
    const large = byte => file("x".repeat(MB) + byte.repeat(MB) + "x".repeat(MB));
    equal(await file("abc") === await file("abc") && await large("y") === await large("y"), true);
    const others = [file("abd"), file("abcd"), file("abc", "b.jpg"), file("abc", "a.jpg", 6), identityOf(new File(["abc"], "a.jpg", {lastModified: 5}), "folder/")];
    equal((await Promise.all(others)).includes(await file("abc")), false);
    equal(await large("y") === await large("z"), false);
});

test("kept files are their owner's", async () => {
    const [anna, bert, visitor, system] = await Promise.all(["anna", "bert", "", null].map(owner => Keep.open(owner)));
    const put = (keep, id, number) => keep.putWhole({...item(id, 0, {number}), size: 4, file: new File(["head"], id)});
    const found = async keep => (await keep.all()).map(one => one.id);
    equal([await put(anna, "a", 1), await put(visitor, "v", 2), await put(system, "s", 3)], [true, true, true]);
    equal([await found(visitor), await found(anna), await found(bert), await found(visitor)], [["v", "s"], ["a", "s"], [], ["v"]]);
    for (const id of ["a", "v", "s"]) await anna.remove(id);
});

/** A database that stores what `accepts` lets through. */
function database(accepts = () => true) {
    const records = new Map();
    const asked = record => {
        const request = {};
        setTimeout(() => {
            if (!accepts(record)) return request.onerror();
            records.set(record.id, record);
            request.onsuccess();
        });
        return request;
    };
    return {records, transaction: () => ({objectStore: () => ({put: asked})})};
}

const item = (id, megabytes, more = {}) => ({
    id, key: id, name: id, size: megabytes * MB, identity: id, upload: null, shown: 0, held: false, number: 1,
    file: {size: megabytes * MB, type: "", lastModified: 1, slice: () => new Blob(["head"])}, ...more,
});

test("256 MB are kept together, added at once", async () => {
    const kept = database();
    const keep = new Keep(kept);
    const told = await Promise.all([1, 2, 3, 4, 5].map(number => keep.put(item("f" + number, 60))));
    equal(told, [true, true, true, true, true]);
    equal([...kept.records.values()].map(record => [!!record.blob, record.head.byteLength]), [...Array(4).fill([true, 4]), [false, 4]]);
});

test("a large file is kept by its handle or its beginning", async () => {
    const kept = database();
    const keep = new Keep(kept);
    await keep.put(item("a", 65, {handle: "leave"}));
    await keep.put(item("b", 65));
    equal([...kept.records.values()].map(record => [!!record.blob, record.handle ?? null]), [[false, "leave"], [false, null]]);
});

test("where no file can be stored its beginning is", async () => {
    const kept = database(record => !record.blob);
    const keep = new Keep(kept);
    equal(await keep.put(item("a", 1)), true);
    equal(kept.records.get("a").blob, undefined);
    equal(await new Keep(database(() => false)).put(item("a", 1)), false);
});

test("of an item that was sent before its turn nothing is kept", async () => {
    const kept = database();
    equal(await new Keep(kept).put(item("a", 1, {file: null})), false);
    equal(kept.records.size, 0);
});

test("files are kept in the order of adding, however long their beginnings take to read", async () => {
    const kept = database();
    const keep = new Keep(kept);
    const beginning = milliseconds => ({arrayBuffer: () => new Promise(resolve => setTimeout(() => resolve(new ArrayBuffer(4)), milliseconds))});
    const added = [40, 0].map((milliseconds, number) => {
        const one = item("f" + number, 1, {number});
        return {...one, file: {...one.file, slice: () => beginning(milliseconds)}};
    });
    await Promise.all(added.map(one => keep.put(one)));
    equal([...kept.records.values()].sort((one, other) => one.order - other.order).map(record => record.id), ["f0", "f1"]);
});
