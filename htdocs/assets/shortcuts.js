// Shortcuts of all pages: single keys, while no field has the focus. A switch turns them off, for those whose voice or hands press keys unasked
// (WCAG 2.2, 2.1.4). page.js starts them and hands in what it has, because modules that import each other begin in no good order.

const storedSwitch = "imagebed.shortcuts";

/**
 * @param {object} page  of page.js: words, prefix, element, ask, openDialog
 * @param {HTMLElement | null} page.addTo  gets a button that shows the list, because no key does once they are off
 */
export function startShortcuts({words, prefix, element, ask, openDialog, addTo}) {
    const goTo = path => location.assign(prefix + path);
    const shortcuts = {
        ...(searchField() && {"/": {text: words.shortcutSearch, run: () => searchField().focus()}}),
        u: {text: words.shortcutUpload, run: () => goTo("/")},
        g: {text: words.shortcutGallery, run: () => goTo("/app/list.php")},
        "?": {text: words.shortcutHelp, run: show},
    };

    function pressed(event) {
        if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target) || openDialog()) return;
        if (!Object.hasOwn(shortcuts, event.key) || !isOn()) return;
        event.preventDefault();
        shortcuts[event.key].run();
    }

    function show() {
        const check = element("input", {type: "checkbox", role: "switch", checked: isOn()});
        check.addEventListener("change", () => turn(check.checked));
        const list = Object.entries(shortcuts).flatMap(([key, {text}]) =>
            [element("dt", {}, element("kbd", {}, key)), element("dd", {}, text)]);
        const dialog = element("dialog", {"aria-label": words.shortcuts},
            element("h2", {}, words.shortcuts), element("dl", {class: "facts"}, ...list),
            element("label", {class: "switch"}, check, words.shortcutsOn),
            element("form", {method: "dialog", class: "actions"}, element("button", {autofocus: true}, words.close)));
        document.body.append(dialog);
        ask(dialog).then(() => dialog.remove());
    }

    document.addEventListener("keydown", pressed);
    const opener = element("button", {type: "button", class: "quiet"}, words.shortcuts);
    opener.addEventListener("click", show);
    addTo?.append(opener);
}

/** The page's own; null where there is nothing to search. */
function searchField() {
    return document.querySelector("main input[type=search]");
}

function isTyping(target) {
    return target.isContentEditable || target.closest?.("input, textarea, select, dialog") !== null;
}

// Storage may be forbidden; then they are on.

function isOn() {
    try {
        return localStorage.getItem(storedSwitch) !== "off";
    } catch {
        return true;
    }
}

function turn(isWanted) {
    try {
        localStorage.setItem(storedSwitch, isWanted ? "on" : "off");
    } catch {
        // They stay as they are.
    }
}
