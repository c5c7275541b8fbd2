# An EasyImages site in each layout (layouts.py) changes hands and comes back, by the commands of docs/easyimages.md: a dry run, the
# takeover, the way back, with every recorded address asked for before, in between and afterwards, and with requests at every moment.

import json
import re
import shlex

import pytest

import replay
from addresses import addresses
from layouts import FUNCTIONS, HERE, layouts
from machine import Machine

SAMPLE = HERE.parent / "Data/easyimages"
#: Rows of every recorded address, and how many requests of each kind there were meanwhile, by layout; conftest.py prints them.
TABLES, REQUESTS = {}, {}


class Run:
    """What a layout's machine said, by its steps."""

    def __init__(self, layout, out, err):
        self.layout, self.err = layout, err
        self.steps = dict(re.findall(r"^==== ([a-z ]+)\n(.*?)(?=^==== |\Z)", out, re.MULTILINE | re.DOTALL))

    def said(self, step):
        """What a step said that came to its end without a failure."""
        failed = next((name for name, text in self.steps.items() if not text.endswith("status 0\n")), "")
        assert not failed or failed == step or step in self.steps, f"{step} did not come, because this failed: {failed}"
        assert step in self.steps, f"{step} did not come: {self.err[-2000:]}"
        text, _, status = self.steps[step].rstrip().rpartition("status ")
        assert status == "0", f"{step} failed with {status}:\n{text[-4000:]}"
        return text

    def recording(self, step):
        return [json.loads(line) for line in self.said(step).splitlines() if line.startswith("{")]


# Until the doctor speaks of the file that was saved; the web server may still be reading its configuration.
NOTICE = """end=$((SECONDS + 60))
    while [ $SECONDS -lt $end ]; do imagebed doctor > /tmp/doctor || true; ! grep 'another server block' /tmp/doctor || break; done
    cat /tmp/doctor"""
# The command of the refusal by which what was saved counts.
CHOICE = "eval \"$(sed -n 's/^ *\\(sudo rm [^ ]*\\) .*/\\1/p' /tmp/refusal)\""


def steps(layout):
    """What is done, one after the other: (name, commands, what is waited for afterwards)."""
    ask, back = f"python3 /tmp/tests/replay.py {layout.site} /tmp/easyimages {layout.pictures}", layout.commands("Way back")
    yield "record before", ask, "state > /tmp/state"
    yield "dry run", layout.commands("Dry run"), ""
    yield "changes", "state | diff /tmp/state -", f"""
        python3 /tmp/tests/probes.py {layout.site} /tmp/easyimages /tmp/stop {layout.other} > /tmp/probes 2>&1 & probes=$!
        until [ -s /tmp/stop.uploads ] || ! kill -0 $probes; do sleep 0.1; done"""
    yield "takeover", layout.commands("Takeover"), f"until_php {layout.site} not"
    if layout.commands("Then"):
        yield "then", layout.commands("Then"), ""
    yield "record after", ask, ""
    yield "known", f"python3 /tmp/tests/known.py {layout.site} /tmp/stop.uploads", ""
    yield "doctor", "imagebed doctor", ""
    if layout.saves:
        yield "save", layout.saves, ""
        yield "notice", NOTICE, ""
    if layout.differs:
        yield "refusal", f"if ({back}) > /tmp/refusal 2>&1; then echo went on; fi; cat /tmp/refusal", ""
        yield "choice", CHOICE, ""
    yield "way back", back, f"until_php {layout.site}"
    yield "record back", ask, "touch /tmp/stop; wait $probes"
    yield "probes", "cat /tmp/probes", ""


def script(layout):
    said = [f"step {shlex.quote(name)} {shlex.quote(commands)}\n{wait}\n" for name, commands, wait in steps(layout)]
    return FUNCTIONS + layout.setup + "\n" + "".join(said)


@pytest.fixture(scope="module", params=layouts(), ids=lambda layout: layout.name)
def run(request, tmp_path_factory, brought, why_not):
    if why_not:
        pytest.skip(why_not)
    machine = Machine(tmp_path_factory.mktemp(request.param.name), brought)
    machine.bring(HERE, "tests")
    machine.bring_php()
    if request.param.web == "apache":
        machine.bring_apache()
    machine.show_changes()
    done = machine.run(script(request.param), check=False)
    return Run(request.param, done.stdout, done.stderr)


def test_a_dry_run_says_what_would_be_done_and_changes_nothing(run):
    assert "would" in run.said("dry run") and "nothing was changed" in run.said("dry run")
    assert run.said("changes").strip() == ""


def test_the_takeover(run):
    said = run.said("takeover")
    assert ("proxy_pass" if run.layout.proxied else run.layout.site) in said, said
    assert "problem" not in run.said("doctor"), run.said("doctor")


def test_every_address_answers_as_before(run):
    """Or is different on purpose, for a reason that stands in addresses.py."""
    meant = {address.name: (address.status, address.why) for address in addresses(SAMPLE) if address.kind == "changed"}
    before = [line for line in run.recording("record before") if run.layout.has_root or line["kind"] != "root"]
    rows, wrong = replay.compare(before, run.recording("record after"), meant)
    TABLES[run.layout.name] = rows
    assert not wrong, "\n".join(" | ".join(row) for row, _, _ in wrong)
    assert len(rows) > 120 and not any("<?php" in line["text"] for line in run.recording("record after"))


def test_nothing_that_php_took_meanwhile_is_unknown(run):
    known = json.loads(run.said("known"))
    assert known["unknown"] == [] and known["taken by php"] > 0, known


def test_a_file_that_somebody_saves_is_noticed_and_not_lost(run):
    """The doctor says so. Where it says something else, the way back shows both files, and goes on when one of them is removed."""
    if not run.layout.saves:
        pytest.skip("no file of this layout is put aside")
    name = run.layout.site.partition("://")[2]
    assert "another server block" in run.said("notice") and name in run.said("notice")
    if run.layout.differs:
        refusal = run.said("refusal")
        assert "nothing was changed" in refusal and "went on" not in refusal and re.search(r"^\+", refusal, re.MULTILINE), refusal


def test_every_address_is_as_it_was_after_the_way_back(run):
    assert run.layout.proxied or run.layout.site in run.said("way back"), run.said("way back")
    rows, wrong = replay.compare_same(run.recording("record before"), run.recording("record back"))
    assert rows and not wrong, "\n".join(" | ".join(row) for row, _, _ in wrong)


def test_no_request_fails_meanwhile(run):
    """Those for pictures, uploads, and another PHP site of the machine."""
    *failures, end = run.said("probes").splitlines()
    counted = json.loads(end)
    assert not failures, "\n".join(failures[:20])
    assert min(counted["counts"][kind] for kind in ["picture", "other site", "upload"]) > 5, end
    assert 0 < counted["by php"] < counted["counts"]["upload"], end
    REQUESTS[run.layout.name] = end
