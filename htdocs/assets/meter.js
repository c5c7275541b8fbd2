// How fast a queue goes and how much of it is there, out of what its items report.

/** Milliseconds over which speed is measured. */
const SPAN = 5_000;
/** Bytes of the smallest file that tells how fast the network is: less takes as long as its answer does. */
const TELLING = 64 * 1024;

export class Meter {
    #samples = [];

    /** `bytes` more of `item`, which is being sent since `begun`. Times are milliseconds. */
    add(time, item, bytes, begun) {
        this.#samples.push({time, item, bytes, begun});
    }

    /** Bytes a second over the last 5 seconds, of one item or of all; 0 where none tells. */
    speed(now, item = null) {
        this.#samples = this.#samples.filter(sample => sample.time > now - SPAN);
        const samples = this.#samples.filter(sample => item ? sample.item === item : sample.item.size >= TELLING);
        if (samples.length === 0) return 0;
        const since = Math.min(...samples.map(sample => sample.begun));
        const seconds = Math.max(1, Math.min(SPAN, now - since) / 1000);
        return samples.reduce((sum, sample) => sum + sample.bytes, 0) / seconds;
    }
}

/**
 * Numbers over a list of items: files, done, failed (refused ones too), and the fraction of all bytes that are there.
 *
 * @param {import("./item.js").Item[]} items
 */
export function totals(items) {
    const wanted = items.filter(item => item.state !== "cancelled");
    const counted = wanted.filter(item => item.state !== "refused" && item.state !== "failed");
    const size = counted.reduce((sum, item) => sum + item.size, 0);
    const there = counted.reduce((sum, item) => sum + item.size * item.shown, 0);
    return {
        files: wanted.length, done: counted.filter(item => item.state === "done").length, failed: wanted.length - counted.length,
        fraction: size > 0 ? there / size : 1, left: size - there,
    };
}
