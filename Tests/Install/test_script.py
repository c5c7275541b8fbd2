# The script itself: its shell, its options, what it would do, and the files it writes for systemd and init.

import json
import os
import pathlib
import re
import shutil
import subprocess

import pytest

from script import PARTS, RESPONDERS, ROOT, function


def install(*arguments, **environment):
    return subprocess.run([ROOT / "install.sh", *arguments], capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL,
                          env={**os.environ, **environment})


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="shellcheck is not installed")
def test_shell(tmp_path):
    (tmp_path / "imagebed").write_text(function("table=upload:4 render $parts/init.in", tmp_path))
    run = subprocess.run(["shellcheck", "-x", "-e", "SC2016", ROOT / "install.sh", *PARTS, *(ROOT / "Sources/imagebed/install/examples/events.d").iterdir(),
                          *(file for file in (ROOT / "Sources/imagebed/install/image").iterdir() if file.suffix != ".in"), tmp_path / "imagebed"],
                         capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stdout


def test_size():
    """The script is options and order; what it does lies in parts that each can be read at once."""
    lines = {path.name: len(path.read_text().splitlines()) for path in [ROOT / "install.sh", *PARTS]}
    assert len(PARTS) > 10 and lines.pop("install.sh") <= 300 and max(lines.values()) <= 250, lines


@pytest.mark.parametrize("arguments", [
    ["--port", "0"], ["--port", "65536"], ["--port", "80x"], ["--port"], ["--domain", "a_b"], ["--domain", "a;b"], ["--domain", "a", "--domain", "b/c"], ["--prefix", "/a b"],
    ["--prefix", "a"], ["--prefix", "/a|b"], ["--data", "/tmp/a;b"], ["--data", "/tmp/$(x)"], ["--data", "/a b"], ["--nothing"],
    ["--behind-proxy"], ["--behind-proxy", "--port", "8090", "--trusted-proxy", "a;b"], ["--behind-proxy", "--port", "8090", "--trusted-proxy", "10.0.0"], ["--behind-proxy", "--port", "8090", "--trusted-proxy", "10.0.0.256"],
    ["--trusted-proxy", "10.0.0.1"], ["run", "--behind-proxy", "--port", "8090"], ["--behind-proxy", "--port", "8090", "--listen", "eth0"],
    ["--toolchain-url", "ftp://a.example/b"], ["--toolchain-url", "https://a.example/$(x)"], ["--toolchain-url", "https://a b"], ["--toolchain-url"],
    ["run", "--processes", "0"], ["run", "--listen", "localhost"], ["run", "--web", "iis"], ["run", "--dry-run"],
])
def test_options_that_are_refused(arguments):
    # Whatever is not refused finds nothing to install.
    run = install(*arguments, IMAGEBED_BIN="/nonexistent")
    assert run.returncode == 2 and run.stderr and not run.stdout


def test_listener_that_ends_meanwhile(tmp_path):
    """A web server that was just told to leave a port is nobody else on it."""
    (tmp_path / "listen.py").write_text("import socket, time\ns = socket.create_server(('127.0.0.1', 0))\nprint(s.getsockname()[1], flush=True)\ntime.sleep(600)")
    start = f"""exec 5< <(exec python3 {tmp_path}/listen.py); the_listener=$!; read -r other <&5;"""
    assert function(start + "listeners_on $other; kill $the_listener", tmp_path) == "python3\n"
    ends = """find() { kill $the_listener 2>/dev/null; while (exec 6<>/dev/tcp/127.0.0.1/$other) 2>/dev/null; do sleep 0.01; done; command find "$@"; };"""
    assert function(start + ends + "listeners_on $other", tmp_path) == ""


@pytest.mark.parametrize("answers", ["nnnnn", "o-on-oon-nnn", "o" * 90 + "-----", "o" * 100])
def test_the_old_site_is_there_when_no_former_worker_answers(tmp_path, answers):
    """A request may come to a worker that has not ended since the reload (o), or that ends just then (-); the others are new (n)."""
    (tmp_path / "answers").write_text(answers + "n" * 100)
    fake = f"""
        source {ROOT}/nginx/give-back.sh
        sleep() {{ :; }}
        curl() {{
            local all; all=$(<{tmp_path}/answers); printf '%s' "${{all:1}}" > {tmp_path}/answers
            case $all in o*) echo '{{"success":true,"files":1}}' ;; n*) echo old ;; *) return 52 ;; esac
        }}
        """
    said = function(fake + "wait_until_not_ours http://img.example.test 127.0.0.1 && echo there || echo not there", tmp_path)
    left = len((tmp_path / "answers").read_text().strip())
    assert said == ("not there\n" if answers == "o" * 100 else "there\n")
    assert left == 100, "it stopped asking then"


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, who starts a program as another user")
def test_a_key_is_sent_to_no_other_users_program(tmp_path):
    """Most ports can be opened by any user, whose program can have the name of a web server: the kernel knows who opened it."""
    (tmp_path / "listen.py").write_text("import os, socket, sys, time\nos.setuid(int(sys.argv[1]))\ns = socket.create_server(('127.0.0.1', 0))\n"
                                        "print(s.getsockname()[1], flush=True)\ntime.sleep(600)")
    for user, said in [(0, "believed"), (65534, "was not started by root")]:
        command = f"""exec 5< <(exec python3 {tmp_path}/listen.py {user}); the_listener=$!; read -r other <&5
            ask_site() {{ echo "asked $1" >&2; }}; lib=ask_site local_url=http://127.0.0.1:$other answering_host=127.0.0.1
            (require_own_listener "$local_url/a"; echo believed) 2>&1 || true
            (greet) 2>&1 | grep -c asked || true
            kill $the_listener"""
        lines = function(command, tmp_path).splitlines()
        assert said in lines[0] and (lines[1] != "0") == (user == 0), lines


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, who gives a file to another user")
def test_a_socket_of_another_user_is_not_asked(tmp_path):
    (tmp_path / "answer.py").write_text("import os, socket, sys\ns = socket.socket(socket.AF_UNIX)\ns.bind(sys.argv[1])\ns.listen()\n"
                                        "os.chown(sys.argv[1], int(sys.argv[2]), -1)\nprint('listens', flush=True)\n"
                                        "while True:\n c = s.accept()[0]\n c.recv(9999)\n c.sendall(b'HTTP/1.0 200 OK\\r\\n\\r\\nanswer')\n c.close()")
    for user, answer in [(0, "answer"), (65534, "")]:
        ask = f"""exec 5< <(exec python3 {tmp_path}/answer.py {tmp_path}/{user} {user}); the_listener=$!; read -r _ <&5
            ask_site http://localhost/a {tmp_path}/{user}; kill $the_listener"""
        assert function(ask, tmp_path) == answer


@pytest.mark.parametrize("led, told", [
    ("https://img.example.org/pictures", "https://img.example.org/pictures"), ("https://[::1]:8443", "http://localhost"),
    ("https://a.example/$(id)", "http://localhost"), ("https://a.example/'b", "http://localhost"), ("file:///etc", "http://localhost"),
])
def test_an_address_of_an_answer(tmp_path, led, told):
    """It becomes part of a command that the operator is told."""
    (tmp_path / "led").write_text(led + "/api/v1/stats.php")
    assert function(f"ask_site() {{ cat {tmp_path}/led; }}; local_url=http://localhost answering_host=x; address_led_to", tmp_path) == told + "\n"


def test_messages_control_no_terminal(tmp_path):
    assert function(r"""say $'a\e]0;b\a\rc\td\n\303\274' 2>&1""", tmp_path) == "a]0;bc\td\nü\n"


@pytest.mark.parametrize("told, status, said", [("", 0, "12"), ("yes", 0, "1"), ("yes", 3, "12"), ("", 3, "12")])
def test_what_was_shown_is_shown_again_with_a_failure_only(tmp_path, told, status, said):
    """The package's copy of the script looks at everything once more that the checkout's has looked at."""
    out = function(f"look() {{ echo 1; sleep 0.2; echo 2 >&2; return {status}; }}; told={told}; (untold look || echo $?) 2>&1; echo $(untold on_stderr look 2>&1)", tmp_path)
    first = said.replace("12", "1 2").split() + [str(status)] * bool(status)
    assert out.split() == first + ([] if told and not status else ["1", "2"]), out


def test_a_migration_has_no_time_limit(tmp_path):
    """Ended before it is done it would never succeed; other commands cannot keep an installation for ever."""
    program = tmp_path / "imagebed"
    program.write_text("#!/bin/sh\necho done\n")
    program.chmod(0o755)
    said = function(f"lib={tmp_path} dry_run=''; timeout() {{ echo limit $4 >&2; command timeout \"$@\"; }}; set_up_data 2>&1; imagebed user 2>&1", tmp_path)
    assert said == "limit 0\ndone\nlimit 600\ndone\n"


def test_responders_are_told_of_scripts_and_styles(tmp_path):
    """Who runs is started anew with the digest of other ones; where nothing differs nothing is."""
    (tmp_path / "bin").mkdir()
    said = function("""systemctl() { [[ $* != *try-restart* ]] || echo restarted; }; unit_folder=$folder/units assets=0123abcd
        install_units; changed=''; echo first; install_units; assets=4567abcd; echo second; install_units
        sed -n 's/.* IMAGEBED_ASSETS=//p' $folder/units/imagebed-app-list@.service""", tmp_path)
    assert re.sub("^restarted\n", "", said) == "first\nsecond\nrestarted\n4567abcd IMAGEBED_IDLE_SECONDS=300\n"


def test_cron_does_nothing_for_a_site_that_was_stopped(tmp_path):
    """Its lines stay in /etc with the package, and after a rollback PHP has pictures in the tree that `gc` would take for leftovers."""
    (tmp_path / "lib").mkdir()
    said = function("""packaged=yes lib=$folder/lib; has_systemd() { false; }; update-rc.d() { :; }; our_units() { :; }
        printf '#!/bin/sh\necho "$1"\n' > $folder/imagebed; chmod +x $folder/imagebed
        minute() { echo "$1:"; render "$parts/cron.in" | sed -e 's|.* root ||; s| >>.*||' -e "s|/usr/bin/imagebed|$folder/imagebed|g; s|/run/systemd/system|$folder/no|g" | sh; }
        minute runs; (stop_responders); minute stopped
        render_to() { :; }; act() { case $1 in /etc/*) ;; *) "$@" ;; esac; }; install_start_script; minute again""", tmp_path)
    commands = ["tally", "expire", "gc", "doctor", "reload"]
    assert said.splitlines() == ["runs:", *commands, "stopped:", "again:", *commands]


def test_how_many_processes_a_responder_has(tmp_path):
    """Of rare pages one where processes run all the time, more where the next request starts them."""
    said = function("for name in upload list admin-terms; do processes_of $name; most_processes_of $name; done; processes=3; processes_of list", tmp_path)
    assert said.split() == ["4", "4", "2", "2", "1", "2", "3"]


def test_former_program_that_does_not_end(tmp_path):
    """What is said then holds, and names the way out."""
    said = function("former_processes() { echo 12 upload; echo 13 del; }; sleep() { SECONDS=$((SECONDS + 50)); }; (wait_for_former '(upload|list)') 2>&1 || echo status $?", tmp_path)
    assert "still at work: 12 upload\n" in said and "the database is as it was" in said and "answered with 503 until" in said
    assert f"sudo {ROOT}/install.sh\nstatus 1\n" in said


@pytest.mark.parametrize("found, says, never", [
    ('{"schema":11,"known":11}', "the database has their schema", "as it was before"),
    ('{"schema":4,"known":11}', "as it was before, so the former version can be installed again", "has their schema"),
    ("", "Whether the database was migrated is told by --check", "as it was before"),
])
def test_what_a_failed_setup_leaves(tmp_path, found, says, never):
    """It can fail before the migration and after it."""
    said = function(f"""mkdir $lib; printf '#!/bin/sh\\n[ "$2" = --check ] && echo %s' '{json.dumps(found)}' > $lib/imagebed; chmod +x $lib/imagebed
        (fail_setup) 2>&1 || echo status $?""", tmp_path)
    assert says in said and never not in said and f"sudo {tmp_path}/bin/imagebed setup --data {tmp_path}" in said and said.endswith("status 1\n")


def test_many_former_programs(tmp_path):
    """Any user can run as many as he likes: no process is started for each of them, because requests wait meanwhile."""
    found = function("""service_user=$(id -un)
        find() { for turn in {1..300}; do echo "/proc/$$ $lib/upload (deleted)"; done; }
        awk() { echo once >> $folder/calls; command awk "$@"; }
        former_processes | sort -u | sed "s/^$$ /ours /"; wc -l < $folder/calls""", tmp_path)
    assert found == "ours upload\n1\n"


def test_all_responders_are_stopped_at_once(tmp_path):
    """The time that those have which do not end is one for all: not so long for each, one after the other."""
    script = function("table='upload:4 list:2 del:2' render $parts/init.in", tmp_path).partition("\ncase ${1-}")[0]
    (tmp_path / "script").write_text(script + f"""
        run={tmp_path} clock=0
        echo 0 > $run/clock
        date() {{ now=$(($(cat $run/clock) + 10)); echo $now > $run/clock; echo $now; }}
        sleep() {{ :; }}
        runs() {{ [ -e "$1" ] && kill -0 "$(cat "$1")" 2> /dev/null && [ "$(cut -d' ' -f3 "/proc/$(cat "$1")/stat")" != Z ]; }}
        mkfifo $run/ready; exec 3<> $run/ready
        for name in upload list del; do
            sh -c 'trap "" TERM; echo >&3; exec 3>&- sleep 600' > /dev/null 2>&1 & echo $! > $run/$name.pid
        done
        for name in upload list del; do read -r ready <&3; done
        stop
        cat $run/clock; ls $run/*.pid 2> /dev/null
        """)
    run = subprocess.run(["sh", tmp_path / "script"], capture_output=True, text=True, timeout=60)
    assert 130 <= int(run.stdout) < 400, (run.stdout, run.stderr)


def test_help():
    run = install("--help")
    assert run.returncode == 0 and all(word in run.stdout for word in ["--port", "--domain", "--prefix", "--data", "--dry-run", "deb"])
    assert "bundle" not in run.stdout and install("bundle").returncode == 2
    assert "--no-web-server is for deb" in install("--no-web-server").stderr


def test_dry_run_changes_nothing(tmp_path):
    # (The test's own folder lets nobody else in.)
    data = pathlib.Path(f"/var/tmp/imagebed-{os.getpid()}/data")
    run = install("--dry-run", "--port", "18999", "--domain", "img.example.org", "--data", str(data), IMAGEBED_BIN=str(tmp_path))
    assert run.returncode == 0, run.stderr
    assert "would write: /etc/nginx/imagebed/paths.conf" in run.stderr and "nothing was changed" in run.stderr
    assert not data.parent.exists() and not pathlib.Path("/etc/nginx/imagebed").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, who sees what others can enter")
def test_a_data_folder_that_is_closed(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    run = install("--dry-run", "--port", "18999", "--domain", "img.example.org", "--data", str(closed / "data"), IMAGEBED_BIN=str(tmp_path))
    assert run.returncode == 1 and f"  {closed} (mode 700, of root) keeps out: imagebed www-data\n    chmod o+x {closed}" in run.stderr, run.stderr


def test_rendered_configuration_has_no_holes(tmp_path):
    for folder in ["nginx", "apache"]:
        for prefix in ["", "/pictures"]:
            function(f"prefix={prefix} action=run; run_settings; render_folder {folder} {tmp_path}/{folder}{prefix}", tmp_path)
            for file in (tmp_path / f"{folder}{prefix}").glob("*"):
                # (What follows the settings is filled in later, by `imagebed reload`.)
                if file.is_file() and file.suffix != ".in":
                    assert not [word for word in file.read_text().split() if word.count("@") > 1], file


def test_units(units):
    names = {file.stem for file in units.glob("*.socket")}
    assert names == {f"imagebed-{name}" for name in RESPONDERS}
    upload = (units / "imagebed-upload.service").read_text()
    for line in ["User=imagebed", "NoNewPrivileges=yes", "ProtectSystem=strict", "RestrictAddressFamilies=AF_UNIX", "Restart=on-failure",
                 f"ReadWritePaths={units}", "SystemCallFilter=@system-service landlock_create_ruleset landlock_add_rule landlock_restrict_self"]:
        assert line in upload.splitlines()
    assert "RestrictSUIDSGID=" not in upload, "systemd then answers openat2 with ENOSYS, and no folder can be opened"
    socket = (units / "imagebed-upload.socket").read_text().splitlines()
    assert {"Backlog=4096", "SocketMode=0660", "SocketGroup=www-data", "ListenStream=/run/imagebed/upload.sock"} <= set(socket)


def test_who_has_the_network(units):
    """The doctor, which goes the way of visitors, and receivers of events. What the doctor tells is in the journal, once."""
    services = {file.name: file.read_text().splitlines() for file in units.glob("imagebed-*.service")}
    assert {name for name, lines in services.items() if "PrivateNetwork=no" in lines} == {"imagebed-doctor.service", "imagebed-events.service"}
    doctor = services["imagebed-doctor.service"]
    assert f"ExecStart={units}/bin/imagebed doctor --watch" in doctor and "User=imagebed" in doctor
    families = [line.split("=")[1].split() for line in doctor if line.startswith("RestrictAddressFamilies=")]
    assert sum(families, []) == ["AF_UNIX", "AF_INET", "AF_INET6", "AF_NETLINK"]
    assert "OnCalendar=hourly" in (units / "imagebed-doctor.timer").read_text().splitlines()


def test_unit_of_receivers(units):
    """It begins as root, who can do nothing there but become another user; it is there while the folder holds something."""
    path, service = ((units / f"imagebed-events.{kind}").read_text().splitlines() for kind in ["path", "service"])
    assert {"DirectoryNotEmpty=/etc/imagebed/events.d", "WantedBy=paths.target"} <= set(path)
    assert {f"ExecStart={units}/bin/imagebed events deliver", "Restart=on-failure", "NoNewPrivileges=yes", "ProtectSystem=strict"} <= set(service)
    last = {line.split("=")[0]: line for line in service if "=" in line}
    assert "ReadWritePaths=-/var/lib/imagebed-events" in service and last["User"] == "User=root" and last["CapabilityBoundingSet"] == "CapabilityBoundingSet=CAP_SETUID CAP_SETGID"
    assert [line for line in service if line.startswith("CapabilityBoundingSet=")][0] == "CapabilityBoundingSet=", "what others merge with begins empty"


def test_unit_that_waits_for_settings(units):
    """Both are root's, with no limit that quick changes exhaust and at most one start a second; it waits for the file of values alone."""
    path, service = ((units / f"imagebed-reload.{kind}").read_text().splitlines() for kind in ["path", "service"])
    assert {f"PathChanged={units}/web/values", f"PathExists={units}/web/changed", "WantedBy=paths.target"} <= set(path)
    assert {"Type=oneshot", f"ExecStart={units}/bin/imagebed reload --unattended", "StartLimitIntervalSec=0"} <= set(service)
    assert not [line for line in service if line.startswith(("User=", "SuccessExitStatus="))]
    [pause] = [re.fullmatch("ExecStopPost=/bin/sh -c '(.*)'", line)[1] for line in service if line.startswith("ExecStopPost=")]
    (units / "web").mkdir()
    for result, there, seconds in [("success", True, 1), ("exit-code", False, 1), ("exit-code", True, 60)]:
        (units / "web/changed").touch() if there else (units / "web/changed").unlink(missing_ok=True)
        said = subprocess.run(["sh", "-c", "sleep() { echo $1; }; " + pause.replace("$$", "$")], text=True, capture_output=True, check=True,
                              env={"PATH": os.environ["PATH"], "SERVICE_RESULT": result, "IMAGEBED_DATA": str(units)})
        assert sum(map(int, said.stdout.split())) == seconds, (result, there)


def test_units_may_write_to_a_linked_tree(tmp_path):
    """A replaced site's pictures lie elsewhere; nothing else there is writable, and a home folder is then not hidden."""
    for name in ["var", "old/i/recycle"]:
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "var/uploads").symlink_to(tmp_path / "old/i")
    (tmp_path / "var/recycle").symlink_to(tmp_path / "old/i/recycle")
    function(f"systemctl() {{ true; }}; unit_folder={tmp_path} old_tree={tmp_path}/old/i; install_units", tmp_path / "var")
    unit = (tmp_path / "imagebed-upload.service").read_text().splitlines()
    assert f"ReadWritePaths={tmp_path}/var {tmp_path}/old/i" in unit and "ProtectHome=yes" in unit


@pytest.mark.parametrize("words, network", [
    ("", False), ("node = web1", False), ("database = dbname=imagebed", False), ("database = host=/run/postgresql dbname=imagebed", False),
    ("database = host=db1,db2 dbname=imagebed", True), ("database = postgresql://db1/imagebed", True),
])
def test_units_have_a_network_where_the_database_is_elsewhere(tmp_path, words, network):
    (tmp_path / "var").mkdir()
    if words:
        (tmp_path / "var/cluster.conf").touch(mode=0o600)
        (tmp_path / "var/cluster.conf").write_text(words + "\n")
    function(f"systemctl() {{ true; }}; unit_folder={tmp_path}; export IMAGEBED_USER=$(id -un); install_units", tmp_path / "var")
    for name in ["upload.service", "upload@.service", "json-sync.service", "tally.service", "gc.service", "expire.service"]:
        lines = (tmp_path / f"imagebed-{name}").read_text().splitlines()
        assert ("PrivateNetwork=no" in lines) == network and ("RestrictAddressFamilies=AF_INET AF_INET6 AF_NETLINK" in lines) == network
        # The last one counts.
        assert [line for line in lines if line.startswith("PrivateNetwork=")][-1] == f"PrivateNetwork={'no' if network else 'yes'}"


def test_no_unit_is_made_of_a_configuration_that_cannot_be_read(tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var/cluster.conf").touch(mode=0o600)
    (tmp_path / "var/cluster.conf").write_text("database\n")
    said = function(f"systemctl() {{ true; }}; unit_folder={tmp_path}; export IMAGEBED_USER=$(id -un); (install_units) 2>&1 || echo ==== refused",
                    tmp_path / "var")
    assert "cluster.conf, line 1" in said and said.endswith("==== refused\n") and not list(tmp_path.glob("*.service"))


def test_the_unit_that_follows_other_nodes_comes_and_goes_with_them(tmp_path):
    """It has no socket or timer that begins it: what is disabled and removed is the service."""
    (tmp_path / "var").mkdir()
    conf = tmp_path / "var/cluster.conf"
    conf.touch(mode=0o600)
    conf.write_text("node = web1\n")
    words = f"systemctl() {{ echo systemctl $*; }}; has_systemd() {{ true; }}; unit_folder={tmp_path}; export IMAGEBED_USER=$(id -un);"
    words += f" packaged=yes lib={tmp_path}/lib package_units={tmp_path}/none;"
    said = function(words + "install_units", tmp_path / "var")
    assert "imagebed-follow.service" in next(line for line in said.splitlines() if line.startswith("systemctl enable"))
    stopped = function(words + "mkdir -p $lib; touch() { :; }; update-rc.d() { :; }; stop_responders", tmp_path / "var")
    assert "imagebed-follow.service" in next(line for line in stopped.splitlines() if line.startswith("systemctl disable"))
    conf.unlink()
    said = function(words + "install_units", tmp_path / "var").splitlines()
    assert "systemctl disable --quiet --now imagebed-follow.service" in said and "systemctl daemon-reload" in said
    assert not list(tmp_path.rglob("imagebed-follow.service"))
    # A package is the same wherever it is made.
    conf.touch()
    function(words + "packaged='' writable=$data protect_home=yes to_database='' changed_sockets=(); render_units", tmp_path / "var")
    assert not list(tmp_path.rglob("imagebed-follow.service"))


@pytest.mark.parametrize("target", ["/etc", "old/i/other", "a b", "x\nExecStartPre=+/bin/touch /root/x", "old/i\n"])
@pytest.mark.parametrize("tree", ["", "old/i"])
def test_no_unit_has_what_a_link_leads_to(tmp_path, target, tree):
    """Only the recorded tree: what else a link of the service's user names is refused, and no text of it gets into a unit."""
    (tmp_path / "var").mkdir()
    (tmp_path / "old/i").mkdir(parents=True)
    (tmp_path / "var/uploads").symlink_to(tmp_path / target)
    command = f"""systemctl() {{ true; }}; unit_folder={tmp_path} old_tree={tree and tmp_path / tree}; (install_units) 2>&1 || echo ==== refused"""
    out = function(command, tmp_path / "var")
    assert "==== refused" in out and "var/uploads leads to" in out and "remove that link" in out
    assert all(len(line) < 400 for line in out.splitlines()) and not any(line.startswith("Exec") for line in out.splitlines())
    assert not list(tmp_path.glob("*.service"))


# How a master of nginx was started, by its title, and the command that asks it

STARTED = {
    "/usr/sbin/nginx": [],
    "nginx -c /etc/other.conf": ["-c", "/etc/other.conf"],
    "/www/server/nginx/sbin/nginx -p /www/server/nginx/ -c /www/server/nginx/conf/nginx.conf": ["-c", "/www/server/nginx/conf/nginx.conf", "-p", "/www/server/nginx/"],
    "/usr/sbin/nginx -g daemon on; master_process on;": ["-g", "daemon on; master_process on;"],
    "nginx -g daemon off; pid /run/x; -c /etc/n.conf": ["-c", "/etc/n.conf", "-g", "daemon off; pid /run/x;"],
    "nginx -g daemon off; -p here": ["-g", "daemon off;", "-p", os.getcwd() + "/here"],
}


@pytest.mark.parametrize("title", STARTED)
def test_how_an_nginx_was_started(tmp_path, title):
    command = f"""nginx_title() {{ printf '%s ' 'nginx: master process {title}'; }}
        sleep 100 & until [[ $(readlink /proc/$!/exe) == */sleep ]]; do :; done
        nginx_started_as $!; printf '%s\\n' "${{nginx_command[@]}}"; kill $!"""
    words = function(command, tmp_path).splitlines()
    assert words[0].endswith("/sleep")
    assert sorted(zip(words[1::2], words[2::2])) == sorted(zip(STARTED[title][::2], STARTED[title][1::2]))


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_units_as_systemd_reads_them(units):
    files = [str(file) for kind in ["socket", "service", "timer"] for file in units.glob(f"*.{kind}")]
    run = subprocess.run(["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True)
    complaints = [line for line in run.stderr.splitlines() if str(units) in line or "imagebed" in line]
    assert run.returncode == 0 and complaints == []


@pytest.mark.parametrize("domain, found, told", [("img.example.org", False, True), ("img.example.org", True, False), ("", False, False)])
def test_a_name_that_leads_nowhere_is_told(tmp_path, domain, found, told):
    said = function(f"domain={domain}; getent() {{ {str(found).lower()}; }}; tell_of_name 2>&1", tmp_path)
    assert said == (f"{domain} is not found from here: visitors find the site when the DNS leads that name to this machine\n" if told else "")
