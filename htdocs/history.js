// The history page: what the upload page stored in this browser, one entry for each upload. A key is the file's name, a value
// the upload's answer as JSON; whatever has no "url" belongs to somebody else. Every text goes in as text, never as markup,
// and only web addresses become links.

const list = document.getElementById("history");
const state = document.getElementById("state");
const clear = document.getElementById("clear");

function entries() {
    return Object.keys(localStorage).sort().flatMap(key => {
        try {
            const answer = JSON.parse(localStorage.getItem(key));
            return answer && typeof answer.url === "string" && webAddress(answer.url) ? [{key, answer}] : [];
        } catch {
            return [];
        }
    });
}

function webAddress(text) {
    try {
        const address = new URL(text, location.href);
        return address.protocol === "http:" || address.protocol === "https:" ? address : null;
    } catch {
        return null;
    }
}

function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    made.append(...children);
    return made;
}

function link(address, text) {
    return element("a", {href: address, rel: "noreferrer"}, text);
}

// "/i/2025/07/04/a.jpg" of the file's address, as the pages of this site take it.
function storedPath(address) {
    try {
        return decodeURIComponent(address.pathname);
    } catch {
        return address.pathname;
    }
}

function card({key, answer}) {
    const address = webAddress(answer.url);
    const name = typeof answer.srcName === "string" && answer.srcName !== "" ? answer.srcName : key;
    const thumbnail = typeof answer.thumb === "string" && webAddress(answer.thumb) || address;
    const deletion = typeof answer.del === "string" && /^https?:/i.test(answer.del) && webAddress(answer.del);
    const path = encodeURIComponent(storedPath(address));
    const pages = list.dataset.prefix + "/app/";
    const remove = element("button", {type: "button"}, "移除");
    remove.addEventListener("click", () => {
        localStorage.removeItem(key);
        show();
    });
    const links = [link(pages + "info.php?history=" + path, "信息"), link(pages + "down.php?history=" + path, "下载")];
    if (deletion) links.push(link(deletion.href, "删除文件"));
    return element("li", {},
        element("a", {href: address.href, rel: "noreferrer"},
            element("img", {src: thumbnail.href, alt: name, loading: "lazy", width: "258", height: "258"})),
        element("p", {class: "name"}, name),
        element("input", {readonly: "", value: answer.url, "aria-label": "链接"}),
        element("p", {class: "links"}, ...links.flatMap(one => [one, " "]), remove));
}

function show() {
    const found = entries();
    list.replaceChildren(...found.map(card));
    state.textContent = found.length === 0 ? "没有上传历史" : `共 ${found.length} 个文件`;
    clear.hidden = found.length === 0;
}

clear.addEventListener("click", () => {
    if (!confirm("清空本浏览器中的上传历史? 已上传的文件不会被删除。")) return;
    for (const {key} of entries()) localStorage.removeItem(key);
    show();
});
show();
