# Conversions of uploads to WebP by four clients against `cwebp -m 4` on all cores, at the same quality: how many a second, and how evenly.

import concurrent.futures
import itertools
import os
import statistics
import subprocess
import time

import load
import photographs
import raw
from running_site import Site
from table import in_turns

CLIENTS = 4
# Of each turn, for both.
PICTURES = 40
TURNS = 5


def measure(table):
    content = photographs.of_size(2560, 1600)
    source = load.temporary(content)
    body = raw.form([raw.part("image", content, "photograph.jpg", "image/jpeg")])
    took = []
    try:
        with Site() as site, site.setting(convert_format="webp", convert_always="on"):
            watches = [load.Stopwatch(site.url) for _ in range(CLIENTS)]
            headers = {"Content-Type": f"multipart/form-data; boundary={raw.BOUNDARY}", "X-API-Key": site.key}

            def upload(number):
                return watches[number].seconds(site.prefix + "/api/v1/upload.php", "POST", body, headers)

            table.ratios(f"WebP of 2560 x 1600 by {CLIENTS} clients, against cwebp on all cores",
                         *in_turns(TURNS, lambda: rate(CLIENTS, upload, took), lambda: rate(os.cpu_count(), lambda _: cwebp(source), [])), "1/s",
                         at_least=0.9)
    finally:
        source.unlink()
    took.sort()
    table.ratio("WebP, the 99th percentile against the median", took[len(took) * 99 // 100] * 1000, statistics.median(took) * 1000, "ms", at_most=3)


def rate(workers, action, took):
    """How many a second, by so many that do one after the other; how long each took is added to `took`."""
    left = itertools.repeat(None, PICTURES)
    start = time.perf_counter()

    def work(number):
        return [action(number) for _ in left]

    with concurrent.futures.ThreadPoolExecutor(workers) as threads:
        for found in threads.map(work, range(workers)):
            took += found
    return PICTURES / (time.perf_counter() - start)


def cwebp(source):
    subprocess.run(["cwebp", "-quiet", "-m", "4", "-q", "80", source, "-o", "/dev/null"], check=True)
