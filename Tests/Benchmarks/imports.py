# An EasyImages site of 100,000 pictures with their logs taken over, and the same import again, which finds all of it known.

import json
import pathlib
import shutil
import subprocess
import tempfile
import time

from old_site import SAMPLE, copy_of_sample
from running_site import binaries

COUNT, PER_DAY = 100_000, 1_000
AT_LEAST = 3_000
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
        seconds, report = timed("import", "easyimages", str(site), "--json", "--data", data)
        assert report["files"]["added"] >= COUNT and report["logs"]["matched"] >= COUNT, report["files"]
        table.row(f"import of {COUNT:,} pictures with their logs", f"{seconds:.1f} s", COUNT / seconds, "1/s", AT_LEAST, None)
        seconds, report = timed("import", "easyimages", str(site), "--json", "--data", data)
        assert report["files"]["added"] == 0, report["files"]
        table.row("the same again", f"{seconds:.1f} s", COUNT / seconds, "1/s", AT_LEAST, None)
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


def timed(*arguments):
    start = time.monotonic()
    output = run(*arguments)
    return time.monotonic() - start, json.loads(output)


def run(*arguments):
    return subprocess.run([binaries() / "imagebed", *arguments], capture_output=True, text=True, check=True).stdout
