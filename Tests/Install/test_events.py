"""Receivers of events on an installed site: who runs them, what they cannot reach, and that they begin and end with the site."""

import re

from booted import boot

PORT = 18190
FUNCTIONS = rf"""
    upload() {{ curl -s -F "token=$key" -F "image=@/usr/share/imagebed/install/first.png" -F keep=$1 http://127.0.0.1:{PORT}/api/v1/upload.php; echo; }}
    until_there() {{ for turn in $(seq 600); do [ ! -s "$1" ] || return 0; sleep 0.1; done; echo "==== missing: $1"; cat /tmp/answer /var/log/imagebed.log; imagebed events; return 1; }}
    # (What hides its memory has files in /proc as if it were root.)
    user_of() {{ id -nu "$(awk '/^Uid:/ {{ print $3 }}' /proc/$1/status)"; }}
    of_events() {{ for process in $(pgrep -x imagebed); do tr '\0' ' ' < /proc/$process/cmdline | grep -o 'imagebed events [a-z]*' | sed "s/\$/ $(user_of $process)/"; done; }}
    ./install.sh --port {PORT} > /tmp/said 2>&1 || {{ cat /tmp/said; exit 1; }}
    key=$(sed -n 's/^ *API key *//p' /tmp/said)
    cat > /tmp/receiver <<'END'
#!/bin/sh
cat >> /var/lib/imagebed-events/events
id > /var/lib/imagebed-events/id
cat /var/lib/imagebed/secret > /var/lib/imagebed-events/secret 2> /var/lib/imagebed-events/refused
ls /var/lib/imagebed >> /var/lib/imagebed-events/secret 2>> /var/lib/imagebed-events/refused
ls -d /var/lib/imagebed-events > /var/lib/imagebed-events/done
END
    stat -c 'folder %a %U' /etc/imagebed/events.d /var/lib/imagebed-events
"""
USE = """
    command install -m 755 /tmp/receiver /etc/imagebed/events.d/notes
    for turn in $(seq 600); do imagebed events --json | grep -q '"name":"notes"' && break; sleep 0.1; done
    upload 1 > /tmp/answer
    until_there /var/lib/imagebed-events/done
    echo ==== id; sed 's/[0-9]//g' /var/lib/imagebed-events/id
    echo ==== secret; cat /var/lib/imagebed-events/secret
    echo ==== refused; cat /var/lib/imagebed-events/refused
    echo ==== events; cat /var/lib/imagebed-events/events
    echo ==== processes; of_events | sort
"""


def part(out, name):
    return out.partition(f"==== {name}\n")[2].partition("====")[0].strip()


def assert_delivered(out):
    assert out.startswith("folder 755 root\nfolder 750 imagebed-events\n"), out
    assert part(out, "id") == "uid=(imagebed-events) gid=(imagebed-events) groups=(imagebed-events)", out
    assert part(out, "secret") == "" and part(out, "refused").count("Permission denied") == 2, out
    assert re.match(r'{"id":\d+,"kind":"uploaded",', part(out, "events")) and len(part(out, "events").splitlines()) == 1, out
    assert part(out, "processes").splitlines() == ["imagebed events deliver imagebed", "imagebed events run imagebed-events"], out


def test_without_systemd(machine):
    out = machine.run(FUNCTIONS + USE + """
        echo ==== doctor; imagebed doctor | grep -A1 events:
        kill -9 $(pgrep -x -u imagebed imagebed)
        rm /var/lib/imagebed-events/done; upload 2 > /tmp/answer; imagebed events retry notes; until_there /var/lib/imagebed-events/done
        echo ==== again; wc -l < /var/lib/imagebed-events/events
        ./install.sh uninstall 2> /tmp/uninstalled || cat /tmp/uninstalled
        echo ==== stays; grep -c 'the receivers in /etc/imagebed/events.d stay' /tmp/uninstalled; find /etc/imagebed -type f
        echo ==== runs; of_events
        """).stdout
    assert_delivered(out)
    assert part(out, "doctor").startswith("ok       events: they are delivered to notes"), out
    assert part(out, "stays").splitlines() == ["1", "/etc/imagebed/events.d/notes"] or "/etc/imagebed/events.d/notes" in part(out, "stays"), out
    assert "missing" not in out and part(out, "runs") == "", out


def test_with_systemd(machine, tmp_path_factory):
    """The service begins with the first receiver, and is there for as long as there is one."""
    run = boot(machine, tmp_path_factory.mktemp("booted"), "export IMAGEBED_BIN=/tmp/bin" + FUNCTIONS + """
        echo ==== before; systemctl is-active imagebed-events.path imagebed-events.service
        """ + USE + """
        echo ==== during; systemctl is-active imagebed-events.path imagebed-events.service
        echo ==== doctor; imagebed doctor | grep -E -A1 '(events|units):'
        rm /etc/imagebed/events.d/notes
        for turn in $(seq 100); do imagebed events --json | grep -q '"missing":true' && break; sleep 0.1; done
        python3 -c 'import sqlite3; base = sqlite3.connect("/var/lib/imagebed/imagebed.db"); base.execute("UPDATE event_receiver SET missing_since = 0"); base.commit()'
        for turn in $(seq 300); do systemctl is-active -q imagebed-events.service || break; sleep 0.1; done
        echo ==== after; systemctl is-active imagebed-events.path imagebed-events.service
        echo ==== failed; systemctl --failed --plain --no-legend
        ./install.sh uninstall 2> /dev/null
        echo ==== left; ls -d /etc/imagebed 2>/dev/null; of_events
        """)
    out = run.stdout + run.stderr
    assert_delivered(run.stdout)
    assert part(run.stdout, "before").split() == ["active", "inactive"] and part(run.stdout, "during").split() == ["active", "active"], out
    assert "ok       events: they are delivered to notes" in run.stdout and "ok       units:" in run.stdout, out
    assert part(run.stdout, "after").split() == ["active", "inactive"] and part(run.stdout, "failed") == "" and part(run.stdout, "left") == "", out
