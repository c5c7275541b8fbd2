# Resident memory of every responder: idle, after 1,000 uploads, and while 500 MB come in.

import pathlib
import struct
import subprocess
import tempfile
import time

import photographs
from client import Client
from running_site import binaries, Site, at_once

# Those that the table of paths names.
NAMES = sorted(line.split()[0] for line in subprocess.check_output([binaries() / "imagebed", "paths", "--responders"], text=True).splitlines())
MEGABYTE = 1 << 20


def measure(table):
    with Site() as site:
        client = Client(site)
        for name in NAMES:
            table.value(f"{name}, idle", largest(site, name, "VmRSS"), "MB", at_most=12)
        thousand_uploads(site, client)
        for name in NAMES:
            table.value(f"{name}, after 1,000 uploads", largest(site, name, "VmRSS"), "MB")
        waiting(table, site, client)
        video(site, table)


def waiting(table, site, client):
    """What a worker holds that waits for the next thumbnail; its libraries are shared by all."""
    client.get(client.uploaded(photographs.of_size(800, 600))["thumb"])
    time.sleep(2)
    for process in site.responders("picture"):
        table.value("picture worker that waits, of its own", read(process, "RssAnon") / MEGABYTE, "MB", at_most=4)


def largest(site, name, field):
    """The largest of the processes of this name, in MB."""
    return max(read(process, field) for process in site.responders(name)) / MEGABYTE


def read(process, field):
    with open(f"/proc/{process}/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith(field + ":"))


def peak(process, before):
    """Its largest memory until now, in MB; what was known before, when it has ended."""
    try:
        return read(process, "VmHWM") / MEGABYTE
    except (StopIteration, FileNotFoundError):
        return before


def thousand_uploads(site, client):
    content = photographs.of_bytes(265_000)
    answers = [answer for _ in range(125) for answer in at_once(8, lambda _: Client(site).uploaded(content))]
    for answer in answers[:50]:
        client.get(answer["thumb"]), client.list(), client.get(answer["del"]), client.get("/api/v1/stats.php")


def video(site, table):
    site.imagebed("settings", "set", "video_max_bytes", "600MB")
    site.reload_web_server()
    with tempfile.TemporaryDirectory() as folder:
        path = large_video(pathlib.Path(folder))
        before = {process: read(process, "VmRSS") for process in site.responders("upload")}
        for process in before:
            # Sets the peak back to the present (proc_pid_clear_refs(5)).
            pathlib.Path(f"/proc/{process}/clear_refs").write_text("5")
        told = subprocess.run(["curl", "-s", "-w", "%{http_code}", "-o", "/dev/null", "-H", f"X-API-Key: {site.key}",
                               "-F", f"file=@{path}", site.url + "/api/v1/upload.php"], capture_output=True, text=True).stdout
        assert told == "200", f"the video was answered {told}"
    added = max(read(process, "VmHWM") - before[process] for process in before) / MEGABYTE
    table.value("upload, added while 500 MB came in", added, "MB", at_most=8)


def large_video(folder):
    """A short video and a free box of 500 MB, as editors leave room."""
    path = folder / "large.mp4"
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=size=320x240:rate=10:duration=2", "-c:v", "mpeg4", path],
                   check=True, stdin=subprocess.DEVNULL)
    with open(path, "ab") as file:
        file.write(struct.pack(">I4s", 500 * MEGABYTE, b"free"))
        file.truncate(file.tell() + 500 * MEGABYTE - 8)
    return path
