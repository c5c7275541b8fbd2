# The token that came with every EasyImages site: counted, and refused, replaced or kept for a while, as the operator decides.

import datetime
import json
import os
import pty
import subprocess

import pytest

import pictures
from accounts import session_of
from client import Client
from old_desk import Desk
from old_forms import OldClient, failed, succeeded
from old_site import OldSite
from running_site import PATIENCE, binaries

DEFAULT = "1c17b11693cb5ec63859b091c5b9c1b2"
# The token with the id 0 of the sample install, which many of its uploads have in their names (-0).
SAMPLES_OWN = "5f0c1a7b3e9d4826a1c4e7f092b35d68"


def day(days):
    return (datetime.date.today() + datetime.timedelta(days)).isoformat()


def with_default_token(desk):
    desk.edit("config/api_key.php", SAMPLES_OWN, DEFAULT)
    return desk.setup()


@pytest.fixture
def desk(tmp_path):
    return with_default_token(Desk(tmp_path))


def uses_in_sample(desk):
    log = (desk.old / "admin/logs/upload/2025-07.php").read_text()
    names = [line.split("'")[1] for line in log.splitlines() if line.endswith("=>Array")]
    return sum(name.rpartition(".")[0].removesuffix("_1").endswith("-0") for name in names)


def keys(desk):
    return json.loads(desk.run("key", "list", "--json"))


def finding(desk):
    return {each["subject"]: each for each in json.loads(desk.call("doctor", "--json").stdout)}.get("default token")


def test_without_a_decision_it_is_refused_and_told_everywhere(desk):
    report = desk.take()
    count = uses_in_sample(desk)
    assert count > 3 and report["default_token"] == {
        "uses": count, "last_use": report["default_token"]["last_use"], "choice": None, "key": None, "until": None}
    assert datetime.date.fromtimestamp(report["default_token"]["last_use"]).isoformat()[:7] == "2025-07"
    assert report["tokens"][0] == {"starts_with": "1c17", "id": 0, "expires_at": 4116536100, "expired": False, "state": "refused"}
    warning, = [warning for warning in report["warnings"] if DEFAULT in warning]
    assert f"{count} uploads in the old logs used it, the last on 2025-07-" in warning and "--default-token replace" in warning
    assert len(keys(desk)) == 2
    found = finding(desk)
    assert found["level"] == "warning" and f"{count} uploads" in found["says"] and "--default-token" in found["advice"]


def test_logs_that_record_nothing_are_not_taken_for_no_use(desk):
    (desk.old / "admin/logs/upload/2025-07.php").unlink()
    report = desk.take()
    assert report["default_token"]["uses"] is None
    assert any("nothing tells how often it was used" in warning for warning in report["warnings"])
    assert finding(desk)["level"] == "warning"


def test_what_nobody_used_needs_no_decision(tmp_path):
    desk = Desk(tmp_path)
    desk.edit("config/api_key.php", "'09d7b6c2f4a81e3570bd924c6ea8f113'", f"'{DEFAULT}'=>Array('id'=>7,'expired'=>4116536100),'09d7b6c2f4a81e3570bd924c6ea8f113'")
    report = desk.setup().take()
    assert report["default_token"]["uses"] == 0 and finding(desk)["level"] == "ok"
    assert any("No upload in the old logs used it" in warning for warning in report["warnings"])


def test_a_site_without_it_hears_nothing(tmp_path):
    desk = Desk(tmp_path).setup()
    assert desk.take()["default_token"] is None and finding(desk) is None


def test_refused_by_decision(desk):
    report = desk.take("--default-token", "refuse")
    assert report["default_token"]["choice"] == "refuse" and len(keys(desk)) == 2 and finding(desk)["level"] == "ok"
    # The decision stays.
    assert desk.take()["default_token"]["choice"] == "refuse"


def test_replaced(desk):
    report = desk.take("--default-token", "replace")
    token = report["default_token"]
    assert report["tokens"][0]["state"] == "replaced" and token["choice"] == "replace" and token["new_token"].startswith("ib_")
    made, = [key for key in keys(desk) if key["id"] == token["key"]]
    assert made["scopes"] == ["upload"] and made["account"] == "keeper"
    assert finding(desk)["level"] == "ok" and f"key {token['key']}" in finding(desk)["says"]
    # It is made and shown once.
    for options in ([], ["--default-token", "replace"]):
        again = desk.take(*options)["default_token"]
        assert "new_token" not in again and again["key"] == token["key"]
    desk.run("key", "revoke", token["key"])
    assert desk.take("--default-token", "replace")["default_token"]["key"] != token["key"]


def test_replaced_is_told_in_words(desk):
    said = desk.run("import", "easyimages", desk.old, "--default-token", "replace")
    assert "new token in the place of the default one, shown this once: ib_" in said and "ShareX" in said


def test_kept_until_a_day(desk):
    report = desk.take("--default-token", "keep-until", day(30))
    assert report["tokens"][0]["state"] == "kept" and report["default_token"]["choice"] == "keep"
    key, = [key for key in keys(desk) if key["id"] == report["default_token"]["key"]]
    # Until the end of that day in the site's zone.
    assert key["expires_at"] == f"{day(30)} 23:59:59" and key["number"] == 0
    found = finding(desk)
    assert found["level"] == "warning" and f"until {day(30)}; 0 uploads used it here" in found["says"]
    assert desk.take()["tokens"][0]["state"] == "kept"
    # Another day, an end, and once more.
    desk.take("--default-token=keep-until", day(10))
    assert [each["expires_at"] for each in keys(desk) if each["id"] == key["id"]] == [f"{day(10)} 23:59:59"]
    assert desk.take("--default-token", "refuse")["tokens"][0]["state"] == "refused"
    assert [each["revoked_at"] is None for each in keys(desk) if each["id"] == key["id"]] == [False]
    desk.take("--default-token", "keep-until", day(3))
    assert [each["revoked_at"] for each in keys(desk) if each["id"] == key["id"]] == [None]
    desk.rows(f"UPDATE api_key SET expires_at = 1 WHERE id = {key['id']}")
    assert finding(desk)["level"] == "ok" and "has ended" in finding(desk)["says"]


@pytest.mark.parametrize("words, message", [
    (["keep-until", day(-3)], "a day from"), (["keep-until", day(400)], "a day from"), (["keep-until", "2027-02-30"], "is refuse, replace or keep-until"),
    (["keep-until"], "is refuse, replace or keep-until"), (["perhaps"], "is refuse, replace or keep-until"),
])
def test_what_is_no_decision_changes_nothing(desk, words, message):
    assert message in desk.refusal("--default-token", *words)
    assert not (desk.data / "easyimages").exists() and keys(desk) == []


def answered(desk, *lines):
    """What an import says that asks a terminal, which answers with these lines."""
    terminal, end = pty.openpty()
    os.write(terminal, "".join(line + "\n" for line in lines).encode())
    try:
        done = subprocess.run([binaries() / "imagebed", "import", "easyimages", desk.old, "--json", "--data", desk.data], stdin=end, text=True,
                              capture_output=True, timeout=PATIENCE)
    finally:
        os.close(terminal)
        os.close(end)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["default_token"], done.stderr


def test_a_terminal_is_asked(desk):
    token, said = answered(desk, "what?", f"keep-until {day(900)}", f"keep-until {day(20)}")
    assert token["choice"] == "keep" and said.count("What shall become of it?") == 3
    assert f"{uses_in_sample(desk)} uploads in its logs used it" in said
    # Once.
    token, said = answered(desk)
    assert token["choice"] == "keep" and "What shall" not in said


def test_no_answer_is_no_decision(desk):
    token, said = answered(desk, "")
    assert token["choice"] is None and said.count("What shall become of it?") == 1
    # Nor is a dry run asked.
    assert "What shall" not in desk.call("import", "easyimages", desk.old, "--dry-run").stderr


@pytest.fixture(scope="module")
def kept_site():
    site = OldSite()
    file = site.old / "config/api_key.php"
    file.write_text(file.read_text().replace(SAMPLES_OWN, DEFAULT))
    with site:
        yield site


def test_what_it_opens(kept_site):
    client = OldClient(kept_site, DEFAULT)
    assert failed(client.api(pictures.jpeg()))["code"] == 202

    def decide(*words):
        kept_site.imagebed("import", "easyimages", str(kept_site.old), "--default-token", *words)

    decide("keep-until", day(20))
    assert succeeded(client.api(pictures.jpeg()))["id"] == 0
    found = {each["subject"]: each for each in json.loads(kept_site.imagebed("doctor", "--json").stdout)}["default token"]
    assert "1 uploads used it here, the last on " in found["says"]
    kept_site.query("UPDATE api_key SET expires_at = 1 WHERE number = 0")
    assert failed(client.api(pictures.jpeg()))["code"] == 203
    decide("refuse")
    assert failed(client.api(pictures.jpeg()))["code"] == 202


def test_the_administrators_first_page_tells_it(kept_site):
    """As a notice, until somebody has decided; to nobody else."""
    record = kept_site.data / "easyimages/default-token"
    former = record.read_text()
    record.write_text(f"token {DEFAULT}\nuses 412\nlast 1751336100\n")
    try:
        client = Client(kept_site)
        seen = {name: client.get("/user/index.php", cookies=session_of(kept_site, name)).text for name in ("keeper", "anna")}
        assert 'id="notice"' in seen["keeper"] and DEFAULT in seen["keeper"] and "412" in seen["keeper"]
        assert DEFAULT not in seen["anna"] and DEFAULT not in Client(kept_site).get("/app/list.php").text
        record.write_text(former)
        assert 'id="notice"' not in client.get("/user/index.php", cookies=session_of(kept_site, "keeper")).text
    finally:
        record.write_text(former)
