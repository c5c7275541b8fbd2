# What the pages of accounts and administrators cost on a first visit: bytes over the wire, compressed, and requests. The number in the test's
# name is that of the design's acceptance check.

import pytest

from conftest import started
from site_pages import PAGES
from test_site import LOADED, enter

KILOBYTE = 1 << 10


@pytest.fixture(scope="module")
def site():
    """One that other tests have not filled."""
    yield from started("nginx")


# Kilobytes of style sheets. Then those of HTML and of scripts, and requests without those for pictures and
# what the browser shows outside of the page.
STYLE = 9
ACCOUNT, ADMINISTRATION = (8, 10, 9), (25, 8, 8)
BUDGETS = {
    **{name: ACCOUNT for name in ["account", "security", "json", "json-versions", "json-version", "json-comparison", "json-conflicts", "json-conflict", "json-devices",
                                  "users", "users-account", "users-keys", "users-waiting", "logs", "logs-sign-ins"]},
    **{name: ADMINISTRATION for name in ["statistics", "settings", "settings-one"]},
}
COST = '''
    const cost = {html: performance.getEntriesByType("navigation")[0].encodedBodySize, css: 0, js: 0, names: ["page"]};
    // (What was preloaded and is used then stands there twice.)
    for (const [name, size] of new Map(performance.getEntriesByType("resource").map(one => [new URL(one.name).pathname, one.encodedBodySize]))) {
        const kind = name.split(".").at(-1);
        if (["thumb.php", "favicon.svg", "manifest.webmanifest"].some(end => name.endsWith(end))) continue;
        cost.names.push(name);
        if (kind in cost) cost[kind] += size;
    }
    return cost;'''


@pytest.mark.parametrize("page", [page for page in PAGES if page.name in BUDGETS], ids=lambda page: page.name)
def test_20_a_first_visit(site, browser, page):
    html, scripts, requests = BUDGETS[page.name]
    enter(site, browser, page.who)
    browser.tell("Network.clearBrowserCache")
    browser.open(site.url + page.address.format(**site.places))
    browser.wait(LOADED)
    cost = browser.run(COST)
    told = f"HTML {cost['html']}, style {cost['css']}, scripts {cost['js']}: {' '.join(cost['names'])}"
    assert 0 < cost["html"] <= html * KILOBYTE and 0 < cost["js"], told
    # (Some pages have a sheet of their own, so that the others need not have it.)
    assert 0 < cost["css"] and cost["css"] + cost["js"] <= (STYLE + scripts) * KILOBYTE and len(cost["names"]) <= requests, told
