"""`imagebed doctor` of an installation: what runs the site is stopped or broken, and the repair that is named mends it."""

import re

PORT = 18097

# A systemd of words, for a machine that has none: what is stopped, what failed, and which timer has not run for long.
SYSTEMCTL = """#!/bin/bash
case $1 in
    show)
        for name in "${@:5}"; do
            active=active last=@$(date +%s)
            [ ! -e /tmp/units/$name.inactive ] || active=inactive
            [ ! -e /tmp/units/$name.failed ] || active=failed
            [ ! -e /tmp/units/$name.old ] || last=@1700000000
            printf 'Result=%s\\nLastTriggerUSec=%s\\nId=%s\\nLoadState=loaded\\nActiveState=%s\\nUnitFileState=enabled\\n\\n' exit-code "$last" "$name" "$active"
        done ;;
    enable | start | restart) for name in "${@:2}"; do rm -f "/tmp/units/$name".*; done ;;
esac
"""

SCRIPT = f"""
    ./install.sh --port {PORT} > /dev/null 2>&1 || exit 1
    sudo() {{ "$@"; }}
    fault() {{ # SUBJECT COMMAND
        ! imagebed doctor > /tmp/said || echo "==== $1: not found"
        local command
        command=$(grep -A1 "^problem  $1:" /tmp/said | sed -n 's/^ *-> //p' | grep -oE "$2" | head -n 1)
        [ -n "$command" ] || {{ echo "==== $1: no repair $2"; cat /tmp/said; return 0; }}
        eval "$command" > /dev/null 2>&1
        imagebed doctor > /tmp/said || {{ echo "==== $1: not mended by $command"; grep -A1 ^problem /tmp/said; return 0; }}
        echo "mended $1: $command"
    }}
    imagebed doctor > /tmp/said && echo ==== well || cat /tmp/said
    grep '^ok       units: all sockets' /tmp/said
    grep '^ok       largest body' /tmp/said
"""


def test_what_runs_the_site(machine):
    out = machine.run(SCRIPT + """
        nginx -s stop; while [ -e /run/nginx.pid ]; do sleep 0.1; done
        fault connection 'sudo service nginx start'
        /etc/init.d/imagebed stop > /dev/null 2>&1
        fault units 'sudo /etc/init.d/imagebed restart'
        for path in uploads recycle uploads/2*; do
            chown root: /var/lib/imagebed/$path
            fault owners 'sudo chown -R imagebed: [^ ]+ && sudo chmod [^ ]+ [^ ]+'
        done
        chmod 644 /var/lib/imagebed/secret
        fault modes 'chmod 600 [^ ]+'
        chmod 700 /var/lib/imagebed/uploads
        fault fetch 'chmod a[+]x [^ ]+ [^ ,]+'
        sed -i 's/client_max_body_size .*/client_max_body_size 2m;/' /etc/nginx/imagebed/limits.conf; nginx -s reload; sleep 0.5
        fault 'largest body' 'sudo imagebed reload'
    """).stdout
    assert "==== well" in out and "ok       units: all sockets" in out and "ok       largest body" in out, out
    assert "====" not in out.replace("==== well", ""), out
    assert re.findall(r"^mended ([^:]+)", out, re.M) == ["connection", "units", "owners", "owners", "owners", "modes", "fetch", "largest body"], out


def test_what_systemd_tells(machine):
    out = machine.run(SCRIPT + f"""
        mkdir -p /run/systemd/system /tmp/units
        cat > /usr/bin/systemctl <<'END'
{SYSTEMCTL}
END
        chmod +x /usr/bin/systemctl
        imagebed doctor > /tmp/said && echo ==== well || cat /tmp/said
        grep -E '^ok +(units|timers)' /tmp/said
        touch /tmp/units/imagebed-upload.socket.inactive
        fault units 'sudo systemctl enable --now imagebed-upload.socket'
        touch /tmp/units/imagebed-gc.timer.inactive
        fault units 'sudo systemctl enable --now imagebed-gc.timer'
        touch /tmp/units/nginx.service.inactive
        fault units 'sudo systemctl start nginx.service'
        touch /tmp/units/imagebed-tally.timer.old
        fault timers 'sudo systemctl restart imagebed-tally.timer'
        touch /tmp/units/imagebed-gc.service.failed
        fault timers 'sudo systemctl start imagebed-gc.service'
    """).stdout
    assert out.count("==== well") == 2 and "====" not in out.replace("==== well", ""), out
    assert re.search(r"^ok +units: \d+ sockets, timers and paths wait", out, re.M) and re.search(r"^ok +timers: they last ran: tally \d{4}-", out, re.M), out
    assert re.findall(r"^mended ([^:]+)", out, re.M) == ["units", "units", "units", "timers", "timers"], out
