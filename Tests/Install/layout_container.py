# A container (such as ddsderek/easyimage) with nginx and PHP of its own on a port of this machine, of which only the folders `config`
# and `i` lie here, with a number for an owner; the machine's nginx stands before it.

from layouts import Layout

LAYOUT = Layout(
    name="container", section="Containers, 1Panel", proxied=True, has_root=False,
    site="http://img.example.test", other="http://other.example.test/", setup="""
        echo "127.0.0.1 img.example.test other.example.test" >> /etc/hosts
        # (The copied machine may have such a user.)
        ! id -nu 1000 > /dev/null 2>&1 || userdel "$(id -nu 1000)" || exit 1
        make_old_site /var/lib/container/web 1000:1000 http://img.example.test
        mkdir /srv/easyimage /var/lib/container/web/{config,i}.here
        mv /var/lib/container/web/config /var/lib/container/web/i /srv/easyimage/
        mv /var/lib/container/web/config.here /var/lib/container/web/config; mv /var/lib/container/web/i.here /var/lib/container/web/i
        make_other_site /var/www/other
        start_php other www-data www-data /run/php/php8.2-fpm.sock
        cat > /var/lib/container/nginx.conf <<'END'
user www-data;
pid /run/nginx-of-container.pid;
error_log /var/log/nginx-of-container.log;
events {}
http {
    include /etc/nginx/mime.types;
    access_log off;
    server {
        listen 127.0.0.1:8080;
        root /var/lib/container/web;
        index index.php;
        client_max_body_size 50m;
        location ~ \\.php$ {
            include /etc/nginx/fastcgi.conf;
            try_files $fastcgi_script_name =404;
            fastcgi_pass 127.0.0.1:9000;
        }
    }
}
END
        # In mount and process namespaces of its own, as a container is.
        container() {
            mount --bind /srv/easyimage/config /var/lib/container/web/config
            mount --bind /srv/easyimage/i /var/lib/container/web/i
            start_php old 1000 1000 127.0.0.1:9000
            nginx -c /var/lib/container/nginx.conf || exit 1
            exec sleep infinity
        }
        export -f container start_php
        unshare --mount --pid --fork bash -c container &
        rm -f /etc/nginx/sites-enabled/*
        cat > /etc/nginx/sites-available/easyimage <<'END'
server {
    listen 80;
    server_name img.example.test;
    client_max_body_size 50m;
    location / {
        proxy_pass http://127.0.0.1:8080;
        proxy_set_header Host $host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto $scheme;
    }
}
END
        cat > /etc/nginx/sites-available/other <<'END'
server {
    listen 80;
    server_name other.example.test;
    root /var/www/other;
    index index.php;
    location ~ \\.php$ {
        include snippets/fastcgi-php.conf;
        fastcgi_pass unix:/run/php/php8.2-fpm.sock;
    }
}
END
        ln -s ../sites-available/easyimage ../sites-available/other /etc/nginx/sites-enabled/
        nginx || exit 1
        until_php http://img.example.test
        """)
