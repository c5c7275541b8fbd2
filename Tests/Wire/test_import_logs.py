# Large logs and configuration files need little memory: a log is read entry by entry, and what is read as a whole is bounded.

import json
import os
import subprocess
import sys

import pytest

from old_desk import Desk
from old_site import SAMPLE
from running_site import binaries

MEGABYTE = 1 << 20
# A small process, whose own memory does not count: what the kernel says is the largest of what ran in the child.
METER = """
import os, sys
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(child, 0)
print(usage.ru_maxrss * 1024, file=sys.stderr)
sys.exit(os.waitstatus_to_exitcode(status))
"""


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path).setup()


def measured(desk, *options):
    """The report, and the largest resident size of the import in MB."""
    done = subprocess.run([sys.executable, "-S", "-c", METER, binaries() / "imagebed", "import", "easyimages", desk.old, "--json", *options,
                           "--data", desk.data], capture_output=True, text=True, timeout=1200)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), int(done.stderr.split()[-1]) / MEGABYTE


def entry(number, path, lines):
    agent = f"Mozilla/5.0 (X11; Linux x86_64; rv:{number}) " + "Gecko/20100101 " * 120
    if lines:
        return json.dumps({"source": f"photo {number}.jpg", "date": "2025-07-01 10:15:00", "ip": "192.0.2.7", "user_agent": agent, "path": path, "from": "web"}) + "\n"
    return (f"\t'{number}.jpg'=>Array\n\t\t(\n\t\t'source'=>'photo {number}.jpg',\n\t\t'date'=>'2025-07-01 10:15:00',\n\t\t'ip'=>'192.0.2.7',\n"
            f"\t\t'port'=>4711,\n\t\t'user_agent'=>'{agent}',\n\t\t'path'=>'{path}',\n\t\t'size'=>'1KB',\n\t\t'md5'=>'',\n\t\t'checkImg'=>'OFF',\n\t\t'from'=>'web'\n\t\t),\n")


@pytest.mark.parametrize("lines", [False, True], ids=["array", "lines"])
def test_a_log_of_50_MB_needs_less_than_64_MB(desk, lines):
    picture = (SAMPLE / "i/2025/07/01/gsb9xo-2.png").read_bytes()
    folder = desk.old / "i/2024/01"
    folder.mkdir(parents=True)
    with open(desk.old / "admin/logs/upload/2024-01.php", "w") as log:
        log.write("<?php /* x */ exit;?>\n" if lines else "<?php\r\n$logs=Array\n\t(\n")
        count = 0
        while log.tell() < 50 * MEGABYTE:
            log.write(entry(count, f"/i/2024/01/{count}.png", lines))
            if count % 100 == 0:
                (folder / f"{count}.png").write_bytes(picture)
            count += 1
        log.write("" if lines else "\t);")
    rehearsed, dry = measured(desk, "--dry-run")
    report, memory = measured(desk)
    found = (count + 99) // 100
    assert rehearsed["logs"] == report["logs"]
    assert (report["logs"]["lines"], report["logs"]["matched"], report["files"]["added"]) == (count + 26, found + 24, found + 24)
    print(f"{count} entries: {memory:.1f} MB, dry run {dry:.1f} MB")
    assert memory < 64 and dry < 64
    last = (found - 1) * 100
    assert desk.rows(f"SELECT original_name, address FROM file JOIN upload_record ON file_id = id WHERE path = '2024/01/{last}.png'") == [
        {"original_name": f"photo {last}.jpg", "address": "192.0.2.7"}]
    assert (desk.data / "easyimages/admin/logs/upload/2024-01.php").read_bytes() == (desk.old / "admin/logs/upload/2024-01.php").read_bytes()


def test_counters_of_many_addresses_need_little_memory(desk):
    with open(desk.old / "admin/logs/ipcounts/2025-08-01.php", "w") as file:
        file.write("<?php\r\n$ipcounts=Array\n\t(\n" + ",\n".join(f"\t'10.{n >> 16}.{n >> 8 & 255}.{n & 255}'=>{n % 9 + 1}" for n in range(20_000)) + "\n\t);")
    report, memory = measured(desk)
    assert (report["counters"]["days"], report["counters"]["addresses"]) == (5, 20_004) and memory < 64


def test_a_log_that_PHP_cannot_have_written_is_told_and_not_copied(desk):
    with open(desk.old / "admin/logs/upload/2024-01.php", "wb") as log:
        log.write(b"<?php $logs=Array(")
        os.ftruncate(log.fileno(), 65 * MEGABYTE)
    report = desk.take()
    assert report["logs"]["unreadable_files"] == ["admin/logs/upload/2024-01.php: the file has more than 64 MB"]
    assert report["files"]["added"] == 24 and not (desk.data / "easyimages/admin/logs/upload/2024-01.php").exists()


@pytest.mark.parametrize("name, content, words", [
    ("config/config.php", "<?php $config=['path'=>'/i/','domain'=>'http://a.test','x'=>'" + "y" * (9 * MEGABYTE) + "'];", "has more than 8 MB"),
    ("config/api_key.php", "<?php $tokenList=[" + "1," * 250_000 + "];", "there are more than 200000 items"),
])
def test_configuration_files_are_bounded(desk, name, content, words):
    (desk.old / name).write_text(content)
    assert words in desk.refusal()


def test_large_configuration_within_the_bounds_needs_little_memory(desk):
    """8 MB of settings, and 40,000 tokens."""
    desk.edit("config/config.php", "'tips'=>", f"'of_a_plugin'=>'{'y' * (7 * MEGABYTE)}',\n\t'tips'=>")
    tokens = ",".join(f"'token{number:05}'=>Array('id'=>{number},'expired'=>1,'add_time'=>1)" for number in range(40_000))
    (desk.old / "config/api_key.php").write_text(f"<?php $tokenList=Array({tokens});")
    report, memory = measured(desk, "--dry-run")
    print(f"{memory:.1f} MB")
    assert len(report["tokens"]) == 40_000 and memory < 96
