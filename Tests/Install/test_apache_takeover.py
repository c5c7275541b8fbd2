# Taking over an EasyImages site behind Debian's Apache, and giving it back. As in test_takeover.py PHP is not needed: every .php of the old
# site is a text that shows who answers.

import json
import re

import pytest

from test_takeover import check_changes, DELETES, HOST, OLD_WORDS, PORT, section, TOKEN

TAKE = "./install.sh --from-easyimages /var/www/easyimages --web apache"
SITE = "/etc/apache2/sites-available/pictures.conf"
ADMIN_LOG = "/admin/logs/upload/2025-07.php"

# One site of several: the first one is Debian's own. The picture that is asked for all the time must never be missing.
OLD_SITE = f"""
    mkdir -p /var/www/html /srv/php && cp -r /tmp/easyimages /var/www/easyimages && chown -R www-data:www-data /var/www/easyimages
    chmod 700 /var/www/easyimages/config; echo -n '{OLD_WORDS}' > /srv/php/words
    echo "another site" > /var/www/html/index.html
    echo "127.0.0.1 img.example.test" >> /etc/hosts
    cat > {SITE} <<'END'
# The pictures.
Listen {PORT}
<VirtualHost *:{PORT}>
    ServerName img.example.test
    ServerAlias www.img.example.test
    DocumentRoot "/var/www/easyimages/"
    <Directory /var/www/easyimages>
        Options FollowSymLinks
        AllowOverride None
        Require all granted
    </Directory>
    AliasMatch "\\.php$" /srv/php/words
    <Directory /srv/php>
        ForceType text/plain
        Require all granted
    </Directory>
    SetEnv X-Lost yes
    ErrorLog ${{APACHE_LOG_DIR}}/pictures.log
    CustomLog ${{APACHE_LOG_DIR}}/access.log combined
</VirtualHost>
END
    ln -s ../sites-available/pictures.conf /etc/apache2/sites-enabled/pictures.conf
    apache2ctl start || exit 1
    cp htdocs/404.png picture.png
    state() {{ (cd /var/www/easyimages && find . -type f -printf '%p %m %u %g %T@ ' -exec sha256sum {{}} \\; ; find . ! -type f -printf '%p %m %u %g %l\\n') | sort; }}
    who() {{ curl -s {HOST}/index.php | grep -q "{OLD_WORDS}" && echo "the old one"; curl -s {HOST}/api/v1/stats.php | grep -q '^."success":true' && echo "the new one"; true; }}
    becomes() {{ for turn in {{1..600}}; do [ "$(who)" != "$1" ] || break; sleep 0.1; done; who; }}
    becomes 'the old one' > /dev/null
    upload() {{ curl -s {HOST}/api/index.php -F image=@picture.png -F token={TOKEN}; echo; }}
    sites() {{ (cd /etc/apache2/sites-enabled && find . ! -name . -printf '%f %l\\n' | sort); }}
    others() {{ curl -s http://127.0.0.1/; }}
"""


@pytest.fixture
def apache(machine):
    machine.bring_apache()
    return machine


def test_takeover_rollback_and_again(apache):
    stored = DELETES["uploads"][0]
    path = stored["stored_path"]
    kept = DELETES["uploads"][1]["stored_path"]
    link = re.sub("^https://[^/]+", HOST, stored["response"]["del"])
    run = apache.run(OLD_SITE + f"""
        state > /tmp/before; sites > /tmp/sites
        find /etc /usr/lib/imagebed /var/lib/imagebed -printf '%p %s %T@\\n' 2>/dev/null | sort > /tmp/files
        {TAKE} --dry-run 2>/tmp/said || {{ cat /tmp/said; exit 1; }}
        echo ==== dry; who; find /etc /usr/lib/imagebed /var/lib/imagebed -printf '%p %s %T@\\n' 2>/dev/null | sort | diff /tmp/files -
        grep -c 'would move /etc/apache2/sites-enabled/pictures.conf to' /tmp/said
        (while [ ! -e /tmp/stop ]; do curl -s -o /dev/null -m 20 -w '%{{http_code}}\\n' '{HOST}{kept}'; others; sleep 0.02; done > /tmp/probes) &
        {TAKE} 2>/tmp/said || {{ cat /tmp/said; exit 1; }}
        echo ==== taken; who; sites; others; grep -c 'not taken over from .*SetEnv X-Lost yes' /tmp/said
        echo ==== upload; upload
        echo ==== picture; curl -s -o /tmp/picture -w '%{{http_code}} %{{content_type}}' '{HOST}{path}'; cmp /tmp/picture /tmp/easyimages{path} && echo same
        echo ==== thumb; curl -s -o /dev/null -w '%{{http_code}} %{{content_type}}' '{HOST}/app/thumb.php?img={path}'
        echo ==== delete; curl -s '{link}'; curl -s -o /dev/null -w ' %{{http_code}}' '{HOST}{path}'
        echo ==== secrets; curl -s --path-as-is {HOST}/config/config.php {HOST}/i/../config/api_key.php {HOST}{ADMIN_LOG}
        echo ==== twice
        inventory() {{ find /etc /usr/lib/imagebed /usr/share/imagebed -printf '%p %m %u %s %T@\\n' | sort; }}
        inventory > /tmp/first; {TAKE} || exit 1; ./install.sh || exit 1; inventory > /tmp/second; diff /tmp/first /tmp/second; who
        {TAKE} --port 18199 2>&1 | grep -o 'rollback comes first'
        echo ==== doctor; imagebed doctor | grep ' address:'
        echo ==== rollback; ./install.sh rollback 2>/tmp/said || {{ cat /tmp/said; exit 1; }}
        becomes 'the old one'; sites | diff - /tmp/sites; grep -o 'the old site answers at .*' /tmp/said; others
        for process in /proc/[0-9]*; do readlink $process/exe; done | grep /usr/lib/imagebed
        echo ==== changes; state > /tmp/after; diff /tmp/before /tmp/after
        echo ==== again; cp picture.png /var/www/easyimages/i/2025/07/04/php.png; chown www-data /var/www/easyimages/i/2025/07/04/php.png
        {TAKE} 2>/tmp/said || {{ cat /tmp/said; exit 1; }}
        who; curl -s -o /dev/null -w '%{{http_code}}' {HOST}/i/2025/07/04/php.png; curl -s {HOST}/api/v1/list.php?per_page=1000 | grep -c php.png
        echo ==== uninstall; /usr/share/imagebed/install.sh uninstall 2>/tmp/said || {{ cat /tmp/said; exit 1; }}
        becomes 'the old one'; sites | diff - /tmp/sites; others
        ls -d /etc/apache2/imagebed /etc/imagebed /usr/lib/imagebed /etc/cron.d/imagebed 2>/dev/null
        touch /tmp/stop; wait $!
        echo ==== probes; sort /tmp/probes | uniq -c | sed 's/^ *[0-9]* //'
        apache2ctl stop
        """, check=False)
    out = run.stdout
    assert run.returncode == 0, out[-2000:] + run.stderr[-3000:]
    assert section(out, "dry").splitlines() == ["the old one", "1"]
    assert section(out, "taken").splitlines() == [
        "the new one", "000-default.conf ../sites-available/000-default.conf", "pictures-imagebed.conf /etc/apache2/imagebed/replacing.conf",
        "another site", "1"]
    answer = json.loads(section(out, "upload"))
    assert answer["result"] == "success" and re.search(r"/i/\d{4}/\d\d/\d\d/[0-9a-z]+-0\.png$", answer["url"])
    assert section(out, "picture") == "200 image/jpegsame"
    assert section(out, "thumb") == "200 image/jpeg"
    assert '"code":200' in section(out, "delete") and section(out, "delete").endswith(" 404")
    for word in ["<?php", "c23e32f763", TOKEN]:
        assert word not in section(out, "secrets")
    assert section(out, "twice").splitlines() == ["the new one", "rollback comes first"]
    assert section(out, "doctor").startswith("ok       address: this site answers at")
    assert section(out, "rollback").splitlines() == [
        "the old one", f"the old site answers at {HOST}/index.php with HTTP status 200", "another site"]
    check_changes(section(out, "changes"), path)
    assert section(out, "again").splitlines() == ["the new one", "2001"]
    assert section(out, "uninstall").splitlines() == ["the old one", "another site"]
    assert section(out, "probes").splitlines() == ["200", "another site"]


FAILURES = {
    "thumbnails do not work": ("cp /bin/false /tmp/bin/thumb", "there is no thumbnail"),
    "another site in the same file": (
        f"printf '<VirtualHost *:18191>\\nServerName other.test\\nDocumentRoot /srv\\n</VirtualHost>\\n' >> {SITE}",
        "also holds another site (other.test)"),
    "two sites with one name": (
        f"printf '<VirtualHost *:{PORT}>\\nServerName www.img.example.test\\nDocumentRoot /srv\\n</VirtualHost>\\n' > /etc/apache2/sites-enabled/z.conf",
        "www.img.example.test has two virtual hosts"),
    "no such site": (f"sed -i s,/var/www/easyimages/,/var/www/html, {SITE}", "no virtual host of Apache has /var/www/easyimages"),
    "a half-written file": (f"echo '<Directory /srv>' >> {SITE}", "Apache does not take its configuration as it is"),
    "who is let in stands in .htaccess": (
        f"sed -i 's/AllowOverride None/AllowOverride All/' {SITE}; printf 'Options -Indexes\\nRequire ip 192.0.2.1\\n' > /var/www/easyimages/.htaccess",
        ".htaccess says who is let in (Require ip 192.0.2.1)"),
    "words of Apache 2.2": (f"a2enmod -q access_compat; sed -i 's/Require all granted/Deny from 192.0.2.1/' {SITE}", "in the words of Apache 2.2"),
    "Apache refuses": ("echo Nothing > apache/safe.conf", "apache does not take the new site"),
    "the site of nginx": ("true", "nginx does not run here, and Apache does"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_failure_leaves_the_old_site(apache, name):
    spoil, words = FAILURES[name]
    take = TAKE.replace("apache", "nginx") if name == "the site of nginx" else TAKE
    run = apache.run(OLD_SITE + f"""
        {spoil}
        state > /tmp/before
        sites > /tmp/sites
        {take} && echo ==== installed
        echo ==== then; becomes 'the old one'; others; sites | diff - /tmp/sites
        for process in /proc/[0-9]*; do readlink $process/exe; done | grep /usr/lib/imagebed
        echo ==== changes; state | diff /tmp/before -
        """, check=False)
    assert "==== installed" not in run.stdout and words in run.stderr, run.stdout + run.stderr[-2000:]
    assert section(run.stdout, "then").splitlines() == ["the old one", "another site"], run.stdout + run.stderr[-2000:]
    changes = [line for line in section(run.stdout, "changes").splitlines() if line[:1] in "<>"]
    assert all(re.match(r"> \./i/(20[23]\d/\d\d|20[23]\d$|20[23]\d \d|recycle/|\.incoming)", line) for line in changes), changes


def test_tls_redirects_and_access_are_taken_over(apache):
    """As certbot leaves a site, for some visitors only: a host with TLS, one that leads there, and a folder where certificates are renewed."""
    run = apache.run(OLD_SITE + f"""
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=img.example.test -days 2 \\
            -keyout /etc/ssl/private/p.key -out /etc/ssl/p.pem 2>/dev/null
        mkdir -p /var/www/easyimages/.well-known/acme-challenge
        echo proof > /var/www/easyimages/.well-known/acme-challenge/token-1
        ln -s /var/www/easyimages/config/config.php /var/www/easyimages/.well-known/acme-challenge/linked
        printf 'SSLCertificateFile /etc/ssl/p.pem\\nSSLCertificateKeyFile\\t/etc/ssl/private/p.key\\nSSLEngine on\\n' > /etc/apache2/tls.conf
        cat > {SITE} <<'END'
<IfModule mod_ssl.c>
Listen 18443
<VirtualHost *:18443>
    ServerName img.example.test
    DocumentRoot /var/www/easyimages
    <Location />
        Require ip 127.0.0.0/8
    </Location>
    AliasMatch "\\.php$" /srv/php/words
    <Directory /srv/php>
        ForceType text/plain
    </Directory>
    Header always set Strict-Transport-Security "max-age=7"
    Include tls.conf
</VirtualHost>
</IfModule>
Listen {PORT}
<VirtualHost *:{PORT}>
    ServerName img.example.test
    DocumentRoot /var/www/easyimages
    RewriteEngine on
    RewriteCond %{{SERVER_NAME}} =img.example.test
    RewriteRule ^ https://%{{SERVER_NAME}}:18443%{{REQUEST_URI}} [END,NE,R=permanent]
</VirtualHost>
END
        a2enmod -q ssl rewrite headers; apache2ctl graceful
        url=https://img.example.test:18443
        answers() {{ for turn in {{1..600}}; do curl -sk $url/index.php | grep -q '{OLD_WORDS}' && break; sleep 0.1; done; curl -sk $url/index.php; echo; }}
        answers >/dev/null
        {TAKE} 2>/tmp/said || {{ cat /tmp/said; exit 1; }}
        echo ==== answers; curl -sk $url/api/v1/stats.php
        echo ==== header; curl -skI $url/api/v1/stats.php | grep -i strict
        echo ==== redirect; curl -s -o /dev/null -w '%{{http_code}} %{{redirect_url}}' '{HOST}/i/x.jpg?a'
        echo ==== renewal; curl -sk $url/.well-known/acme-challenge/token-1
        for name in linked .htaccess ../../config/config.php x.php; do
            curl -sk --path-as-is -o /dev/null -w ' %{{http_code}}' $url/.well-known/acme-challenge/$name; done
        echo ==== outside; ip address add 192.0.2.7/32 dev lo; ip route add local 192.0.2.0/24 dev lo 2>/dev/null
        for path in / /api/v1/stats.php /uploads/x.png; do
            curl -sk -o /dev/null -w '%{{http_code}} ' --interface 192.0.2.7 --connect-to ::192.0.2.7: $url$path; done
        echo ==== file; cat /etc/apache2/imagebed/replacing.conf; ls /etc/apache2/sites-enabled
        ./install.sh rollback 2>/tmp/said || {{ cat /tmp/said; exit 1; }}
        echo ==== back; answers
        """)
    out = run.stdout
    assert '"success"' in section(out, "answers") and section(out, "header").lower() == "strict-transport-security: max-age=7"
    assert section(out, "redirect") == "301 https://img.example.test:18443/i/x.jpg?a"
    renewal = section(out, "renewal").split()
    assert renewal[0] == "proof" and set(renewal[1:]) <= {"403", "404"}
    assert section(out, "outside").split() == ["403"] * 3
    file = section(out, "file")
    for line in ["SSLCertificateFile /etc/ssl/p.pem", "SSLCertificateKeyFile /etc/ssl/private/p.key", "SSLEngine on", "ServerName img.example.test"]:
        assert f"    {line}\n" in file, file
    assert "DocumentRoot" not in file and "/srv/php" not in file and file.count("Listen ") == 2
    assert "\npictures-imagebed.conf" in file and "\npictures.conf" not in file
    assert section(out, "back") == OLD_WORDS


def test_beside_the_old_site_first(apache):
    """On a port of its own, for trying; taking over comes later and takes that port away."""
    run = apache.run(OLD_SITE + f"""
        {TAKE} --port 18199 2>/dev/null || exit 1
        echo ==== beside; who; curl -s http://127.0.0.1:18199/api/v1/stats.php | cut -c1-15
        ./install.sh --from-easyimages /var/www/easyimages 2>/dev/null || exit 1
        echo ==== then; who; sites
        for turn in {{1..100}}; do curl -s http://127.0.0.1:18199/api/v1/stats.php || break; sleep 0.1; done; echo gone
        """)
    assert section(run.stdout, "beside").splitlines() == ["the old one", '{"success":true']
    assert section(run.stdout, "then").splitlines()[0] == "the new one" and "00-imagebed.conf" not in section(run.stdout, "then")
    assert section(run.stdout, "then").splitlines()[-1].endswith("gone")


def test_killed_in_the_middle(apache):
    """Between putting the old site aside and the end, the script is killed: rollback brings the old site back."""
    run = apache.run(OLD_SITE + f"""
        sites > /tmp/sites
        sed -i 's|^    ln -s "$conf/replacing.conf" "$(site_link)"$|    kill -9 $$|' nginx/takeover.sh
        {TAKE} && echo ==== installed
        ./install.sh rollback || exit 1
        echo ==== then; becomes 'the old one'; sites | diff - /tmp/sites
        """)
    assert "==== installed" not in run.stdout and section(run.stdout, "then") == "the old one"
