# A second import tells what the old site has not any more, and ends it with --settings; never where the tree itself seems to be missing.

import json
import shutil

import pytest

import counted
from old_desk import Desk, everything
from old_site import SAMPLE, TOKENS

GONE = ["2025/07/01/gsb1i5-0.jpg", "anna/2025/07/04/u8cmi0.jpg"]
TOKEN = TOKENS[2]


@pytest.fixture
def desk(tmp_path):
    taken = Desk(tmp_path).setup()
    taken.take()
    return taken


def lose(desk):
    """Two pictures and a token."""
    for path in GONE:
        (desk.old / "i" / path).unlink()
    text = (desk.old / "config/api_key.php").read_text()
    start = text.index(f"'{TOKEN}'")
    (desk.old / "config/api_key.php").write_text(text[:start] + text[text.index(")", start) + 1:].lstrip(","))
    assert TOKEN not in (desk.old / "config/api_key.php").read_text()


def states(desk):
    return {row["path"]: row["state"] for row in desk.rows("SELECT path, state FROM file")}


def revoked(desk):
    return [row["number"] for row in desk.rows("SELECT number FROM api_key WHERE revoked_at IS NOT NULL")]


TOLD = {"files": 2, "examples": GONE, "tokens": [{"id": 2, "starts_with": TOKEN[:4]}], "ended": False, "obstacle": None}


def test_what_is_gone_is_told_and_stays(desk):
    lose(desk)
    before = states(desk)
    assert desk.take("--dry-run")["gone"] == TOLD and desk.take()["gone"] == TOLD and desk.take()["gone"] == TOLD
    assert states(desk) == before and revoked(desk) == []
    said = desk.run("import", "easyimages", desk.old)
    assert f"gone from the old site: 2 pictures, such as {GONE[0]}, {GONE[1]}; the tokens 2 ({TOKEN[:4]}…); they stay here: --settings ends them" in said


def test_with_settings_it_is_ended(desk):
    lose(desk)
    before = everything(desk.folder)
    assert desk.take("--dry-run", "--settings")["gone"] == {**TOLD, "ended": True}
    assert everything(desk.folder) == before
    assert desk.take("--settings")["gone"] == {**TOLD, "ended": True}
    assert revoked(desk) == [2]
    assert {path for path, state in states(desk).items() if state == 2 and path in GONE} == set(GONE)
    assert desk.rows(counted.LISTED_PICTURES) == [{"value": 22}]
    assert desk.take("--settings")["gone"] == {"files": 0, "examples": [], "tokens": [], "ended": False, "obstacle": None}
    # As of any deleted file, the row goes later.
    assert json.loads(desk.call("gc", "--recycle-days", "0", "--json").stdout)["failures"] == []
    assert not set(GONE) & set(states(desk))


def test_a_picture_that_comes_back_has_its_row_again(desk):
    lose(desk)
    desk.take("--settings")
    ids = desk.rows(f"SELECT id FROM file WHERE path = '{GONE[0]}'")
    shutil.copy(SAMPLE / "i" / GONE[0], desk.old / "i" / GONE[0])
    report = desk.take()
    assert (report["files"]["added"], report["files"]["known"], report["gone"]["files"]) == (0, 23, 0)
    assert desk.rows(f"SELECT id FROM file WHERE path = '{GONE[0]}' AND state = 0") == ids


def test_tokens_that_were_made_or_revoked_here_are_not_concerned(desk):
    desk.run("key", "create", "--user", "keeper", "--scopes", "upload")
    desk.run("key", "revoke", "1")
    lose(desk)
    assert [token["id"] for token in desk.take("--settings")["gone"]["tokens"]] == [2]
    assert revoked(desk) == [0, 2]


def test_a_missing_file_of_tokens_ends_none(desk):
    (desk.old / "config/api_key.php").unlink()
    report = desk.take("--settings")
    assert report["gone"]["tokens"] == [] and revoked(desk) == []
    assert any("config/api_key.php is missing: the 3 tokens" in warning for warning in report["warnings"])


def held(desk, *options):
    done = desk.call("import", "easyimages", desk.old, "--settings", "--json", *options)
    assert done.returncode == 1, done.stderr
    return json.loads(done.stdout)["gone"]


@pytest.mark.parametrize("options", [[], ["--yes"]])
def test_an_empty_tree_ends_nothing(desk, options):
    """As it looks when it is not mounted."""
    lose(desk)
    before = states(desk)
    (desk.old / "i").rename(desk.old / "j")
    (desk.old / "i/recycle").mkdir(parents=True)
    told = held(desk, *options)
    assert told["files"] == 24 and not told["ended"] and told["obstacle"] == f"nothing was ended, because {desk.old}/i is empty: mount what belongs there"
    assert states(desk) == before and revoked(desk) == []


def test_a_part_of_the_tree_that_is_not_there_ends_nothing_without_yes(desk):
    picture = (SAMPLE / "i/2025/07/01/gsb9xo-2.png").read_bytes()
    month = desk.old / "i/2024/01"
    month.mkdir(parents=True)
    for number in range(21):
        (month / f"{number}.png").write_bytes(picture)
    assert desk.take()["files"]["added"] == 21
    before = states(desk)
    shutil.rmtree(month)
    assert desk.take()["gone"]["files"] == 21
    told = held(desk)
    assert told["files"] == 21 and not told["ended"] and told["obstacle"].startswith("nothing was ended, because 21 of 45 pictures are gone, more than 20")
    assert states(desk) == before
    assert "nothing was ended" in desk.call("import", "easyimages", desk.old, "--settings").stdout
    assert desk.take("--settings", "--yes")["gone"]["ended"]
    assert sum(state == 2 for path, state in states(desk).items() if path.startswith("2024/")) == 21


def test_what_cannot_be_opened_is_not_gone(desk):
    (desk.old / "i/2025/07/01").rename(desk.old / "i/2025/07/01x")
    (desk.old / "i/2025/07/01").symlink_to("01")
    assert desk.take()["gone"]["files"] == 0


def test_nothing_is_gone_at_the_first_import(tmp_path):
    assert Desk(tmp_path).setup().take("--settings")["gone"] == {"files": 0, "examples": [], "tokens": [], "ended": False, "obstacle": None}
