// Copying, for all pages. Over plain http there is no navigator.clipboard; there the old command copies what is selected in a field.

/**
 * Copies a text, or what a field holds. When nothing works a field is left selected, so that the person can press Ctrl+C.
 *
 * @param {string | HTMLInputElement | HTMLTextAreaElement} source
 * @returns {Promise<boolean>} whether the clipboard has it now
 */
export async function copy(source) {
    const text = typeof source === "string" ? source : source.value;
    // What is not shown cannot be selected.
    const isField = text !== source && source.getClientRects().length > 0;
    const before = document.activeElement;
    const copied = await throughClipboard(text) || (isField ? throughSelection(source) : throughNewField(text));
    if (copied || !isField) before?.focus({preventScroll: true});
    return copied;
}

async function throughClipboard(text) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        return false;
    }
}

function throughSelection(field) {
    select(field);
    return document.execCommand("copy");
}

function throughNewField(text) {
    const field = document.createElement("textarea");
    field.className = "unseen";
    // No keyboard on phones.
    field.readOnly = true;
    field.value = text;
    // What lies outside of an open dialog cannot be selected.
    (document.querySelector("dialog:modal") ?? document.body).append(field);
    const copied = throughSelection(field);
    field.remove();
    return copied;
}

function select(field) {
    field.focus({preventScroll: true});
    field.select();
    // Safari on phones takes no select() of a read-only field.
    field.setSelectionRange(0, field.value.length);
}
