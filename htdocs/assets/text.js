// Sizes and times as the upload page writes them.

const UNITS = ["B", "KB", "MB", "GB", "TB"];

/** "1.4 MB", "61 MB": two digits at least, and more where it is asked for. */
export function sizeText(bytes, digits = 2) {
    let [value, unit] = [bytes, 0];
    while (value >= 1000 && unit < UNITS.length - 1) [value, unit] = [value / 1024, unit + 1];
    const decimals = unit === 0 ? 0 : Math.max(0, digits - String(Math.floor(value)).length);
    return `${Number(value.toFixed(decimals))} ${UNITS[unit]}`;
}

/** The sizes of a file and of its limit, with as many digits as make them differ. */
export function sizesOver(size, limit) {
    const enough = [2, 3, 4, 5].find(digits => sizeText(size, digits) !== sizeText(limit, digits));
    const text = bytes => enough ? sizeText(bytes, enough) : `${bytes} B`;
    return {size: text(size), limit: text(limit)};
}

/** Rounded so that it does not flicker: whole seconds below 20, tens below 90, then minutes. `words` are the page's. */
export function timeText(seconds, words, fill) {
    if (seconds >= 90) return fill(words.minutesLeft, {minutes: Math.round(seconds / 60)});
    return fill(words.secondsLeft, {seconds: seconds < 20 ? Math.max(1, Math.round(seconds)) : Math.round(seconds / 10) * 10});
}
