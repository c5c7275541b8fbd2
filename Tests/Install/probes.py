#!/usr/bin/env python3
"""Asks a site while it changes hands, until a file appears: probes.py SITE SAMPLE STOP-FILE OTHER

Every 20 ms for a stored picture, every 100 ms for OTHER, a page of another site of the machine, and every 300 ms there is an upload
with a token. Requests begin when their time has come, whatever became of those before them. STOP-FILE.uploads has a line of JSON for
each upload: when it ended, its address, the picture's digest, and whether PHP took it. In the end every picture that was taken is
asked for again. The output is a line for each failure, and a last one: how many there were of each kind, and the slowest.
"""

import hashlib
import json
import os
import sys
import threading
import time

from addresses import quoted, sample
from replay import ask, form, picture

lock = threading.Lock()
counts, slowest = {}, {}


def note(kind, begin, wrong):
    seconds = time.monotonic() - begin
    with lock:
        counts[kind] = counts.get(kind, 0) + 1
        slowest[kind] = max(slowest.get(kind, 0), round(seconds, 3))
        if wrong:
            print(f"failed {kind} after {seconds:.3f} s at {time.time():.3f}: {wrong}", flush=True)


def look(kind, action):
    begin = time.monotonic()
    try:
        action()
        wrong = ""
    except Exception as error:  # noqa: BLE001 (whatever it is, the probe failed)
        wrong = f"{type(error).__name__} {error}"
    note(kind, begin, wrong)


def expect(url, digest):
    response, content = ask(url)
    assert response.status == 200, f"status {response.status}: {content[:100]!r}"
    assert hashlib.sha256(content).hexdigest() == digest, f"another content: {content[:100]!r}"


def every(seconds, stop, kind, action, together):
    """Begins `action` again and again; where `together` is false only when the one before has ended."""
    begin, threads = time.monotonic(), []
    while not os.path.exists(stop):
        if together:
            threads.append(threading.Thread(target=look, args=(kind, action)))
            threads[-1].start()
        else:
            look(kind, action)
            threads.append(None)
        time.sleep(max(0, begin + len(threads) * seconds - time.monotonic()))
    for thread in filter(None, threads):
        thread.join()


def main():
    site, folder, stop, other = sys.argv[1:]
    record = sample(folder)
    token = next(token["token"] for token in record["tokens"] if token["state"] == "valid")
    stored = record["uploads"][0]["stored_path"]
    digest = hashlib.sha256(open(folder + stored, "rb").read()).hexdigest()
    page = hashlib.sha256(ask(other)[1]).hexdigest()
    uploads = []

    def upload():
        content = picture()
        body, headers = form([("token", token)], ("image", f"{len(uploads)}.png", content))
        response, said = ask(site + "/api/index.php", "POST", body, headers)
        assert response.status == 200 and json.loads(said)["code"] == 200, f"status {response.status}: {said[:200]!r}"
        uploads.append({"ended": time.time(), "url": json.loads(said)["url"], "sha256": hashlib.sha256(content).hexdigest(),
                        "php": "X-Powered-By" in response.headers})
        with open(f"{stop}.uploads", "a") as file:
            file.write(json.dumps(uploads[-1]) + "\n")

    kinds = [(0.02, "picture", lambda: expect(site + quoted(stored), digest), True), (0.1, "other site", lambda: expect(other, page), True),
             (0.3, "upload", upload, False)]
    threads = [threading.Thread(target=every, args=(seconds, stop, *rest)) for seconds, *rest in kinds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for taken in uploads:
        look("its picture", lambda: expect(taken["url"], taken["sha256"]))
    print(json.dumps({"counts": counts, "slowest": slowest, "by php": sum(taken["php"] for taken in uploads)}))


main()
