# The way back from a takeover: what rollback says it saw, files that a panel saves meanwhile, links that PHP cannot serve, and an
# installation whose import failed.

import json
import re

from test_takeover import HOST, OLD_SITE, OLD_WORDS, PORT, SAMPLE, TAKE, section

FILE = "/etc/nginx/conf.d/a-pictures.conf"
ASIDE = "/etc/imagebed/replaced/%etc%nginx%conf.d%a-pictures.conf"

# As a panel has it: the site's own file, in a folder that it writes itself.
PANEL = OLD_SITE + f"""
    rm /etc/nginx/sites-enabled/pictures; mv /etc/nginx/sites-available/pictures {FILE}; cp {FILE} /tmp/first
    nginx -s reload; becomes 'the old one' > /dev/null
    files() {{ (cd /etc/nginx/conf.d /etc/imagebed/replaced 2>/dev/null; sha256sum /etc/nginx/conf.d/* /etc/imagebed/replaced/* 2>/dev/null); }}
"""


def test_a_file_that_was_saved_as_it_was(machine):
    """A panel writes the same again, with other comments: nothing is to be decided."""
    run = machine.run(PANEL + f"""
        {TAKE} 2>/dev/null || exit 1
        sed 's|^    listen|    # SSL-START\\n&|' /tmp/first > {FILE}; cp {FILE} /tmp/saved
        ./install.sh rollback || exit 1
        echo ==== back; becomes 'the old one'; cmp {FILE} /tmp/saved; ls /etc/nginx/conf.d /etc/imagebed
        """)
    assert section(run.stdout, "back").split() == [
        "the", "old", "one", "/etc/imagebed:", "events.d", "install.conf", "reload.lock", "/etc/nginx/conf.d:", "a-pictures.conf"], run.stdout


def test_a_file_that_was_saved_with_something_else(machine):
    """Both are shown, nothing is changed and nothing lost; the operator removes one."""
    run = machine.run(PANEL + f"""
        {TAKE} 2>/dev/null || exit 1
        sed 's|client_max_body_size 100m|client_max_body_size 200m|' /tmp/first > {FILE}
        files > /tmp/files
        for action in 'rollback --dry-run' rollback uninstall; do
            ./install.sh $action 2>/tmp/said && echo went on
            grep -qF -e {ASIDE} /tmp/said && grep -c -e '^-.*100m' -e '^+.*200m' -e 'nothing was changed' /tmp/said
        done
        echo ==== kept; files | diff /tmp/files - && who
        rm {ASIDE}; ./install.sh rollback 2>/dev/null || exit 1
        echo ==== saved; becomes 'the old one'; grep -c 200m {FILE}; ls /etc/nginx/conf.d
        {TAKE} 2>/dev/null || exit 1
        sed 's|client_max_body_size 100m|client_max_body_size 300m|' /tmp/first > {FILE}
        ./install.sh rollback 2>/dev/null && echo went on
        mv {ASIDE} {FILE}; ./install.sh rollback 2>/dev/null || exit 1
        echo ==== aside; becomes 'the old one'; grep -c 200m {FILE}; ls /etc/nginx/conf.d
        """)
    assert run.stdout.split("====")[0].split() == ["3", "3", "3"], run.stdout + run.stderr[-2000:]
    assert section(run.stdout, "kept") == "the new one"
    assert section(run.stdout, "saved").splitlines() == ["the old one", "1", "a-pictures.conf"]
    assert section(run.stdout, "aside").splitlines() == ["the old one", "1", "a-pictures.conf"]


def test_a_panel_that_saves_its_file_is_noticed(machine):
    """Ours comes first in the alphabet; where a panel takes that away too, the old site answers. The doctor says so, and the site is taken
    over again as it is now."""
    run = machine.run(PANEL + f"""
        {TAKE} 2>/dev/null || exit 1
        echo ==== well; imagebed doctor | grep ' address:'
        sed 's|client_max_body_size|# renewed\\n    add_header X-Saved yes; &|' /tmp/first > {FILE}
        echo ==== saved; imagebed doctor | grep -A 1 ' address:'
        nginx -s reload; rm /etc/nginx/conf.d/a-pictures-imagebed.conf; nginx -s reload; becomes 'the old one'
        echo ==== answers; imagebed doctor | grep -A 1 ' address:'
        ./install.sh --from-easyimages /var/www/easyimages --dry-run 2>&1 | grep -c 'was saved by another program'
        {TAKE} 2>/tmp/said || {{ cat /tmp/said; exit 1; }}
        echo ==== again; who; ls /etc/nginx/conf.d /etc/imagebed/replaced; grep -c X-Saved {ASIDE}; imagebed doctor | grep -c 'ok *address'
        grep -c 'what it was before the takeover is /var/backups/imagebed-replaced' /tmp/said; cmp /tmp/first /var/backups/imagebed-replaced/*
        ./install.sh rollback 2>/dev/null || exit 1
        echo ==== back; becomes 'the old one'; grep -c X-Saved {FILE}
        """)
    out = run.stdout
    assert section(out, "well").startswith("ok       address: this site answers at http://img.example.test")
    saved = section(out, "saved")
    assert saved.startswith(f"warning  address: {FILE} was saved by another program") and "--from-easyimages /var/www/easyimages" in saved
    answers = section(out, "answers").splitlines()
    assert answers[0] == f"problem  address: another server block answers for img.example.test: {FILE}", answers
    assert "--from-easyimages /var/www/easyimages" in answers[1] and answers[2] == "1"
    assert section(out, "again").split("\n")[0] == "the new one"
    assert section(out, "again").split()[3:] == [
        "/etc/imagebed/replaced:", ASIDE.rpartition("/")[2], "/etc/nginx/conf.d:", "a-pictures-imagebed.conf", "1", "1", "1"], out + run.stderr[-2000:]
    assert section(out, "back").splitlines() == ["the old one", "1"]


def test_a_saved_file_that_nginx_does_not_take(machine):
    """Neither rollback nor another takeover goes on with it, and the new site answers as before."""
    run = machine.run(PANEL + f"""
        {TAKE} 2>/dev/null || exit 1
        sed 's|client_max_body_size|nothing; &|' /tmp/first > {FILE}
        {TAKE} 2>/tmp/said && echo went on
        echo ==== taken; who; nginx -t -q && grep -o 'nginx does not take the old site.*' /tmp/said; cmp /tmp/first /var/backups/imagebed-replaced/*
        ./install.sh rollback 2>/tmp/said && echo went on
        echo ==== back; who; nginx -t -q && grep -o 'nginx does not take the old site.*' /tmp/said
        """, check=False)
    words = "nginx does not take the old site's configuration any more, see above; the new site goes on"
    assert section(run.stdout, "taken").splitlines() == section(run.stdout, "back").splitlines() == ["the new one", words], run.stdout + run.stderr
    assert "went on" not in run.stdout


def test_another_file_with_the_name(machine):
    """Not the old site's file, but one that somebody made: the doctor names it."""
    run = machine.run(PANEL + f"""
        {TAKE} 2>/dev/null || exit 1
        echo 'server {{ listen {PORT}; server_name other.test img.example.test; return 200 "{OLD_WORDS}"; }}' > /etc/nginx/conf.d/0.conf
        nginx -s reload; becomes 'the old one'
        imagebed doctor | grep -A 1 ' address:'
        """)
    assert "problem  address: another server block answers for img.example.test: /etc/nginx/conf.d/0.conf\n" in run.stdout, run.stdout
    assert "rollback" in run.stdout


def test_what_rollback_saw(machine):
    """A stored picture, and an upload with one of its tokens: its picture, its thumbnail, its deletion."""
    answer = json.dumps({"result": "success", "code": 200, "url": f"{HOST}/i/new.png", "thumb": f"{HOST}/app/thumb.php?img=/i/new.png",
                         "del": f"{HOST}/app/del.php?hash=abc"}, separators=(",", ":")).replace("/", "\\/")
    picture = next(path for path in sorted((SAMPLE / "i").glob("20*/*/*/*.jpg"))).relative_to(SAMPLE)
    run = machine.run(OLD_SITE + f"""
        sed -i '/location/i\\    location = /api/index.php {{ default_type application/json; return 200 '"'"'{answer}'"'"'; }}' /etc/nginx/sites-available/pictures
        nginx -s reload; becomes 'the old one'
        {TAKE} 2>/dev/null || exit 1
        ./install.sh rollback 2>/tmp/said || {{ cat /tmp/said; exit 1; }}
        grep 'seen there' /tmp/said; cp /tmp/said /tmp/words
        # PHP that answers at /index.php, and fails at uploads.
        {TAKE} 2>/dev/null || exit 1
        sed -i 's|application/json; return 200 .*|application/json; return 500 no; }}|' /etc/nginx/sites-available/pictures
        ./install.sh rollback 2>/tmp/said; echo "==== failed $?"; grep 'seen there' /tmp/said
        # What the first one printed last, where its own upload changed PHP's log.
        sudo() {{ "$@"; }}
        log=$(ls /var/www/easyimages/admin/logs/upload/*.php | tail -n 1); echo >> $log
        grep -o 'sudo imagebed [a-z]* easyimages [^ ]*' /tmp/words > /tmp/commands
        echo ==== words; cat /tmp/commands; imagebed export easyimages /var/www/easyimages > /dev/null 2>&1 || echo refused
        set -e; . /tmp/commands > /dev/null; echo done
        """)
    assert section(run.stdout, "words").splitlines() == [
        "sudo imagebed import easyimages /var/www/easyimages", "sudo imagebed export easyimages /var/www/easyimages", "refused", "done"], run.stdout + run.stderr[-2000:]
    seen = run.stdout.splitlines()[1]
    assert re.search(r"a stored picture, /i/20[\w/]+\.\w+: 200 image/\w+; an upload with one of its tokens, /i/new.png: 404 text/html; "
                     r"its thumbnail: 200 text/plain; its delete link: 200; the picture then: 404", seen), (seen, picture)
    assert "an upload with one of its tokens: " in section(run.stdout, "failed 1") and "HTTP status 500" in section(run.stdout, "failed 1")


def test_links_that_php_cannot_serve_are_listed(machine):
    run = machine.run(OLD_SITE + f"""
        {TAKE} 2>/dev/null || exit 1
        echo ==== upload; upload
        imagebed settings set hide_links on >/dev/null
        ./install.sh rollback 2>/tmp/said || exit 1
        echo ==== said; grep -o '[0-9]* links that EasyImages cannot serve.*' /tmp/said
        echo ==== list; stat -c '%a %U' /var/lib/imagebed/given-links.tsv; cat /var/lib/imagebed/given-links.tsv
        """)
    answer = json.loads(section(run.stdout, "upload"))
    assert section(run.stdout, "said") == "2 links that EasyImages cannot serve are listed in /var/lib/imagebed/given-links.tsv"
    owner, head, *rows = section(run.stdout, "list").splitlines()
    assert owner == "600 www-data" and head.split("\t") == ["link", "address", "file", "owner", "created"]
    delete, hidden = [row.split("\t") for row in rows]
    path = re.sub("^https?://[^/]+", "", answer["url"])
    assert delete[0] == "delete" and delete[1].partition("hash=")[2] == answer["del"].partition("hash=")[2] and delete[2] == hidden[2] == path
    assert hidden[0] == "hidden" and "/app/hide.php?key=" in hidden[1]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", delete[4])


def test_uninstall_after_a_failed_import(machine):
    """Nothing but the data folder is left, and the old site never noticed."""
    run = machine.run(OLD_SITE + f"""
        left() {{ find /etc /usr/lib/imagebed /usr/share/imagebed /usr/bin/imagebed /var/log/imagebed /run/imagebed -name '*imagebed*' 2>/dev/null | sort; }}
        left > /tmp/left
        state > /tmp/before
        sites > /tmp/sites
        sed -i 's|^        "$lib/imagebed" import easyimages|        return 1; &|' nginx/takeover.sh
        {TAKE} 2>/tmp/said && echo installed
        echo ==== failed; grep -c 'the import failed' /tmp/said
        ./install.sh uninstall 2>/tmp/said; echo ==== uninstall $?
        left | diff /tmp/left -; grep -c 'ImageBed is removed' /tmp/said; sites | diff - /tmp/sites; who
        ls /var/lib/imagebed/imagebed.db
        ./install.sh uninstall 2>&1
        """)
    assert section(run.stdout, "failed") == "1", run.stdout + run.stderr
    assert section(run.stdout, "uninstall 0").splitlines() == ["1", "the old one", "/var/lib/imagebed/imagebed.db", "nothing is installed here"]
