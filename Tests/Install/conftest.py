# The tests of the installer start sites as the wire tests do, and take that from there.

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Wire"))

from machine import ROOT, brought, machine, why_not  # noqa: E402, F401
from script import own_units, units  # noqa: E402, F401


def pytest_terminal_summary(terminalreporter):
    """Every recorded address of a replaced site with what it answers before and after: one table, and what other layouts differ in."""
    tests = sys.modules.get("test_layouts")
    tables, requests = getattr(tests, "TABLES", {}), getattr(tests, "REQUESTS", {})
    printed, lines = set(), []
    for layout, rows in tables.items():
        lines += ["", f"{layout}: {len(rows)} addresses; meanwhile {requests.get(layout, 'nothing')}", "", "| address | before | after | |", "| --- | --- | --- | --- |"]
        lines += [f"| {' | '.join(row)} |" for row in rows if row not in printed]
        printed |= set(rows)
    if not lines:
        return
    kept = ROOT / ".build-tests/easyimages-addresses.md"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("# Recorded addresses of a replaced site\n\nRows that an earlier layout has too are left out.\n" + "\n".join(lines) + "\n")
    terminalreporter.section("recorded addresses of a replaced site: before, and after the takeover")
    for line in lines:
        terminalreporter.write_line(line)
