// The right to send, held by one tab of the site at a time: several tabs would send the same kept files, and more at once than the server
// wants. Web Locks need https; over plain http tabs ask each other.

/** Milliseconds that a holder has to answer, and after which a silent one is taken for closed. */
const ANSWER = 300;
const ASK_AGAIN = 3_000;

/**
 * Waits for the turn.
 *
 * @param {string} name  of the right
 * @returns {Promise<() => void>} what gives it back
 */
export function takeTurn(name) {
    return navigator.locks ? byLock(name) : byAsking(name);
}

function byLock(name) {
    return new Promise(granted => {
        // Refused where storage is: then no other tab has anything of this one.
        navigator.locks.request(name, () => new Promise(release => granted(release))).catch(() => granted(() => {}));
    });
}

/** Who hears nobody answer holds it. Of two who ask at once the lower number goes first. */
async function byAsking(name) {
    const channel = new BroadcastChannel(name);
    const number = crypto.getRandomValues(new Uint32Array(1))[0];
    let isMine = false, isTaken = false, wake = () => {};
    channel.onmessage = ({data}) => {
        if (data.ask !== undefined && (isMine || data.ask > number)) channel.postMessage({taken: true});
        if (data.taken || data.ask < number) isTaken = true;
        if (data.free) wake();
    };
    while (!isMine) {
        isTaken = false;
        channel.postMessage({ask: number});
        await within(ANSWER, () => {});
        isMine = !isTaken;
        if (isTaken) await within(ASK_AGAIN, resolve => { wake = resolve; });
    }
    return () => {
        channel.postMessage({free: true});
        channel.close();
    };
}

function within(milliseconds, begin) {
    return new Promise(resolve => {
        setTimeout(resolve, milliseconds);
        begin(resolve);
    });
}
