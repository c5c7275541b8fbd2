# The Debian package: what is in it, what lintian says of it, and its life on a machine: installed, upgraded while clients ask, removed,
# installed again, purged.

import os
import pathlib
import re
import shutil
import subprocess

import pytest

from booted import boot
from packages import PAYLOAD, package, packages  # noqa: F401
from script import BIN, RESPONDERS, ROOT, function
from test_takeover import OLD_SITE
from test_upgrade import FUNCTIONS, PORT, assert_no_request_failed

HERE = pathlib.Path(__file__).resolve().parent
# As on a terminal whose user says yes to nothing: dpkg keeps what was changed.
LIFE = FUNCTIONS.replace(str(PORT), "80") + """
    apt() { DEBIAN_FRONTEND=noninteractive apt-get -y -q -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold "$@"; }
    install() { apt install "/tmp/packages/$1.deb" > "/tmp/$1.out" 2>&1 || { echo "==== failed: $1"; tail -50 "/tmp/$1.out"; }; }
    path_of_first() { sed -n 's|^ *first picture *http://[^/]*||p' /tmp/one.out; }
    processes() { for process in /proc/[0-9]*; do readlink "$process/exe"; done | grep imagebed; }
    ask() { curl -s -o /dev/null -w '%{http_code}\\n' "http://127.0.0.1$1"; }
"""


@pytest.fixture
def shipped(machine, packages):  # noqa: F811
    machine.bring(HERE, "tests")
    machine.bring(packages, "packages")
    return machine


def part(out, name):
    return out.partition(f"==== {name}\n")[2].partition("====")[0].strip()


def test_life(shipped):
    run = shipped.run(LIFE + """
        touch /tmp/start
        install one
        echo ==== greeting; cat /tmp/one.out; cp /tmp/one.out /tmp/first
        echo ==== begin; ask /api/v1/list.php
        echo ==== verify; dpkg -V imagebed
        echo ==== version; imagebed --version; dpkg-query -W -f '${Version}' imagebed
        echo ==== ill; imagebed doctor | grep '^problem'
        echo ==== names; stat -c %h /usr/lib/imagebed/upload
        echo '# mine' >> /etc/logrotate.d/imagebed; sed -i '2i # mine' /etc/nginx/imagebed/site.conf
        load 4
        install two
        end_load
        echo ==== second; tail -n 15 /tmp/two.out; grep -c password /tmp/two.out
        processes | grep deleted && echo ==== former programs
        echo ==== changed; tail -n 1 /etc/logrotate.d/imagebed /etc/cron.d/imagebed /etc/logrotate.d/imagebed.dpkg-dist; grep -c '# mine' /etc/nginx/imagebed/site.conf
        cmp /usr/lib/imagebed/upload /usr/libexec/imagebed/bin/upload && grep -c newer /usr/share/imagebed/htdocs/robots.txt
        echo ==== removed; apt remove imagebed > /tmp/removed 2>&1 || cat /tmp/removed
        processes; ls -d /usr/lib/imagebed /usr/share/imagebed /usr/libexec/imagebed /etc/init.d/imagebed /etc/nginx/sites-enabled/imagebed /run/imagebed 2>/dev/null
        ls -d /etc/imagebed/install.conf /etc/logrotate.d/imagebed /etc/nginx/imagebed/* /var/lib/imagebed/imagebed.db
        for turn in {1..600}; do [ "$(ask "$(path_of_first)")" = 200 ] || break; sleep 0.1; done; ask "$(path_of_first)" | grep -v 200; nginx -t -q
        echo ==== again; install two; grep -c password /tmp/two.out; ask "$(path_of_first)"; grep -c '# mine' /etc/nginx/imagebed/site.conf; tail -n 1 /etc/logrotate.d/imagebed
        echo ==== purged; apt purge imagebed > /tmp/purged 2>&1 || cat /tmp/purged
        tr -d '\\r' < /tmp/purged | grep 'The data stays'
        find /etc /usr /var /run -xdev -name '*imagebed*' ! -path '/var/lib/imagebed*' ! -path '/var/cache/*' -newer /tmp/start
        ls /var/lib/imagebed/imagebed.db; nginx -t -q
        nginx -s stop
        """, check=False)
    out = run.stdout
    assert "==== failed" not in out and "==== former programs" not in out, out[-6000:] + run.stderr[-3000:]
    greeting = part(out, "greeting")
    assert "ImageBed is installed." in greeting and re.search(r"password +[a-z0-9]{20}\n", greeting) and re.search(r"API key +ib_\S{40,}\n", greeting), greeting
    assert part(out, "begin") == "200" and part(out, "verify") == "" and part(out, "ill") == "", out
    number, version = re.fullmatch(r"imagebed (\S+).*\n(\S+)", part(out, "version")).groups()
    assert version.startswith(number.replace("-", "~") + "+"), version
    assert part(out, "names").splitlines() == ["2"], "a program takes its room once"
    assert_no_request_failed(out)
    assert part(out, "second").endswith("\n0") and "the site is installed and answers" in part(out, "second"), out
    assert part(out, "changed").splitlines()[1::3] == ["# mine", "# newer", "# newer"] and part(out, "changed").endswith("\n1\n1"), part(out, "changed")
    assert part(out, "removed").splitlines()[:-1] == [
        "/etc/imagebed/install.conf", "/etc/logrotate.d/imagebed", "/etc/nginx/imagebed/site.conf", "/var/lib/imagebed/imagebed.db"], part(out, "removed")
    assert part(out, "again").splitlines() == ["0", "200", "1", "# mine"], part(out, "again")
    assert part(out, "purged").splitlines() == ["The data stays in /var/lib/imagebed.", "/var/lib/imagebed/imagebed.db"], part(out, "purged")


def test_with_systemd(shipped, tmp_path_factory):
    """Units are the package's own and enabled; sockets keep what comes during an upgrade; nothing of ours is left running or enabled."""
    run = boot(shipped, tmp_path_factory.mktemp("booted"), LIFE + """
        of_etc() { find /etc/systemd/system -name 'imagebed*' "$@"; }
        install one
        echo ==== greeting; cat /tmp/one.out; cp /tmp/one.out /tmp/first
        echo ==== active; systemctl is-active imagebed-upload.socket imagebed-tally.timer imagebed-reload.path nginx.service; of_etc -type f; of_etc -type l | wc -l
        load 4
        install two
        end_load
        processes | grep deleted && echo ==== former programs
        echo ==== failed units; systemctl --failed --plain --no-legend
        echo ==== removed; apt remove imagebed > /tmp/removed 2>&1 || cat /tmp/removed
        processes; of_etc; systemctl list-units --all --plain --no-legend 'imagebed*'; ls /lib/systemd/system | grep imagebed
        echo ==== again; install two; systemctl is-active imagebed-upload.socket; ask "$(path_of_first)"
        """)
    out = run.stdout
    assert "==== failed:" not in out and "==== former programs" not in out, out[-6000:] + run.stderr[-3000:]
    assert "ImageBed is installed." in part(out, "greeting"), part(out, "greeting")
    active = part(out, "active").splitlines()
    assert active[:-1] == ["active"] * 4 and int(active[-1]) > len(RESPONDERS), active
    assert_no_request_failed(out)
    assert part(out, "failed units") == "" and part(out, "removed") == "" and part(out, "again").split() == ["active", "200"], out[-3000:]


def test_purge_at_a_terminal(machine, package, tmp_path_factory):  # noqa: F811
    """Only a yes deletes the data. (Of a package without programs, whose postinst does no more than what this needs.)"""
    folder = tmp_path_factory.mktemp("light")
    control = folder / "light/DEBIAN"
    shutil.copytree(package[1] / "DEBIAN", control, ignore=shutil.ignore_patterns("md5sums", "conffiles", "prerm", "preinst"))
    (control / "control").write_text("Package: imagebed\nVersion: 1\nArchitecture: all\nMaintainer: a <a@b.org>\nDescription: light\n")
    (control / "postinst").write_text("".join(
        line for line in (control / "postinst").read_text().splitlines(True) if line[:1] in "#s" or "config" in line or line[:2] in ["if", "fi"]))
    (folder / "brought").mkdir()
    subprocess.run(["dpkg-deb", "-b", folder / "light", folder / "brought/light.deb"], check=True, capture_output=True)
    machine.bring(folder / "brought", "packages")
    run = machine.run("""
        for answer in no yes; do
            mkdir -p /etc/imagebed /var/lib/imagebed; echo data=/var/lib/imagebed > /etc/imagebed/install.conf; touch /var/lib/imagebed/imagebed.db
            DEBIAN_FRONTEND=noninteractive dpkg -i /tmp/packages/light.deb > /dev/null || exit 1
            dpkg --remove imagebed > /dev/null
            echo $answer | script -qec 'DEBIAN_FRONTEND=teletype dpkg --purge imagebed' /dev/null > /tmp/said; grep -c 'Delete all pictures' /tmp/said
            ls -d /var/lib/imagebed || echo gone
        done
        """)
    assert run.stdout.split() == ["1", "/var/lib/imagebed", "1", "gone"], run.stdout + run.stderr


def test_over_an_installation_by_the_script(shipped):
    """That is the same package: port, data and accounts stay, no request fails, dpkg asks nothing and keeps what was changed; and the
    script installs its own one again, once."""
    run = shipped.run(LIFE.replace("load.py 80", "load.py 18280") + """
        ./install.sh --port 18280 > /tmp/first || exit 1
        echo '# mine' >> /etc/cron.d/imagebed
        load 4
        install two
        end_load
        echo ==== then; grep -c 'the site is installed and answers' /tmp/two.out; grep -c password /tmp/two.out; dpkg -V imagebed
        tail -n 1 /etc/cron.d/imagebed; ls /etc/logrotate.d/imagebed*; grep port= /etc/imagebed/install.conf
        processes | grep deleted && echo ==== former programs
        ./install.sh > /dev/null 2> /tmp/back || echo ==== failed
        echo ==== back; grep -c -e '^installing ' -e 'which this program works with' /tmp/back; grep -c newer /usr/share/imagebed/htdocs/robots.txt; dpkg -V imagebed; tail -n 1 /etc/cron.d/imagebed
        processes | grep deleted && echo ==== former programs
        # (Where dpkg is told to leave documents out, they are missing and nothing is wrong.)
        rm -r /usr/share/doc/imagebed /usr/share/man/man1/imagebed.1.gz; ./install.sh 2>&1 | grep '^installing ' && echo ==== failed
        # (What somebody has changed of it is made good, one file or very many.)
        echo >> /lib/systemd/system/imagebed-upload.service; ./install.sh > /dev/null 2>&1 || echo ==== failed
        echo ==== mended; dpkg -V imagebed; rm -r /usr/libexec/imagebed; ./install.sh > /dev/null 2>&1 || echo ==== failed
        echo ==== good; dpkg -V imagebed
        /usr/share/imagebed/install.sh --port 18281 > /dev/null 2>&1 || echo ==== failed
        echo ==== moved; curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:18281/api/v1/stats.php
        nginx -s stop
        """, check=False)
    out = run.stdout
    assert "==== failed" not in out and "==== former programs" not in out, out[-6000:] + run.stderr[-3000:]
    assert_no_request_failed(out)
    verified = "??5?????? c /etc/cron.d/imagebed"
    assert part(out, "then").splitlines() == ["1", "0", verified, "# mine", "/etc/logrotate.d/imagebed", "port=18280"], part(out, "then")
    assert part(out, "back").splitlines() == ["2", "0", verified, "# mine"], out[-3000:]
    assert part(out, "mended") == part(out, "good") == verified, out[-3000:]
    assert part(out, "moved") == "200"


def test_uninstall(shipped):
    """By the script, in a checkout and where it is installed, the package goes too; data, receivers and a changed server block stay, and
    the next installation brings all of its files again."""
    run = shipped.run(LIFE + """
        left() { dpkg-query -W -f '${db:Status-Abbrev}\n' imagebed 2> /dev/null; processes
            find /etc /usr /lib /run -xdev \\( -name '*imagebed*' -o -path '*/imagebed/*' -type f \\) -newer /tmp/start ! -path '*/debconf/*' | sort; ls /var/lib/imagebed/imagebed.db; }
        touch /tmp/start; install one
        echo ==== dry; ./install.sh uninstall --dry-run > /tmp/dry 2>&1 || echo failed; grep -c -e 'would run: .*dpkg --purge imagebed' -e 'would run: rm .*/usr/share/imagebed' /tmp/dry; dpkg -V imagebed
        echo ==== checkout; ./install.sh uninstall > /tmp/out 2> /tmp/said || cat /tmp/said; cat /tmp/out; grep -o 'are still in /var/lib/imagebed' /tmp/said; left
        install one
        echo ==== again; dpkg -V imagebed; ls /etc/cron.d/imagebed /etc/logrotate.d/imagebed
        sed -i '2i # mine' /etc/nginx/imagebed/site.conf; echo > /etc/imagebed/events.d/mine
        echo ==== installed; /usr/share/imagebed/install.sh uninstall 2> /tmp/said || cat /tmp/said; left
        nginx -t -q; nginx -s stop
        """, check=False)
    out, database = run.stdout, "/var/lib/imagebed/imagebed.db"
    assert "==== failed" not in out and part(out, "dry") == "2", out[-6000:] + run.stderr[-3000:]
    assert part(out, "checkout").splitlines() == ["are still in /var/lib/imagebed", database], out[-6000:] + run.stderr[-3000:]
    assert part(out, "again").splitlines() == ["/etc/cron.d/imagebed", "/etc/logrotate.d/imagebed"], out[-3000:]
    left = part(out, "installed").splitlines()
    assert {"/etc/imagebed/events.d/mine", "/etc/nginx/imagebed/site.conf"} < set(left) and left[-1] == database, out[-6000:] + run.stderr[-3000:]
    assert [line for line in left[:-1] if not line.startswith(("/etc/imagebed", "/etc/nginx/imagebed")) or line.endswith("/install.conf")] == [], left


def test_set_up_later(shipped):
    """What is to be replaced is told before anything is set up, and until then the package serves nothing."""
    run = shipped.run(LIFE + OLD_SITE + """
        IMAGEBED_SET_UP=later install one
        echo ==== told; imagebed user list 2>&1; echo $?
        echo ==== tried; imagebed cluster check 2>&1; echo $?
        echo ==== unpacked; who; grep -c 'sudo /usr/libexec/imagebed/install.sh OPTIONS' /tmp/one.out; dpkg -s imagebed | grep ^Status
        ls -d /etc/imagebed/install.conf /usr/lib/imagebed /var/lib/imagebed /etc/nginx/imagebed 2> /dev/null; processes
        echo ==== taken; /usr/libexec/imagebed/install.sh --from-easyimages /var/www/easyimages > /tmp/taken 2>&1 || tail /tmp/taken; becomes "the new one"
        echo ==== again; dpkg-reconfigure -f noninteractive imagebed > /tmp/again 2>&1 || tail /tmp/again; becomes "the new one"
        nginx -s stop
        """, check=False)
    out = run.stdout
    assert part(out, "told").splitlines() == ["imagebed: no site is set up here yet: sudo /usr/libexec/imagebed/install.sh OPTIONS does that", "1"], out[-6000:]
    tried = part(out, "tried").splitlines()
    assert tried[0].startswith("ok       cluster.conf: /var/lib/imagebed/cluster.conf is not there") and tried[1:] == ["0"], out[-6000:]
    assert part(out, "unpacked").splitlines() == ["the old one", "1", "Status: install ok installed"], out[-6000:] + run.stderr[-3000:]
    assert part(out, "taken") == "the new one" and part(out, "again") == "the new one", out[-6000:] + run.stderr[-3000:]


@pytest.mark.parametrize("options, depends", [("", True), ("--no-web-server", False)])
def test_on_which_web_server_it_depends(tmp_path, options, depends):
    """A panel's nginx is in no package, and apt would bring Debian's beside it."""
    said = function(f"""read_options deb {options}; default_options; check_options
        version=1 architecture=all maintainer=a size=1 libraries=libc6 web_servers=$(package_web_servers)
        render "$parts/debian/control.in" """, tmp_path)
    fields = dict(line.split(": ", 1) for line in said.splitlines() if ": " in line)
    clauses = fields["Depends"].split(", ")
    assert all(re.fullmatch(r"[a-z0-9.-]+( \([^)]*\))?( \| [a-z0-9.-]+)*", clause) for clause in clauses), clauses
    assert ("nginx | apache2" in clauses) == ("nginx | libapache2-mod-xsendfile" in clauses) == depends and "passwd" in clauses
    assert depends or "nginx" not in fields["Depends"]


@pytest.mark.parametrize("is_set_up, code, said", [(False, 1, "imagebed: no site is set up here yet: sudo /usr/libexec/imagebed/install.sh OPTIONS does that\n"), (True, 0, "list\n")])
def test_the_command_line_of_what_is_not_set_up(tmp_path, is_set_up, code, said):
    """It names the command that makes a site, where the package was told to wait, or its first installation has failed."""
    (tmp_path / "imagebed").write_text(function('lib=$folder; render "$parts/imagebed.in"', tmp_path))
    command = tmp_path.rename(tmp_path.with_name(f"{tmp_path.name}-own")) / "imagebed"
    if is_set_up:
        tmp_path.mkdir()
        (tmp_path / "imagebed").write_text('#!/bin/sh\necho "$@"\n')
        (tmp_path / "imagebed").chmod(0o755)
    run = subprocess.run(["sh", command, "list"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert (run.returncode, run.stdout) == (code, said)


@pytest.mark.parametrize("package_of_it, told", [("imagebed", True), ("", False)])
def test_a_port_that_is_taken(tmp_path, package_of_it, told):
    """Where a package is installed, the command that takes another port is told."""
    said = function(f"DPKG_MAINTSCRIPT_PACKAGE={package_of_it}; listening_on() {{ true; }}; (refuse_port perl 2>&1) || true", tmp_path)
    assert said.startswith("install.sh: perl listens on port 80: choose a free one with --port, such as --port 8090")
    assert ("sudo /usr/libexec/imagebed/install.sh --port 8090 && sudo dpkg --configure -a" in said) == told, said


def test_a_package_whose_folder_is_gone(tmp_path):
    """It can be removed nevertheless."""
    script = function('package_folder=$folder/none; render "$parts/debian/prerm"', tmp_path)
    for action in ["remove", "upgrade"]:
        run = subprocess.run(["sh", "-c", script, "prerm", action], capture_output=True, text=True)
        assert run.returncode == 0 and run.stderr == "", run.stderr


@pytest.mark.parametrize("command", ["make_package", "make_image"])
def test_packages_that_are_missing(tmp_path, command):
    """An ordinary user is told all of them, before the build."""
    script = f"""id() {{ echo 1000; }}; is_installed() {{ false; }}; find_executables() {{ echo built >&2; exit 1; }}
        unset IMAGEBED_BIN packaged; packaged='' action=deb; ({command} 2>&1) || true"""
    assert re.fullmatch(r"install.sh: packages are missing: sudo apt-get install dpkg-dev libfcgi-dev .*tzdata.*\n", function(script, tmp_path))


@pytest.mark.parametrize("said, told", [("libswiftCore.so => /opt/swift/libswiftCore.so (0x0)", True), ("libc.so.6 => /lib/libc.so.6 (0x0)", False)])
def test_programs_that_run_here_only(tmp_path, said, told):
    """What loads a toolchain's libraries runs on no server without one."""
    assert ("--static-swift-stdlib" in function(f"ldd() {{ echo '{said}'; }}; tell_of_toolchain 2>&1", tmp_path)) == told


@pytest.mark.parametrize("postrm, said", [('[ -z "${IMAGEBED_UNINSTALL-}" ]', "dpkg --purge imagebed"), ("rm -rf /etc/imagebed", "sudo apt remove imagebed")])
def test_a_package_that_knows_no_uninstall(tmp_path, postrm, said):
    """The postrm of a former version would delete what uninstalling leaves, so that one is left to apt."""
    (tmp_path / "dpkg/info").mkdir(parents=True)
    (tmp_path / "dpkg/status").write_text(
        "Package: imagebed\nStatus: install ok installed\nMaintainer: a <a@b.org>\nArchitecture: all\nVersion: 1\nDescription: a\n\n")
    (tmp_path / "dpkg/info/imagebed.list").write_text("/.\n")
    (tmp_path / "dpkg/info/imagebed.postrm").write_text(f"#!/bin/sh\n{postrm}\n")
    command = 'export DPKG_ADMINDIR=$folder/dpkg; act() { echo "$*" >&2; }; (remove_package 2>&1) || true'
    assert function(command, tmp_path).strip().endswith(said)


@pytest.mark.skipif(not shutil.which("lintian"), reason="lintian is not installed")
def test_lintian(package):  # noqa: F811
    """Debian's checks find no error. (That it is packed quickly is the tests' own choice; the programs of a debug build look for the
    toolchain's own libraries.)"""
    run = subprocess.run(["lintian", "--allow-root", "--tag-display-limit", "0", "--fail-on", "none", package[0]], capture_output=True, text=True, timeout=600)
    assert run.returncode == 0, run.stderr
    print(run.stdout)
    debug = b"/opt/swift" in subprocess.run(["readelf", "-d", BIN / "imagebed"], capture_output=True).stdout
    own = ["uses-no-compression-for-data-tarball", "uses-no-compression-for-control-tarball", *["custom-library-search-path"] * debug]
    errors = [line for line in run.stdout.splitlines() if line.startswith("E:") and not set(line.split()) & set(own)]
    assert errors == []


def test_what_is_in_it(package):  # noqa: F811
    """Programs without symbols, a unit for each responder, files in /etc that dpkg knows, and dependencies with versions."""
    file, unpacked = package
    field = lambda name: subprocess.run(["dpkg-deb", "-f", file, name], capture_output=True, text=True, check=True).stdout.strip()
    assert file.name == f"imagebed_{field('Version')}_{field('Architecture')}.deb"
    assert re.search(r"\blibfcgi0(ldbl|t64) \(>= 2\.4\.2-2\+deb12u1\)", field("Depends")) and re.search(r"libsqlite3-0 \(>= [0-9.]+\)", field("Depends"))
    assert "nginx | apache2" in field("Depends") and "multiwatch | systemd-sysv" in field("Depends")
    assert {path.name for path in (unpacked / PAYLOAD / "bin").iterdir()} - {"commit"} == RESPONDERS | {"imagebed", "picture"}
    assert ".symtab" not in subprocess.run(["readelf", "-SW", unpacked / PAYLOAD / "bin/imagebed"], capture_output=True, text=True, check=True).stdout
    units = {path.name for path in (unpacked / "lib/systemd/system").iterdir()}
    assert {f"imagebed-{name}{kind}" for name in RESPONDERS for kind in [".socket", ".service", "@.service"]} < units
    assert (unpacked / "DEBIAN/conffiles").read_text().split() == ["/etc/cron.d/imagebed", "/etc/logrotate.d/imagebed"]
    holes = [path for folder in ["DEBIAN", "lib", "etc", "usr/bin", "usr/lib"] for path in (unpacked / folder).rglob("*")
             if path.is_file() and re.search(r"@[A-Z_]+@", path.read_text())]
    assert holes == []
    assert not list((unpacked / PAYLOAD).glob("install/debian")) and "-dev" not in field("Depends")


def test_it_is_installed_without_a_compiler(package):  # noqa: F811
    """What is packed is all that an installation reads, and its programs run from where they are."""
    payload = package[1] / PAYLOAD
    environment = {name: value for name, value in os.environ.items() if name != "IMAGEBED_BIN"}
    overview = subprocess.run([payload / "bin/imagebed", "help"], capture_output=True, text=True, check=True, env=environment)
    assert "user add" in overview.stdout and (payload / "nginx/takeover.sh").exists()
    # (A place that the web server's user can get to; nothing is made there.)
    run = subprocess.run([payload / "install.sh", "--dry-run", "--port", "18180", "--data", f"/var/tmp/imagebed-{os.getpid()}"], capture_output=True,
                         text=True, env=environment, stdin=subprocess.DEVNULL)
    assert run.returncode == 0 and "swift" not in run.stderr, run.stderr


def test_units_are_those_of_an_installation(package, units):  # noqa: F811
    """But for where the data and the programs are."""
    for path in (package[1] / "lib/systemd/system").iterdir():
        other = (units / path.name).read_text().replace(f"{units}/bin", "/usr/lib/imagebed").replace(str(units), "/var/lib/imagebed")
        assert path.read_text() == other, path.name


@pytest.mark.skipif(not shutil.which("man"), reason="man is not installed")
def test_manual_page(package):  # noqa: F811
    """It has every command of the overview, and groff has nothing to remark."""
    page = package[1] / "usr/share/man/man1/imagebed.1.gz"
    run = subprocess.run(["man", "--warnings", "--no-hyphenation", "--no-justification", "-E", "UTF-8", "-Tutf8", "-l", page], capture_output=True, text=True,
                         env={**os.environ, "MANWIDTH": "200", "LC_ALL": "C.UTF-8"})
    assert run.returncode == 0 and run.stderr == "", run.stderr
    text = " ".join(re.sub(r".\x08|\x1b\[[0-9;]*m", "", run.stdout).split())
    overview = subprocess.run([BIN / "imagebed", "help"], capture_output=True, text=True, check=True).stdout
    commands = re.findall(r"^  (\S.*?)  +(\S.*)$", overview, re.MULTILINE)
    assert len(commands) > 40
    for command, summary in commands:
        assert f" {command} {' '.join(summary.split())}" in text, (command, text[:3000])


@pytest.mark.parametrize("words, offered", [
    (["us"], "user"), (["user", "app"], "approve"), (["user", "add", "--ro"], "--role"), (["backup", "--data", ""], ""), (["--v"], "--version"),
])
def test_completion(package, words, offered):  # noqa: F811
    script = package[1] / "usr/share/bash-completion/completions/imagebed"
    run = subprocess.run(["bash", "-euc", 'source "$1"; COMP_WORDS=(imagebed "${@:2}"); COMP_CWORD=$(($# - 1)); _imagebed; echo "${COMPREPLY[*]}"', "bash",
                          script, *words], capture_output=True, text=True, check=True)
    assert run.stdout == offered + "\n"


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="shellcheck is not installed")
def test_scripts(package):  # noqa: F811
    scripts = [package[1] / "DEBIAN" / name for name in ["config", "preinst", "postinst", "prerm", "postrm"]] + [package[1] / "usr/bin/imagebed"]
    run = subprocess.run(["shellcheck", "-e", "SC1091", *scripts, "-s", "bash", package[1] / "usr/share/bash-completion/completions/imagebed"], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("commit, former, later", [
    ("1.0.0-beta.1", "1.0.0-beta.1", "1.0.0-beta.2"), ("a", "1.0.0-beta.2", "1.0.0"), ("a", "1.0.0", "1.0.1"),
])
def test_versions_in_order(tmp_path, commit, former, later):
    """A pre-release comes before its release; of one number the later commit is the newer one."""
    def version(number, time):
        (tmp_path / "imagebed").write_text(f"#!/bin/sh\necho imagebed {number}\n")
        (tmp_path / "imagebed").chmod(0o755)
        os.utime(tmp_path / "imagebed", (time, time))
        return function(f"here={tmp_path} bin={tmp_path}; read_package_version; echo $version", tmp_path).strip()

    order = [version(former, 1000000000), version(former, 2000000000), version(later, 1000000000)]
    for first, second in zip(order, order[1:]):
        assert subprocess.run(["dpkg", "--compare-versions", first, "lt", second]).returncode == 0, order


def test_units_with_other_choices(tmp_path):
    """A site with another data folder has units in /etc in the place of the package's; where these are right those of /etc go, and only
    what is another one than before is started anew."""
    said = function("""packaged=yes package_units=$folder/package unit_folder=$folder/etc lib=$folder/lib; mkdir -p $folder/package $folder/etc/paths.target.wants
        step() { changed='' relocated='' changed_sockets=(); unit imagebed-reload.path reload.path.in
            echo "$1: ${changed:-no} ${relocated:-no}" $(cd $folder/etc; find . -name '*.path' | sort); }
        data=/var/lib/imagebed; render $parts/systemd/reload.path.in > $folder/package/imagebed-reload.path
        step usual; step again; data=/srv/pictures; step other; step again; data=/var/lib/imagebed; step back
        rm -r $folder/lib/units; cp $folder/package/*.path $folder/etc; ln -s /etc/x $folder/etc/paths.target.wants/imagebed-reload.path; step script""", tmp_path)
    assert said.splitlines() == ["usual: yes no", "again: no no", "other: yes no ./imagebed-reload.path", "again: no no ./imagebed-reload.path",
                                 "back: yes yes", "script: no yes"]
