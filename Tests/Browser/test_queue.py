# The upload page's modules without the page: tables of cases (cases/*.js) that run in Chromium.

import re

import pytest

from upload_stub import HERE, Stub

TABLES = ["queue", "answers", "files", "strength", "remembered"]


@pytest.mark.parametrize("table", TABLES)
def test_cases(browser, table):  # noqa: F811
    with Stub() as server:
        browser.open(server.url + f"/cases.html?{table}")
        told = browser.wait("window.told")[table]
    assert {name: failure for name, failure in told.items() if failure} == {}
    assert len(told) >= len(re.findall(r"\btest\(", (HERE / "cases" / f"{table}.js").read_text()))
