# In a folder of another site, /image/.

from layouts import Layout

LAYOUT = Layout(
    name="folder", section="A folder of another site", proxied=True,
    site="http://www.example.test/image", other="http://www.example.test/", setup="""
        echo "127.0.0.1 www.example.test" >> /etc/hosts
        make_other_site /var/www/site
        make_old_site /var/www/site/image www-data:www-data http://www.example.test/image
        start_php old www-data www-data /run/php/php8.2-fpm.sock
        rm -f /etc/nginx/sites-enabled/*
        cat > /etc/nginx/sites-available/site <<'END'
server {
    listen 80;
    server_name www.example.test;
    root /var/www/site;
    index index.php index.html;
    client_max_body_size 20m;
    location / { try_files $uri $uri/ =404; }
    location ~ \\.php$ {
        include snippets/fastcgi-php.conf;
        fastcgi_pass unix:/run/php/php8.2-fpm.sock;
    }
}
END
        ln -s ../sites-available/site /etc/nginx/sites-enabled/site
        nginx || exit 1
        """)
