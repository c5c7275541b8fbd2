# The drill: a site is installed and used, backed up while it is used, lost with everything that belongs to it, installed anew and
# brought back. Then what was acknowledged before the backup is there, at its address and by its bytes.

PORT = 18182


def test_a_lost_site_comes_back_from_its_backup(machine):
    run = machine.run(f"""
        port={PORT}
        ./install.sh --port $port --domain img.example.org > /dev/null || exit 1
        echo "127.0.0.1 img.example.org" >> /etc/hosts
        key=$(imagebed key create --user admin --name drill --json | sed -n 's/.*"key" *: *"\\([^"]*\\)".*/\\1/p')
        site=http://img.example.org:$port
        one() {{ # NUMBER: uploads a picture of its own, and writes down its address and digest once it is acknowledged
            {{ cat htdocs/404.png; echo "$1"; }} > /tmp/picture-$1.png
            url=$(curl -sf -F "image=@/tmp/picture-$1.png" -H "X-API-Key: $key" $site/api/v1/upload.php |
                sed -n 's/.*"url" *: *"\\([^"]*\\)".*/\\1/p')
            [ -n "$url" ] && echo "$url $(curl -s "$url" | sha256sum | cut -d' ' -f1)" >> /tmp/acknowledged
        }}
        push() {{
            curl -sf -X POST $site/api/v1/json/sync.php -H "Content-Type: application/json" -H "X-API-Key: $key" \\
                -d '{{"file_key": "drill", "content": {{"turn": '$1'}}, "device_id": "phone"}}' > /dev/null
        }}
        for number in 1 2 3 4 5; do one $number; push $number; done
        ( number=100; while [ ! -e /tmp/over ]; do one $((number += 1)); push $number; done ) &
        imagebed backup /srv/backup || exit 1
        stat -c 'backup %a %U' /srv/backup
        while [ $(wc -l < /tmp/acknowledged) -lt 10 ]; do sleep 0.1; done
        cp /tmp/acknowledged /tmp/before
        imagebed backup /srv/backup || exit 1
        touch /tmp/over
        wait $!
        imagebed json log drill --json > /tmp/versions

        ./install.sh uninstall
        rm -rf /var/lib/imagebed
        ./install.sh --port $port --domain img.example.org > /dev/null || exit 1
        imagebed restore /srv/backup && echo ==== restored over a site
        /etc/init.d/imagebed stop
        mv /var/lib/imagebed /var/lib/imagebed.old
        imagebed restore /srv/backup || exit 1
        # As after "chown -R imagebed:" on another machine.
        chgrp imagebed /var/lib/imagebed
        ./install.sh > /dev/null || exit 1
        stat -c 'data %a %U %G' /var/lib/imagebed
        while read -r url digest; do
            [ "$(curl -s "$url" | sha256sum | cut -d' ' -f1)" = "$digest" ] || echo ==== lost "$url"
        done < /tmp/before
        wc -l < /tmp/before | sed 's/^/pictures /'
        imagebed json show drill | grep -q turn || echo ==== no content
        curl -sf -H "X-API-Key: $key" "$site/api/v1/json/sync.php?file_key=drill" | grep -q turn || echo ==== key or content lost
        one 999 || echo ==== no upload
        imagebed verify --hashes || echo ==== does not match
        imagebed doctor > /tmp/doctor || cat /tmp/doctor
        find /var/lib/imagebed ! -user imagebed ! -path '*/run/*' ! -path '*/logs/*' | sed 's/^/==== owner /'
        nginx -s stop
        """)
    assert "====" not in run.stdout, run.stdout
    assert "backup 700 imagebed" in run.stdout
    assert "data 750 imagebed www-data" in run.stdout
    assert int(run.stdout.split("pictures ")[1].split()[0]) >= 10
    assert "is not empty" in run.stderr
