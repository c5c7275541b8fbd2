// The service worker, where browsers have one: over https, and on one's own machine. It does two things: files that the operating system
// shares with the site wait in the queue of the upload page, and without network a page says so. It keeps nothing but that, and the style of
// that page; never a picture.

import {Keep, identityOf} from "./assets/keep.js";

/** The path of the site: "/" or "/pictures/". */
const base = new URL(registration.scope).pathname;
const STYLE = base + "assets/site.css";
const CACHE = "imagebed-offline";

addEventListener("install", event => event.waitUntil(install()));
addEventListener("activate", event => event.waitUntil(Promise.all([registration.navigationPreload?.enable(), clients.claim()])));
addEventListener("fetch", event => {
    const {method, mode, url} = event.request, {origin, pathname, searchParams} = new URL(url);
    if (origin !== location.origin) return;
    if (method === "POST" && pathname === base && searchParams.has("share")) event.respondWith(takeShared(event.request));
    else if (method === "GET" && pathname === STYLE) event.respondWith(fetch(event.request).catch(() => caches.match(STYLE)));
    else if (method === "GET" && mode === "navigate") event.respondWith(page(event));
});

async function install() {
    const cache = await caches.open(CACHE);
    await cache.add(new Request(STYLE, {cache: "reload"}));
    await skipWaiting();
}

// Shared files

/** The request may come from a page of another site, too, which cannot be told here: so nothing is sent before the person says so. */
async function takeShared(request) {
    const again = request.clone();
    try {
        const files = (await request.formData()).getAll("file").filter(one => one instanceof File && one.size > 0);
        if (files.length > 0 && await keepAll(files)) return Response.redirect(base, 303);
    } catch {
        // What the browser does not keep goes to the server, as where there is no worker.
    }
    return fetch(again);
}

/** All of them or none. */
async function keepAll(files) {
    const keep = await Keep.open();
    await keep?.all();
    const items = await Promise.all(files.map(itemOf));
    for (const item of keep ? items : []) {
        if (await keep.putWhole(item)) continue;
        for (const one of items) await keep.remove(one.id);
        return false;
    }
    return keep !== null;
}

async function itemOf(file, number) {
    const key = crypto.randomUUID();
    const {name, size} = file;
    return {id: key, key, file, name, size, identity: await identityOf(file), upload: null, shown: 0, held: true, handle: null, number};
}

// Without network

async function page(event) {
    try {
        return await event.preloadResponse ?? await fetch(event.request);
    } catch {
        return new Response(OFFLINE, {status: 503, headers: {
            "Content-Type": "text/html;charset=utf-8", "Cache-Control": "no-store",
            "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        }});
    }
}

/** In all languages, like the other pages that no program of the site makes. The link leads to the same address once more. */
const OFFLINE = `<!DOCTYPE html>
<html lang="zh-CN" data-theme="auto" data-accent="default">
<head>
<meta charset="utf-8">
<title>网络断开</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex">
<link rel="stylesheet" href="${STYLE}">
</head>
<body>
<main id="main">
<h1>网络断开</h1>
<p>现在连接不上网站。上传队列会保留，联网后继续。</p>
<p lang="zh-TW">網路中斷：現在連不上網站。上傳佇列會保留，連線後繼續。</p>
<p lang="en">Offline: the site cannot be reached now. The upload queue is kept and goes on when the network is back.</p>
<p><a class="button primary" href="">再试一次 <span lang="en">Try again</span></a></p>
</main>
</body>
</html>
`;
