# Behind https, with a host of its own for the pictures, whose addresses leave the tree's folder out (`hide_path`). Both blocks and the
# one that redirects stand in one file.

from layouts import Layout

LAYOUT = Layout(
    name="pictures", section="A host for the pictures", site="https://img.example.test", pictures="https://pic.example.test",
    other="http://other.example.test/", setup="""
        echo "127.0.0.1 img.example.test pic.example.test other.example.test" >> /etc/hosts
        make_old_site /var/www/easyimages www-data:www-data https://img.example.test https://pic.example.test
        sed -i "s|'hide_path'=>0|'hide_path'=>1|" /var/www/easyimages/config/config.php
        make_other_site /var/www/other
        start_php old www-data www-data /run/php/php8.2-fpm.sock
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=img.example.test \\
            -addext subjectAltName=DNS:img.example.test,DNS:pic.example.test -days 2 -keyout /etc/ssl/private/img.key -out /etc/ssl/img.pem 2>/dev/null
        # (As if an authority had signed it.)
        cat /etc/ssl/img.pem >> /etc/ssl/certs/ca-certificates.crt
        rm -f /etc/nginx/sites-enabled/*
        cat > /etc/nginx/snippets/img-tls.conf <<'END'
ssl_certificate /etc/ssl/img.pem;
ssl_certificate_key /etc/ssl/private/img.key;
ssl_protocols TLSv1.2 TLSv1.3;
END
        cat > /etc/nginx/conf.d/img.conf <<'END'
server {
    listen 80;
    server_name img.example.test pic.example.test;
    return 301 https://$host$request_uri;
}
server {
    listen 443 ssl http2;
    server_name img.example.test;
    include snippets/img-tls.conf;
    root /var/www/easyimages;
    index index.php index.html;
    client_max_body_size 20m;
    location ~ \\.php$ {
        include snippets/fastcgi-php.conf;
        fastcgi_pass unix:/run/php/php8.2-fpm.sock;
    }
}
server {
    listen 443 ssl http2;
    server_name pic.example.test;
    include snippets/img-tls.conf;
    root /var/www/easyimages/i;
    expires 30d;
    location ~ ^/(recycle|suspic)/ { deny all; }
    location ~ \\.php$ { deny all; }
}
END
        cp /etc/nginx/conf.d/img.conf /tmp/vhost
        cat > /etc/nginx/conf.d/other.conf <<'END'
server {
    listen 80;
    server_name other.example.test;
    root /var/www/other;
    index index.php index.html;
    location ~ \\.php$ {
        include snippets/fastcgi-php.conf;
        fastcgi_pass unix:/run/php/php8.2-fpm.sock;
    }
}
END
        nginx || exit 1
        """,
    # A larger limit for uploads.
    saves="""
        sed 's|client_max_body_size 20m|client_max_body_size 40m|' /tmp/vhost > /etc/nginx/conf.d/img.conf
        nginx -s reload
        """, differs=True)
