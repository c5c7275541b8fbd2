# Settings that the web server follows: the site's user writes values, root takes them or says why not. Nothing else of the data folder
# ever reaches the web server.

import re

import pytest

from test_takeover import section

PORT = 18290
VALUES = "/var/lib/imagebed/web/values"

FUNCTIONS = f"""
    install() {{ ./install.sh --web $1 --port {PORT} > /tmp/out 2> /tmp/err || {{ cat /tmp/err; exit 1; }}; }}
    conf() {{ echo /etc/${{1/apache/apache2}}/imagebed; }}
    # What cron runs each minute.
    minute() {{ bash -c "$(sed -n 's/^[*] [*] [*] [*] [*] root //p' /etc/cron.d/imagebed)"; }}
    set_value() {{ imagebed settings set "$1" "$2" 2>&1; }}
    # The answer to a body of so many bytes of zeros, which no setting would take for a picture.
    answer_to() {{ head -c "$1" /dev/zero > /tmp/zeros; curl -s -H "X-API-Key: $(sed -n 's/^ *API key *//p' /tmp/out)" -F "image=@/tmp/zeros;filename=a.jpg" http://127.0.0.1:{PORT}/api/v1/upload.php; echo; }}
    # (A worker that has not ended since the reload has the former settings.)
    until_said() {{ for turn in {{1..300}}; do answer_to 2200000 | grep "$*" && break; sleep 0.1; done; }}
    web_server() {{ imagebed doctor --json | sed 's/}},/}},\\n/g' | grep '"web server"'; }}
    as_service() {{ setpriv --reuid=imagebed --regid=imagebed --clear-groups "$@"; }}
    # All that root wrote, but why values were not taken.
    roots() {{ find /etc /usr/lib/imagebed /usr/share/imagebed -type f ! -name problem -exec stat -c '%n %U %a' {{}} + -exec cksum {{}} + | sort; }}
"""



@pytest.fixture(params=["nginx", "apache"])
def server(request, machine):
    if request.param == "apache":
        machine.bring_apache()
    return request.param


def test_a_change_reaches_the_web_server_at_the_next_minute(machine, server):
    run = machine.run(FUNCTIONS + f"""
        install {server}
        grep -rl /var/lib/imagebed/web $(conf {server}) && echo ==== includes
        echo ==== refused; answer_to 2000000
        set_value image_max_bytes 1MB; set_value video_max_bytes 1MB
        echo ==== doctor before; web_server
        minute
        echo ==== after; until_said code.:413
        echo ==== doctor after; web_server
        echo ==== changes nothing; roots > /tmp/before; minute; imagebed reload; roots | diff /tmp/before -
        echo ==== by hand; set_value image_max_bytes 3MB; imagebed reload; until_said Invalid file type
        # What is rendered anew by the next installation is the same.
        echo ==== installed again; roots > /tmp/before; ./install.sh 2> /dev/null; roots | diff /tmp/before -
        echo ==== end
        [ {server} = nginx ] && nginx -s stop || apache2ctl stop
        """)
    out = run.stdout
    assert "==== includes" not in out
    assert "Invalid file type" in section(out, "refused"), out
    assert section(out, "refused").count("the web server takes it by itself within 5 seconds (without systemd: within a minute)") == 2
    assert '"warning"' in section(out, "doctor before") and "web/values yet" in section(out, "doctor before")
    assert '"code":413,"error":"File too large"' in section(out, "after") and '"ok"' in section(out, "doctor after")
    assert section(out, "changes nothing") == f"{server} works by the settings already"
    assert '"error":"Invalid file type"' in section(out, "by hand").splitlines()[-1]
    assert not re.search("^[<>]", section(out, "installed again"), re.M)


# Locks, as another user, all that it can open: flock(2) asks for no right to write. Says so, and ends with its input.
STRANGER = """
import fcntl, os, sys
held = []
for top in ["/etc/imagebed", "/etc/nginx/imagebed", "/etc/apache2/imagebed", "/usr/lib/imagebed", "/usr/share/imagebed", "/run/imagebed", "/var/lib/imagebed", "/var/log/imagebed"]:
    for folder, folders, files in os.walk(top):
        for path in [folder, *(os.path.join(folder, name) for name in files)]:
            try:
                held.append(os.open(path, os.O_RDONLY | os.O_NONBLOCK))
                fcntl.flock(held[-1], fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
print(len(held), flush=True)
sys.stdin.read()
"""


def test_a_stranger_holds_nobody_up(machine, server, tmp_path_factory):
    """Nor does the service's user for ever."""
    folder = tmp_path_factory.mktemp("stranger")
    (folder / "stranger.py").write_text(STRANGER)
    folder.chmod(0o755)
    machine.bring(folder, "stranger")
    run = machine.run(FUNCTIONS + f"""
        install {server}
        # That of former versions; everybody has it open from then on.
        touch /usr/lib/imagebed/upgrading
        rm -f /usr/lib/imagebed/upgrade.lock; (umask 022; ./install.sh 2> /dev/null)
        mkfifo /tmp/end; exec 4<>/tmp/end
        coproc setpriv --reuid=nobody --regid=nogroup --clear-groups /usr/bin/python3 /tmp/stranger/stranger.py
        read -r count <&"${{COPROC[0]}}"; echo "==== holds $count"
        timeout 60 imagebed reload; echo "==== reload $?"
        timeout 60 bash -c "$(sed -n 's/^[*] [*] [*] [*] [*] root //p' /etc/cron.d/imagebed)"; echo "==== minute $?"
        timeout 200 ./install.sh > /tmp/said 2>&1; echo "==== install $?"; cat /tmp/said
        /etc/init.d/imagebed restart
        curl -s -m 20 -o /dev/null -w '==== answer %{{http_code}}\n' http://127.0.0.1:{PORT}/api/v1/stats.php
        eval "exec ${{COPROC[1]}}>&-"; wait
        stat -c '==== %n %a %U %G' /etc/imagebed/reload.lock /usr/lib/imagebed/upgrade.lock
        [ ! -e /usr/lib/imagebed/upgrading ] || echo ==== former lock
        exec 5>> /etc/imagebed/reload.lock 6>> /usr/lib/imagebed/install.lock; flock 5; flock 6
        (imagebed reload 5>&- 6>&-; echo "==== in vain $?") 2>&1 & reload=$!
        echo ==== another; timeout 100 ./install.sh --port 18999 2>&1 5>&- 6>&-; echo "==== then $?"; grep ^port /etc/imagebed/install.conf
        wait $reload; exec 5>&- 6>&-
        as_service bash -c 'exec 5< /usr/lib/imagebed/upgrade.lock; flock -s 5; echo $$; exec sleep 600' > /tmp/end &
        read -r holder <&4
        echo ==== stale; timeout 100 ./install.sh 2>&1; echo "==== and then $?"
        find /proc/[0-9]*/fd -lname '/usr/lib/imagebed/install.lock' -printf '==== keeps %p\n' 2> /dev/null
        kill $holder
        stat -c '==== now %n %a %U %G' /usr/lib/imagebed/*.lock
        echo ==== end
        [ {server} = nginx ] && nginx -s stop || apache2ctl stop
        """)
    out = run.stdout
    assert int(out.split("==== holds ")[1].split()[0]) > 20, out
    for said in ["reload 0", "minute 0", "install 0", "answer 200", "/etc/imagebed/reload.lock 600 root root", "/usr/lib/imagebed/upgrade.lock 640 root imagebed", "in vain 1"]:
        assert f"==== {said}\n" in out, (said, out)
    assert "==== former lock" not in out
    assert "/etc/imagebed/reload.lock locked for 30 s: try sudo imagebed reload later" in out, out
    assert "keeps /usr/lib/imagebed/install.lock locked" in section(out, "another"), out
    assert f"==== then 1\nport={PORT}\n" in out, "and the record is as it was"
    assert "==== and then 0\n" in out and "==== keeps" not in out, out
    for said in ["/usr/lib/imagebed/install.lock 600 root root", "/usr/lib/imagebed/upgrade.lock 640 root imagebed"]:
        assert f"==== now {said}\n" in out, out


HOSTILE = {
    "a newline and more": r"printf 'image_max_bytes 50MB\ninclude /etc/passwd;\n' > $V",
    "a semicolon": "sed -i 's|^uploads_path .*|uploads_path /i/;}server{listen 81|' $V",
    "a brace": "sed -i 's|^uploads_path .*|uploads_path /{i}/|' $V",
    "a quote": """sed -i "s|^uploads_path .*|uploads_path /'i/|" $V""",
    "another quote": """sed -i 's|^uploads_path .*|uploads_path /"i/|' $V""",
    "a variable": "sed -i 's|^uploads_path .*|uploads_path /${HOSTNAME}/|' $V",
    "another folder": "sed -i 's|^uploads_path .*|uploads_path /../../etc/|' $V",
    "no folder": "sed -i 's|^uploads_path .*|uploads_path |' $V",
    "a large number": "sed -i 's|^image_max_bytes .*|image_max_bytes 1000GB|' $V",
    "a negative number": "sed -i 's|^thumbnail_width .*|thumbnail_width -1|' $V",
    "a long number": "sed -i 's|^thumbnail_width .*|thumbnail_width 000000000000000000000000000000000000258|' $V",
    "a word": "sed -i 's|^thumbnail_fit .*|thumbnail_fit squeeze|' $V",
    "another switch": "sed -i 's|^hide_path .*|hide_path 2|' $V",
    "another size": "sed -i 's|^thumbnail_height .*|thumbnail_height 1e3|' $V",
    "another truth": "sed -i 's|^video_upload .*|video_upload true|' $V",
    "another video": "sed -i 's|^video_max_bytes .*|video_max_bytes 1,5GB|' $V",
    "a name in letters": "sed -i 's|^site_name .*|site_name ImageBed|' $V",
    "a name of two lines": "sed -i 's|^site_name .*|site_name 410a42|' $V",
    "a long name": "sed -i 's|^site_name .*|site_name '$(printf '41%.0s' {1..301})'|' $V",
    "a value twice": "echo hide_path on >> $V",
    "a value less": "sed -i /hide_path/d $V",
    "another setting": "echo site_name x >> $V",
    "nothing": ": > $V",
    "a byte of zero": r"printf 'x\0y\n' >> $V",
    "65 KB": "head -c 66560 /dev/zero | tr '\\0' a > $V",
    "no end": "truncate -s 100G $V",
    "a pipe": "rm $V; mkfifo $V",
    "a folder": "rm $V; mkdir $V",
    "a link to root's": "rm $V; ln -s /etc/shadow $V",
    "a link to a device": "rm $V; ln -s /dev/zero $V",
    "a link to a good one": "mv $V $V.real; ln -s $V.real $V",
    "a folder that is a link": "mv ${V%/*} ${V%/*}.real; ln -s ${V%/*}.real ${V%/*}",
    "closed": "chmod 0 $V",
    "gone": "rm $V",
}


def test_values_of_a_hostile_user(machine, server):
    """They change nothing, keep nobody waiting, and are told: by the command, in its unattended form once, and by the doctor."""
    tries = "\n".join(f"attack {number} <<'END'\n{harm}\nEND" for number, harm in enumerate(HOSTILE.values()))
    run = machine.run(FUNCTIONS + f"""
        install {server}
        imagebed reload > /dev/null
        cp -a /var/lib/imagebed/web /tmp/web
        roots > /tmp/before
        attack() {{
            echo "==== try $1"
            rm -rf /var/lib/imagebed/web /var/lib/imagebed/web.real; cp -a /tmp/web /var/lib/imagebed/web
            V={VALUES} as_service bash -c "$(cat)" || echo no harm done
            timeout 20 imagebed reload; echo "status $?"
            timeout 20 imagebed reload --unattended 2>&1; echo "then $?"
            web_server
            roots | diff /tmp/before - || echo changed
            [ "$(curl -s -o /dev/null -w '%{{http_code}}' http://127.0.0.1:{PORT}/api/v1/stats.php)" = 200 ] || echo no answer
        }}
        {tries}
        echo ==== mended; rm -rf /var/lib/imagebed/web; cp -a /tmp/web /var/lib/imagebed/web; imagebed reload; web_server
        echo ==== end
        [ {server} = nginx ] && nginx -s stop || apache2ctl stop
        """)
    for number, name in enumerate(HOSTILE):
        said = section(run.stdout, f"try {number}")
        assert said.count("\n") == 2, (name, said)
        status, then, doctor = said.splitlines()
        assert (status, then) == ("status 1", "then 1"), (name, said)
        assert '"problem"' in doctor and VALUES in doctor and "imagebed setup" in doctor, (name, said)
    told = [line for line in run.stderr.splitlines() if line.startswith("imagebed reload:")]
    assert len(told) == len(HOSTILE) and all(f"{VALUES} is not taken: " in line for line in told), told
    assert not re.search("root:|daemon:|/etc/passwd", run.stderr), "what it read is repeated"
    assert '"ok"' in section(run.stdout, "mended")


def test_whatever_says_that_values_changed_is_cleared(machine):
    """What systemd waits for is gone afterwards, so that it does not begin anew for ever; where it cannot be removed that is told."""
    run = machine.run(FUNCTIONS + f"""
        install nginx
        imagebed reload > /dev/null
        web=/var/lib/imagebed/web
        as_service bash -c "mkdir -p $web/changed/a/b; touch $web/changed/a/b/c; chmod 500 $web/changed"
        echo ==== a folder; imagebed reload; ls -A $web | sed 's/[.]changed[.].*/put aside/'
        rm -rf $web/.changed.*
        as_service bash -c "mkdir -p $web/changed/a; mv $web $web.real; ln -s $web.real $web"
        echo ==== no way; imagebed reload 2>&1; echo "status $?"; imagebed reload --unattended; echo "status $?"; web_server
        rm $web; mv $web.real $web; rm -r $web/changed
        touch $web/tree.apache.conf; echo ==== former; imagebed reload; ls -A $web
        echo ==== end
        nginx -s stop
        """)
    assert section(run.stdout, "a folder") == "nginx works by the settings already\nput aside\nvalues"
    said = section(run.stdout, "no way").splitlines()
    assert f"{VALUES} is not taken: " in said[0] and said[1:3] == ["status 1", "status 1"] and '"problem"' in said[3], said
    assert section(run.stdout, "former") == "nginx works by the settings already\nvalues"


def test_a_configuration_that_the_web_server_refuses(machine, server):
    """The former files are back until what is wrong is mended; then the next minute applies the values by itself."""
    broken = {"nginx": "/etc/nginx/conf.d/broken.conf", "apache": "/etc/apache2/conf-enabled/broken.conf"}[server]
    run = machine.run(FUNCTIONS + f"""
        install {server}
        echo 'Nothing of the kind;' > {broken}
        roots > /tmp/before
        set_value image_max_bytes 60MB > /tmp/said
        echo ==== refused; minute; tail -n 5 /var/log/imagebed.log | grep 'imagebed reload:'; roots | diff /tmp/before -
        echo ==== told once; minute; grep -c 'imagebed reload:' /var/log/imagebed.log
        echo ==== doctor; web_server
        rm {broken}
        echo ==== mended; minute; grep -oE '[0-9]{{8}}' $(conf {server})/{'limits' if server == 'nginx' else 'values'}.conf; web_server
        echo ==== end
        [ {server} = nginx ] && nginx -s stop || apache2ctl stop
        """)
    refused = section(run.stdout, "refused")
    assert "the web server refuses the configuration" in refused and "broken.conf" in refused
    assert not re.search("^[<>]", refused, re.M)
    assert section(run.stdout, "told once") == "1", refused
    assert '"problem"' in section(run.stdout, "doctor") and "broken.conf" in section(run.stdout, "doctor")
    assert section(run.stdout, "mended").startswith(f"{61 << 20}\n") and '"ok"' in section(run.stdout, "mended")
