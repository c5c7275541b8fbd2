# The server block is the operator's as soon as it was changed: TLS that certbot put there outlives every installation. nginx is
# real, the certificate is the test's own, and certbot is Debian's where it is installed.

import re
import shutil

import pytest

from test_takeover import section

NAMES = ["img.example.org", "www.example.org"]
SITE = "/etc/nginx/imagebed/site.conf"

# A certificate, and what certbot makes of a server block with it: by itself (without asking an authority), or as it wrote here.
CERTIFICATE = f"""
    rm -f /etc/nginx/sites-enabled/*
    for name in {" ".join(NAMES)}; do echo "127.0.0.1 $name" >> /etc/hosts; done
    mkdir -p /etc/tls
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN={NAMES[0]} -days 2 \\
        -keyout /etc/tls/key.pem -out /etc/tls/cert.pem 2>/dev/null
    api() {{ curl -sk --post301 -L "$1/api/v1/stats.php" | cut -c1-15; }}
    inventory() {{ find /etc /usr/lib/imagebed /usr/share/imagebed /usr/bin/imagebed -printf '%p %m %u %s %T@\\n' | sort; }}
"""
CERTBOT = f"""
    certbot install --nginx --non-interactive --redirect --cert-path /etc/tls/cert.pem --key-path /etc/tls/key.pem \\
        --fullchain-path /etc/tls/cert.pem {" ".join(f"-d {name}" for name in NAMES)} >/tmp/certbot 2>&1 || {{ cat /tmp/certbot >&2; exit 1; }}
"""
AS_CERTBOT_WRITES = f"""
    echo 'ssl_protocols TLSv1.2 TLSv1.3;' > /etc/tls/options-ssl-nginx.conf
    sed -i -e '/^    listen /d' -e 's|^}}$|\\n    listen [::]:443 ssl ipv6only=on; # managed by Certbot\\n    listen 443 ssl; # managed by Certbot\\n'\\
'    ssl_certificate /etc/tls/cert.pem; # managed by Certbot\\n    ssl_certificate_key /etc/tls/key.pem; # managed by Certbot\\n'\\
'    include /etc/tls/options-ssl-nginx.conf; # managed by Certbot\\n}}|' {SITE}
    cat >> {SITE} <<'END'
server {{
    if ($host = www.example.org) {{
        return 301 https://$host$request_uri;
    }} # managed by Certbot


    if ($host = img.example.org) {{
        return 301 https://$host$request_uri;
    }} # managed by Certbot


    listen 80;
    listen [::]:80;
    server_name img.example.org www.example.org;
    return 404; # managed by Certbot
}}
END
    nginx -t -q && nginx -s reload
"""


@pytest.mark.parametrize("edit", [
    pytest.param(CERTBOT, id="certbot", marks=pytest.mark.skipif(
        not shutil.which("certbot") or not shutil.os.path.exists("/usr/lib/python3/dist-packages/certbot_nginx"), reason="python3-certbot-nginx is not installed")),
    pytest.param(AS_CERTBOT_WRITES, id="as certbot writes"),
])
def test_tls_outlives_installations(machine, edit):
    run = machine.run(CERTIFICATE + f"""
        ./install.sh --domain {NAMES[0]},{NAMES[1]} > /tmp/out || exit 1
        echo ==== names; grep server_name {SITE}; imagebed settings get base_url; for name in {" ".join(NAMES)}; do api http://$name; done
        {edit}
        echo ==== edited; grep -c 'managed by Certbot' {SITE}; cp {SITE} /tmp/edited
        ./install.sh 2>/tmp/said || {{ cat /tmp/said; exit 1; }}
        echo ==== second; cmp {SITE} /tmp/edited && api https://{NAMES[0]}; ls {SITE}.new; cat /tmp/said
        curl -s -o /dev/null -w '%{{http_code}} %{{redirect_url}}\\n' http://{NAMES[1]}/x
        imagebed settings set base_url https://{NAMES[0]} > /dev/null
        echo ==== told; ./install.sh 2>&1 | grep -c 'led to https'
        inventory > /tmp/first; ./install.sh || exit 1; inventory > /tmp/second
        echo ==== changes; diff /tmp/first /tmp/second
        echo '# newer' >> nginx/site.conf
        ./install.sh 2>/tmp/said || {{ cat /tmp/said; exit 1; }}
        echo ==== newer; cmp {SITE} /tmp/edited && api https://{NAMES[1]}; grep -c newer {SITE}.new; grep -o 'was changed and stays' /tmp/said
        ./install.sh uninstall 2>/tmp/said || {{ cat /tmp/said; exit 1; }}; echo ==== uninstalled; find /etc/nginx/imagebed; grep -o '.* was changed and stays' /tmp/said
        ./install.sh --domain {NAMES[0]},{NAMES[1]} >/tmp/out || exit 1
        echo ==== again; cmp {SITE} /tmp/edited && api https://{NAMES[0]}; imagebed settings get base_url
        nginx -s stop
        """, check=False)
    out = run.stdout
    assert run.returncode == 0, out + run.stderr[-2000:]
    answer = '{"success":true'
    assert section(out, "names").split("\n") == [f"server_name {' '.join(NAMES)};", f"http://{NAMES[0]}", answer, answer]
    assert int(section(out, "edited")) > 5
    second = section(out, "second").splitlines()
    assert second[0] == answer and second[-1] == f"301 https://{NAMES[1]}/x", second
    assert any("visitors are led to https" in line and f"settings set base_url https://{NAMES[0]}" in line for line in second), second
    assert section(out, "told") == "0"
    assert section(out, "changes") == ""
    assert section(out, "newer").splitlines() == [answer, "1", "was changed and stays"]
    assert section(out, "uninstalled").splitlines() == ["/etc/nginx/imagebed", SITE, f"{SITE} was changed and stays"]
    assert section(out, "again").splitlines() == [answer, f"https://{NAMES[0]}"]


# What versions that knew no checksums wrote

OLD = """# The site. Installed as sites-available/imagebed; whoever has a server block of their own includes http.conf and
# locations.conf in the same places instead.

include "/etc/nginx/imagebed/http.conf";

server {{
    listen {listen};
    listen [::]:{listen};
    server_name {name};
    include "/etc/nginx/imagebed/locations.conf";
}}
"""


@pytest.mark.parametrize("options, listen, name", [("", "18185 default_server", "_"), ("--domain img.example.org", "18185", "img.example.org")])
def test_unchanged_file_of_an_older_version(machine, options, listen, name):
    run = machine.run(f"""
        ./install.sh --port 18185 {options} > /tmp/out || exit 1
        cat > {SITE} <<'END'
{OLD.format(listen=listen, name=name)}END
        ./install.sh --port 18186 || exit 1
        echo ==== updated; grep listen {SITE}; ls {SITE}.new; curl -s -H 'Host: {name}' http://127.0.0.1:18186/api/v1/stats.php | cut -c1-15
        cat > {SITE} <<'END'
{OLD.format(listen=listen, name=name).replace("18185", "18186").replace("server_name", "keepalive_timeout 7s; server_name")}END
        ./install.sh || exit 1
        echo ==== changed; grep -c 7s {SITE} {SITE}.new
        sed -i s/18186/18187/ {SITE}; nginx -s reload; while curl -s -o /dev/null http://127.0.0.1:18186/; do sleep 0.1; done
        sed -i s/^patience=20/patience=2/ install/web.sh
        echo ==== moved; ./install.sh 2>&1 | grep -o 'was changed: .*'; sed -i s/^patience=2/patience=20/ install/web.sh; ./install.sh --port 18187 && echo answers
        nginx -s stop
        """)
    assert re.sub(r"\d+", "", section(run.stdout, "updated")) == re.sub(r"\d+", "", f"listen {listen};\n    listen [::]:{listen};" + '\n{"success":true')
    assert "18186" in section(run.stdout, "updated") and section(run.stdout, "changed").splitlines() == [f"{SITE}:1", f"{SITE}.new:0"]
    assert section(run.stdout, "moved").splitlines() == ["was changed: give the --port and --domain that it has", "answers"]


def test_a_configuration_that_nginx_refuses(machine):
    """An update that nginx does not take leaves the site, and what is on disk, as they were."""
    run = machine.run("""
        ./install.sh --port 18187 > /tmp/out || exit 1
        conf() { (cd /etc/nginx && find . -printf '%p %m %l\\n' | sort && cat imagebed/*); }
        conf > /tmp/before
        echo 'nothing;' >> nginx/safe.conf
        ./install.sh && echo ==== installed
        echo ==== then; conf | diff /tmp/before - ; nginx -t -q && curl -s http://127.0.0.1:18187/api/v1/stats.php | cut -c1-15
        nginx -s stop
        """, check=False)
    assert "==== installed" not in run.stdout and "does not take the configuration" in run.stderr
    assert section(run.stdout, "then") == '{"success":true'


def test_files_of_others_that_include_the_site(machine):
    """Uninstalling does not take away what another server block includes: nginx would not start again."""
    run = machine.run("""
        ./install.sh --port 18188 > /tmp/out || exit 1
        cat > /etc/nginx/conf.d/mine.conf <<'END'
include "/etc/nginx/imagebed/http.conf";
server { listen 18189; include "/etc/nginx/imagebed/locations.conf"; }
END
        rm /etc/nginx/sites-enabled/imagebed
        ./install.sh uninstall 2>/tmp/said || exit 1
        echo ==== then; nginx -t -q && echo starts; grep -o 'included by.*conf:' /tmp/said
        rm /etc/nginx/conf.d/mine.conf
        nginx -s stop
        """)
    assert section(run.stdout, "then").splitlines() == ["starts", "included by /etc/nginx/conf.d/mine.conf:"]
