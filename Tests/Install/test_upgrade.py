# From one version to the next, and what happens to those who ask meanwhile: no request fails. The way back is refused before
# anything is changed.

import pathlib
import re

import pytest

from old_versions import old_version

PORT = 18280
HERE = pathlib.Path(__file__).resolve().parent
# The last version that migrated whenever it opened the database, and knew four migrations.
FORMER = "8d90ec1"

FUNCTIONS = f"""
    query() {{ python3 -c 'import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone())' "$@"; }}
    schema() {{ query "$1" 'PRAGMA user_version'; }}
    until_lines() {{ until [ "$(wc -l < /tmp/load.log)" -ge "$1" ]; do sleep 0.1; done; }}
    load() {{
        : > /tmp/load.log
        python3 /tmp/tests/load.py {PORT} "$(sed -n 's/^ *API key *//p' /tmp/first)" "$1" /tmp/stop > /tmp/load.log 2>&1 &
        until_lines 12
    }}
    end_load() {{
        until_lines $(($(wc -l < /tmp/load.log) + 12))
        touch /tmp/stop
        wait
        echo ==== load
        cat /tmp/load.log
        echo ==== end
    }}
    # (Picture workers are tried by responders that start, whenever a busy machine lets them.)
    everything() {{
        find /etc /usr/lib/imagebed /usr/share/imagebed /usr/bin/imagebed /run/imagebed /var/lib/imagebed ! -path '*/logs/*' ! -path '*/run/slots/*' \\
            ! -name imagebed.db-shm -printf '%p %m %u %s %T@\\n' | sort
        for process in /proc/[0-9]*; do readlink "$process/exe" | grep imagebed | grep -v /picture | sed "s|^|$process |"; done
    }}
"""


@pytest.fixture
def loaded(machine):
    machine.bring(HERE, "tests")
    return machine


@pytest.fixture
def former(loaded):
    loaded.bring(old_version(FORMER), "former")
    return loaded


def requests_of(out):
    """What the clients saw: a list of (kind, seconds, said)."""
    text = out.partition("==== load\n")[2].partition("==== end\n")[0]
    lines = [line.split(" ", 4) for line in text.splitlines()]
    assert lines[-1][:2] == ["all", "there"], text[-2000:]
    return [(line[3], float(line[2]), line[4]) for line in lines[:-1]]


def assert_no_request_failed(out):
    requests = requests_of(out)
    assert [request for request in requests if request[2] != "ok"] == []
    assert len(requests) > 30 and {request[0] for request in requests} >= {"keep", "delete", "thumbnail", "listing", "push", "pull"}
    print(f"{len(requests)} requests, the slowest took {max(request[1] for request in requests)} s")


def test_upgrade_under_load(former):
    """The migration of a table with 300,000 rows takes longer than a request."""
    run = former.run(FUNCTIONS + f"""
        (cd /tmp/former && IMAGEBED_BIN=/tmp/former/bin ./install.sh --port {PORT}) > /tmp/first || exit 1
        python3 - <<'END'
import sqlite3
database = sqlite3.connect("/var/lib/imagebed/imagebed.db", timeout=30)
database.executemany("INSERT INTO file (path, original_name, type, kind, size, sha256, sent_sha256, created_at, is_public) "
    "VALUES (?, 'a.png', 'png', 'image', 5, ?, ?, ?, 0)",
    ((f"2001/01/{{number:012}}.png", b"%032d" % number, b"%032d" % number, 978307200 + number) for number in range(300000)))
database.commit()
database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
END
        echo ==== schema $(schema /var/lib/imagebed/imagebed.db)
        load 4
        ./install.sh > /tmp/second 2> /tmp/second.err || echo ==== failed
        sed 's/^/said: /' /tmp/second /tmp/second.err
        end_load
        echo ==== schema $(schema /var/lib/imagebed/imagebed.db) $(schema /var/lib/imagebed/imagebed.db.before-4)
        stat -c '==== copy %a %U' /var/lib/imagebed/imagebed.db.before-4
        for process in /proc/[0-9]*; do readlink "$process/exe"; done | grep '/usr/lib/imagebed.*deleted' && echo ==== former programs
        ls /run/imagebed | grep -E 'former|new' && echo ==== left behind
        /etc/init.d/imagebed status && echo ==== runs
        everything > /tmp/before
        ./install.sh || echo ==== failed
        everything > /tmp/after
        diff /tmp/before /tmp/after || echo ==== changed
        grep -E '"status":5|no longer waiting' /var/log/imagebed.log
        nginx -s stop
        """)
    out = run.stdout
    assert "==== failed" not in out, out[:3000]
    assert_no_request_failed(out)
    assert "==== schema 4\n" in out and re.search(r"==== schema ([5-9]|\d\d+) 4\n", out), out[-3000:]
    assert "==== copy 600 imagebed" in out and "==== runs" in out
    assert "said: migrated the database from schema 4" in out
    for word in ["==== former programs", "==== left behind", "==== changed", '"status":5', "no longer waiting"]:
        assert word not in out, out[-3000:]


def test_restart_under_load(loaded):
    """The same version again, by hand: what waits at the socket that goes is taken by those that still listen there."""
    run = loaded.run(FUNCTIONS + f"""
        ./install.sh --port {PORT} > /tmp/first || exit 1
        load 20
        for turn in 1 2 3; do /etc/init.d/imagebed restart || echo ==== failed; done
        end_load
        nginx -s stop
        """)
    assert "==== failed" not in run.stdout
    assert_no_request_failed(run.stdout)


def test_a_stranger_who_runs_a_former_program(loaded):
    """Others can run what is installed, and go on for as long as they like."""
    run = loaded.run(FUNCTIONS + f"""
        ./install.sh --port {PORT} > /tmp/first || exit 1
        mkfifo -m 666 /tmp/input
        nobody="setpriv --reuid=nobody --regid=nogroup --clear-groups env IMAGEBED_DATA=/tmp/of-nobody"
        $nobody /usr/lib/imagebed/imagebed setup > /dev/null
        $nobody /usr/lib/imagebed/imagebed user add x --password-stdin <> /tmp/input & stranger=$!
        executable() {{ readlink /proc/$stranger/exe; }}
        until [ "$(executable)" = /usr/lib/imagebed/imagebed ]; do sleep 0.05; done
        cp /usr/lib/imagebed/imagebed /tmp/new; mv /tmp/new /usr/lib/imagebed/imagebed
        timeout 90 ./install.sh > /tmp/second 2>&1; echo "==== installed $?"; cat /tmp/second
        echo "==== still $(executable)"
        kill $stranger
        nginx -s stop
        """)
    assert "==== installed 0\n" in run.stdout and "==== still /usr/lib/imagebed/imagebed (deleted)\n" in run.stdout, run.stdout


def test_refused_before_anything_is_changed(loaded):
    """What a newer version than this one has left, a site without its secret, and files of somebody else."""
    run = loaded.run(FUNCTIONS + f"""
        ./install.sh --port {PORT} > /tmp/first || exit 1
        python3 -c 'import sqlite3; sqlite3.connect("/var/lib/imagebed/imagebed.db").execute("PRAGMA user_version = 1000")'
        echo changed >> htdocs/404.html
        echo >> /tmp/bin/upload
        everything > /tmp/before
        ./install.sh && echo ==== installed
        everything > /tmp/after
        diff /tmp/before /tmp/after && echo ==== as before
        # (No new version can make up for a lost secret either.)
        mv /var/lib/imagebed/secret /tmp/secret
        everything > /tmp/before
        ./install.sh && echo ==== installed
        everything > /tmp/after
        diff /tmp/before /tmp/after && echo ==== also as before
        mv /tmp/secret /var/lib/imagebed/secret
        # The site itself would note within a minute that its folder is another user's.
        /etc/init.d/imagebed stop
        chown root /var/lib/imagebed
        everything > /tmp/before
        ./install.sh && echo ==== installed
        everything > /tmp/after
        diff /tmp/before /tmp/after && echo ==== as before that too
        nginx -s stop
        """)
    for said in ["as before", "also as before", "as before that too"]:
        assert f"==== {said}\n" in run.stdout and "==== installed" not in run.stdout, run.stdout + run.stderr
    assert "the database has schema 1000" in run.stderr and run.stderr.count("nothing was changed") == 2
    assert "the key of delete links, is missing: restore it from a backup" in run.stderr
    assert "/var/lib/imagebed holds files of another user" in run.stderr


def test_upgrade_goes_on_where_it_was_interrupted(former):
    """Killed when new responders listen and former ones still serve: the next run comes to the end, and no request fails."""
    run = former.run(FUNCTIONS + f"""
        (cd /tmp/former && IMAGEBED_BIN=/tmp/former/bin ./install.sh --port {PORT}) > /tmp/first || exit 1
        load 4
        setsid ./install.sh > /dev/null 2>&1 &
        until ls /run/imagebed/*.sock.new > /dev/null 2>&1; do sleep 0.01; done
        kill -KILL -- -$!
        ./install.sh > /tmp/second 2>&1 || {{ echo ==== failed; cat /tmp/second; }}
        end_load
        echo ==== schema $(schema /var/lib/imagebed/imagebed.db)
        for process in /proc/[0-9]*; do readlink "$process/exe"; done | grep '/usr/lib/imagebed.*deleted' && echo ==== former programs
        ls /run/imagebed | grep -E 'former|new' && echo ==== left behind
        nginx -s stop
        """)
    assert "==== failed" not in run.stdout, run.stdout
    assert_no_request_failed(run.stdout)
    assert "==== schema 4" not in run.stdout and "==== former programs" not in run.stdout and "==== left behind" not in run.stdout
