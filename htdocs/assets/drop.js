// The ways in which files come to the page: chosen, dropped with their folders, pasted.

/** What systems put into folders by themselves. */
const SYSTEM_FILES = /^(?:\..*|Thumbs\.db|desktop\.ini)$/i;
/** Where a paste stays a paste; not in the boxes of links, which keep the focus after copying. */
const TEXT_FIELD = "textarea:not([readonly]), input:not([readonly], [type=checkbox], [type=file]), [contenteditable]";

/** Files of one time, and entries of folders that are looked at. */
const ENTRIES = 10_000;

/**
 * A file that came.
 *
 * @typedef {object} Arrived
 * @property {File} file
 * @property {string} folder   "holiday/2026/" within what was dropped, or empty
 * @property {Promise<FileSystemFileHandle|null>} [handle]  to read it again after a reload, where the browser gives one
 */

/**
 * Calls `arrived` with the files of each choice, drop or paste.
 *
 * @param {object} options
 * @param {HTMLInputElement[]} options.inputs
 * @param {HTMLElement} options.zone        gets the class "dropping" while files hover over the page
 * @param {(file: File) => boolean} options.isWanted  of files in folders: those of other types are passed over
 * @param {(files: Arrived[], passedOver: number) => void} options.arrived
 */
export function listen({inputs, zone, isWanted, arrived}) {
    for (const input of inputs) {
        input.addEventListener("change", () => {
            const files = [...input.files].slice(0, ENTRIES).map(file => ({file, folder: ""}));
            // The same file can be chosen again.
            input.value = "";
            if (files.length) arrived(files, 0);
        });
    }
    listenToDrops({zone, isWanted, arrived});
    document.addEventListener("paste", event => {
        const files = [...event.clipboardData?.files ?? []].slice(0, ENTRIES);
        if (files.length === 0 || event.target.closest?.(TEXT_FIELD)) return;
        event.preventDefault();
        arrived(files.map(file => ({file, folder: ""})), 0);
    });
}

function listenToDrops({zone, isWanted, arrived}) {
    const hasFiles = event => event.dataTransfer?.types.includes("Files");
    const show = isOver => zone.classList.toggle("dropping", isOver);
    document.addEventListener("dragover", event => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "copy";
        show(true);
    });
    // Without a related target the pointer left the window.
    document.addEventListener("dragleave", event => { if (!event.relatedTarget) show(false); });
    document.addEventListener("drop", async event => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        show(false);
        const {files, passedOver} = await filesOf(event.dataTransfer, isWanted);
        arrived(files, passedOver);
    });
}

/** The files of a drop, folders read to their depth, in the order of their names. */
async function filesOf(transfer, isWanted) {
    // Chromium has the function over plain http too, and ends the page that calls it there.
    const handleOf = item => isSecureContext ? item.getAsFileSystemHandle?.().catch(() => null) : null;
    // All of this is gone after the first await.
    const roots = [...transfer.items].filter(item => item.kind === "file").map(item => ({
        entry: item.webkitGetAsEntry?.() ?? null, file: item.getAsFile(), handle: handleOf(item),
    }));
    const found = {files: [], passedOver: 0, entries: 0};
    for (const {entry, file, handle} of roots) {
        if (entry?.isDirectory) await readFolder(entry, found, isWanted);
        else if (file && found.files.length < ENTRIES) found.files.push({file, folder: "", handle});
    }
    return found;
}

async function readFolder(folder, found, isWanted) {
    for (const entry of await entriesOf(folder)) {
        found.entries += 1;
        if (found.entries > ENTRIES) return;
        if (SYSTEM_FILES.test(entry.name)) continue;
        if (entry.isDirectory) {
            await readFolder(entry, found, isWanted);
            continue;
        }
        const file = await new Promise(resolve => entry.file(resolve, () => resolve(null)));
        if (file && isWanted(file)) found.files.push({file, folder: folder.fullPath.slice(1) + "/"});
        else found.passedOver += 1;
    }
}

async function entriesOf(folder) {
    const reader = folder.createReader();
    const entries = [];
    // A reader tells at most a hundred at a time, and at the end none.
    const some = () => new Promise(resolve => reader.readEntries(resolve, () => resolve([])));
    for (let next = await some(); next.length && entries.length < ENTRIES; next = await some()) entries.push(...next);
    return entries.sort((one, other) => one.name.localeCompare(other.name, undefined, {numeric: true}));
}
