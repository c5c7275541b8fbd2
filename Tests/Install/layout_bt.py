# 宝塔 (BT): everything below /www, nginx and PHP compiled by the panel and run as www, a file for each site that the panel writes anew
# whenever its owner changes a setting there.

from layouts import Layout

VHOST = "/www/server/panel/vhost/nginx/img.example.test.conf"
NGINX = "/www/server/nginx/sbin/nginx -p /www/server/nginx/ -c /www/server/nginx/conf/nginx.conf"

LAYOUT = Layout(
    name="bt", section="宝塔 (BT)", site="http://img.example.test", other="http://other.example.test/", setup=f"""
        echo "127.0.0.1 img.example.test other.example.test" >> /etc/hosts
        useradd --shell /usr/sbin/nologin --no-create-home www
        make_old_site /www/wwwroot/img.example.test www:www http://img.example.test
        make_other_site /www/wwwroot/other.example.test
        for site in img other; do
            echo "open_basedir=/www/wwwroot/$site.example.test/:/tmp/" > /www/wwwroot/$site.example.test/.user.ini
            chattr +i /www/wwwroot/$site.example.test/.user.ini
        done
        start_php old www www /tmp/php-cgi-82.sock
        make_nginx /www/server/nginx
        mkdir -p /www/wwwlogs /www/server/panel/vhost/nginx/well-known /www/server/panel/vhost/rewrite
        cat > /www/server/nginx/conf/enable-php-82.conf <<'END'
    location ~ [^/]\\.php(/|$)
    {{
        try_files $uri =404;
        fastcgi_pass  unix:/tmp/php-cgi-82.sock;
        fastcgi_index index.php;
        include fastcgi.conf;
        include pathinfo.conf;
    }}
END
        cat > /www/server/nginx/conf/pathinfo.conf <<'END'
set $real_script_name $fastcgi_script_name;
if ($fastcgi_script_name ~ "^(.+?\\.php)(/.+)$") {{
    set $real_script_name $1;
    set $path_info $2;
}}
fastcgi_param SCRIPT_FILENAME $document_root$real_script_name;
fastcgi_param SCRIPT_NAME $real_script_name;
fastcgi_param PATH_INFO $path_info;
END
        cat > /www/server/nginx/conf/nginx.conf <<'END'
user  www www;
worker_processes 2;
error_log  /www/wwwlogs/nginx_error.log  crit;
pid        /www/server/nginx/logs/nginx.pid;
events
{{
    use epoll;
    worker_connections 1024;
    multi_accept on;
}}
http
{{
    include       mime.types;
    include       temp.conf;
    default_type  application/octet-stream;
    server_names_hash_bucket_size 512;
    client_header_buffer_size 32k;
    large_client_header_buffers 4 32k;
    client_max_body_size 50m;
    sendfile   on;
    tcp_nopush on;
    keepalive_timeout 60;
    tcp_nodelay on;
    fastcgi_connect_timeout 300;
    fastcgi_send_timeout 300;
    fastcgi_read_timeout 300;
    fastcgi_buffer_size 64k;
    fastcgi_buffers 4 64k;
    fastcgi_busy_buffers_size 128k;
    fastcgi_temp_file_write_size 256k;
    fastcgi_intercept_errors on;
    gzip on;
    gzip_min_length  1k;
    gzip_types     text/plain application/javascript text/css application/xml;
    limit_conn_zone $binary_remote_addr zone=perip:10m;
    limit_conn_zone $server_name zone=perserver:10m;
    server_tokens off;
    access_log off;
include /www/server/panel/vhost/nginx/*.conf;
}}
END
        for site in img other; do
            echo > /www/server/panel/vhost/rewrite/$site.example.test.conf
            echo > /www/server/panel/vhost/nginx/well-known/$site.example.test.conf
            sed "s/SITE/$site.example.test/g" > /www/server/panel/vhost/nginx/$site.example.test.conf <<'END'
server
{{
    listen 80;
    server_name SITE;
    index index.php index.html index.htm default.php default.htm default.html;
    root /www/wwwroot/SITE;
    #CERT-APPLY-CHECK--START
    # 用于SSL证书申请时的文件验证相关配置 -- 请勿删除
    include /www/server/panel/vhost/nginx/well-known/SITE.conf;
    #CERT-APPLY-CHECK--END

    #SSL-START SSL相关配置，请勿删除或修改下一行带注释的404规则
    #error_page 404/404.html;
    #SSL-END

    #ERROR-PAGE-START  错误页配置，可以注释、删除或修改
    error_page 404 /404.html;
    #error_page 502 /502.html;
    #ERROR-PAGE-END

    #PHP-INFO-START  PHP引用配置，可以注释或修改
    include enable-php-82.conf;
    #PHP-INFO-END

    #REWRITE-START URL重写规则引用,修改后将导致面板设置的伪静态规则失效
    include /www/server/panel/vhost/rewrite/SITE.conf;
    #REWRITE-END

    #禁止访问的文件或目录
    location ~ ^/(\\.user.ini|\\.htaccess|\\.git|\\.env|\\.svn|\\.project|LICENSE|README.md)
    {{
        return 404;
    }}

    #一键申请SSL证书验证目录相关设置
    location ~ \\.well-known{{
        allow all;
    }}

    #禁止在证书验证目录放入敏感文件
    if ( $uri ~ "^/\\.well-known/.*\\.(php|jsp|py|js|css|lua|ts|go|zip|tar\\.gz|rar|7z|sql|bak)$" ) {{
        return 403;
    }}

    location ~ .*\\.(gif|jpg|jpeg|png|bmp|swf)$
    {{
        expires      30d;
        error_log /dev/null;
        access_log /dev/null;
    }}

    location ~ .*\\.(js|css)?$
    {{
        expires      12h;
        error_log /dev/null;
        access_log /dev/null;
    }}
    access_log  /www/wwwlogs/SITE.log;
    error_log  /www/wwwlogs/SITE.error.log;
}}
END
        done
        cp {VHOST} /tmp/vhost
        {NGINX} || exit 1
        """,
    # The owner sets a limit of the traffic there.
    saves=f"""
        sed 's|^    error_page 404 /404.html;|&\\n    limit_rate 512k;|' /tmp/vhost > {VHOST}
        {NGINX} -s reload
        """, differs=True)
