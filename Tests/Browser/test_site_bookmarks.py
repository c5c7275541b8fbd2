# What people have as bookmarks from the site that was replaced, and the addresses of the new pages: each leads to a page, or to signing in
# and from there to it. The number in the tests' names is that of the design's acceptance check.

import pytest
import requests

from test_site import enter

SIGN_IN = "/user/login.php"
# Address: where a visitor ends, and where an administrator. None: the address itself, with a page.
PAGES = {
    "/": (SIGN_IN, None), "/index.php": (SIGN_IN, "/"), "/index.php?exif": (SIGN_IN, "/?exif"), "/install/": (SIGN_IN, "/"), "/install": (SIGN_IN, "/"),
    "/install/index.php": (SIGN_IN, "/"), "/install/install.php?step=2": (SIGN_IN, "/?step=2"),
    "/app/list.php": (None, None), "/app/list.php?date=2025/07/04/": (None, None), "/app/list.php?search=jpg&num=20&page=2": (None, None),
    "/application/list.php?date=2025/07/04/": (None, None), "/app/info.php?img={file}": (None, None), "/application/info.php?img={file}": (None, None),
    "/app/info.php?history={file}": (None, None), "/app/history.php": (None, None), "/application/history.php": (None, None),
    "/admin/terms.php": (None, None), "/app/DMCA.php": (None, None), "/api.php": (None, None),
    "/admin/index.php": (None, None), "/admin/": (None, None), "/admin": ("/admin/", "/admin/"), "/user/login.php": (None, None),
    "/admin/index.php?login=exit": (None, None), "/application/login.php": (None, None), "/application/logout.php": (None, None),
    # (It is closed.)
    "/user/register.php": (None, None),
    "/user/index.php": (SIGN_IN + "?back=/user/index.php", None), "/user/": (SIGN_IN + "?back=/user/", None), "/user": (SIGN_IN + "?back=/user/", "/user/"),
    "/admin/chart.php": (SIGN_IN + "?back=/admin/chart.php", None), "/admin/zui.chart.php": (SIGN_IN + "?back=/admin/chart.php", "/admin/chart.php"),
    "/admin/logs.php": (SIGN_IN + "?back=/admin/logs.php", None),
    "/app/viewlog.php?login_log": (SIGN_IN + "?back=/admin/logs.php%3Flogin_log", "/admin/logs.php?login_log"),
    **{path: (f"{SIGN_IN}?back={path}", None) for path in ["/user/files.php", "/user/json.php", "/admin/users.php"]},
    "/user/security.php": (SIGN_IN + "?back=/user/security.php", None),
    "/admin/settings.php": (SIGN_IN + "?back=/admin/settings.php", None), "/admin/admin.inc.php": (SIGN_IN + "?back=/admin/settings.php", "/admin/settings.php"),
    "/app/compressing.php": (SIGN_IN + "?back=/admin/settings.php", "/admin/settings.php"),
    "/app/reset_password.php": (SIGN_IN + "?back=/user/security.php", "/user/security.php"),
    "/admin/files.php": (SIGN_IN + "?back=/admin/files.php", None), "/admin/manager.php": (SIGN_IN + "?back=/admin/files.php", "/admin/files.php"),
    "/admin/filer.php?p=2025/07/04": (SIGN_IN + "?back=/admin/files.php%3Fp%3D2025/07/04", "/admin/files.php?p=2025/07/04"),
    "/404.html": (None, None), "/50x.html": (None, None),
}
# Statuses other than 200.
STATUS = {"/user/register.php": 403}
STATIC = {"/app/bing.php": "image/svg+xml", "/favicon.ico": "image/", "/favicon.svg": "image/svg+xml", "/icon-192.png": "image/png",
          "/icon-512.png": "image/png", "/manifest.webmanifest": "application/manifest+json"}
LOOK = '''return [location.pathname + location.search, document.contentType, document.querySelectorAll("h1").length,
    performance.getEntriesByType("navigation")[0].responseStatus, document.querySelector("h1")?.textContent ?? ""]'''


@pytest.mark.parametrize("who", ["visitor", "admin"])
def test_15_old_bookmarks_lead_to_a_page(either_site, browser, who):
    enter(either_site, browser, who)
    browser.run("localStorage.clear()")
    browser.allowed = ["status of 403"]
    wrong = []
    for address, ends in PAGES.items():
        address = address.format(**either_site.places)
        expected = ends[who == "admin"] or address
        browser.open(either_site.url + address)
        place, kind, headings, status, _ = browser.run(LOOK)
        if (place, kind, headings, status) != (expected, "text/html", 1, STATUS.get(address, 200)):
            wrong.append(f"{address}: {place} {kind} {headings} {status}")
    assert wrong == []


def test_15_files_that_old_themes_and_browsers_ask_for(either_site):
    for address, kind in STATIC.items():
        answer = requests.get(either_site.url + address, timeout=60)
        assert answer.status_code == 200 and answer.headers["Content-Type"].startswith(kind), address
