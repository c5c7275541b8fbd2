"""`imagebed verify` on a site that has made no backup, wherever its rows are; test_backup.py has what backups and restores need of it."""

from command_line import FAILED, empty, site  # noqa: F401 (fixtures)
from test_backup import A, B, filled  # noqa: F401 (a fixture)


def test_verify_looks_both_ways(filled):
    assert filled.json("verify", "--hashes") == {"rows": 3, "files": 3, "missing": [], "damaged": [], "unknown": []}
    (filled.data / "uploads" / A).unlink()
    (filled.data / "uploads" / B).write_bytes(b"short")
    (filled.data / "recycle/2023_01_cccccccccccc.png").unlink()
    done = filled.run("verify", code=FAILED)
    assert "2 missing, 1 damaged, 0 without a row" in done.stdout
    for path in [f"uploads/{A}", f"uploads/{B}", "recycle/2023_01_cccccccccccc.png"]:
        assert path in done.stderr


def test_verify_reads_contents_when_asked(filled):
    (filled.data / "uploads" / A).write_bytes(b"54321")
    assert filled.json("verify")["damaged"] == []
    assert filled.json("verify", "--hashes", code=FAILED)["damaged"] == [f"uploads/{A}"]
