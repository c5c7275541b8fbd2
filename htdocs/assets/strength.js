// How hard a password is to guess: the server's rule (Accounts+PasswordRules.swift), so that it can be told while it is typed and the password
// is sent nowhere for that. Tests/Data/passwords.txt has the cases of both.

/**
 * Estimated from the kinds of characters and the number of those that neither repeat nor continue a sequence such as "abc".
 *
 * @param {string} password
 * @returns {"weak" | "fair" | "good" | "strong"}
 */
export function strengthOf(password) {
    const characters = codePoints(password);
    const unexpected = 1 + characters.slice(1).filter((one, place) => Math.abs(one - characters[place]) > 1).length;
    const bits = Math.min(unexpected, 2 * new Set(characters).size) * bitsEach(characters);
    return bits < 40 ? "weak" : bits < 60 ? "fair" : bits < 90 ? "good" : "strong";
}

/** The characters as the server counts them. @returns {number[]} */
export function codePoints(text) {
    return [...text].map(one => one.codePointAt(0));
}

/** Bits per character, if all of its kind are equally likely. */
function bitsEach(characters) {
    const kinds = new Set(characters.map(kindOf));
    if (characters.some(one => one > 0x7f)) return 8;
    return kinds.size > 1 ? 5 : kinds.has("digit") || kinds.size === 0 ? 3 : 4;
}

function kindOf(one) {
    if (one >= 0x30 && one <= 0x39) return "digit";
    if (one >= 0x41 && one <= 0x5a) return "upper";
    return one >= 0x61 && one <= 0x7a ? "lower" : "other";
}
