// A table of cases that runs in a page: each has a name, and what it throws is its failure.

const cases = [];

export function test(name, action) {
    cases.push({name, action});
}

/** Fails unless both have the same JSON. */
export function equal(found, expected, about = "") {
    const [one, other] = [JSON.stringify(found), JSON.stringify(expected)];
    if (one !== other) throw new Error(`${about} found ${one}, expected ${other}`);
}

/** Runs the cases so far and forgets them: their failures by name, null for a case that passed. */
export async function take() {
    const told = {};
    for (const {name, action} of cases.splice(0)) {
        try {
            await action();
            told[name] = null;
        } catch (error) {
            told[name] = String(error?.stack ?? error);
        }
    }
    return told;
}
