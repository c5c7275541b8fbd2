# A real installation, on a copy of this machine that exists only for the test. What is installed twice must be the same
# afterwards.

import pathlib
import re
import subprocess

import pytest

from script import function

ROOT = pathlib.Path(__file__).resolve().parents[2]
PORT = 18180


# What an installation consists of, with times: rewriting a file is a change too.
INVENTORY = """inventory() { find /etc /usr/lib/imagebed /usr/share/imagebed /usr/bin/imagebed /var/lib/imagebed -newer /tmp/start \\
    ! -path '*/logs/*' ! -name '*-shm' ! -name '*-wal' ! -name 'counters-*' ! -name 'limits-*' -printf '%p %m %u %s %T@\\n' | sort; }
touch -d '1 second ago' /tmp/start
"""


def test_install_twice_and_uninstall(machine):
    port = PORT
    run = machine.run(INVENTORY + f"""
        ./install.sh --port {port} --prefix /pictures || exit 1
        echo ==== first
        inventory > /tmp/first
        ls dist/local
        users=$(wc -l < /etc/passwd)
        curl -s http://127.0.0.1:{port}/pictures/api/v1/list.php
        echo
        readelf -SW /tmp/bin/imagebed | grep -q ' .symtab ' || echo ==== nothing to strip
        readelf -SW /usr/lib/imagebed/imagebed | grep ' .symtab ' && echo ==== symbols
        processes=$(ls -d /proc/[0-9]* | wc -l)
        ./install.sh || exit 1
        ./install.sh --port {port} || exit 1
        inventory > /tmp/second
        diff /tmp/first /tmp/second > /tmp/changes || {{ echo ==== changes; cat /tmp/changes; }}
        [ "$users" = "$(wc -l < /etc/passwd)" ] || echo ==== users changed
        /etc/init.d/imagebed status && echo ==== runs
        stat -c '%n %a %U %G' /var/lib/imagebed /var/lib/imagebed/imagebed.db /var/lib/imagebed/secret /run/imagebed/upload.sock
        for process in /proc/[0-9]*; do
            case $(readlink $process/exe) in /usr/lib/imagebed/picture) ;; /usr/lib/imagebed/*) stat -c 'process %U' $process ;; esac
        done | sort | uniq -c
        ./install.sh uninstall --dry-run > /tmp/dry 2>&1 || exit 1
        grep 'is removed' /tmp/dry && echo ==== a dry run removes
        echo ==== uninstall
        ./install.sh uninstall || exit 1
        ls -d /etc/nginx/imagebed /etc/nginx/sites-enabled/imagebed /usr/lib/imagebed /usr/share/imagebed /usr/bin/imagebed \\
            /etc/init.d/imagebed /etc/imagebed /run/imagebed 2>/dev/null && echo ==== left behind
        ls /var/lib/imagebed/uploads/2*/*/*.png
        for process in /proc/[0-9]*; do readlink $process/exe; done | grep imagebed && echo ==== still runs
        nginx -s stop
        ./install.sh --port {port} --prefix /pictures > /dev/null && echo ==== again
        curl -s -o /dev/null -w '%{{http_code}}\n' http://127.0.0.1:{port}/pictures/api/v1/list.php
        nginx -s stop
        """)
    out = run.stdout
    assert out.endswith("==== again\n200\n"), out
    assert re.search(r"password +[a-z0-9]{20}\n", out) and re.search(r"API key +ib_\S{40,}\n", out), out
    assert re.search(rf"address +http://\S+:{port}/pictures\n", out)
    picture = re.search(r"first picture +(\S+)", out)[1]
    assert re.fullmatch(rf"http://\S+:{port}/pictures/uploads/\d{{4}}/\d\d/[0-9a-z]{{12}}\.png", picture)
    assert f'"url":"{picture}"' in out
    assert out.split("==== first\n")[1].startswith("control.tar\ninputs\n"), "the package itself is as large as all that was installed"
    for word in ["==== changes", "==== users changed", "==== symbols", "==== nothing to strip", "==== a dry run removes", "==== left behind", "==== still runs"]:
        assert word not in out, out
    assert "==== runs" in out
    assert out.count("API key") == 1, "secrets are shown once"
    assert "/var/lib/imagebed 750 imagebed www-data" in out
    assert "imagebed.db 600 imagebed" in out and "secret 600 imagebed" in out and "upload.sock 660 www-data www-data" in out
    processes = sum(map(int, function('for name in $(responders); do processes_of "$name"; done', "/tmp").split()))
    assert re.search(rf"^ +{processes} process imagebed$", out, re.MULTILINE), out
    assert "/var/lib/imagebed" in run.stderr.splitlines()[-1] or "/var/lib/imagebed" in run.stderr


def test_the_curl_line_works(machine):
    port = PORT
    run = machine.run(f"""
        echo 1234567+ > /tmp/bin/commit
        # What is in a program's arguments everybody on the machine can read.
        mkdir /tmp/first; printf '#!/bin/sh\nprintf "%%s\n" "$@" >> /tmp/arguments\nexec /usr/bin/curl "$@"' > /tmp/first/curl; chmod +x /tmp/first/curl
        PATH=/tmp/first:$PATH ./install.sh --port {port} --domain img.example.org > /tmp/out || exit 1
        grep -q upload.php /tmp/arguments || echo ==== not seen
        grep -F "$(sed -n 's/^ *API key *//p' /tmp/out)" /tmp/arguments && echo ==== key in the arguments
        imagebed --version
        echo "127.0.0.1 img.example.org" >> /etc/hosts
        cp htdocs/404.png picture.jpg
        line=$(grep -E '^ +curl -F' /tmp/out)
        eval "$line"
        echo
        imagebed doctor || echo ==== ill
        echo 1qaz2wsx3edc | imagebed user password admin --password-stdin 2>&1
        /etc/init.d/imagebed restart
        eval "$line" | grep -q success && echo ==== again
        """)
    assert f'"url":"http://img.example.org:{port}/uploads/' in run.stdout
    assert "==== ill" not in run.stdout and "==== again" in run.stdout
    assert "==== not seen" not in run.stdout and "==== key" not in run.stdout, run.stdout
    assert "ok       passwords: none is known to be weak" in run.stdout and "one of the most common" in run.stdout
    assert re.match(r"imagebed \d+\.\d+\.\d+\S* \(1234567\+\)\n", run.stdout), run.stdout


def test_debians_first_page_gives_way_only_untouched(machine):
    """Port 80 of a fresh machine is the site's; somebody's own page stays, and is said to be in the way."""
    run = machine.run("""
        ln -sf /etc/nginx/sites-available/default /etc/nginx/sites-enabled/default
        nginx || exit 1
        ./install.sh > /dev/null || exit 1
        curl -s http://127.0.0.1/api/v1/stats.php | grep -q success && echo ==== answers
        ls /etc/nginx/sites-enabled
        ./install.sh uninstall
        ls /etc/nginx/sites-enabled
        status() { curl -s -o /dev/null -w '%{http_code}\n' http://127.0.0.1/api/v1/stats.php; }
        for turn in {1..600}; do [ "$(status)" != 404 ] || break; sleep 0.1; done
        status
        echo '# mine' >> /etc/nginx/sites-available/default
        ./install.sh && echo ==== installed
        ./install.sh --domain img.example.org > /dev/null && echo ==== beside it
        ls /etc/nginx/sites-enabled
        nginx -s stop
        """)
    assert run.stdout.split() == "==== answers imagebed default 404 ==== beside it default imagebed".split()
    assert "sites-enabled/default is the default site on port 80" in run.stderr


def test_port_of_another_program(machine):
    run = machine.run(f"""
        python3 -m http.server --bind 127.0.0.1 {PORT} > /dev/null 2>&1 &
        for turn in {{1..600}}; do curl -s -o /dev/null http://127.0.0.1:{PORT}/ && break; sleep 0.1; done
        ./install.sh --port {PORT} && echo ==== installed
        kill $!
        """, check=False)
    assert "==== installed" not in run.stdout and f"python3 listens on port {PORT}" in run.stderr


def test_port_of_the_other_web_server(machine):
    """Said before anything is installed."""
    run = machine.run(f"""
        printf 'server {{ listen {PORT}; }}' > /etc/nginx/conf.d/a.conf; nginx || exit 1
        mkdir /tmp/first; printf '#!/bin/sh\necho ==== apt-get "$@" >&2' > /tmp/first/apt-get; chmod +x /tmp/first/apt-get
        export PATH=/tmp/first:$PATH
        ./install.sh --web apache --port {PORT}; echo ==== $?
        # (Debian's package of Apache opens port 80, whatever is asked for.)
        printf 'server {{ listen 80; }}' > /etc/nginx/conf.d/a.conf; nginx -s reload
        for turn in {{1..600}}; do curl -s -o /dev/null http://127.0.0.1:80/ && break; sleep 0.1; done
        ./install.sh --web apache --port 18181; echo ==== $?
        ls -d /etc/imagebed /usr/lib/imagebed
        nginx -s stop; until ! curl -s -o /dev/null http://127.0.0.1:80/; do sleep 0.1; done
        # (And nginx its own ports.)
        python3 -m http.server --bind 127.0.0.1 80 > /dev/null 2>&1 &
        for turn in {{1..600}}; do curl -s -o /dev/null http://127.0.0.1:80/ && break; sleep 0.1; done
        ./install.sh --port 18181; echo ==== $?
        kill $!; until ! curl -s -o /dev/null http://127.0.0.1:80/; do sleep 0.1; done
        ls -d /etc/imagebed /usr/lib/imagebed
        """, check=False)
    assert run.stdout.split() == ["====", "1"] * 3, run.stdout
    assert f"nginx listens on port {PORT}" in run.stderr and "apt-get" not in run.stderr
    assert "nginx listens on port 80, and apache would not start, because it opens that port too:\ntake it out of /etc/apache2/ports.conf" in run.stderr
    assert "python3 listens on port 80, and nginx would not start, because it opens that port too:\ntake it out of /etc/nginx/conf.d/a.conf" in run.stderr


def test_foreign_processes(machine):
    """A number in a file that has outlived its process is another program's by now: that goes on, and ours is started."""
    run = machine.run(f"""
        ./install.sh --port {PORT} > /dev/null || exit 1
        script=/etc/init.d/imagebed run=/run/imagebed
        foreign() {{ sleep 1000 & foreign=$!; echo $foreign > "$run/$1"; }}
        goes_on() {{ kill -0 $foreign || echo ==== killed at $1; }}
        $script stop; foreign upload.pid; $script stop; goes_on stop
        foreign upload.pid; $script status && echo ==== taken for ours; $script start; $script status || echo ==== not started; goes_on start
        foreign upload.pid.former; $script restart; goes_on restart
        $script stop; foreign upload.pid; $script replace; goes_on replace; $script status || echo ==== not replaced
        foreign timers.pid; $script stop; goes_on timers
        for process in /proc/[0-9]*; do readlink $process/exe; done | grep /usr/lib/imagebed && echo ==== still runs
        nginx -s stop
        """, check=False)
    assert "====" not in run.stdout, run.stdout + run.stderr


def test_commit(tmp_path):
    """What stands in the file beside the executables, which `imagebed --version` reads."""
    copy, bin_folder = tmp_path / "checkout", tmp_path / "bin"
    copy.mkdir()
    bin_folder.mkdir()

    def commit():
        return function(f"here={copy} bin={bin_folder}; commit", tmp_path)

    def git(*arguments):
        run = subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-C", copy, *arguments], capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        return run.stdout

    assert commit() == ""
    git("init", "-q")
    (copy / "a").write_text("1")
    git("add", "a")
    git("commit", "-q", "-m", "a")
    assert commit() == git("rev-parse", "--short", "HEAD")
    (copy / "a").write_text("2")
    assert commit() == git("rev-parse", "--short", "HEAD").strip() + "+\n"
    (bin_folder / "commit").write_text("1234567\n")
    assert commit() == "1234567\n"


def test_apache(machine):
    machine.bring_apache()
    run = machine.run(f"""
        ./install.sh --web apache --port {PORT} > /tmp/out || exit 1
        ./install.sh > /tmp/again || exit 1
        cp htdocs/404.png picture.jpg
        eval "$(grep -E '^ +curl -F' /tmp/out)"
        /etc/init.d/imagebed status && echo ==== runs
        ./install.sh uninstall
        ls /etc/apache2/sites-enabled
        """)
    assert '"result":"success"' in run.stdout and "==== runs" in run.stdout and "imagebed.conf" not in run.stdout
