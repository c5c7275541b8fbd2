// The first error of a JSON text, found as the server finds it (Sources/JSONText): same reasons, same places. Values are not read: a text
// that passes through JSON.parse and JSON.stringify has other numbers afterwards.

/** Levels of arrays and objects. */
const depthLimit = 512;
const space = /[ \n\r\t]*/y, plain = /[^"\\\u0000-\u001f]*/y, digits = /[0-9]*/y;

class Failure {
    constructor(reason, offset) {
        Object.assign(this, {reason, offset});
    }
}

/**
 * @param {string} text
 * @returns {null | {reason: string, offset: number, line: number, column: number}}  the name of the reason as in `JSONRefusal.Reason`, and its
 *     place: line and column from 1 on, a column being a character
 */
export function firstError(text) {
    try {
        scan(text);
        return null;
    } catch (failure) {
        if (!(failure instanceof Failure)) throw failure;
        const before = text.slice(0, failure.offset), start = before.lastIndexOf("\n") + 1;
        return {reason: failure.reason, offset: failure.offset, line: before.split("\n").length, column: [...before.slice(start)].length + 1};
    }
}

function scan(text) {
    if (text === "") throw new Failure("empty", 0);
    if (text[0] === "\ufeff") throw new Failure("byteOrderMark", 0);
    // The keys of each open object; null for an array.
    const open = [];
    let at = after(space, text, 0);
    for (;;) {
        const {end, opened} = value(text, at, open);
        at = opened ? end : behind(text, end, open);
        if (at === text.length && open.length === 0) return;
    }
}

/** From a value's first character to its end, or to the first value in it. */
function value(text, at, open) {
    const first = text[at];
    if (first === "{" || first === "[") return opening(text, at, open);
    if (first === "\"") return {end: string(text, at)};
    if (first === "-" || isDigit(first)) return {end: number(text, at)};
    return {end: word(text, at)};
}

function opening(text, at, open) {
    if (open.length === depthLimit) throw new Failure("tooDeep", at);
    const isObject = text[at] === "{", inner = after(space, text, at + 1);
    if (text[inner] === (isObject ? "}" : "]")) return {end: inner + 1};
    if (inner >= text.length) throw new Failure("unexpectedEnd", inner);
    open.push(isObject ? new Set() : null);
    return {end: isObject ? key(text, inner, open) : inner, opened: true};
}

/** From a key to its value. */
function key(text, at, open) {
    if (text[at] !== "\"") fail(text, "unexpectedByte", at);
    const end = string(text, at), name = JSON.parse(text.slice(at, end)), keys = open.at(-1);
    if (keys.has(name)) throw new Failure("duplicateKey", at);
    keys.add(name);
    const colon = after(space, text, end);
    if (text[colon] !== ":") fail(text, "unexpectedByte", colon);
    return after(space, text, colon + 1);
}

/** From the end of a value to the next one, or to the end of the text. */
function behind(text, end, open) {
    let at = after(space, text, end);
    while (open.length > 0) {
        const keys = open.at(-1);
        if (text[at] === ",") {
            at = after(space, text, at + 1);
            return keys ? key(text, at, open) : at;
        }
        if (text[at] !== (keys ? "}" : "]")) fail(text, "unexpectedByte", at);
        open.pop();
        at = after(space, text, at + 1);
    }
    if (at < text.length) throw new Failure("trailingText", at);
    return at;
}

function string(text, start) {
    for (let at = start + 1; ;) {
        at = after(plain, text, at);
        if (text[at] === "\"") return at + 1;
        if (text[at] !== "\\") fail(text, "controlCharacter", at);
        at = escape(text, at);
    }
}

function escape(text, at) {
    if (at + 1 >= text.length) fail(text, "badEscape", at + 1);
    if (text[at + 1] !== "u") {
        if (!"\"\\/bfnrt".includes(text[at + 1])) throw new Failure("badEscape", at);
        return at + 2;
    }
    const unit = codeUnit(text, at);
    if ((unit & 0xfc00) === 0xdc00) throw new Failure("loneSurrogate", at);
    if ((unit & 0xfc00) !== 0xd800) return at + 6;
    if (text[at + 6] !== "\\" || text[at + 7] !== "u" || (codeUnit(text, at + 6) & 0xfc00) !== 0xdc00) throw new Failure("loneSurrogate", at);
    return at + 12;
}

function codeUnit(text, at) {
    for (let place = at + 2; place < at + 6; place++) {
        if (place >= text.length) fail(text, "badEscape", place);
        if (!/[0-9a-fA-F]/.test(text[place])) throw new Failure("badEscape", at);
    }
    return Number.parseInt(text.slice(at + 2, at + 6), 16);
}

function number(text, start) {
    let at = text[start] === "-" ? start + 1 : start;
    if (!isDigit(text[at])) fail(text, "badNumber", at);
    at = text[at] === "0" ? at + 1 : after(digits, text, at);
    if (isDigit(text[at])) throw new Failure("badNumber", at);
    if (text[at] === ".") {
        if (!isDigit(text[at + 1])) fail(text, "badNumber", at + 1);
        at = after(digits, text, at + 1);
    }
    if (text[at] !== "e" && text[at] !== "E") return at;
    at += text[at + 1] === "+" || text[at + 1] === "-" ? 2 : 1;
    if (!isDigit(text[at])) fail(text, "badNumber", at);
    return after(digits, text, at);
}

function word(text, start) {
    const expected = {t: "true", f: "false", n: "null"}[text[start]];
    if (!expected) fail(text, "unexpectedByte", start);
    for (let index = 0; index < expected.length; index++) {
        if (text[start + index] !== expected[index]) fail(text, "unexpectedByte", start + index);
    }
    return start + expected.length;
}

const isDigit = character => character >= "0" && character <= "9";

/** The end of what a sticky expression matches. */
function after(expression, text, at) {
    expression.lastIndex = at;
    expression.test(text);
    return Math.max(at, expression.lastIndex);
}

function fail(text, reason, at) {
    throw new Failure(at < text.length ? reason : "unexpectedEnd", Math.min(at, text.length));
}
