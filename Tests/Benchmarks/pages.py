# The pages against their budgets: the responder's time for the 99th of 100 requests with a million files in the database, the bytes that
# come over the wire, and the memory of a site at which nothing happens.

import pathlib
import statistics
import subprocess
import time
from urllib.parse import urlsplit

import fastcgi
import lists
import photographs
import requests
from accounts import session_of
from client import Client
from running_site import Site

REQUESTS = 500
KILOBYTE, MEGABYTE = 1 << 10, 1 << 20

# Responder, address, milliseconds (None: no budget), kilobytes of compressed HTML.
PAGES = [
    ("home", "/", 3, 6), ("user-index", "/user/index.php", 5, 8), ("user-security", "/user/security.php", 5, 8), ("user-json", "/user/json.php", 5, 8),
    ("app-info", "/app/info.php?img={file}", 5, 8), ("app-list", "/app/list.php", 5, 9), ("api-page", "/api.php", None, 25),
    ("admin-chart", "/admin/chart.php", 5, 25), ("admin-logs", "/admin/logs.php", 5, 9), ("admin-logs", "/admin/logs.php?log=login", 5, 9), ("admin-settings", "/admin/settings.php", 5, 25),
]
LISTS = [
    ("app-list", f"/app/list.php?{query}", limit) for query, limit in [
        ("order=oldest", 5), ("order=views", 5), ("order=size", 5), ("type=image", 5), ("type=video", 5), ("type=webm", 5), ("order=views&type=video", 5),
        ("month=2024/01", 5), ("q=picture", 20), ("q=1234", 20), ("q=zz", 20), ("q=picture+999999", 20), ("q=%E7%85%A7%E7%89%87", 20)]
] + [("user-files", "/user/files.php", 5), ("user-files", "/user/files.php?order=views", None), ("user-files", "/user/files.php?in=recycled", 5),
     ("user-files", "/user/files.php?q=1234", 20), ("list", "/api/v1/list.php?q=1234", 20), ("list", "/api/v1/list.php?q=zz", 20)]
LOGS = [("admin-logs", f"/admin/logs.php?{query}", limit) for query, limit in [
    ("", 5), ("before=1700100000.300000", 5), ("month=2023/11", 5), ("by=address&q=192.0.7.1", 5), ("by=address&q=192.0.7.9", 5), ("by=account&q={account}", 5),
    ("by=name&q=1234", 20), ("log=login", 5), ("log=login&month=2023/11", 5), ("log=login&by=address&q=192.0.7.1", 5), ("log=login&before=1700100000.300000", 5)]]
# The senders of all files, and as many attempts to sign in.
SENDERS = """
    INSERT INTO upload_record SELECT id, '192.0.' || id % 250 || '.' || id % 7, 1, 'Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0', 'web' FROM file
    WHERE true ON CONFLICT DO NOTHING"""
SIGN_INS = """
    INSERT INTO sign_in (tried_at, result, address, user_agent)
    SELECT created_at, 'refused', '192.0.' || id % 250 || '.' || id % 7, 'Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0' FROM file"""


def measure(table):
    with Site(options=["--web", "nginx"]) as site:
        table.value("programs of an idle site", len(residents(site)), "")
        table.value("memory of an idle site", sum(map(proportional, residents(site))) / MEGABYTE, "MB")
        file = Client(site).uploaded(photographs.of_bytes(265_000))["url"].removeprefix(site.url)
        lists.fill(site, lists.MANY)
        index(site, table)
        for statement in [SENDERS, SIGN_INS]:
            site.query(statement)
        account = site.query("SELECT name FROM account WHERE id = 1")[0][0]
        cookies = session_of(site, account)
        for name, template, milliseconds, kilobytes in PAGES:
            address = template.format(file=file)
            times = [fastcgi.seconds(site.data / "run" / f"{name}.sock", variables(address, cookies)) * 1000 for _ in range(REQUESTS)]
            table.value(f"{address.partition('?')[0]}, median", statistics.median(times), "ms")
            table.value(f"{address.partition('?')[0]}, 99 of 100", statistics.quantiles(times, n=100)[98], "ms", at_most=milliseconds)
            table.value(f"{address.partition('?')[0]}, HTML", compressed(site.url + address, cookies) / KILOBYTE, "KB", at_most=kilobytes)
        for name, template, milliseconds in LISTS + LOGS:
            address = template.format(account=account)
            times = [fastcgi.seconds(site.data / "run" / f"{name}.sock", variables(address, cookies)) * 1000 for _ in range(REQUESTS // 5)]
            table.value(f"{address}, median", statistics.median(times), "ms")
            table.value(f"{address}, 99 of 100", statistics.quantiles(times, n=100)[98], "ms", at_most=milliseconds)


def index(site, table):
    """What a migration leaves to be done, while somebody uploads."""
    before = database_size(site)
    client, waits = Client(site), []
    start = time.monotonic()
    running = subprocess.Popen([site.executables / "imagebed", "index", "--rebuild", "--data", site.data], stdout=subprocess.DEVNULL)
    while running.poll() is None:
        begun = time.monotonic()
        client.uploaded(photographs.of_bytes(265_000))
        waits.append(time.monotonic() - begun)
    assert running.returncode == 0
    table.value("index of a million rows", time.monotonic() - start, "s")
    table.value("longest upload meanwhile", max(waits) * 1000, "ms", at_most=1_000)
    site.query("PRAGMA wal_checkpoint(TRUNCATE)")
    table.value("the database grows by", (database_size(site) - before) / MEGABYTE, "MB")


def database_size(site): return pathlib.Path(site.first_run["DATABASE"]).stat().st_size


def variables(address, cookies):
    parts = urlsplit(address)
    return {"GATEWAY_INTERFACE": "CGI/1.1", "SERVER_PROTOCOL": "HTTP/1.1", "REQUEST_METHOD": "GET", "SCRIPT_NAME": parts.path, "QUERY_STRING": parts.query,
            "REMOTE_ADDR": "127.0.0.1", "HTTP_ACCEPT": "text/html", "HTTP_ACCEPT_LANGUAGE": "zh-CN",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items())}


def compressed(url, cookies):
    with requests.get(url, cookies=cookies, headers={"Accept": "text/html", "Accept-Encoding": "gzip"}, stream=True, timeout=60) as response:
        assert response.status_code == 200 and response.headers.get("Content-Encoding") == "gzip", (url, response.status_code)
        return len(response.raw.read(decode_content=False))


def residents(site):
    """The responders that run; the web server is not ours."""
    return [process for process in site.processes() if str(site.executables) in executable(process)]


def executable(process):
    with open(f"/proc/{process}/cmdline", "rb") as words:
        return words.read().split(b"\0")[0].decode()


def proportional(process):
    """Bytes, shared pages divided among those that share them (proc_pid_smaps_rollup(5))."""
    with open(f"/proc/{process}/smaps_rollup") as lines:
        return next(int(line.split()[1]) * KILOBYTE for line in lines if line.startswith("Pss:"))
