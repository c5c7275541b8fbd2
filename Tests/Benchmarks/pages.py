# The pages against their budgets: the responder's time for the 99th of 100 requests with a million files in the database, the bytes that
# come over the wire, and the memory of a site at which nothing happens and of every step of work.

import contextlib
import hashlib
import pathlib
import sqlite3
import statistics
import subprocess
import time
from urllib.parse import urlsplit

import fastcgi
import lists
import memory
import photographs
import requests
from accounts import session_of
from client import Client
from running_site import Site, read_bytes

REQUESTS = 500
KILOBYTE, MEGABYTE = 1 << 10, 1 << 20
MOST_MEMORY = 64

CONTENTS = [b'{"theme":"light"}', b'{"theme":"dark"}']

# Responder, address, milliseconds (None: no budget), kilobytes of compressed HTML.
PAGES = [
    ("home", "/", 3, 6), ("user-index", "/user/index.php", 5, 8), ("user-security", "/user/security.php", 5, 8), ("user-json", "/user/json.php", 5, 8),
    ("app-info", "/app/info.php?img={file}", 5, 8), ("app-list", "/app/list.php", 5, 9), ("api-page", "/api.php", None, 25),
    ("admin-chart", "/admin/chart.php", 5, 25), ("admin-logs", "/admin/logs.php", 5, 9), ("admin-logs", "/admin/logs.php?log=login", 5, 9), ("admin-settings", "/admin/settings.php", 5, 25),
    ("admin-users", "/admin/users.php", 5, 9),
]
GALLERY, OWN, FILES, LIST = "/app/list.php?", "/user/files.php?", "/admin/files.php?", "/api/v1/list.php?"
CHINESE = "%E7%85%A7%E7%89%87"
# Responder, address, milliseconds (None: no budget). In names "picture" is frequent, "1234" rare; "zz" is nowhere.
LISTS = [("app-list", GALLERY + query, 5) for query in [
    "part=1", "order=oldest", "order=views", "order=size", "type=image", "type=video", "type=png", "type=webm", "type=wmv", "order=oldest&type=video",
    "order=views&type=video", "order=views&type=webm", "order=views&type=wmv", "order=size&type=image", "month=2018/01"]
] + [("app-list", GALLERY + query, 20) for query in [
    "q=picture", "q=1234", "q=zz", "q=picture+999999", "q=jpg", f"q={CHINESE}", "q=picture&type=video", "q=picture&type=wmv"]
] + [("user-files", OWN + query, limit) for query, limit in [
    ("order=oldest", 5), ("type=video", 5), ("in=unlisted", 5), ("in=unlisted&type=video", 5), ("in=recycled", 5), ("in=recycled&type=video", 5),
    ("order=views", None), ("q=picture", 20), ("q=1234", 20), ("q=zz", 20), (f"q={CHINESE}", 20), ("in=recycled&q=picture", 20)]
] + [("admin-files", FILES + query, limit) for query, limit in [
    ("", 5), ("order=oldest", 5), ("order=views", 5), ("order=size", 5), ("type=video", 5), ("type=wmv", 5), ("owner={account}", 5), ("owner=-", 5), ("way=web", 5), ("way=key", 5),
    ("address=192.0.7.1", 5), ("address=192.0.2.200", 5), ("folder=2020/07", 5), ("folder=2020", 5), ("unlisted=1", 5), ("in=recycle", 5), ("q=1234", 20), ("q=picture&way=key", 20)]
] + [("list", LIST + query, limit) for query, limit in [
    ("q=1234", 20), ("q=zz", 20), (f"q={CHINESE}", 20), ("q=picture+999999", 20), ("q=99", None), ("q=picture", None)]]

# Seven years in order of time: one of fifty a video, one of a hundred recycled, one of two hundred not listed.
ROWS = """
    WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?)
    INSERT INTO file (account_id, path, original_name, type, kind, size, width, height, sha256, sent_sha256, views, created_at, is_public, state, deleted_at,
                      recycled_name)
    SELECT 1, strftime('%Y/%m/', at, 'unixepoch') || name, CASE WHEN n % 1000 = 7 THEN '照片 ' ELSE 'picture ' END || n || '.jpg',
           type, CASE WHEN type IN ('mp4', 'webm') THEN 'video' ELSE 'image' END, abs(random() % 5000000), 1920, 1080, randomblob(32), randomblob(32),
           abs(random() % 1000), at, n % 200 <> 5, CASE WHEN n % 100 = 3 THEN 2 ELSE 0 END, CASE WHEN n % 100 = 3 THEN CAST(strftime('%s', 'now') AS INTEGER) END,
           CASE WHEN n % 100 = 3 THEN strftime('%Y_%m_', at, 'unixepoch') || name END
    FROM (SELECT n, 1500000000 + n * 220 AS at, lower(hex(randomblob(8))) || '.' || CASE type WHEN 'jpeg' THEN 'jpg' ELSE type END AS name, type
          FROM (SELECT n, CASE WHEN n % 50 = 0 THEN 'mp4' WHEN n % 5000 = 1 THEN 'webm' WHEN n % 3 = 0 THEN 'png' ELSE 'jpeg' END AS type FROM number))
"""
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
# As many accounts as a large site has, each with a key, and as many JSON files of one account, each with two versions.
ACCOUNTS = ["""
    WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 10000)
    INSERT INTO account (name, password_hash, role, created_at) SELECT 'user' || n, '$y$none', 'user', 1700000000 + n FROM number""",
    "INSERT INTO api_key (account_id, name, hash, prefix, scopes, created_at) SELECT id, 'PicGo', randomblob(32), 'ib_abcdef', 'upload', created_at FROM account"]
JSON_FILES = ["""
    WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 10000)
    INSERT INTO sync_file (account_id, file_key) SELECT 1, 'file' || n FROM number""", *["""
    INSERT INTO sync_version (file_id, version, content_id, hash, size, device_id, message, created_at)
    SELECT sync_file.id, {version}, sync_content.id, hash, size, 'phone', 'changed', 1700000000 FROM sync_file, sync_content WHERE hash = x'{hash}'""".format(
        version=version, hash=hashlib.sha256(content).hexdigest()) for version, content in enumerate(CONTENTS, 1)]]
USERS = [("admin-users", f"/admin/users.php?{query}", 5) for query in [
    "", "after=9000", "q=user9999", "q=nobody", "in=keys", "in=keys&after=9000", "in=waiting", "account=user5000"]]
JSON = [("user-json", f"/user/json.php?{query}", 5) for query in [
    "", "page=200", "key=file5000", "key=file5000&version=1", "key=file5000&a=1&b=2", "in=conflicts", "in=devices"]]
FILES_OF_LOGS = ["/admin/logs.php?format=csv", "/admin/logs.php?log=login&format=csv", "/admin/logs.php?format=csv&by=name&q=1234"]


def measure(table):
    with Site(options=["--web", "nginx"]) as site:
        table.value("programs of an idle site", len(residents(site)), "")
        table.value("memory of an idle site", sum(map(proportional, residents(site))) / MEGABYTE, "MB")
        file = Client(site).uploaded(photographs.of_bytes(265_000))["url"].removeprefix(site.url)
        fill(site, lists.MANY)
        index(site, table)
        for content in CONTENTS:
            site.query("INSERT INTO sync_content (hash, size, coding, bytes, created_at) VALUES (?, ?, 0, ?, 1700000000)", hashlib.sha256(content).digest(),
                       len(content), content)
        for statement in [SENDERS, SIGN_INS, *ACCOUNTS, *JSON_FILES]:
            site.query(statement)
        account = site.query("SELECT name FROM account WHERE id = 1")[0][0]
        cookies = session_of(site, account)
        for name, template, milliseconds, kilobytes in PAGES:
            address = template.format(file=file)
            answers(table, site, name, address, cookies, milliseconds, REQUESTS)
            table.value(f"{address.partition('?')[0]}, HTML", compressed(site.url + address, cookies) / KILOBYTE, "KB", at_most=kilobytes)
        for name, template, milliseconds in LISTS + LOGS + USERS + JSON:
            answers(table, site, name, template.format(account=account), cookies, milliseconds, REQUESTS if milliseconds else REQUESTS // 25)
        for address in FILES_OF_LOGS:
            begins(table, site, address, cookies)
        for name in sorted({name for name, *_ in PAGES + LISTS + LOGS + USERS + JSON}):
            table.value(f"{name}, memory at most", memory.largest(site, name, "VmHWM"), "MB", at_most=MOST_MEMORY)


def answers(table, site, name, address, cookies, milliseconds, count):
    """The time of 99 of 100 requests; beside it that of half of them, and both without waiting for a processor or the disk. The first
    request of a process, which opens the site, is measured for itself.
    """
    responders, times, work = site.responders(name), [], []
    firsts = [fastcgi.seconds(site.data / "run" / f"{name}.sock", variables(address, cookies)) * 1000 for _ in range(10 * len(responders))]
    for _ in range(count):
        before = worked(responders)
        times.append(fastcgi.seconds(site.data / "run" / f"{name}.sock", variables(address, cookies)) * 1000)
        work.append((worked(responders) - before) / 1e6)
    detail = f"median {statistics.median(times):.2f} ms; at work {late(work):.2f} ms, median {statistics.median(work):.2f} ms; slowest of the first {max(firsts):.1f} ms"
    table.row(address.partition("img=")[0], detail, late(times), "ms", None, milliseconds)


def begins(table, site, address, cookies):
    """The time until the first bytes of a file come, whose end nobody waits for."""
    times = [fastcgi.seconds(site.data / "run/admin-logs.sock", variables(address, cookies), whole=False) * 1000 for _ in range(20)]
    table.row(f"{address}, begins", f"median {statistics.median(times):.2f} ms", max(times), "ms", None, 50)


def late(times): return statistics.quantiles(times, n=100)[98]


def worked(processes):
    """Nanoseconds on a processor (proc(5), schedstat)."""
    return sum(int(pathlib.Path(f"/proc/{process}/schedstat").read_text().split()[0]) for process in processes)


def fill(site, count):
    """Writes rows past the uploads; the daily collection then brings the counts into order."""
    with contextlib.closing(sqlite3.connect(site.first_run["DATABASE"])) as database:
        database.execute("PRAGMA synchronous = OFF")
        database.execute(ROWS, [count])
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    site.imagebed("gc")


def index(site, table):
    """What a migration leaves to be done, while somebody uploads."""
    before = database_size(site)
    client, waits, content, peak = Client(site), [], photographs.of_bytes(265_000), 0
    start = time.monotonic()
    running = subprocess.Popen([site.executables / "imagebed", "index", "--rebuild", "--data", site.data], stdout=subprocess.DEVNULL)
    while running.poll() is None:
        begun = time.monotonic()
        client.uploaded(content + str(begun).encode())
        waits.append(time.monotonic() - begun)
        peak = memory.peak(running.pid, peak)
    assert running.returncode == 0
    table.value("index of a million rows", time.monotonic() - start, "s")
    table.value("its memory at most", peak, "MB", at_most=MOST_MEMORY)
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
    """Empty for a process that has ended meanwhile."""
    return read_bytes(f"/proc/{process}/cmdline").split(b"\0")[0].decode()


def proportional(process):
    """Bytes, shared pages divided among those that share them (proc_pid_smaps_rollup(5))."""
    with open(f"/proc/{process}/smaps_rollup") as lines:
        return next(int(line.split()[1]) * KILOBYTE for line in lines if line.startswith("Pss:"))
