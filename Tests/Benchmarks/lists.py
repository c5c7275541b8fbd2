# The list with a thousand and with a million rows: page 1 must not notice, page 10,000 must not walk there.

import contextlib
import sqlite3

import load
from running_site import Site
from table import interleaved

FEW, MANY = 1_000, 1_000_000

ROWS = """
    WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?)
    INSERT INTO file (account_id, path, original_name, type, kind, size, width, height, sha256, sent_sha256, views, created_at)
    SELECT 1, '2024/04/' || substr('000000000000' || n, -12) || '.jpg', 'picture ' || n || '.jpg', 'jpeg', 'image',
           abs(random() % 5000000), 1920, 1080, randomblob(32), randomblob(32), abs(random() % 1000), 1700000000 + n / 3
    FROM number
"""


def measure(table):
    with Site() as small, Site() as large:
        fill(small, FEW)
        fill(large, MANY)
        watches = [load.Stopwatch(site.url) for site in (small, large)]

        def asking(watch, query):
            return lambda: watch.seconds("/api/v1/list.php?" + query) * 1000

        for order in ["created_at", "views", "file_size"]:
            page_one = f"page=1&order_by={order}"
            few, many = interleaved(300, asking(watches[0], page_one), asking(watches[1], page_one))
            table.ratio(f"list page 1 by {order}, 1,000,000 against 1,000 rows", many, few, "ms", at_most=1.2)
        for order in ["created_at", "views", "file_size"]:
            [late] = interleaved(100, asking(watches[1], f"page=10000&order_by={order}"))
            table.value(f"list page 10,000 of 1,000,000 rows by {order}", late, "ms", at_most=5)


def fill(site, count):
    """Writes rows past the uploads; the daily collection then brings the counts into order."""
    with contextlib.closing(sqlite3.connect(site.first_run["DATABASE"])) as database:
        database.execute("PRAGMA synchronous = OFF")
        database.execute(ROWS, [count])
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    site.imagebed("gc")
