// The files that the script LNMP writes for a site.

@testable import Nginx

extension Machine {
    /// LNMP: the same places, PHP in an included file.
    static let lnmp = Machine(files: [
        ("/usr/local/nginx/conf/nginx.conf", "user  www www;\nevents { }\nhttp { include mime.types; access_log off; include vhost/*.conf; }"),
        ("/usr/local/nginx/conf/vhost/img.example.com.conf", """
            server
                {
                    listen 80;
                    #listen [::]:80;
                    server_name img.example.com ;
                    index index.html index.htm index.php default.html default.htm default.php;
                    root  /home/wwwroot/img.example.com;

                    include rewrite/none.conf;
                    #error_page   404   /404.html;

                    # Deny access to PHP files in specific directory
                    #location ~ /(wp-content|uploads|wp-includes|images)/.*\\.php$ { deny all; }

                    include enable-php.conf;

                    location ~ .*\\.(gif|jpg|jpeg|png|bmp|swf)$
                    {
                        expires      30d;
                    }

                    location ~ /.well-known {
                        allow all;
                    }

                    location ~ /\\.
                    {
                        deny all;
                    }

                    access_log off;
                }
            """),
        ("/usr/local/nginx/conf/rewrite/none.conf", ""),
        ("/usr/local/nginx/conf/enable-php.conf", """
            location ~ [^/]\\.php(/|$)
            {
                try_files $uri =404;
                fastcgi_pass  unix:/tmp/php-cgi.sock;
                fastcgi_index index.php;
                include fastcgi.conf;
            }
            """),
    ], build: "configure arguments: --user=www --group=www --prefix=/usr/local/nginx --with-http_ssl_module")
}
