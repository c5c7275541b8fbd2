# A site behind another web server: installed for the folders of a container (settings and pictures, of a number that is no user here) and
# reached through real servers that have the lines which `imagebed proxy-block` prints.

import json
import re
import shlex
import shutil

import pytest

from test_takeover import DELETES, TOKEN, section

PORT = 18090
HOST = "img.example.test:18443"
OWNER = 4711
UPLOAD = DELETES["uploads"][0]

# The two volumes of such a container and nothing else, and visitors of two addresses.
VOLUMES = f"""
    volumes() {{ # FOLDER
        mkdir -p $1 && cp -r /tmp/easyimages/config /tmp/easyimages/i $1/ && chown -R {OWNER}:{OWNER} $1
        sed -i "s|//img.example.test'|//img.example.test$prefix'|" $1/config/config.php
    }}
    install() {{ ./install.sh --from-easyimages $1 --behind-proxy --port {PORT} "${{@:2}}"; }}
    inventory() {{ find /etc /usr/lib/imagebed /usr/share/imagebed /var/lib/imagebed /root/data -printf '%p %m %u %s %T@\\n' 2>/dev/null | sort; }}
    poll() {{ for turn in {{1..300}}; do ! "$@" || return 0; sleep 0.1; done; echo "never: $*"; return 1; }}
    echo "127.0.0.1 img.example.test" >> /etc/hosts
    for number in 7 8; do ip address add 198.51.100.$number/32 dev lo; done
    cp htdocs/404.png picture.png
    mkdir -p /tmp/front/root/.well-known && cd /tmp/front && echo challenge > root/.well-known/file
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=img.example.test -days 2 -keyout key.pem -out cert.pem 2>/dev/null
    cd /tmp/checkout
"""

# Web servers with TLS, and with rules for other paths as sites of panels have them.
FRONTS = {
    "nginx": """
        imagebed proxy-block nginx > /tmp/front/block.conf
        cat > /tmp/front/nginx.conf <<'END'
            pid /tmp/front/nginx.pid;
            error_log /tmp/front/error.log;
            events {}
            http {
                access_log off;
                client_body_temp_path /tmp/front/body;
                proxy_temp_path /tmp/front/proxy;
                fastcgi_temp_path /tmp/front/fastcgi;
                uwsgi_temp_path /tmp/front/uwsgi;
                scgi_temp_path /tmp/front/scgi;
                server {
                    listen 18443 ssl;
                    server_name img.example.test;
                    ssl_certificate /tmp/front/cert.pem;
                    ssl_certificate_key /tmp/front/key.pem;
                    root /tmp/front/root;
                    location ~ [.]php$ { return 418; }
                    location ~ .*[.](gif|jpg|jpeg|png|bmp|swf)$ { expires 30d; }
                    include /tmp/front/block.conf;
                }
            }
END
        nginx -c /tmp/front/nginx.conf || exit 1""",
    "apache": """
        imagebed proxy-block apache > /tmp/front/block.conf
        {
            for name in mpm_event authz_core alias headers setenvif proxy proxy_http socache_shmcb ssl; do
                echo "LoadModule ${name}_module /usr/lib/apache2/modules/mod_$name.so"
            done
            cat <<'END'
            ServerName img.example.test
            PidFile /tmp/front/apache.pid
            DefaultRuntimeDir /tmp/front
            ErrorLog /tmp/front/error.log
            User www-data
            Group www-data
            Listen 18443
            DocumentRoot /tmp/front/root
            <VirtualHost *:18443>
                ServerName img.example.test
                SSLEngine on
                SSLCertificateFile /tmp/front/cert.pem
                SSLCertificateKeyFile /tmp/front/key.pem
                <FilesMatch "[.]php$">
                    Require all denied
                </FilesMatch>
                Include /tmp/front/block.conf
            </VirtualHost>
END
        } > /tmp/front/apache.conf
        apache2 -f /tmp/front/apache.conf || exit 1""",
}

# The visitor with the last number of their address asks for a path of the site: at NUMBER PATH OPTION…
ASK = f"""
    at() {{ curl -sk --max-time 300 --resolve {HOST}:198.51.100.$1 "https://{HOST}$prefix$2" "${{@:3}}"; }}
    answers() {{ [[ $(at 7 /api/v1/stats.php) == '{{"success":true,'* ]]; }}
    form() {{ printf x >> picture.png; at $1 /api/index.php -F image=@picture.png -F token={TOKEN} "${{@:2}}"; }}
    page() {{ printf x >> picture.png; at $1 /app/upload.php -F file=@picture.png -F sign=$(date +%s); echo; }}
    # The address that the site's web server writes down for 198.51.100.8, who claims another one, comes to be: becomes NAME ADDRESS
    # (It goes on with the configuration that it had for a moment after it was told of another, and writes now and then.)
    becomes() {{
        for turn in {{1..100}}; do
            at 8 /api/v1/stats.php -A "$1 $turn" -H 'X-Forwarded-For: 203.0.113.9' -o /dev/null
            poll grep -q "\\"$1 $turn\\"" $log || return 1
            if [ "$(sed -n "s/ .*\\"$1 $turn\\"\\$//p" $log)" = "$2" ]; then echo "$1"; return; fi
        done
        return 1
    }}
"""

STEPS = f"""
    volumes /srv/volumes
    install /srv/volumes --web $web ${{prefix:+--prefix $prefix}} > /tmp/out || exit 1
    echo ==== printed; grep -c proxy_pass /tmp/out
    echo ==== installed; ss -Hltn 'sport = :{PORT}' | awk '{{ print $4 }}'; getent passwd imagebed-{OWNER} | cut -d: -f1,3,7
    stat -c %U /var/lib/imagebed/imagebed.db; imagebed settings get trusted_proxies; imagebed settings get base_url
    $front
    poll answers || exit 1
    # As if nobody had told whom to trust.
    imagebed settings set trusted_proxies '' > /dev/null; imagebed settings set record_senders on > /dev/null; imagebed reload > /dev/null
    echo ==== shared; becomes early 127.0.0.1
    for number in 7 8 7 8 7 8; do form $number -A "program $number" -o /dev/null; done
    echo ==== doctor; imagebed doctor | grep -A1 visitors
    eval "$(imagebed doctor | grep -A1 visitors | sed -n 's/.*-> if it is: //p')" > /dev/null
    for each in 'hsts_seconds 300' 'image_max_bytes 200MB' 'anonymous_upload on' 'daily_upload_limit 1'; do imagebed settings set $each > /dev/null; done
    imagebed reload > /dev/null
    echo ==== told; becomes apart 198.51.100.8
    echo ==== limits; for number in 7 7 8 8; do page $number | grep -o '"code":[0-9]*'; done
    imagebed settings set daily_upload_limit 0 > /dev/null
    echo ==== old link; at 7 {UPLOAD["stored_path"]} -o /tmp/old -w '%{{http_code}} '; cmp /tmp/old /tmp/easyimages{UPLOAD["stored_path"]} && echo same
    at 7 {UPLOAD["stored_path"]} -H 'Range: bytes=10-19' -o /dev/null -w '%{{http_code}} %{{size_download}}\\n'
    at 7 '/app/thumb.php?img={UPLOAD["stored_path"]}' -o /dev/null -w '%{{http_code}} %{{content_type}}\\n'
    at 7 "$deletion" | cut -c1-100; at 7 {UPLOAD["stored_path"]} -o /dev/null -w '%{{http_code}}\\n'
    echo ==== form; form 7; echo
    echo ==== led; for path in /user /admin; do at 7 $path -o /dev/null -w '%{{http_code}} %{{redirect_url}}\\n'; done
    [ -z "$prefix" ] || at 7 '' -o /dev/null -w '%{{http_code}} %{{redirect_url}}\\n'
    echo ==== https; at 7 /user/login.php -D - -o /dev/null | tr -d '\\r' | grep -i '^strict'
    echo ==== identity; at 7 /api/v1/stats.php -H 'X-Request-Id: of-the-proxy_1' -D - -o /dev/null | tr -d '\\r' | grep -i '^x-request-id'
    curl -s http://127.0.0.1:{PORT}$prefix/api/v1/stats.php -H 'X-Request-Id: "strange"' -D - -o /dev/null | tr -d '\\r' | grep -ci '^x-request-id: [0-9a-f]*$'
    echo ==== certificates; curl -sk https://{HOST}/.well-known/file
    echo ==== large
    python3 - <<'END'
import struct
with open("/tmp/large.bmp", "wb") as file:
    file.write(b"BM" + struct.pack("<IHHIIiiHHIIiiII", 105000054, 0, 0, 54, 40, 5000, 7000, 1, 24, 0, 105000000, 0, 0, 0, 0))
    file.truncate(105000054)
with open("/tmp/huge.bmp", "wb") as file:
    file.truncate(300 << 20)
END
    at 7 /api/index.php -F image=@/tmp/large.bmp -F token={TOKEN} | grep -o '"code":[0-9]*'
    find /srv/volumes/i -size +90M -printf '%u %s\\n' -delete
    at 7 /api/v1/upload.php -F image=@/tmp/huge.bmp -w ' %{{http_code}}'
    echo; echo ==== pieces
    key=$(imagebed key create --user keeper --name t --json | sed -n 's/.*"key" *: *"\\([^"]*\\)".*/\\1/p')
    tus() {{ at 7 "/api/v1/tus.php$1" -H 'Tus-Resumable: 1.0.0' -H "X-API-Key: $key" "${{@:2}}"; }}
    patch() {{ tus "$1" -X PATCH -H "Upload-Offset: $2" -H 'Content-Type: application/offset+octet-stream' --data-binary @- -o /dev/null -w '%{{http_code}} '; }}
    location=$(tus '' -X POST -H "Upload-Length: $(stat -c %s picture.png)" -H "Upload-Metadata: filename $(printf a.png | base64)" -D - -o /dev/null |
        tr -d '\\r' | sed -n 's/^[Ll]ocation: //p')
    echo "${{location%%\\?*}}"
    head -c 1000 picture.png | patch "?${{location#*\\?}}" 0; tail -c +1001 picture.png | patch "?${{location#*\\?}}" 1000
    tus "?${{location#*\\?}}" | grep -o '"state":"[a-z]*"'
    echo ==== end; cat /tmp/front/error.log
"""


@pytest.mark.parametrize("web, front, prefix", [("nginx", "nginx", ""), ("nginx", "apache", "/image"), ("apache", "nginx", "/image")])
def test_volumes_of_a_container(machine, web, front, prefix):
    if front == "apache" and not shutil.which("apache2"):
        pytest.skip("apache2 is not installed here")
    if web == "apache":
        machine.bring_apache()
    values = {"web": web, "prefix": prefix, "deletion": re.sub("^https://[^/]+", "", UPLOAD["response"]["del"]),
              "log": "/var/log/nginx/access.log" if web == "nginx" else "/var/log/apache2/imagebed.log"}
    begin = "nginx || exit 1\n" if web == "nginx" else ""
    page = "echo ==== first page; curl -s http://127.0.0.1/ | grep -m 1 -c 'Welcome to nginx'\n" if web == "nginx" else ""
    script = "".join(f"{name}={shlex.quote(value)}\n" for name, value in values.items()) + VOLUMES + ASK + begin
    run = machine.run(script + STEPS.replace("$front", page + FRONTS[front]), check=False)
    out = run.stdout
    assert run.returncode == 0, out[-2000:] + run.stderr[-3000:]
    base = f"https://img.example.test{prefix}"
    assert section(out, "printed") == "1"
    assert section(out, "installed").splitlines() == [
        f"127.0.0.1:{PORT}", f"imagebed-{OWNER}:{OWNER}:/usr/sbin/nologin", f"imagebed-{OWNER}", "127.0.0.1,::1", base]
    if web == "nginx":
        assert section(out, "first page") == "1"
    check_addresses(out)
    check_old_links(out)
    check_answers(out, prefix, base)


def check_addresses(out):
    doctor = section(out, "doctor").splitlines()
    assert doctor[0].startswith("warning  visitors: the last 6 logins and uploads of this week all came from 127.0.0.1, with different programs")
    assert doctor[1].split("-> ")[1] == "if it is: imagebed settings set trusted_proxies '127.0.0.1'"
    assert (section(out, "shared"), section(out, "told")) == ("early", "apart")
    # Of each visitor one file a day.
    assert section(out, "limits").split() == ['"code":200', '"code":202'] * 2


def check_old_links(out):
    lines = section(out, "old link").splitlines()
    assert lines[:3] == ["200 same", "206 10", "200 image/jpeg"], lines
    assert '"code":200' in lines[3] and lines[4] == "404", lines


def check_answers(out, prefix, base):
    answer = json.loads(section(out, "form"))
    assert answer["code"] == 200 and re.fullmatch(re.escape(base) + r"/i/\d{4}/\d\d/\d\d/[0-9a-z]+-0\.png", answer["url"]), answer
    led = [f"301 https://{HOST}{prefix}{path}/" for path in ["/user", "/admin", *([""] if prefix else [])]]
    assert section(out, "led").splitlines() == led
    assert section(out, "https").lower() == "strict-transport-security: max-age=300"
    # The proxy is believed although REMOTE_ADDR is the visitor's.
    assert section(out, "identity").lower().splitlines() == ["x-request-id: of-the-proxy_1", "1"]
    assert section(out, "certificates") == "challenge"
    large = section(out, "large").splitlines()
    assert large[:2] == ['"code":200', f"imagebed-{OWNER} 105000054"], large
    refusal = json.loads(large[2].removesuffix(" 413"))
    assert refusal["code"] == 413 and "too large" in refusal["error"], large
    assert section(out, "pieces").splitlines() == [f"{base}/api/v1/tus.php", '204 204 "state":"stored"']


def test_folders_that_cannot_be_entered(machine):
    """As containers have them below root's own home: said with the commands, of which each is enough."""
    run = machine.run("prefix=''\n" + VOLUMES + f"""
        chmod 700 /root; volumes /root/data/volumes; chmod 750 /root/data; chown root:root /root/data
        inventory > /tmp/before
        install /root/data/volumes; echo "==== $?"; install /root/data/volumes --dry-run; echo "==== $?"
        inventory | diff /tmp/before - && ! getent passwd imagebed-{OWNER} && echo unchanged
        chmod o+x /root /root/data
        install /root/data/volumes --dry-run && echo opened
        install /root/data/volumes > /tmp/out && echo installed
        chmod 700 /root; imagebed doctor | grep -A1 'old site'
        """, check=False)
    lines = run.stdout.splitlines()
    assert lines[:5] == ["==== 1", "==== 1", "unchanged", "opened", "installed"], run.stdout + run.stderr
    assert run.stderr.count("nothing was changed: these folders do not let in who has to get through") == 2
    for folder, mode in [("/root", 700), ("/root/data", 750)]:
        assert f"  {folder} (mode {mode}, of root) keeps out: imagebed-{OWNER} www-data\n    chmod o+x {folder}  " in run.stderr
        assert f"setfacl -m u:{OWNER}:x,u:33:x {folder}\n" in run.stderr
    assert lines[5].startswith("problem  old site: the service's user cannot enter /root, so it has none of the pictures") and "chmod o+x /root" in lines[6]


def test_settings_that_the_service_cannot_read(machine):
    run = machine.run("prefix=''\n" + VOLUMES + """
        volumes /srv/volumes; chown root /srv/volumes/config/config.php; chmod 600 /srv/volumes/config/config.php
        inventory > /tmp/before; install /srv/volumes; echo "==== $?"; inventory | diff /tmp/before - && echo unchanged
        """, check=False)
    assert run.stdout.splitlines() == ["==== 1", "unchanged"], run.stdout + run.stderr
    assert f"chown {OWNER} /srv/volumes/config/config.php" in run.stderr


def test_links_that_begin_with_another_path(machine):
    run = machine.run("prefix=/image\n" + VOLUMES + """
        volumes /srv/volumes; inventory > /tmp/before
        install /srv/volumes; echo "==== $?"; install /srv/volumes --prefix /pictures; echo "==== $?"
        sed -i "s|test/image'|test'|" /srv/volumes/config/config.php; install /srv/volumes --prefix /image; echo "==== $?"
        inventory | diff /tmp/before - && echo unchanged
        """, check=False)
    assert run.stdout.splitlines() == ["==== 2", "==== 2", "==== 2", "unchanged"], run.stdout + run.stderr
    assert run.stderr.count("it lies below /image: give --prefix /image") == 2 and "it lies below no path: leave --prefix out" in run.stderr


def test_a_proxy_that_has_the_usual_port(machine):
    """A panel's nginx in a container of this machine, and no nginx of the machine's own until now: its first page would want port 80."""
    run = machine.run("prefix=''\n" + VOLUMES + f"""
        cat > /tmp/front/panel.conf <<'END'
            pid /tmp/front/panel.pid;
            error_log /tmp/front/error.log;
            daemon off;
            events {{}}
            http {{ access_log off; server {{ listen 80; return 200 panel; }} }}
END
        unshare --pid --fork --kill-child nginx -c /tmp/front/panel.conf &
        poll curl -s -o /dev/null http://127.0.0.1/ || exit 1
        ./install.sh --behind-proxy --port 80 > /dev/null; echo "==== $?"
        ./install.sh --behind-proxy --port {PORT} --listen 192.0.2.9; echo "==== $?"; ls /etc/nginx/sites-enabled
        ./install.sh --behind-proxy --port {PORT} --listen 0.0.0.0 --trusted-proxy 172.18.0.0/16,fd00::/8 > /tmp/out || exit 1
        echo ==== installed; curl -s http://127.0.0.1/; echo; ls /etc/nginx/sites-enabled; imagebed settings get trusted_proxies
        ss -Hltn 'sport = :{PORT}' | awk '{{ print $4 }}'; grep set_real /etc/nginx/imagebed/proxies.conf
        grep -c 'proxy_pass http://127.0.0.1:{PORT};' /tmp/out; imagebed proxy-block nginx --host 172.18.0.1 --prefix /a | grep -c -e 'http://172.18.0.1:{PORT};' -e 'location ^~ /a/'
        imagebed settings set trusted_proxies 127.0.0.1 > /dev/null
        ./install.sh > /dev/null || exit 1; imagebed settings get trusted_proxies
        ./install.sh uninstall; ls /etc/nginx/sites-enabled
        nginx -s stop; kill %1
        """, check=False)
    lines = run.stdout.splitlines()
    assert run.returncode == 0, run.stdout + run.stderr
    assert lines[:3] == ["==== 1", "==== 1", "default"] and "nginx listens on port 80: choose a free one with --port, such as --port 8090" in run.stderr and "does not have that address" in run.stderr
    assert lines[3:9] == ["==== installed", "panel", "imagebed", "127.0.0.1,::1,172.18.0.0/16,fd00::/8", f"0.0.0.0:{PORT}",
                          "set_real_ip_from 127.0.0.1; set_real_ip_from ::1; set_real_ip_from 172.18.0.0/16; set_real_ip_from fd00::/8;"], lines
    # What the operator set afterwards stays.
    assert lines[9:] == ["1", "2", "127.0.0.1"], lines


# Beside the machine's own nginx, which runs, another one as a container has it.
CONTAINER = f"""
    cat > /tmp/front/container.conf <<'END'
        pid /tmp/front/container.pid;
        error_log /tmp/front/container.log;
        daemon off;
        events {{}}
        http {{ access_log off; server {{ listen {PORT}; return 404 container; }} }}
END
    nginx || exit 1
    unshare --mount --pid --fork --kill-child nginx -c /tmp/front/container.conf &
    poll curl -s -o /dev/null http://127.0.0.1:{PORT}/ || exit 1
    volumes /srv/volumes
"""


def test_a_port_that_a_container_has(machine):
    """Before anything is changed, in a dry run too; also a port of another site of the machine's own nginx."""
    run = machine.run("prefix=''\n" + VOLUMES + CONTAINER + f"""
        printf 'server {{ listen {PORT + 1}; }}' > /etc/nginx/conf.d/a.conf; nginx -s reload; poll curl -s -o /dev/null http://127.0.0.1:{PORT + 1}/ || exit 1
        inventory > /tmp/before
        for option in --dry-run ''; do install /srv/volumes $option > /dev/null; echo "==== $?"; done
        ./install.sh --port {PORT} > /dev/null; echo "==== $?"
        ./install.sh --behind-proxy --port {PORT + 1} > /dev/null; echo "==== $?"
        inventory | diff /tmp/before - && echo unchanged
        ./install.sh --behind-proxy --port {PORT + 2} > /dev/null && ./install.sh --behind-proxy --port {PORT + 2} > /dev/null; echo "==== $?"
        nginx -s stop; kill %1
        """, check=False)
    assert run.stdout.splitlines() == ["==== 1"] * 4 + ["unchanged", "==== 0"], run.stdout + run.stderr
    assert run.stderr.count(f"nginx listens on port {PORT}: choose a free one with --port, such as --port 8090") == 3, run.stderr
    assert run.stderr.count(f"nginx listens on port {PORT + 1}: choose a free one with --port, such as --port 8090") == 1, run.stderr


def test_a_site_that_never_answered_is_not_enabled(machine):
    """As where another program takes the port after it was looked at: the web server starts again without the site."""
    run = machine.run("prefix=''\n" + VOLUMES + CONTAINER + f"""
        sed -i 's/^check_port() {{/&\\n    return/; s/^patience=20/patience=2/' install/web.sh
        ls /etc/nginx/sites-enabled > /tmp/before
        install /srv/volumes > /dev/null; echo "==== $?"
        ls /etc/nginx/sites-enabled | diff /tmp/before - && echo unchanged
        nginx -s quit; poll bash -c '! curl -s -o /dev/null http://127.0.0.1/'; nginx && echo starts
        nginx -s stop; kill %1
        """, check=False)
    assert run.stdout.splitlines() == ["==== 1", "unchanged", "starts"], run.stdout + run.stderr
    assert "/etc/nginx/sites-enabled/imagebed was removed again" in run.stderr and "does not answer at" in run.stderr


def test_links_begin_with_a_given_name(machine):
    """Where the old site's address is that of a container; what the operator set afterwards stays."""
    run = machine.run("prefix=''\n" + VOLUMES + f"""
        nginx || exit 1
        volumes /srv/volumes; sed -i "s|https://img.example.test'|http://192.0.2.1:8080'|" /srv/volumes/config/config.php
        install /srv/volumes --domain pic.example.test > /tmp/out 2>&1 || {{ cat /tmp/out; exit 1; }}
        imagebed settings get base_url; imagebed settings get picture_urls
        grep -o 'links begin with .*' /tmp/out
        imagebed settings set base_url https://pic.example.test > /dev/null
        install /srv/volumes --domain pic.example.test > /dev/null || exit 1; imagebed settings get base_url
        nginx -s stop
        """, check=False)
    assert run.stdout.splitlines() == [
        "http://pic.example.test", "",
        "links begin with http://pic.example.test; another address: sudo imagebed settings set base_url https://pic.example.test",
        "https://pic.example.test"], run.stdout + run.stderr
