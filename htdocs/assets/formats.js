// The forms in which links are copied: an address, or a text in the language of the place that it goes to. Names come from people and
// are escaped for that language. No page here, so that a table of golden texts can test it.

/**
 * What is known of a file. Addresses are absolute. What is not known is null or missing.
 *
 * @typedef {object} Link
 * @property {string} url
 * @property {string} name           as the person called it
 * @property {string} [thumb]        address of the thumbnail
 * @property {string} [del]          address that deletes it; whoever has it can do so
 * @property {number|null} [width]   pixels
 * @property {number|null} [height]  pixels
 * @property {number|null} [size]    bytes
 */

/** By the extension of the address. */
export const isVideo = address => /\.(mp4|m4v|webm|mov|mkv|avi|wmv|flv|3gp|mpe?g|ogv)$/i.test(address.replace(/[?#].*$/s, ""));
/** Without line breaks, and without what turns or hides text, as the server keeps names (ClientName.swift). */
const oneLine = text => text.replace(/[\x00-\x1f\x7f\u0085\u2028\u2029]+/g, " ")
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "").trim();
const percentEncoded = (text, characters) => text.replace(characters, one => "%" + one.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0"));

const inHTML = text => text.replace(/[&<>"']/g, one => ({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})[one]);

/** CommonMark: what would end the text, begin code or HTML, or be an entity; "|" ends a cell of a table. */
const inMarkdown = text => text.replace(/[\\[\]`*<&|]/g, "\\$&");
const addressInMarkdown = address => percentEncoded(address, /[()<>\\\s]/g);

/** A quoted attribute of AsciiDoc. */
const inQuotes = text => text.replace(/["\\]/g, "\\$&");

function html({url, name}) {
    const address = inHTML(url);
    return isVideo(url) ? `<video src="${address}" title="${inHTML(name)}" controls></video>` : `<img src="${address}" alt="${inHTML(name)}">`;
}

function markdown({url, name}) {
    return `${isVideo(url) ? "" : "!"}[${inMarkdown(name)}](${addressInMarkdown(url)})`;
}

function bbcode({url}) {
    const tag = isVideo(url) ? "video" : "img";
    return `[${tag}]${percentEncoded(url, /[[\]\s]/g)}[/${tag}]`;
}

const written = {
    link: ({url}) => url,
    markdown,
    bbcode,
    html,
    // Videos have none.
    thumbnail: ({thumb, url}) => isVideo(url) ? url : thumb || url,
    delete: ({del}) => del || "",
};

/** The formats in the order of their tabs; "custom" takes a template. */
export const formats = ["link", "markdown", "bbcode", "html", "thumbnail", "delete", "custom"];

/**
 * Templates to begin with. A hole is {word} or {word:escape}: the words url name thumb del width height size, the escapes html, json, md
 * (Markdown), quoted (AsciiDoc), url (percent-encoded). Braces around anything else stay as they are.
 */
export const presets = {
    reStructuredText: ".. image:: {url}\n   :alt: {name}\n",
    AsciiDoc: 'image::{url}["{name:quoted}"]',
    "<picture>": '<picture><img src="{url:html}" alt="{name:html}" width="{width}" height="{height}" loading="lazy"></picture>',
    JSON: '{"url": {url:json}, "name": {name:json}, "width": {width:json}, "height": {height:json}, "size": {size:json}}',
};

/** What the first three begin for a video. */
const presetsForVideos = {
    reStructuredText: "`{name} <{url}>`__\n",
    AsciiDoc: "video::{url}[]",
    "<picture>": '<video src="{url:html}" title="{name:html}" controls></video>',
};

function templateFor(url, template) {
    const preset = isVideo(url) && Object.keys(presetsForVideos).find(name => presets[name] === template);
    return preset ? presetsForVideos[preset] : template;
}

const escapes = {
    html: value => inHTML(String(value ?? "")),
    json: value => JSON.stringify(value ?? null),
    md: value => inMarkdown(String(value ?? "")),
    quoted: value => inQuotes(String(value ?? "")),
    url: value => encodeURIComponent(String(value ?? "")),
};

/** Attributes of HTML for a size that is not known are left out. */
function filled(template, link) {
    const known = template.replace(/ (width|height)="\{\1\}"/g, (attribute, word) => link[word] == null ? "" : attribute);
    return known.replace(/\{(url|name|thumb|del|width|height|size)(?::(html|json|md|quoted|url))?\}/g, (_, word, escape) =>
        escape ? escapes[escape](link[word]) : String(link[word] ?? ""));
}

/**
 * The text of one file.
 *
 * @param {string} format  one of `formats`; an unknown one gives the address
 * @param {Link} link
 * @param {string} [template]  for "custom"
 */
export function textOf(format, link, template = "{url}") {
    const clean = {...link, name: oneLine(link.name ?? "")};
    return format === "custom" ? filled(templateFor(link.url, template), clean) : (written[format] ?? written.link)(clean);
}

/** The text of several files, each on a line of its own; those that the format says nothing of are left out. */
export function textOfAll(format, links, template) {
    return links.map(link => textOf(format, link, template)).filter(text => text !== "").join("\n");
}

// What this browser used last, for all pages. Storage may be full or forbidden.

function stored(name, value) {
    try {
        if (value !== undefined) localStorage.setItem(name, value);
        return localStorage.getItem(name);
    } catch {
        return value ?? null;
    }
}

/** @param {string} first  the format where none was used yet, by the site's setting `first_format` */
export function lastFormat(first = "link") {
    const last = stored("imagebed.format");
    return formats.includes(last) ? last : first;
}

export function rememberFormat(format) {
    stored("imagebed.format", format);
}

export function lastTemplate() {
    return stored("imagebed.template") ?? presets["<picture>"];
}

export function rememberTemplate(template) {
    stored("imagebed.template", template);
}
