# The addresses of the sample install with the files that real sites have beside their pictures: what answered before, and why some of it
# may not answer any more.

import contextlib
import functools
import http.server
import threading
import urllib.parse

import requests

import pictures
from old_site import SAMPLE

ICON = (SAMPLE / "i/2025/07/01/gsbl73.ico").read_bytes()

# What goes on being served, with its type.
SERVED = {
    "robots.txt": ("text/plain", b"User-agent: *\nDisallow: /private\n"), "favicon.ico": ("image/x-icon", ICON),
    "ads.txt": ("text/plain", b"google.com, pub-1, DIRECT\n"), "MP_verify_AbCd1234.txt": ("text/plain", b"AbCd1234"),
    "google0123456789abcdef.html": ("text/html", b"google-site-verification: google0123456789abcdef.html"),
    "BingSiteAuth.xml": ("text/xml", b"<?xml version=\"1.0\"?><users><user>1</user></users>"), "sitemap.xml": ("text/xml", b"<urlset/>"),
    "logo.png": ("image/png", pictures.still("png", 40, 30)), "docs/index.html": ("text/html", b"<link rel=stylesheet href=a.css><p>guide" * 20),
    "docs/a.css": ("text/css", b"p { color: red }" * 40), "docs/guide/index.html": ("text/html", b"<p>inner"),
    "docs/\u8bf4\u660e 1.pdf": ("application/pdf", b"%PDF-1.4"), "public/images/404.png": ("image/png", pictures.still("png", 274, 141)),
    "public/images/mark.svg": ("image/svg+xml", pictures.svg()), "public/static/zui.min.css": ("text/css", b"a{}"),
    "public/static/fonts/zui.woff2": ("font/woff2", b"wOF2"), ".well-known/security.txt": ("text/plain", b"Contact: mailto:a@example.org\n"),
    ".well-known/apple-app-site-association": ("application/octet-stream", b"{}"),
    ".well-known/assetlinks.json": ("application/json", b"[]"), "manifest.json": ("application/json", b"{}"),
}
# What does not, by the reason in the report.
LEFT = {
    "app/main.css": "part of EasyImages", "admin/admin.css": "part of EasyImages", "api/readme.txt": "part of EasyImages",
    "public/static/zui.js": "a script or a program", "jquery.js": "a script or a program", "tool.sh": "a script or a program",
    "LICENSE": "of a type that is not served", "composer.json": "of a type that is not served", "data.bin": "of a type that is not served",
    "backup.zip": "named like settings, a log or a backup", "site.sql": "named like settings, a log or a backup",
    "config.php.bak": "a script or a program", "index.html.old": "named like settings, a log or a backup",
    ".env": "hidden", ".git/config": "hidden", "docs/.hidden.txt": "hidden", "blog/index.html": "a folder that is not served",
    "404.html": "an address of this site's own",
}
# The folder that the report names for a file.
LEFT_AS = {"app/main.css": "app/", "admin/admin.css": "admin/", "api/readme.txt": "api/", ".git/config": ".git/", "blog/index.html": "blog/"}
# In the picture tree; what they were good for is gone with PHP (docs/easyimages.md).
TREE_GONE = {"i/recycle/": "deleted pictures, which anybody could read"}

# What PHP answered to a visitor without any parameter, by the contract: address and status.
PROGRAMS = {
    "/": 200, "/index.php": 200, "/api/": 200, "/api/index.php": 200, "/api/public.php?show=time": 200, "/app/upload.php": 200, "/app/del.php": 200,
    "/app/thumb.php?img=/i/2025/07/01/gsb1i5-0.jpg": 200, "/app/hide.php": 200, "/app/down.php?dw=/i/2025/07/01/gsb1i5-0.jpg": 200,
    "/app/info.php?img=/i/2025/07/01/gsb1i5-0.jpg": 200, "/app/list.php": 200, "/app/history.php": 200, "/app/captcha.php": 200, "/app/bing.php": 200,
    "/app/reset_password.php": 200, "/app/DMCA.php": 200, "/admin/index.php": 200, "/admin/": 200, "/admin/terms.php": 200, "/install/index.php": 302,
    "/admin/admin.inc.php": 200, "/admin/chart.php": 302, "/admin/manager.php": 200, "/admin/filer.php": 200, "/app/viewlog.php": 200,
    "/app/compressing.php": 200, "/config/config.php": 200, "/admin/logs/upload/2025-07.php": 200,
}
PROGRAMS_GONE = {
    "/config/config.php": "was run by PHP, never shown", "/admin/logs/upload/2025-07.php": "was run by PHP, never shown",
}


def plant(folder):
    """Puts these files beside those of the sample."""
    for name, content in [*((name, content) for name, (_, content) in SERVED.items()), *((name, b"canary-of-this-test") for name in LEFT)]:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    if not (folder / "linked.txt").is_symlink():
        (folder / "linked.txt").symlink_to("/etc/passwd")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@contextlib.contextmanager
def plain_server(folder):
    """Any web server that sends the files of a folder, as the old one did, but for PHP."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def answered_before(folder):
    """Address: (status, body), of all that a visitor could ask for."""
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and path.suffix != ".php")
    folders = sorted({name.removesuffix("index.html") for name in names if name.endswith("/index.html")})
    with plain_server(folder) as server:
        answers = {"/" + urllib.parse.quote(name): requests.get(f"{server}/{urllib.parse.quote(name)}", timeout=60) for name in names + folders}
    found = {address: (answer.status_code, answer.content) for address, answer in answers.items()}
    return {**found, **{address: (status, None) for address, status in PROGRAMS.items()}}


def reason(address):
    """Why an address need not answer any more; nil if it must."""
    name = urllib.parse.unquote(address[1:])
    if address in PROGRAMS_GONE or name in LEFT:
        return PROGRAMS_GONE.get(address) or LEFT[name]
    folder = next((LEFT[left] for left in LEFT if left == name + "index.html"), None)
    return folder or next((why for start, why in TREE_GONE.items() if name.startswith(start)), None) or OTHERS.get(name)


# Of the sample itself.
OTHERS = {"config/install.lock": "part of EasyImages"}

# Address: {"before": status, "nginx": status, "apache": status}, filled by the test.
seen = {}


def table():
    """A line for each address: what it answered before, and what it answers now behind each web server."""
    rows = [("address", "before", "nginx", "Apache", "why")]
    for address, statuses in seen.items():
        rows.append((address, *(str(statuses.get(name, "")) for name in ("before", "nginx", "apache")), reason(address) or ""))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    gone = sum(bool(reason(address)) for address in seen)
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]
    return lines + [f"{len(seen)} addresses answered before; {len(seen) - gone} go on, {gone} do not"]
