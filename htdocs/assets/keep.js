// What outlives the page: unfinished files in IndexedDB, so that a reload goes on with them, and the answers of finished ones in
// localStorage, in the form of the replaced program, for the history page.

const DATABASE = "imagebed", STORE = "queue";
/** Bytes of a file that is kept whole, and of all of them together. */
const LARGEST = 64 * 1024 * 1024, TOGETHER = 256 * 1024 * 1024;
/** Bytes by which a file that is chosen again is recognised. */
const HEAD = 4096;
/** Bytes and number of the samples by which files of equal name, size and date are told apart. */
const SAMPLE = 16 * 1024, SAMPLES = 16;
/** The owner of files that an operating system shared with the site: whoever is signed in where they are first shown. */
const NOBODY_YET = null;
/** Milliseconds for which the server knows an Idempotency-Key. */
const DAY = 86_400_000;

/**
 * A kept file: itself (blob), or leave to read it again (handle), or only what it began with.
 *
 * @typedef {object} Kept
 * @property {string} id
 * @property {string|null} owner  the account's mark, "" of visitors; see NOBODY_YET
 * @property {string} key        Idempotency-Key
 * @property {string} name       as it will be told to the server
 * @property {number} size
 * @property {string} identity
 * @property {string} type       media type
 * @property {number} lastModified
 * @property {object|null} upload  of a resumable upload, see `Item`
 * @property {number} shown      progress
 * @property {boolean} held
 * @property {string} term
 * @property {number} expires    milliseconds since 1970
 * @property {number} order      of adding
 * @property {ArrayBuffer} head
 * @property {Blob} [blob]
 * @property {FileSystemFileHandle} [handle]
 */

export class Keep {
    #database;
    #owner;
    #bytes = new Map();

    constructor(database, owner = "") {
        this.#database = database;
        this.#owner = owner;
    }

    /**
     * @param {string|null} owner  of what is kept and found: a browser may have several people, each with an account
     * @returns {Promise<Keep|null>} null where the browser keeps nothing, as in private windows
     */
    static async open(owner = NOBODY_YET) {
        try {
            const opening = indexedDB.open(DATABASE, 1);
            opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, {keyPath: "id"});
            return new Keep(await done(opening), owner);
        } catch {
            return null;
        }
    }

    /** What is kept of this owner, in the order of adding; what the server knows no more is removed. @returns {Promise<Kept[]>} */
    async all() {
        const found = await done(this.#store("readonly").getAll());
        const [valid, old] = [found.filter(one => one.expires > Date.now()), found.filter(one => one.expires <= Date.now())];
        for (const one of old) await this.remove(one.id);
        for (const one of valid) this.#bytes.set(one.id, one.blob?.size ?? 0);
        const own = valid.filter(one => one.owner === this.#owner || one.owner === NOBODY_YET);
        for (const one of own) if (this.#owner && one.owner !== this.#owner) await this.#putRecord(Object.assign(one, {owner: this.#owner}));
        return own.sort((one, other) => one.order - other.order);
    }

    /**
     * Keeps an item, or what has changed of it.
     *
     * @returns {Promise<boolean>} whether a reload can go on with it
     */
    async put(item) {
        return this.#putOneOf(item, () => [...this.#whole(item), ...(item.handle ? [{handle: item.handle}] : []), {}]);
    }

    /** Keeps an item with all of its file, or not at all. @returns {Promise<boolean>} */
    async putWhole(item) {
        return this.#putOneOf(item, () => this.#whole(item));
    }

    #whole(item) {
        const others = [...this.#bytes].reduce((sum, [id, bytes]) => id === item.id ? sum : sum + bytes, 0);
        return item.size <= LARGEST && others + item.size <= TOGETHER ? [{blob: item.file}] : [];
    }

    async #putOneOf(item, ways) {
        // It may have been sent while others were kept.
        if (!item.file) return false;
        const record = await recordOf(item, this.#owner);
        // Other files come at the same time: each counts from before it is stored.
        for (const way of ways()) {
            this.#bytes.set(item.id, way.blob?.size ?? 0);
            if (await this.#putRecord({...record, ...way})) return true;
        }
        this.#bytes.delete(item.id);
        return false;
    }

    async remove(id) {
        this.#bytes.delete(id);
        await done(this.#store("readwrite").delete(id)).catch(() => {});
    }

    /** False where the browser has no room, or stores no file. */
    async #putRecord(record) {
        try {
            await done(this.#store("readwrite").put(record));
            return true;
        } catch {
            return false;
        }
    }

    #store(mode) {
        return this.#database.transaction(STORE, mode).objectStore(STORE);
    }
}

function done(asked) {
    return new Promise((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
    });
}

/** The item as it is when its record is written: it may have changed while its beginning was read. */
async function recordOf(item, owner) {
    const {file} = item;
    // Before anything is waited for: the beginnings of several files are read at the same time, and end in any order.
    item.order ??= Date.now() + item.number / 1000;
    const head = await headOf(file);
    const {id, key, name, size, identity, upload, shown, held, term, order} = item;
    return {
        id, owner, key, name, size, identity, upload, shown, held, term, order, head, type: file.type, lastModified: file.lastModified ?? 0,
        expires: upload?.expires ?? Date.now() + DAY,
    };
}

async function headOf(file) {
    return file.slice(0, HEAD).arrayBuffer().catch(() => new ArrayBuffer(0));
}

/** Equal for the same file that comes once more. Not all of a large file is read for it. @returns {Promise<string>} */
export async function identityOf(file, folder = "") {
    return `${folder}${file.name} ${file.size} ${file.lastModified} ${await sumOf(samplesOf(file))}`;
}

/** All of a small file; of a large one pieces over its whole length. */
function samplesOf(file) {
    const step = Math.max(SAMPLE, (file.size - SAMPLE) / (SAMPLES - 1)), pieces = [];
    for (let at = 0; at < file.size; at += step) pieces.push(file.slice(at, at + SAMPLE));
    return new Blob(pieces);
}

/** FNV-1a with 32 bits (RFC 9923): over plain http browsers compute no digests. */
async function sumOf(blob) {
    const bytes = new Uint8Array(await blob.arrayBuffer().catch(() => new ArrayBuffer(0)));
    return bytes.reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193), 0x811c9dc5) >>> 0;
}

/** The kept file as it was, null when only its beginning is kept. @param {Kept} kept */
export function fileOf(kept) {
    return kept.blob ? new File([kept.blob], kept.name, {type: kept.type, lastModified: kept.lastModified}) : null;
}

/** Reads a file by its handle; the browser may ask the person, so this follows a press of a button. */
export async function fileByHandle(handle) {
    try {
        return await handle.requestPermission({mode: "read"}) === "granted" ? await handle.getFile() : null;
    } catch {
        return null;
    }
}

/** Whether a file is the one of which `kept` has the beginning: size, date and first bytes. Its name may differ, phones make new ones. */
export async function isSame(kept, file) {
    if (file.size !== kept.size || file.lastModified !== kept.lastModified) return false;
    const [one, other] = [new Uint8Array(kept.head), new Uint8Array(await headOf(file))];
    return one.length === other.length && one.every((byte, place) => byte === other[place]);
}

/**
 * Puts an answer into the history: the key is its `srcName`, with a number where another file has that name. The replaced program's pages
 * take no notice of the name and the time.
 *
 * @param {object} answer
 * @param {string} called  the file's whole name: `srcName` has no extension
 * @returns {boolean} false when the browser has no room for it
 */
export function remember(answer, called, storage = localStorage) {
    const value = JSON.stringify({...answer, name: called, time: Date.now()});
    const name = answer.srcName || answer.url;
    try {
        for (let number = 1; ; number += 1) {
            const key = number === 1 ? name : `${name} (${number})`;
            const taken = storage.getItem(key);
            if (taken !== null && addressIn(taken) !== answer.url) continue;
            storage.setItem(key, value);
            return true;
        }
    } catch {
        return false;
    }
}

/** What this browser remembers under a name; with a value it remembers that. Storage may be full or forbidden. */
export function preference(name, value) {
    try {
        if (value !== undefined) localStorage.setItem(name, value);
        return localStorage.getItem(name);
    } catch {
        return null;
    }
}

function addressIn(text) {
    try {
        return JSON.parse(text)?.url;
    } catch {
        return undefined;
    }
}
