# Debian's Apache with PHP-FPM (mod_php is absent): a virtual host in sites-available.

from layouts import Layout

LAYOUT = Layout(
    name="apache", section="Apache", site="http://img.example.test", other="http://other.example.test/", web="apache", setup="""
        echo "127.0.0.1 img.example.test other.example.test" >> /etc/hosts
        make_old_site /var/www/easyimages www-data:www-data http://img.example.test
        make_other_site /var/www/other
        start_php old www-data www-data /run/php/php8.2-fpm.sock
        a2dissite -q 000-default > /dev/null 2>&1
        a2enmod -q proxy_fcgi setenvif > /dev/null 2>&1
        cat > /etc/apache2/sites-available/easyimages.conf <<'END'
<VirtualHost *:80>
    ServerName img.example.test
    DocumentRoot /var/www/easyimages
    <Directory /var/www/easyimages>
        Options FollowSymLinks
        AllowOverride None
        Require all granted
    </Directory>
    <FilesMatch "\\.php$">
        SetHandler "proxy:unix:/run/php/php8.2-fpm.sock|fcgi://localhost"
    </FilesMatch>
    ErrorLog ${APACHE_LOG_DIR}/easyimages-error.log
    CustomLog ${APACHE_LOG_DIR}/easyimages-access.log combined
</VirtualHost>
END
        cat > /etc/apache2/sites-available/other.conf <<'END'
<VirtualHost *:80>
    ServerName other.example.test
    DocumentRoot /var/www/other
    DirectoryIndex index.php
    <FilesMatch "\\.php$">
        SetHandler "proxy:unix:/run/php/php8.2-fpm.sock|fcgi://localhost"
    </FilesMatch>
</VirtualHost>
END
        a2ensite -q easyimages other > /dev/null
        apache2ctl start || exit 1
        """,
    # As certbot and panels do: the file itself is written again, and enabled.
    saves="""
        sed -i 's|^    ServerName img.example.test|&\\n    ServerAdmin keeper@example.test|' /etc/apache2/sites-available/easyimages.conf
        a2ensite -q easyimages > /dev/null
        apache2ctl graceful
        """)
