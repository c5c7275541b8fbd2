# nginx as Debian installs it: a file in sites-available, a link to it, workers and PHP as www-data.

from layouts import Layout

LAYOUT = Layout(
    name="debian", section="Debian's nginx", site="http://img.example.test", other="http://other.example.test/", setup="""
        echo "127.0.0.1 img.example.test other.example.test" >> /etc/hosts
        make_old_site /var/www/easyimages www-data:www-data http://img.example.test
        make_other_site /var/www/other
        start_php old www-data www-data /run/php/php8.2-fpm.sock
        rm -f /etc/nginx/sites-enabled/*
        cat > /etc/nginx/sites-available/easyimages <<'END'
server {
    listen 80;
    listen [::]:80;
    server_name img.example.test;
    root /var/www/easyimages;
    index index.php index.html;
    client_max_body_size 20m;
    location / { try_files $uri $uri/ =404; }
    location ~ \\.php$ {
        include snippets/fastcgi-php.conf;
        fastcgi_pass unix:/run/php/php8.2-fpm.sock;
    }
    location ~ /\\.ht { deny all; }
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
        ln -s ../sites-available/easyimages ../sites-available/other /etc/nginx/sites-enabled/
        nginx || exit 1
        """,
    # Somebody enables the site once more.
    saves="""
        ln -sf ../sites-available/easyimages /etc/nginx/sites-enabled/easyimages
        nginx -s reload
        """)
