// The list of what a browser uploaded, as it is read, searched, written to a file and read from one.

import {entriesIn, limits, matching, read, written} from "../assets/remembered.js";
import {equal, test} from "./table.js";

/** A storage with entries; it has room for so many more. */
function storage(entries = {}, room = Infinity) {
    const made = Object.create({
        getItem(key) { return Object.hasOwn(this, key) ? this[key] : null; },
        setItem(key, value) {
            if (room-- <= 0) throw new DOMException("full", "QuotaExceededError");
            this[key] = value;
        },
    });
    return Object.assign(made, entries);
}

const answer = (url, more = {}) => JSON.stringify({result: "success", code: 200, url, ...more});
const urls = store => entriesIn(store).map(({answer: {url}}) => url);
const file = (...entries) => JSON.stringify({kind: "imagebed-history", entries});
const A = "https://a.example/i/2025/07/04/a.jpg", B = "https://a.example/i/2025/07/05/b.jpg";

test("newest first, by time or by day", () => equal(urls(storage({a: answer(A), b: answer(B), c: answer(A + "?c", {time: 9e15}), x: "{", y: "1", z: answer("ftp://a/")})),
    [A + "?c", B, A]));

test("search by name and address", () => {
    const entries = entriesIn(storage({a: answer(A, {srcName: "Holiday 假日"}), b: answer(B)}));
    for (const [text, found] of [["", [B, A]], [" holiday ", [A]], ["假日", [A]], ["07/05", [B]], ["b", [B]], ["none", []]]) {
        equal(matching(entries, text).map(({answer: {url}}) => url), found, text);
    }
});

test("whole names, else those without their extensions", () => {
    const entries = entriesIn(storage({a: answer(A, {name: "照片.jpg", srcName: "照片", time: 3}), b: answer(B, {name: "", srcName: "b", time: 2}), c: answer(A, {name: 5, time: 1})}));
    equal(entries.map(({name}) => name), ["照片.jpg", "b", "c"]);
    equal(JSON.parse(written(entries)).entries.map(({name, srcName}) => [name, srcName]), [["照片.jpg", "照片"], [undefined, "b"], [undefined, undefined]]);
});

test("a list comes back as it was", () => {
    const before = storage({a: answer(A, {srcName: "a", thumb: A + "?t", del: A + "?d", time: 5}), "a (2)": answer(B, {srcName: "a", time: 6, width: 4, height: 3, size: 9})});
    const after = storage();
    equal(read(written(entriesIn(before)), after), {added: 2, known: 0, refused: 0, isFull: false});
    equal(entriesIn(after).map(({name, answer, time}) => [name, answer, time]), entriesIn(before).map(({name, answer, time}) => [name, answer, time]));
    equal(read(written(entriesIn(before)), after), {added: 0, known: 2, refused: 0, isFull: false}, "again");
});

test("the day is the time of an entry without one", () => equal(JSON.parse(written(entriesIn(storage({a: answer(A)})))).entries[0].time, Date.UTC(2025, 6, 4)));

test("names that are taken get numbers", () => {
    const store = storage({a: "theirs", "a (2)": answer(A)});
    read(file({url: B, srcName: "a"}, {url: B + "?2", srcName: "a"}, {url: B + "?3"}, {url: B + "?4", srcName: "imagebed.format"}), store);
    equal(Object.keys(store), ["a", "a (2)", "a (3)", "a (4)", B + "?3", B + "?4"]);
    equal(store.a, "theirs");
});

for (const [name, url] of [["script", "javascript:alert(1)"], ["data", "data:text/html,x"], ["relative", "/i/a.jpg"], ["none", undefined], ["number", 5],
    ["long", "https://a.example/" + "x".repeat(limits.text)], ["no address", "https://"], ["object", {url: A}]]) {
    test("refused address: " + name, () => equal(read(file({url}), storage()), {added: 0, known: 0, refused: 1, isFull: false}));
}

test("entries that are none", () => equal(read(file(null, 1, "x", [], {url: A}, {url: A}), storage()), {added: 1, known: 1, refused: 4, isFull: false}));

test("only what pages read is kept, in its form", () => {
    const store = storage();
    read(file({url: A, srcName: 5, thumb: "javascript:1", del: "data:,", time: "x", size: -1, width: 1e999, html: "<b>", __proto__: {x: 1}}), store);
    equal(JSON.parse(store[A]), {result: "success", code: 200, url: A});
});

for (const text of ["", "{", "null", "[]", "5", '{"entries": []}', '{"kind": "imagebed-history"}', '{"kind": "imagebed-history", "entries": {}}', "[".repeat(200_000)]) {
    test("no list: " + text.slice(0, 40), () => equal(read(text, storage()), null));
}

test("too many", () => {
    equal(read(file(...Array(limits.entries + 1).fill({url: A})), storage()), {count: limits.entries + 1});
    const store = storage();
    equal(read(file(...Array.from({length: limits.entries}, (_, number) => ({url: `${A}?${number}`, srcName: "same"}))), store).added, limits.entries);
    equal(Object.keys(store).length, limits.entries);
});

test("no room", () => {
    const store = storage({}, 1);
    equal(read(file({url: A}, {url: B}), store), {added: 1, known: 0, refused: 0, isFull: true});
    equal(urls(store), [A]);
});
