# Taking the place of an EasyImages site behind a running nginx, and giving it back. PHP is not needed for that: the old site is
# the sample install behind a server block that answers for every .php with words of its own, so that it shows who answers.

import json
import pathlib
import re
import subprocess

import pytest

from script import function

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "Tests/Data/easyimages"
DELETES = json.loads((SAMPLE / "deletes.json").read_text())
TOKEN = next(token["token"] for token in DELETES["tokens"] if token["state"] == "valid")
PORT = 18190
HOST = f"http://img.example.test:{PORT}"
OLD_WORDS = "the old site answers"

# A running old site, and what the tests ask of it.
OLD_SITE = f"""
    mkdir -p /var/www && cp -r /tmp/easyimages /var/www/easyimages && chown -R www-data:www-data /var/www/easyimages
    chmod 700 /var/www/easyimages/config
    echo "127.0.0.1 img.example.test" >> /etc/hosts
    rm -f /etc/nginx/sites-enabled/*
    cat > /etc/nginx/sites-available/pictures <<'END'
server {{
    listen {PORT};
    server_name img.example.test;
    root /var/www/easyimages;
    index index.php;
    client_max_body_size 100m;
    location ~ \\.php$ {{ default_type text/plain; return 200 "{OLD_WORDS}"; }}
}}
END
    ln -s ../sites-available/pictures /etc/nginx/sites-enabled/pictures
    nginx || exit 1
    cp htdocs/404.png picture.png
    state() {{ (cd /var/www/easyimages && find . -type f -printf '%p %m %u %g %T@ ' -exec sha256sum {{}} \\; ; find . ! -type f -printf '%p %m %u %g %l\\n') | sort; }}
    who() {{ curl -s {HOST}/index.php | grep -q "{OLD_WORDS}" && echo "the old one"; curl -s {HOST}/api/v1/stats.php | grep -q '^."success":true' && echo "the new one"; true; }}
    # nginx goes on with the configuration it had for a moment after it was told of another.
    becomes() {{ for turn in {{1..600}}; do [ "$(who)" != "$1" ] || break; sleep 0.1; done; who; }}
    upload() {{ curl -s {HOST}/api/index.php -F image=@picture.png -F token={TOKEN}; echo; }}
    sites() {{ (cd /etc/nginx/sites-enabled && find . ! -name . -printf '%f %l\\n' | sort); }}
"""
TAKE = "./install.sh --from-easyimages /var/www/easyimages"


def section(out, name):
    """What the script printed between `==== name` and the next such mark."""
    return re.search(rf"==== {name}\n(.*?)(?===== |\Z)", out, re.DOTALL)[1].strip()


def test_takeover_rollback_and_again(machine):
    stored = DELETES["uploads"][0]
    path = stored["stored_path"]
    link = re.sub("^https://[^/]+", HOST, stored["response"]["del"])
    run = machine.run(OLD_SITE + f"""
        state > /tmp/before
        sites > /tmp/sites
        echo ==== before; who
        {TAKE} || exit 1
        echo ==== taken; who; sites
        echo ==== upload; upload
        echo ==== picture; curl -s -o /tmp/picture -w '%{{http_code}} %{{content_type}}' '{HOST}{path}'; cmp /tmp/picture /tmp/easyimages{path} && echo same
        echo ==== thumb; curl -s -o /dev/null -w '%{{http_code}} %{{content_type}}' '{HOST}/app/thumb.php?img={path}'
        echo ==== delete; curl -s '{link}'; curl -s -o /dev/null -w ' %{{http_code}}' '{HOST}{path}'
        echo ==== secrets; curl -s --path-as-is {HOST}/config/config.php {HOST}/i/../config/api_key.php {HOST}/admin/logs/upload/2025-07.php
        echo ==== owners; find /var/www/easyimages ! -user www-data; stat -c %U /var/lib/imagebed/imagebed.db
        echo ==== twice
        inventory() {{ find /etc /usr/lib/imagebed /usr/share/imagebed -printf '%p %m %u %s %T@\\n' | sort; }}
        inventory > /tmp/first; {TAKE} || exit 1; ./install.sh || exit 1; inventory > /tmp/second; diff /tmp/first /tmp/second; who
        # (Nothing on this machine speaks TLS for the site.)
        echo ==== gc; imagebed gc; imagebed doctor | grep '^problem' | grep -v 'connection: nobody answers at https://img.example.test from here' && echo ill
        echo ==== rollback; ./install.sh rollback || exit 1; becomes 'the old one'; sites | diff - /tmp/sites
        for process in /proc/[0-9]*; do readlink $process/exe; done | grep /usr/lib/imagebed
        ./install.sh rollback || exit 1
        echo ==== changes; state > /tmp/after; diff /tmp/before /tmp/after
        echo ==== plainly; ./install.sh && echo installed; who
        echo ==== again; cp picture.png /var/www/easyimages/i/2025/07/04/php.png; chown www-data /var/www/easyimages/i/2025/07/04/php.png
        {TAKE} || exit 1; who; upload; curl -s -o /dev/null -w '%{{http_code}}' {HOST}/i/2025/07/04/php.png; curl -s {HOST}/api/v1/list.php?per_page=1000 | grep -c php.png
        echo ==== uninstall; /usr/share/imagebed/install.sh uninstall || exit 1; becomes 'the old one'; sites | diff - /tmp/sites
        ls -d /etc/nginx/imagebed /etc/imagebed /usr/lib/imagebed /etc/cron.d/imagebed 2>/dev/null
        ls -l /var/lib/imagebed/uploads | grep -c easyimages
        nginx -s stop
        """, check=False)
    out = run.stdout
    assert run.returncode == 0, out[-2000:] + run.stderr[-3000:]
    assert section(out, "before") == "the old one"
    assert section(out, "taken").splitlines() == ["the new one", "imagebed /etc/nginx/imagebed/replacing.conf"]
    answer = json.loads(section(out, "upload"))
    assert answer["result"] == "success" and answer["id"] == 0 and re.search(r"/i/\d{4}/\d\d/\d\d/[0-9a-z]+-0\.png$", answer["url"])
    assert section(out, "picture") == "200 image/jpegsame"
    assert section(out, "thumb") == "200 image/jpeg"
    assert '"code":200' in section(out, "delete") and section(out, "delete").endswith(" 404")
    for word in ["<?php", "c23e32f763", TOKEN]:
        assert word not in section(out, "secrets")
    assert section(out, "owners") == "www-data"
    assert section(out, "twice") == "the new one"
    assert "ill" not in section(out, "gc").split()
    assert section(out, "rollback") == "the old one"
    check_changes(section(out, "changes"), path)
    assert section(out, "plainly") == "the old one"
    again = section(out, "again").splitlines()
    assert again[0] == "the new one" and json.loads(again[1])["code"] == 200 and again[2] == "2001"
    assert section(out, "uninstall").splitlines() == ["the old one", "1"]


def check_changes(difference, deleted):
    """Between takeover and rollback: pictures that came are new, what was deleted is in the recycle bin; no more."""
    lost = [line[2:].split(" ")[0] for line in difference.splitlines() if line.startswith("<")]
    new = [line[2:].split(" ")[0] for line in difference.splitlines() if line.startswith(">")]
    assert lost == ["." + deleted], difference
    pictures = [name for name in new if re.fullmatch(r"\./i/20(?:2[6-9]|[3-9]\d)/\d\d/\d\d/[0-9a-z]+-0\.png", name)]
    recycled = [name for name in new if name.startswith("./i/recycle/")]
    folders = [name for name in new if re.fullmatch(r"\./i/(?:20\d\d(?:/\d\d){0,2}|\.incoming)", name)]
    assert any(name.endswith(deleted.replace("/", "_").removeprefix("_i_")) for name in recycled), recycled
    assert len(pictures) == 1 and sorted(pictures + recycled + folders) == sorted(new), difference


# What goes wrong leaves the old site as it was: the way it is spoilt, and what is said

FAILURES = {
    "thumbnails do not work": ("cp /bin/false /tmp/bin/thumb", "there is no thumbnail"),
    "uploads do not work": ("cp /bin/false /tmp/bin/api-index; cp /bin/false /tmp/bin/upload", "the upload failed"),
    "nothing works": ("cp /bin/false /tmp/bin/stats; sed -i s/^patience=20/patience=2/ install/web.sh", "the new programs do not answer"),
    "nginx refuses": ("echo 'nothing;' > nginx/safe.conf", "nginx does not take the new site"),
    "nginx refuses only the whole site": (
        """sed -i 's|replacing.conf" <<<"$old_server"|replacing.conf" <<<"$old_server nothing;"|' nginx/takeover.sh""", "nginx does not take the new site"),
    "the new site does not answer": (
        """sed -i 's|replacing.conf" <<<"$old_server"|replacing.conf" < <(sed "s,include.*locations.conf.*,return 503;," <<<"$old_server")|' nginx/takeover.sh
        sed -i 's|^    "reload_$web"$|&; patience=2|' nginx/takeover.sh""",
        "the new site does not answer at"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_failure_leaves_the_old_site(machine, name):
    spoil, words = FAILURES[name]
    run = machine.run(OLD_SITE + f"""
        {spoil}
        state > /tmp/before
        sites > /tmp/sites
        {TAKE} && echo ==== installed
        echo ==== then; becomes 'the old one' > /dev/null; curl -s -H 'Host: img.example.test' http://127.0.0.1:{PORT}/index.php; echo; sites | diff - /tmp/sites
        for process in /proc/[0-9]*; do readlink $process/exe; done | grep /usr/lib/imagebed
        echo ==== changes; state | diff /tmp/before -
        """, check=False)
    assert "==== installed" not in run.stdout and words in run.stderr, run.stdout + run.stderr[-2000:]
    assert section(run.stdout, "then") == OLD_WORDS
    changes = [line for line in section(run.stdout, "changes").splitlines() if line[:1] in "<>"]
    assert [line for line in changes if line[0] == "<"] == []
    assert all(re.match(r"> \./i/(20[23]\d/\d\d|20[23]\d$|20[23]\d \d|recycle/|\.incoming)", line) for line in changes), changes


# What is refused before anything is changed, by the dry run too: how the machine is spoilt, whether nginx runs with that, and what is said

REFUSALS = {
    "settings that are no data": ("echo \"'x'=>system('id'),\" > /var/www/easyimages/config/config.php", "config/config.php: "),
    "half-written settings": ("truncate -s 700 /var/www/easyimages/config/config.php", "config/config.php: "),
    "half-written tokens": ("truncate -s 60 /var/www/easyimages/config/api_key.php", "config/api_key.php: "),
    "root's pictures": ("chown -R root /var/www/easyimages/i", "belongs to root"),
    "no such site": ("sed -i s,/var/www/easyimages,/var/www/html, $vhost; nginx -s reload", "no site of nginx has /var/www/easyimages"),
    "a folder of another site": ("sed -i 's,/var/www/easyimages,/var/www,' $vhost; nginx -s reload", "lies below the root of img.example.test"),
    "a folder without a site": ("rm /var/www/easyimages/config/config.php", "is no EasyImages site"),
    "two sites with one name": (
        f"echo 'server {{ listen {PORT}; server_name b.example.test img.example.test; root /srv; }}' > /etc/nginx/sites-enabled/twice; nginx -s reload",
        "two sites of nginx have the name img.example.test on the same port"),
    "an nginx in a container": ("""
        sed -i s,/var/www/easyimages,/var/www/html, $vhost; nginx -s reload
        mkdir -p /c/etc/nginx /c/var/log/nginx /c/var/lib/nginx /c/run /c/dev; mount --bind /dev /c/dev
        for file in $(type -P nginx) $(ldd $(type -P nginx) | grep -o '/[^ ]*'); do cp -L --parents $file /c; done
        cp /etc/passwd /etc/group /c/etc; echo 'user root; events { } http { server { listen 18195; root /var/www/easyimages; } }' > /c/etc/nginx/nginx.conf
        chroot /c $(type -P nginx) || exit 1
        """, "An nginx in a container runs here too"),
    "errors in a vhost": ("echo 'server { listen' > /etc/nginx/sites-enabled/broken", "does not take its configuration as it is"),
    "nginx does not run": ("nginx -s stop; while curl -s -o /dev/null http://127.0.0.1:%d; do sleep 0.1; done" % PORT, "does not run"),
    "a read-only folder": ("mount --bind /etc/nginx/sites-enabled /etc/nginx/sites-enabled; mount -o remount,bind,ro /etc/nginx/sites-enabled", "is read-only"),
    "a rule that would get lost": ("sed -i 's,index index.php;,&auth_request /a; location = /a { return 204; },' $vhost; nginx -s reload", "auth_request /a;"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_refused_before_anything_is_changed(machine, name):
    spoil, words = REFUSALS[name]
    run = machine.run(OLD_SITE + f"""
        vhost=/etc/nginx/sites-available/pictures
        {spoil}
        inventory() {{ state; find /etc /usr/bin /usr/lib/imagebed /usr/share/imagebed /var/lib /run ! -path /run ! -path /run/nginx.pid -printf '%p %m %u %s %T@ %l\\n' 2>/dev/null | sort; }}
        inventory > /tmp/before
        {TAKE} --dry-run 2>/tmp/dry && echo ==== passed
        {TAKE} 2>/tmp/real && echo ==== installed
        echo ==== changes; inventory | diff /tmp/before -
        echo ==== dry; cat /tmp/dry; echo ==== real; cat /tmp/real
        """, check=False)
    # (That a dry run cannot see whether nginx is to run is no reason to refuse.)
    assert ("==== passed" in run.stdout) == (name == "nginx does not run") and "==== installed" not in run.stdout, run.stdout
    assert words in section(run.stdout, "real") and (words in section(run.stdout, "dry") or name == "nginx does not run"), run.stdout
    assert section(run.stdout, "changes") == "", run.stdout


def test_a_rule_that_is_decided(machine):
    """What cannot be taken over goes on in a file of the operator's, or is left."""
    run = machine.run(OLD_SITE + f"""
        sed -i 's,index index.php;,& add_header X-Old 1; location / {{ allow 127.0.0.1; deny all; }},' /etc/nginx/sites-available/pictures; nginx -s reload
        {TAKE} 2>/tmp/said && exit 1
        mkdir -p /etc/imagebed; sed -n 's/^  \\(.*;\\)  *(.*/\\1/p' /tmp/said > /etc/imagebed/server.conf
        {TAKE} || exit 1
        echo ==== with; cat /etc/imagebed/server.conf; who
        ./install.sh rollback || exit 1
        rm /etc/imagebed/server.conf
        {TAKE} --leave-rules || exit 1
        echo ==== without; grep -c allow /etc/nginx/imagebed/replacing.conf; who
        """, check=False)
    assert section(run.stdout, "with").splitlines()[:3] == ["allow 127.0.0.1;", "deny all;", "the new one"], run.stdout + run.stderr[-3000:]
    assert section(run.stdout, "without").splitlines() == ["0", "the new one"], run.stdout + run.stderr[-3000:]


def test_other_sites_in_the_same_file(machine):
    """The file stays, without the old site's block, and its other sites answer all the time."""
    run = machine.run(OLD_SITE + f"""
        file=/etc/nginx/sites-available/pictures
        (echo 'map $host $mine {{ default 1; }} # ours'; cat $file; echo 'server {{ listen 18191; return 200 "another, $mine"; }} # theirs'
            echo 'server {{ listen 18192; root /srv; default_type text/plain; return 200 "a third"; }}') > /tmp/all; cp /tmp/all $file; nginx -s reload
        others() {{ curl -s http://127.0.0.1:18191/ http://127.0.0.1:18192/; echo; }}
        becomes 'the old one' > /dev/null; until others | grep -q third; do sleep 0.1; done
        {TAKE} || exit 1
        echo ==== taken; who; others; cat /etc/nginx/sites-enabled/pictures
        {TAKE} || exit 1
        echo ==== twice; who; others
        ./install.sh rollback || exit 1
        echo ==== back; becomes 'the old one'; others; readlink /etc/nginx/sites-enabled/pictures; cmp $file /tmp/all
        """, check=False)
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-3000:]
    taken = section(run.stdout, "taken").splitlines()
    assert taken[:2] == ["the new one", "another, 1a third"]
    assert taken[3:] == [
        "map $host $mine { default 1; } # ours", 'include "/etc/nginx/imagebed/enabled[.]conf";',
        'server { listen 18191; return 200 "another, $mine"; } # theirs', 'server { listen 18192; root /srv; default_type text/plain; return 200 "a third"; }'], taken
    assert section(run.stdout, "twice").splitlines() == ["the new one", "another, 1a third"]
    assert section(run.stdout, "back").splitlines() == ["the old one", "another, 1a third", "../sites-available/pictures"]


# As a panel keeps its nginx: a program, a configuration and a user of its own. Debian's nginx runs too.
PANEL = OLD_SITE + f"""
    nginx -s stop; while curl -s -o /dev/null {HOST}/; do sleep 0.1; done
    rm /etc/nginx/sites-enabled/*; echo 'server {{ listen 18189; return 200 debian; }}' > /etc/nginx/sites-enabled/own
    useradd --system www; chown -R www:www /var/www/easyimages
    top=/www/server/nginx sites=/www/server/panel/vhost/nginx
    mkdir -p $top/sbin $top/conf $top/logs $sites /www/wwwlogs; cp -L "$(type -P nginx)" $top/sbin/nginx
    for name in aaa zzz; do echo "server {{ listen 18188; server_name $name.test; return 200 $name; }}" > $sites/$name.conf; done
    cat > $top/conf/nginx.conf <<'END'
user www www;
pid /www/server/nginx/logs/nginx.pid;
error_log /www/wwwlogs/nginx_error.log crit;
events {{ }}
http {{ access_log off; include /www/server/panel/vhost/nginx/*.conf; }}
END
    cat > $top/conf/php.conf <<'END'
    location ~ \\.php$ {{ default_type text/plain; return 200 "{OLD_WORDS}"; }}
END
    cat > $sites/img.example.test.conf <<'END'
server {{
    listen {PORT};
    server_name img.example.test;
    root /var/www/easyimages;
    if ($arg_away) {{ return 301 https://away.test$request_uri; }}
    add_header Strict-Transport-Security max-age=300;
    include php.conf;
    location ~ .*\\.(jpg|png)$ {{ expires 30d; valid_referers none blocked img.example.test; if ($invalid_referer) {{ return 404; }} }}
    access_log /www/wwwlogs/img.log;
    error_log /www/wwwlogs/img.error.log;
}}
END
    panel_nginx="$top/sbin/nginx -p $top/ -c $top/conf/nginx.conf"
    nginx && $panel_nginx || exit 1
    becomes 'the old one'
"""


def test_an_nginx_in_other_places(machine):
    stored = DELETES["uploads"][0]["stored_path"]
    run = machine.run(PANEL + f"""
        rm $top/logs/nginx.pid
        cp -r $sites /tmp/sites
        {TAKE} 2>/tmp/said || {{ cat /tmp/said; exit 1; }}
        echo ==== said; cat /tmp/said
        echo ==== taken; who; ls $sites; curl -s http://127.0.0.1:18189/
        echo ==== groups; stat -c '%G' /var/lib/imagebed /run/imagebed/upload.sock /var/log/imagebed/views.log
        echo ==== rules; curl -s -o /dev/null -w '%{{http_code}} %{{redirect_url}}' '{HOST}/?away=1'
        for referer in '' http://img.example.test/ http://elsewhere.test/; do curl -s -o /dev/null -w ' %{{http_code}}' -H "Referer: $referer" '{HOST}{stored}'; done
        imagebed settings get hsts_seconds
        echo ==== upload; upload
        echo ==== logs; for turn in {{1..100}}; do grep -q 'POST /api/index.php' /www/wwwlogs/img.log && break; sleep 0.1; done; grep -c 'POST /api/index.php' /www/wwwlogs/img.log
        imagebed settings set hsts_seconds 301 > /dev/null && imagebed reload > /dev/null
        for turn in {{1..100}}; do curl -sI -H 'X-Forwarded-Proto: https' {HOST}/uploads/none | grep -q max-age=301 && echo followed && break; sleep 0.1; done
        head -c 17000000 /dev/zero | tr '\\0' x >> /var/log/imagebed/views.log; imagebed rotate > /dev/null
        for turn in {{1..100}}; do curl -s -o /dev/null '{HOST}{stored}'; grep -q '/uploads/' /var/log/imagebed/views.log && echo reopened && break; sleep 0.1; done
        for process in /proc/[0-9]*; do [ "$(readlink $process/exe)" != $top/sbin/nginx ] || kill ${{process#/proc/}}; done
        while curl -s -o /dev/null {HOST}/; do sleep 0.1; done
        # As after a restart of the machine, with the program of an upgrade.
        rm -f $top/logs/nginx.pid; cp $top/sbin/nginx $top/sbin/new; mv $top/sbin/new $top/sbin/nginx; $panel_nginx
        echo ==== again; ./install.sh || exit 1; becomes 'the new one'; stat -c '%G' /run/imagebed/upload.sock
        echo ==== back; ./install.sh rollback || exit 1; becomes 'the old one'; diff -r $sites /tmp/sites; curl -s http://127.0.0.1:18189/
        """, check=False)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]
    said = section(run.stdout, "said")
    assert "is served by /www/server/nginx/sbin/nginx -p /www/server/nginx/ -c /www/server/nginx/conf/nginx.conf (process " in said
    assert section(run.stdout, "taken").splitlines() == ["the new one", "aaa.conf", "imagebed.conf", "zzz.conf", "debian"]
    assert section(run.stdout, "groups").split() == ["www", "www", "www"]
    assert section(run.stdout, "rules") == "301 https://away.test/?away=1 200 200 404300"
    assert json.loads(section(run.stdout, "upload"))["code"] == 200
    logged, *changes = section(run.stdout, "logs").splitlines()
    assert int(logged) >= 1 and changes == ["followed", "reopened"]
    assert section(run.stdout, "again").splitlines() == ["the new one", "www"]
    assert section(run.stdout, "back").splitlines() == ["the old one", "debian"]


@pytest.mark.parametrize("line", ['ln -s "$conf/replacing.conf" "$(site_link)"', "try_out"])
def test_killed_in_the_middle(machine, line):
    """Between putting the old site aside and the end, or in the trial, the script is killed: rollback brings the old site back, and no more."""
    run = machine.run(OLD_SITE + f"""
        sites > /tmp/sites
        sed -i 's|^    {line}$|    kill -9 $$|' nginx/takeover.sh
        {TAKE} && echo ==== installed
        ./install.sh rollback || exit 1
        echo ==== then; becomes 'the old one'; sites | diff - /tmp/sites; nginx -T 2>/dev/null | grep imagebed; true
        """)
    assert "==== installed" not in run.stdout and section(run.stdout, "then") == "the old one"


def test_nginx_whose_pid_file_is_elsewhere(machine):
    """As after a restart by other hands: nginx runs, and where its number should stand there is nothing, or another's."""
    run = machine.run(OLD_SITE + f"""
        rm /run/nginx.pid
        {TAKE} || exit 1
        echo ==== taken; sleep 0.5; who
        sleep 1000 & echo $! > /run/nginx.pid
        ./install.sh rollback 2>/tmp/said || {{ cat /tmp/said; exit 1; }}
        echo ==== back; who; grep -o 'the old site answers at .*' /tmp/said; kill $! && echo "the other one lives"
        """)
    assert section(run.stdout, "taken") == "the new one"
    assert section(run.stdout, "back").splitlines() == [
        "the old one", f"the old site answers at {HOST}/index.php with HTTP status 200", "the other one lives"]


def test_rollback_to_a_site_that_does_not_answer(machine):
    """Rollback looks, says what it saw, and fails; when what is wrong was mended it is asked again."""
    run = machine.run(OLD_SITE + f"""
        {TAKE} || exit 1
        sed -i 's/return 200 "[^"]*"/return 502/' /etc/nginx/sites-available/pictures
        ./install.sh rollback 2>/tmp/said
        echo ==== first $?; grep -c 'php\\*-fpm' /tmp/said; grep -c 'old site answers' /tmp/said; grep -o 'http.* HTTP status .*' /tmp/said
        for process in /proc/[0-9]*; do readlink $process/exe; done | grep /usr/lib/imagebed
        sed -i 's/return 502/return 200 "{OLD_WORDS}"/' /etc/nginx/sites-available/pictures
        ./install.sh rollback 2>/tmp/said
        echo ==== second $?; grep -o 'the old site answers at.*' /tmp/said
        """, check=False)
    assert section(run.stdout, "first 1").splitlines() == ["1", "0", f"{HOST}/index.php answers with HTTP status 502"], run.stdout + run.stderr
    assert section(run.stdout, "second 0") == f"the old site answers at {HOST}/index.php with HTTP status 200"


def test_a_changed_block_outlives_a_rollback(machine):
    """What was changed in the block that replaces the old one stays, and the next takeover says so."""
    file = "/etc/nginx/imagebed/replacing.conf"
    run = machine.run(OLD_SITE + f"""
        {TAKE} || exit 1
        sed -i 's/server_name /keepalive_timeout 7s; server_name /' {file} && nginx -s reload
        {TAKE} || exit 1
        ./install.sh rollback || exit 1
        {TAKE} 2>/tmp/said || {{ cat /tmp/said; exit 1; }}
        echo ==== same; grep -c 7s {file}; ls {file}.new; who
        ./install.sh rollback || exit 1
        sed -i 's/index index.php;/index index.php; allow all;/' /etc/nginx/sites-available/pictures; nginx -s reload; sleep 0.5
        {TAKE} 2>/tmp/said || {{ cat /tmp/said; exit 1; }}
        echo ==== newer; grep -c 7s {file}; grep -c 'allow all' {file}.new; grep -o 'was changed and stays' /tmp/said
        """, check=False)
    assert run.returncode == 0, run.stdout + run.stderr[-2000:]
    assert section(run.stdout, "same").splitlines() == ["1", "the new one"]
    assert section(run.stdout, "newer").splitlines() == ["1", "1", "was changed and stays"]


def test_dry_run_changes_nothing(machine):
    run = machine.run(OLD_SITE + f"""
        state > /tmp/before
        find /etc /usr/lib /var/lib -printf '%p %s %T@\\n' 2>/dev/null | sort > /tmp/files
        {TAKE} --dry-run || exit 1
        ./install.sh rollback --dry-run || exit 1
        echo ==== changes; state | diff /tmp/before -; find /etc /usr/lib /var/lib -printf '%p %s %T@\\n' | sort | diff /tmp/files -; who
        {TAKE} 2>/dev/null || exit 1
        {TAKE} --dry-run || exit 1
        ./install.sh rollback --dry-run || exit 1
        echo ==== after; who
        """)
    assert section(run.stdout, "changes") == "the old one"
    assert section(run.stdout, "after") == "the new one"
    for words in ["would write: /etc/nginx/imagebed/replacing.conf", "would move /etc/nginx/sites-enabled/pictures", "would remove /etc/nginx/sites-enabled/imagebed"]:
        assert words in run.stderr


def test_tls_redirects_and_names_are_taken_over(machine):
    """As certbot leaves a site: a block with TLS, one that redirects, and a folder where certificates are renewed."""
    run = machine.run(OLD_SITE + f"""
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=img.example.test -days 2 \\
            -keyout /etc/ssl/private/p.key -out /etc/ssl/p.pem 2>/dev/null
        printf 'ssl_session_timeout 11m; # longer\\nssl_protocols TLSv1.2 TLSv1.3;\\n' > /etc/nginx/snippets/tls.conf
        mkdir -p /var/www/easyimages/.well-known/acme-challenge
        echo proof > /var/www/easyimages/.well-known/acme-challenge/token-1
        ln -s /var/www/easyimages/config/config.php /var/www/easyimages/.well-known/acme-challenge/linked
        rm /etc/nginx/sites-enabled/*
        cat > /etc/nginx/conf.d/pictures.conf <<'END'
server {{
    server_name img.example.test www.example.test; # both
    root "/var/www/easyimages/";
    listen 18443 ssl http2 default_server;
    listen [::]:18443 ssl;
    ssl_certificate /etc/ssl/p.pem;
    ssl_certificate_key /etc/ssl/private/p.key;
    include snippets/tls.conf;
    add_header X-Old "{{;}}";
    allow 127.0.0.1; deny 192.0.2.0/24;
    location / {{ try_files $uri $uri/ =404; }}
    location ~ "\\.php$" {{ default_type text/plain; return 200 "{OLD_WORDS} ${{host}}"; }}
}}
server {{
    if ($host = img.example.test) {{
        return 301 https://$host:18443$request_uri;
    }}
    listen {PORT};
    server_name img.example.test www.example.test;
    return 404;
}}
END
        nginx -s reload
        for turn in {{1..600}}; do curl -sk https://img.example.test:18443/index.php | grep -q '{OLD_WORDS}' && break; sleep 0.1; done
        {TAKE} || exit 1
        echo ==== answers; curl -sk https://img.example.test:18443/api/v1/stats.php
        echo ==== redirect; curl -s -o /dev/null -w '%{{http_code}} %{{redirect_url}}' '{HOST}/i/x.jpg?a'
        echo ==== renewal; curl -sk https://img.example.test:18443/.well-known/acme-challenge/token-1
        for name in linked .htaccess ../../config/config.php x.php; do
            curl -sk --path-as-is -o /dev/null -w ' %{{http_code}}' https://img.example.test:18443/.well-known/acme-challenge/$name; done
        echo ==== file; cat /etc/nginx/imagebed/replacing.conf; ls /etc/nginx/conf.d
        ./install.sh rollback || exit 1
        echo ==== back
        for turn in {{1..600}}; do curl -sk https://img.example.test:18443/index.php | grep -q '{OLD_WORDS}' && break; sleep 0.1; done
        curl -sk https://img.example.test:18443/index.php; echo; ls /etc/nginx/conf.d
        """)
    out = run.stdout
    assert '"success"' in section(out, "answers")
    assert section(out, "redirect") == "301 https://img.example.test:18443/i/x.jpg?a"
    renewal = section(out, "renewal").split()
    assert renewal[0] == "proof" and set(renewal[1:]) <= {"403", "404"}
    file = section(out, "file")
    for line in ["listen 18443 ssl http2 default_server;", "listen [::]:18443 ssl;", "ssl_certificate /etc/ssl/p.pem;", "include snippets/tls.conf;",
                 "server_name img.example.test www.example.test;", "deny 192.0.2.0/24;", "return 404;"]:
        assert f"    {line}\n" in file, file
    assert "X-Old" not in file and "try_files" not in file and "\nimagebed.conf" in file and "\npictures.conf" not in file
    assert "not taken over" in run.stderr and "X-Old" in run.stderr
    assert section(out, "back").splitlines() == [f"{OLD_WORDS} img.example.test", "pictures.conf"]


def test_an_old_site_whose_tokens_are_closed(machine):
    """The upload of the try-out then comes with a key of its own, which is worth nothing afterwards."""
    run = machine.run(OLD_SITE + f"""
        sed -i "s/'apiStatus'=>1/'apiStatus'=>0/" /var/www/easyimages/config/config.php
        {TAKE} || exit 1
        echo ==== then; who; imagebed key list --json
        """)
    who, keys = section(run.stdout, "then").splitlines()
    assert who == "the new one" and [key["revoked"] if "revoked" in key else key for key in json.loads(keys)] is not None
    assert '"name":"takeover"' in keys and "trying with a key" in run.stderr


# Another user of the machine in the place of the site that is tried. As soon as nginx is told of it he binds whatever port it names,
# and answers; then he tries the socket.
IMPOSTOR = """
import encodings.idna, http.server, os, re, socket
listens = re.findall("listen (.*);", open("/etc/nginx/imagebed/side.conf").read())
print("listens", *listens, flush=True)
os.setuid(65534)
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        print("asked", self.path, self.rfile.read(int(self.headers.get("Content-Length", 0))), flush=True)
        self.send_response(200); self.end_headers(); self.wfile.write(b'{"success":true,"code":200}')
    do_POST = do_GET
    def log_message(self, *words): pass
for listen in listens:
    if listen.startswith("unix:"):
        try: socket.socket(socket.AF_UNIX).bind(listen[5:])
        except PermissionError: print("refused", flush=True)
    else:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", int(listen.split(":")[-1])), Answer)
        if os.fork() == 0: server.serve_forever()
"""


def test_nobody_answers_in_the_place_of_the_site_that_is_tried(machine):
    """It has no port, which any user could take between the look whether it is free and nginx's reload."""
    run = machine.run(OLD_SITE + f"""
        cat > /tmp/impostor.py <<'END'{IMPOSTOR}END
        sed -i '0,/^    "reload_$web"$/s|^    "reload_$web"$|    python3 /tmp/impostor.py > /tmp/seen 2>\\&1\\n&|' nginx/takeover.sh
        {TAKE} && echo taken
        echo ==== seen; cat /tmp/seen
        echo ==== then; who; find /run -name '*side*'
        """, check=False)
    assert section(run.stdout, "seen").splitlines() == ["listens unix:/run/imagebed-side.sock", "refused"], run.stdout + run.stderr[-2000:]
    assert "taken" in run.stdout.splitlines() and section(run.stdout, "then") == "the new one", run.stdout + run.stderr[-2000:]


def test_a_socket_that_a_killed_nginx_left(machine):
    run = machine.run(OLD_SITE + f"""
        python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("/run/imagebed-side.sock")'
        {TAKE} && echo ==== taken && who
        """)
    assert section(run.stdout, "taken") == "the new one"


HOSTILE_LINKS = {
    "several lines": ["http://x/evil", "output /dev/null", "url file://@FOLDER@/words", "url file://@FOLDER@/words", "output @FOLDER@/written #"],
    "a blank": ["http://x/app/del.php?hash=a -o @FOLDER@/written"],
    "a backslash": [r"http://x/app/del.php?hash=\\n"],
    "a list for curl": ["http://x/app/{del,evil}.php?hash=a"],
    "a range for curl": ["http://x/app/del.php?hash=[1-9]"],
    "no path": ["-o@FOLDER@/written"],
    "another scheme": ["file:@FOLDER@/words"],
    "a file for curl": ["@/etc/shadow"],
    "nothing": [""],
}


@pytest.mark.parametrize("name", HOSTILE_LINKS)
def test_an_answer_is_no_configuration(tmp_path, name):
    """Of the answer to the upload one path is used, of a fixed alphabet; it reaches curl as a path and never as an option."""
    lines = [f'"del":"{link}"'.replace("@FOLDER@", str(tmp_path)) for link in HOSTILE_LINKS[name]]
    (tmp_path / "answer").write_text('{"code":200,"url":"http://x/i/a.png","thumb":"http://x/thumb",\n' + ",\n".join(lines) + "}")
    (tmp_path / "words").write_text('{"code":200}')
    (tmp_path / "socket").touch()
    out = function(f"""source {ROOT}/nginx/takeover.sh
        lib={tmp_path} side_socket={tmp_path}/socket htdocs=/
        printf '#!/bin/sh\necho /i/' > $lib/imagebed; chmod +x $lib/imagebed
        upload_with_key() {{ cat {tmp_path}/answer; }}
        curl() {{ case "$*" in *write-out* | *-w*) echo '200 image/png' ;; *) echo "asked $*"; command curl "$@" ;; esac; }}
        (try_out http://127.0.0.1:9) 2>&1 || echo refused""", tmp_path)
    assert out.splitlines()[-1] == "refused" and not (tmp_path / "written").exists(), out
    assert "no del that can be followed" in out or (name == "several lines" and "the deletion failed" in out), out


def test_beside_the_old_site_first(machine):
    """On a port of its own, for trying; taking over comes later and takes that port away."""
    run = machine.run(OLD_SITE + f"""
        state > /tmp/before
        {TAKE} --port 18199 || exit 1
        ./install.sh || exit 1
        echo ==== beside; who; curl -s http://127.0.0.1:18199/api/v1/stats.php | cut -c1-15; state | diff /tmp/before -
        ./install.sh rollback
        {TAKE} || exit 1
        echo ==== then; who; sites; curl -s http://127.0.0.1:18199/api/v1/stats.php || echo gone
        {TAKE} --port 18199 && echo moved
        echo ==== end; who
        """, check=False)
    assert run.returncode == 0, run.stdout + run.stderr[-2000:]
    assert section(run.stdout, "beside").splitlines() == ["the old one", '{"success":true'], run.stdout
    assert section(run.stdout, "then").splitlines() == ["the new one", "imagebed /etc/nginx/imagebed/replacing.conf", "gone"]
    assert section(run.stdout, "end") == "the new one" and "rollback comes first" in run.stderr


def test_not_for_other_actions(tmp_path):
    for action in ["run", "rollback", "uninstall", "deb"]:
        run = subprocess.run([ROOT / "install.sh", action, "--from-easyimages", tmp_path], capture_output=True, text=True,
                             stdin=subprocess.DEVNULL, timeout=300)
        assert run.returncode == 2 and "--from-easyimages is for an installation" in run.stderr


@pytest.mark.parametrize("options, message", [
    (["--default-token", "perhaps"], "--default-token is refuse, replace or keep-until"), (["--default-token"], "--default-token needs a value"),
    (["--default-token", "keep-until"], "--default-token is refuse, replace or keep-until"),
    (["--default-token", "keep-until", "tomorrow"], "--default-token is refuse, replace or keep-until"),
])
def test_what_is_no_decision_about_the_default_token(tmp_path, options, message):
    for more in ([], ["--from-easyimages", tmp_path]):
        run = subprocess.run([ROOT / "install.sh", "--dry-run", *more, *options], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300)
        assert run.returncode == 2 and message in run.stderr, run.stderr
    run = subprocess.run([ROOT / "install.sh", "--dry-run", "--default-token", "refuse"], capture_output=True, text=True, stdin=subprocess.DEVNULL,
                         timeout=300)
    assert run.returncode == 2 and "--default-token is for --from-easyimages" in run.stderr


def test_the_default_token_and_files_beside_the_pictures(machine):
    """What was decided counts for both imports, files of the old folder are answered as before, and the end names the visitors' address."""
    default = "1c17b11693cb5ec63859b091c5b9c1b2"
    run = machine.run(OLD_SITE + f"""
        old=/var/www/easyimages
        sed -i s/{TOKEN}/{default}/ $old/config/api_key.php
        mkdir $old/docs && echo '<p>guide' > $old/docs/index.html && echo 'User-agent: old' > $old/robots.txt && echo secret > $old/site.sql
        chown -R www-data $old
        {TAKE} --default-token replace > /tmp/said 2>&1 || {{ cat /tmp/said; exit 1; }}
        cat /tmp/said >&2
        echo ==== token; grep -c 'new token in the place of the default one' /tmp/said; imagebed doctor | grep 'default token'
        curl -s {HOST}/api/index.php -F image=@picture.png -F token={default}; echo
        echo ==== files; curl -s {HOST}/docs/ {HOST}/robots.txt; for path in site.sql config/config.php docs; do curl -s -o /dev/null -w '%{{http_code}} ' {HOST}/$path; done
        echo ==== listed; grep -o '/site.sql' /tmp/said | head -n 1
        echo ==== address; grep -E 'answers at|visitors find it' /tmp/said
        """, check=False)
    out = run.stdout
    assert run.returncode == 0, out[-2000:] + run.stderr[-3000:]
    token = section(out, "token").splitlines()
    assert token[0] == "1" and "takes its place" in token[1] and json.loads(token[-1])["code"] == 202
    assert section(out, "files").splitlines() == ["<p>guide", "User-agent: old", "404 404 301"], out
    assert section(out, "listed") == "/site.sql"
    base = re.search(r"'domain'=>'([^']*)'", (SAMPLE / "config/config.php").read_text())[1]
    assert f"answers at {HOST}" in section(out, "address") and f"visitors find it at {base}" in section(out, "address")


def test_what_was_recorded_is_not_asked_of_the_tree_again(machine):
    """The tree is in the hands of the service's user, who could name another user, another folder, or a pipe to wait for."""
    run = machine.run(OLD_SITE + f"""
        {TAKE} > /tmp/out 2>&1 || {{ cat /tmp/out; exit 1; }}
        recorded() {{ grep -E 'service_user|old_tree' /etc/imagebed/install.conf; grep -o ' service_user=[^ ]*' /etc/init.d/imagebed; }}
        again() {{ timeout 100 "$@" > /tmp/again 2>&1; echo "==== $?"; }}
        recorded
        useradd -m bob; touch /home/bob/hers; chown bob /home/bob/hers
        runuser -u www-data -- bash -ec 'cd /var/www/easyimages; mv config config.was; mkdir config; mkfifo config/api_key.php; ln -s /home/bob b
            sed "s,/i/,/b/," config.was/config.php > config/config.php'
        again ./install.sh
        again {TAKE}
        recorded
        ls /home/bob; stat -c %U /home/bob/hers
        # (As a version has it that did not record them.)
        sed -i '/service_user/d; /old_tree/d' /etc/imagebed/install.conf
        again ./install.sh; tail -n 1 /tmp/again
        runuser -u www-data -- bash -ec 'cd /var/www/easyimages; rm -r config; mv config.was config'
        again ./install.sh
        recorded
        nginx -s stop
        """, check=False)
    recorded = ["service_user=www-data", "old_tree=/var/www/easyimages/i", " service_user=www-data"]
    lines = run.stdout.splitlines()
    assert lines[:3] == recorded, run.stdout + run.stderr
    # The import refuses the other folder, and the site goes on.
    assert lines[3:5] == ["==== 1", "==== 1"], lines
    assert lines[5:10] == [*recorded, "hers", "bob"], lines
    assert lines[10] == "==== 1" and "/home/bob belongs to bob, and this site was installed for www-data" in lines[11], lines
    assert lines[12:] == ["==== 0", *recorded], lines
