// A file of the upload queue and the end of a try as values, and which of several files is sent next.

/** Files up to this size go in one request; they are also the small ones that go first. */
export const SMALL = 8 * 1024 * 1024;
/** Milliseconds within which a small file overtakes large ones that were added before it. */
const TOGETHER = 5_000;
/** Milliseconds without a byte that moved before a connection counts as lost; more where the server waits for room to work on a file. */
const QUIET = {sending: 30_000, processing: 120_000};
export const ENDED = ["done", "failed", "refused", "cancelled"];

/**
 * A file of the queue.
 *
 * @typedef {object} Item
 * @property {number} number       its place in the queue; links are listed in this order
 * @property {File|null} file     null while it is missing (`why` is "choose" or "elsewhere"), and in the end
 * @property {string} name         as the server is told; the person may change it while `isFresh`
 * @property {number} size         bytes
 * @property {string} identity     equal for the same file added twice
 * @property {string} key          Idempotency-Key, the same in all tries
 * @property {"waiting"|"sending"|"paused"|"processing"|"done"|"failed"|"refused"|"cancelled"} state
 * @property {""|"retry"|"stop"|"choose"|"elsewhere"} why  of a paused one: a failed try; the whole queue stopped; the same file has to be
 *     chosen again; another tab sends it
 * @property {number} until        when a paused one is tried again, milliseconds of the clock
 * @property {number} tries        failed ones in a row
 * @property {number} shown        progress from 0 to 1; never falls, 1 only with the answer
 * @property {object|null} reason  `{word, …}` or `{text}`: why the last try failed
 * @property {object|null} answer  of the server, when done
 * @property {object|null} upload  `{url, expires}` of a resumable upload; the sender sets it
 * @property {boolean} held        waits for the button that starts it
 * @property {string} term         after which the server deletes it, as the field `expires` has it; empty for never; may change while `isFresh`
 */

/**
 * How a try ended. `after` is Retry-After in seconds. "site" concerns all files.
 *
 * @typedef {{type: "done", answer: object} | {type: "refused", reason: object} | {type: "signIn"} |
 *           {type: "retry"|"site", reason: object, network?: boolean, after?: number}} Outcome
 */

export const NETWORK = {type: "retry", network: true, reason: {word: "connectionLost"}};

/** An item of what `Queue.add` takes. @returns {Item} */
export function newItem(file, number, addedAt) {
    return {
        why: "", reason: null, held: false, term: "", upload: null, shown: 0, isFresh: true, ...file, number, addedAt,
        state: file.reason ? "refused" : file.why ? "paused" : "waiting", until: 0, tries: 0, answer: null, isEdited: false, isUnwanted: false,
        attempt: null, sent: 0, there: 0, quietSince: 0,
    };
}

/** The item of a file that comes once more. One that was refused or cancelled does not count. @param {Item[]} items */
export function known(items, {identity}) {
    return items.find(item => item.identity === identity && !["refused", "cancelled"].includes(item.state));
}

/** In the order of adding, but a small one goes before large ones that were added with it or just before. @param {Item[]} items */
export function nextOf(items, now) {
    const ready = items.filter(item => item.file && !item.held && !item.isEdited &&
        (item.state === "waiting" || item.state === "paused" && item.until <= now));
    const together = ready.filter(item => item.addedAt <= ready[0].addedAt + TOGETHER);
    return together.find(item => item.size <= SMALL) ?? ready[0];
}

/** When the connection of one that is being sent counts as lost. @param {Item} item */
export function deadline(item) {
    return item.quietSince + QUIET[item.state];
}
