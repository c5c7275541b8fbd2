# An EasyImages site of 100,000 pictures (IMAGEBED_PICTURES: another number) with their logs taken over, and the same import again, which
# finds all of it known. The memory of both is bounded, however many pictures there are.

import json
import os
import pathlib
import select
import shutil
import subprocess
import tempfile
import time

import memory
from old_site import SAMPLE, copy_of_sample
from running_site import binaries

COUNT = int(os.environ.get("IMAGEBED_PICTURES", 100_000))
# Of a year of months of 25 days, so that no month's log is larger than an import reads.
PER_DAY = -(-COUNT // 300)
AT_LEAST = 3_000
MOST_MEMORY = 64
ENTRY = """'{name}'=>Array
		(
		'source'=>'photo {number}.jpg',
		'date'=>'{day} 10:15:00',
		'ip'=>'192.0.2.{host}',
		'port'=>57828,
		'user_agent'=>'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36',
		'path'=>'/i/{folder}/{name}',
		'size'=>'1.38KB',
		'md5'=>'b28a222809e5199ab3c72ae0338116c7',
		'checkImg'=>'OFF',
		'from'=>'web'
		)"""


def measure(table):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="imagebed-import-"))
    try:
        site = generate(folder / "old")
        data = str(folder / "var")
        run("setup", "--base-url", "http://img.example.org", "--data", data)
        for name, found in [(f"import of {COUNT:,} pictures with their logs", True), ("the same again", False)]:
            seconds, megabytes, report = measured("import", "easyimages", str(site), "--json", "--data", data)
            assert (report["files"]["added"] >= COUNT and report["logs"]["matched"] >= COUNT) == found, (report["files"], report["logs"])
            assert found or report["files"]["added"] == 0, report["files"]
            table.row(name, f"{seconds:.1f} s", COUNT / seconds, "1/s", AT_LEAST, None)
            table.value(f"{name}, memory", megabytes, "MB", at_most=MOST_MEMORY)
    finally:
        shutil.rmtree(folder)


def generate(folder, count=COUNT):
    """The sample install with many more days; every picture is a file of its own, of 1 to 30 KB."""
    copy_of_sample(folder)
    kinds = [path for path in sorted(SAMPLE.glob("i/2025/07/*/*")) if path.suffix in (".jpg", ".png", ".gif", ".webp")]
    bytes_ = [path.read_bytes() for path in kinds]
    months = {}
    for number in range(count):
        day = number // PER_DAY
        place = f"2024/{1 + day // 25:02}/{1 + day % 25:02}"
        home = folder / "i" / place
        if number % PER_DAY == 0:
            home.mkdir(parents=True)
        name = f"p{number:06}{kinds[number % len(kinds)].suffix}"
        (home / name).write_bytes(bytes_[number % len(kinds)] + b"%d" % number)
        entry = ENTRY.format(name=name, number=number, day=place.replace("/", "-"), folder=place, host=number % 250)
        months.setdefault(place[:7].replace("/", "-"), []).append(entry)
    for month, entries in months.items():
        text = "<?php\r\n$logs=Array\n\t(\n\t" + ",\n\t".join(entries) + "\n\t);"
        (folder / f"admin/logs/upload/{month}.php").write_text(text, newline="")
    return folder


def measured(*arguments):
    """Seconds, megabytes of memory at most, and what it reports."""
    start, peak = time.monotonic(), 0
    with subprocess.Popen([binaries() / "imagebed", *arguments], stdout=subprocess.PIPE, text=True) as process:
        # (What wait4(2) tells would count what this program needed itself, before the other took its place.)
        while not select.select([process.stdout], [], [], 0.1)[0]:
            peak = memory.peak(process.pid, peak)
        output = process.stdout.read()
    assert process.returncode == 0, output
    return time.monotonic() - start, peak, json.loads(output)


def run(*arguments):
    subprocess.run([binaries() / "imagebed", *arguments], stdout=subprocess.DEVNULL, check=True)
