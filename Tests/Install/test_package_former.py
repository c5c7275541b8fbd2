# The package takes over a site that install.sh has made, as early as 7f72abd, whether apt installs it or install.sh of this checkout: no
# request fails, what was chosen stays, and of the files that were written for it the package has its own; what somebody has changed of them
# is kept beside.

import os
import pathlib
import subprocess

import pytest

from booted import boot
from old_versions import old_version
from packages import PAYLOAD, package, packages  # noqa: F401
from script import ROOT, function
from test_package import LIFE, part, shipped  # noqa: F401
from test_takeover import OLD_SITE
from test_upgrade import assert_no_request_failed

FORMER = "7f72abd"
BY_SCRIPT = """
    by_script() { (cd /tmp/former && IMAGEBED_BIN=/tmp/former/bin ./install.sh "$@") > /tmp/first 2> /tmp/first.err || { echo ==== failed: by script; tail -20 /tmp/first.err; }; }
    choices() { grep -E '^(port|domain|prefix|data|web|beside)=' /etc/imagebed/install.conf; imagebed settings get base_url; imagebed user list | grep -c admin; }
    by_checkout() { IMAGEBED_BIN=/tmp/bin ./install.sh > /tmp/two.out 2>&1 || { echo "==== failed: by checkout"; tail -50 /tmp/two.out; }; }
    of_script() { find /etc /usr/bin -name 'imagebed*.dpkg-*' -o -path '*/systemd/system/imagebed*' -type f | sort; }
"""

WAYS = pytest.mark.parametrize("way", ["install two", "by_checkout"])


@pytest.fixture
def former(shipped):  # noqa: F811
    shipped.bring(old_version(FORMER), "former")
    return shipped


@WAYS
def test_without_systemd(former, way):
    run = former.run(LIFE.replace("load.py 80", "load.py 18280") + BY_SCRIPT + """
        export PREFIX=/pictures
        by_script --port 18280 --prefix /pictures --domain img.example.org
        imagebed settings set base_url https://img.example.org/pictures 2> /dev/null
        echo '# mine' >> /etc/init.d/imagebed; sed -i 's|tally|tally --mine|' /etc/cron.d/imagebed
        echo ==== chosen; choices
        load 4
        WAY
        end_load
        processes | grep deleted && echo ==== former programs
        echo ==== kept; choices
        echo ==== copies; of_script; tail -n 1 /etc/init.d/imagebed.dpkg-old; grep -c -e --mine /etc/cron.d/imagebed.dpkg-old; grep -c mine /etc/init.d/imagebed
        echo ==== verify; dpkg -V imagebed; grep -c password /tmp/two.out
        find /usr/lib/imagebed -maxdepth 1 -type f -perm /111 -links 1
        echo ==== then; imagebed doctor | grep '^problem' | grep -v 'img.example.org'; /etc/init.d/imagebed status && echo runs
        nginx -s stop
        """.replace("WAY", way), check=False)
    out = run.stdout
    assert "==== failed" not in out and "==== former programs" not in out, out[-6000:] + run.stderr[-3000:]
    assert_no_request_failed(out)
    assert part(out, "chosen").splitlines()[:3] == ["port=18280", "domain=img.example.org", "prefix=/pictures"], out[:2000]
    assert part(out, "chosen").splitlines()[-2:] == ["https://img.example.org/pictures", "1"] and part(out, "kept") == part(out, "chosen"), part(out, "kept")
    assert part(out, "copies").splitlines() == ["/etc/cron.d/imagebed.dpkg-old", "/etc/init.d/imagebed.dpkg-old", "# mine", "1", "0"], part(out, "copies")
    assert part(out, "verify") == "0" and part(out, "then") == "runs", out[-3000:]


@WAYS
def test_with_systemd(former, way, tmp_path_factory):
    """Units of the usual choices are the package's from then on; with another data folder those in /etc are in force, as they would be."""
    run = boot(former, tmp_path_factory.mktemp("booted"), LIFE + BY_SCRIPT + """
        by_script; mkdir -p /etc/systemd/system/imagebed-list.service.d
        printf '[Service]\\nNice=1\\n' > /etc/systemd/system/imagebed-list.service.d/mine.conf
        sed -i 's/^MemoryMax=.*/MemoryMax=1G/' /etc/systemd/system/imagebed-upload.service
        echo ==== chosen; choices
        load 4
        WAY
        end_load
        processes | grep deleted && echo ==== former programs
        echo ==== kept; choices
        echo ==== units; of_script; grep MemoryMax /etc/systemd/system/imagebed-upload.service.dpkg-old
        systemctl show -p Nice -p FragmentPath --value imagebed-list.service; systemctl show -p MemoryMax --value imagebed-upload.service
        echo ==== active; systemctl is-active imagebed-upload.socket imagebed-tally.timer imagebed-doctor.timer imagebed-reload.path; systemctl --failed --plain --no-legend
        echo ==== enabled; systemctl is-enabled imagebed-upload.socket imagebed-gc.timer
        """.replace("WAY", way))
    out = run.stdout
    assert "==== failed:" not in out and "==== former programs" not in out, out[-6000:] + run.stderr[-3000:]
    assert_no_request_failed(out)
    assert part(out, "kept") == part(out, "chosen") and "port=80" in part(out, "kept"), part(out, "kept")
    assert part(out, "units").splitlines() == [
        "/etc/systemd/system/imagebed-list.service.d/mine.conf", "/etc/systemd/system/imagebed-upload.service.dpkg-old", "MemoryMax=1G",
        "1", "/lib/systemd/system/imagebed-list.service", str(2 << 30)], part(out, "units")
    assert part(out, "active").split() == ["active"] * 4 and part(out, "enabled").split() == ["enabled"] * 2, out[-3000:]


@WAYS
def test_of_a_site_that_was_taken_over(former, way):
    """It has the place of the old site before and after, with its address and the user whose the pictures are, and can be given back."""
    run = former.run(LIFE + BY_SCRIPT + OLD_SITE + """
        chosen() { grep -E '^(port|domain|data|old_site|nginx_link|site_url)=' /etc/imagebed/install.conf; imagebed settings get base_url; stat -c %U /var/lib/imagebed/imagebed.db; }
        by_script --from-easyimages /var/www/easyimages
        echo ==== taken; who; chosen
        WAY
        echo ==== upgraded; who; chosen
        echo ==== copies; of_script
        echo ==== upload; upload
        echo ==== rollback; /usr/share/imagebed/install.sh rollback > /tmp/rollback 2>&1 || tail /tmp/rollback; becomes 'the old one'
        nginx -s stop
        """.replace("WAY", way), check=False)
    out = run.stdout
    assert "==== failed" not in out, out[-6000:] + run.stderr[-3000:]
    assert part(out, "taken").startswith("the new one\n") and part(out, "upgraded") == part(out, "taken"), out[-3000:]
    assert part(out, "copies") == "" and '"result":"success"' in part(out, "upload") and r'"url":"https:\/\/img.example.test\/i\/' in part(out, "upload"), out[-3000:]
    assert part(out, "rollback") == "the old one", out[-3000:]


RENDER = """
    source ./install.sh; shopt -s lastpipe nullglob
    state=/nonexistent dry_run='' changed='' default_site_removed='' former_place='' responder_table='list 2 2' relocated='' former_web='' site_url='' site_host=''
    read_options --data "$data"; default_options; check_options; install_settings; state=/etc/imagebed/install.conf
    service_user=somebody web_group=others bin=/nonexistent assets=0123abcd
    put() { cat > "$out/$(tr / % <<<"$1")"; }
    responders() { echo list; }; processes_of() { echo 2; }; most_processes_of() { echo 3; }
    for name in act commit install_executable install_folder install_commit install warn_of_shared_memory restart_units systemctl; do eval "$name() { :; }"; done
    cmp() { :; }
    install_files || true; install_units; install_start_script
"""


def rendered(checkout, out, data):
    """What install.sh of a checkout writes into a system whose choices are unusual ones."""
    out.mkdir()
    subprocess.run(["bash", "-euc", RENDER], cwd=checkout, check=True, capture_output=True, env={**os.environ, "out": str(out), "data": data})
    return [path for path in out.iterdir() if not path.name.startswith(("%usr%share", "%etc%nginx"))]


def is_known(path, data, known):
    """Whether a copy of it would be made."""
    copy = path.with_name(path.name + ".dpkg-old")
    subprocess.run(["sh", "-euc", f'. {ROOT}/Sources/imagebed/install/written.sh; keep_changed "$@"', "sh", path, data, known], check=True, capture_output=True)
    made = copy.exists()
    copy.unlink(missing_ok=True)
    return not made


@pytest.mark.parametrize("commit", ["7f72abd", "8299316", "2989bfe", "13ad780", ""])
def test_what_was_written_is_known(package, tmp_path, commit):  # noqa: F811
    """Of every version, with whatever was chosen; and a line that is another one, that is there no more, or that is new is seen."""
    known = (package[1] / PAYLOAD / "install/written-files").read_text().replace("\n", " ")
    checkout, data = ROOT, "/srv/a.b+c"
    if commit:
        if subprocess.run(["git", "-C", ROOT, "cat-file", "-e", commit], capture_output=True).returncode:
            pytest.skip(f"commit {commit} is not in the history here")
        checkout = tmp_path / "checkout"
        checkout.mkdir()
        archive = subprocess.run(["git", "-C", ROOT, "archive", commit], capture_output=True, check=True).stdout
        subprocess.run(["tar", "-C", checkout, "-x"], input=archive, check=True)
    files = rendered(checkout, tmp_path / "out", data)
    assert len(files) > 9
    assert [path.name for path in files if not is_known(path, data, known)] == []
    for path in files:
        lines = path.read_text().splitlines(True)
        for changed in [lines + ["# mine\n"], lines[:-1], [line.replace(data, f"{data}/other /mine") for line in lines]]:
            if changed != lines:
                path.write_text("".join(changed))
                assert not is_known(path, data, known), (path.name, "".join(changed))


def test_a_tree_that_was_taken_over(tmp_path):
    """A unit may write to it where the data folder leads there, and to nothing else."""
    (tmp_path / "tree/recycle").mkdir(parents=True)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/uploads").symlink_to(tmp_path / "tree")
    forms = set()
    for index, words in enumerate(["", " {0}/tree", " {0}/tree {0}/tree/recycle", " {0}/other"]):
        (tmp_path / f"{index}").write_text(f"ReadWritePaths={tmp_path}/data{words.format(tmp_path)}\n")
        forms.add(function(f"usual_form {tmp_path}/{index} {tmp_path}/data", tmp_path))
    assert len(forms) == 2
