// What uploads left in this browser: an entry of the storage for each, its key a name, its value the upload's answer as JSON (keep.js writes
// them, as the replaced program did). Whatever has no "url" belongs to somebody else. No page here.

/**
 * @typedef {object} Entry
 * @property {string} key     in the storage
 * @property {string} name    as the person called the file
 * @property {{url: string, name?: string, srcName?: string, thumb?: string, del?: string}} answer
 * @property {number} time    milliseconds since 1970; 0 where it is not known
 */

/** Of a file that is read: bytes, entries, characters of a text. Browsers keep about 5 MB for a site. */
export const limits = {bytes: 5 << 20, entries: 10_000, text: 2_000};

/** @returns {URL | null} null for anything but http and https */
export function webAddress(text, base = location.href) {
    try {
        const address = new URL(text, base);
        return address.protocol === "http:" || address.protocol === "https:" ? address : null;
    } catch {
        return null;
    }
}

/** The uploads in the storage, newest first. @returns {Entry[]} */
export function entriesIn(storage) {
    const found = Object.keys(storage).sort().flatMap(key => {
        const answer = parsed(storage.getItem(key));
        return answer && typeof answer.url === "string" && webAddress(answer.url) ? [{key, name: nameOf(answer, key), answer, time: timeOf(answer)}] : [];
    });
    return found.sort((one, other) => other.time - one.time);
}

function parsed(text) {
    try {
        return JSON.parse(text);
    } catch {
        return null;
    }
}

/** `srcName` has no extension; the replaced program's entries have nothing else. */
const nameOf = ({name, srcName}, key) => [name, srcName].find(one => typeof one === "string" && one !== "") ?? key;

/** The replaced program's entries have no time, but most files lie in a folder of their day. */
function timeOf({time, url}) {
    if (Number.isFinite(time)) return time;
    const [, year, month, day] = /\/(\d{4})\/(\d\d)\/(\d\d)\//.exec(url) ?? [];
    return year ? Date.UTC(year, month - 1, day) : 0;
}

/** Those whose name or address has the text, whatever the case. */
export function matching(entries, text) {
    const wanted = text.trim().toLowerCase();
    return entries.filter(({name, answer}) => name.toLowerCase().includes(wanted) || answer.url.toLowerCase().includes(wanted));
}

// As a file: {"kind": "imagebed-history", "entries": [answers]}

const KIND = "imagebed-history";

/** @param {Entry[]} entries */
export function written(entries) {
    return JSON.stringify({kind: KIND, entries: entries.map(({answer, time}) => ({...taken(answer), time}))}, null, 1) + "\n";
}

/** What pages read of an answer, and only in the form that it has to have; null without a web address. */
function taken(answer) {
    if (!isText(answer?.url) || !/^https?:/i.test(answer.url) || !webAddress(answer.url)) return null;
    const kept = {result: "success", code: 200, url: answer.url};
    for (const name of ["srcName", "name"]) if (isText(answer[name])) kept[name] = answer[name];
    for (const name of ["thumb", "del"]) if (isText(answer[name]) && /^https?:/i.test(answer[name]) && webAddress(answer[name])) kept[name] = answer[name];
    for (const name of ["time", "width", "height", "size"]) if (Number.isFinite(answer[name]) && answer[name] >= 0) kept[name] = answer[name];
    return kept;
}

const isText = value => typeof value === "string" && value !== "" && value.length <= limits.text;

/**
 * Puts what such a file holds into the storage. Files that are there already stay as they are.
 *
 * @returns {{added: number, known: number, refused: number, isFull: boolean} | {count: number} | null}
 *     null if it is no such file, `count` if it has too many entries
 */
export function read(text, storage) {
    const file = parsed(text);
    if (file?.kind !== KIND || !Array.isArray(file.entries)) return null;
    if (file.entries.length > limits.entries) return {count: file.entries.length};
    const known = new Set(entriesIn(storage).map(({answer}) => answer.url)), told = {added: 0, known: 0, refused: 0, isFull: false}, keys = new Keys(storage);
    for (const answer of file.entries.map(taken)) {
        if (!answer) told.refused += 1;
        else if (known.has(answer.url)) told.known += 1;
        else {
            try {
                storage.setItem(keys.free(answer), JSON.stringify(answer));
            } catch {
                told.isFull = true;
                break;
            }
            known.add(answer.url);
            told.added += 1;
        }
    }
    return told;
}

/** Names that are free in a storage, without trying again what was taken. */
class Keys {
    #next = new Map();

    constructor(storage) { this.storage = storage; }

    /** A number goes behind a name that is taken. The pages' own entries begin with "imagebed". */
    free({srcName, url}) {
        const name = srcName && !srcName.startsWith("imagebed") ? srcName : url;
        for (let number = this.#next.get(name) ?? 1; ; number += 1) {
            const key = number === 1 ? name : `${name} (${number})`;
            if (this.storage.getItem(key) !== null) continue;
            this.#next.set(name, number + 1);
            return key;
        }
    }
}
