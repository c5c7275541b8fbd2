# Eight clients by wrk, and one client that measures single requests.

import http.client
import json
import pathlib
import subprocess
import tempfile
import time

CLIENTS = 8
SECONDS = 4

REPORT = """
done = function(summary, latency, requests)
    io.write(string.format('REPORT {"requests":%d,"microseconds":%d,"errors":%d}\\n', summary.requests, summary.duration,
        summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout))
end
"""

# Every PUT has a name of its own, as every upload has.
PUT = """
local threads = 0
function setup(thread) thread:set("number", threads); threads = threads + 1 end
function init(arguments)
    local file = io.open(arguments[1], "rb"); wrk.body = file:read("*a"); file:close()
    count = 0; run = arguments[2]
end
function request()
    count = count + 1
    return wrk.format("PUT", "/put/" .. run .. "-" .. number .. "-" .. count .. ".jpg")
end
""" + REPORT

POST = """
function init(arguments)
    local file = io.open(arguments[1], "rb"); wrk.body = file:read("*a"); file:close()
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "multipart/form-data; boundary=" .. arguments[2]
    wrk.headers["X-API-Key"] = arguments[3]
end
""" + REPORT


def rate(url, script=REPORT, *arguments, seconds=SECONDS, clients=CLIENTS):
    """Requests a second; every failure ends the run."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        told = subprocess.run(["wrk", "-t", str(min(2, clients)), "-c", str(clients), "-d", f"{seconds}s", "--timeout", "30s", "-s", file.name, url,
                               "--", *map(str, arguments)], check=True, capture_output=True, text=True).stdout
    report = json.loads(told.partition("REPORT ")[2])
    assert report["errors"] == 0, f"{url}: {report['errors']} of {report['requests']} requests failed"
    return report["requests"] / report["microseconds"] * 1e6


class Stopwatch:
    """One kept connection."""

    def __init__(self, url):
        self.host = url.split("/")[2]
        self.connection = http.client.HTTPConnection(self.host, timeout=60)

    def seconds(self, path, method="GET", body=None, headers={}):
        """From the request to the last byte of an answer that must be 200."""
        start = time.perf_counter()
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        body = response.read()
        took = time.perf_counter() - start
        assert response.status == 200, f"{path}: {response.status} {body[:200]}"
        return took


def temporary(content):
    file = tempfile.NamedTemporaryFile(delete=False)
    file.write(content)
    file.close()
    return pathlib.Path(file.name)
