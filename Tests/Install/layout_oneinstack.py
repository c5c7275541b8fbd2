# OneinStack (LNMP is much like it): nginx in /usr/local/nginx as www, sites in /data/wwwroot, one block for http and https whose
# redirect is an `if`, and a rule against hot links.

from layouts import Layout

VHOST = "/usr/local/nginx/conf/vhost/img.example.test.conf"
NGINX = "/usr/local/nginx/sbin/nginx -p /usr/local/nginx/ -c /usr/local/nginx/conf/nginx.conf"

LAYOUT = Layout(
    name="oneinstack", section="OneinStack, LNMP", site="https://img.example.test", other="http://other.example.test/", setup=f"""
        echo "127.0.0.1 img.example.test other.example.test" >> /etc/hosts
        useradd --shell /usr/sbin/nologin --no-create-home www
        make_old_site /data/wwwroot/img.example.test www:www https://img.example.test
        make_other_site /data/wwwroot/other.example.test
        mount -t tmpfs tmpfs /dev/shm
        start_php old www www /dev/shm/php-cgi.sock
        make_nginx /usr/local/nginx
        mkdir -p /data/wwwlogs /usr/local/nginx/conf/{{vhost,ssl,rewrite}}
        echo > /usr/local/nginx/conf/rewrite/other.conf
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=img.example.test -days 2 \\
            -keyout /usr/local/nginx/conf/ssl/img.example.test.key -out /usr/local/nginx/conf/ssl/img.example.test.crt 2>/dev/null
        # (As if an authority had signed it.)
        cat /usr/local/nginx/conf/ssl/img.example.test.crt >> /etc/ssl/certs/ca-certificates.crt
        cat > /usr/local/nginx/conf/nginx.conf <<'END'
user www www;
worker_processes 2;
error_log /data/wwwlogs/error_nginx.log crit;
pid /var/run/nginx.pid;
worker_rlimit_nofile 51200;
events {{
  use epoll;
  worker_connections 1024;
  multi_accept on;
}}
http {{
  include mime.types;
  include temp.conf;
  default_type application/octet-stream;
  server_names_hash_bucket_size 128;
  client_header_buffer_size 32k;
  large_client_header_buffers 4 32k;
  client_max_body_size 1024m;
  client_body_buffer_size 10m;
  sendfile on;
  tcp_nopush on;
  keepalive_timeout 120;
  server_tokens off;
  tcp_nodelay on;
  fastcgi_connect_timeout 300;
  fastcgi_send_timeout 300;
  fastcgi_read_timeout 300;
  fastcgi_buffer_size 64k;
  fastcgi_buffers 4 64k;
  fastcgi_busy_buffers_size 128k;
  fastcgi_temp_file_write_size 128k;
  fastcgi_intercept_errors on;
  gzip on;
  gzip_min_length 1k;
  gzip_types text/xml application/xml text/css text/plain application/javascript image/svg+xml;
########################## vhost #############################
  include vhost/*.conf;
}}
END
        cat > {VHOST} <<'END'
server {{
  listen 80;
  listen [::]:80;
  listen 443 ssl http2;
  listen [::]:443 ssl http2;
  ssl_certificate /usr/local/nginx/conf/ssl/img.example.test.crt;
  ssl_certificate_key /usr/local/nginx/conf/ssl/img.example.test.key;
  ssl_protocols TLSv1.2 TLSv1.3;
  ssl_prefer_server_ciphers on;
  ssl_session_timeout 10m;
  ssl_session_cache builtin:1000 shared:SSL:10m;
  ssl_buffer_size 1400;
  add_header Strict-Transport-Security max-age=15768000;
  server_name img.example.test;
  access_log /data/wwwlogs/img.example.test_nginx.log combined;
  index index.html index.htm index.php;
  root /data/wwwroot/img.example.test;
  if ($ssl_protocol = "") {{ return 301 https://$host$request_uri; }}
  include /usr/local/nginx/conf/rewrite/other.conf;
  #error_page 404 /404.html;
  #error_page 502 /502.html;
  location ~ .*\\.(wma|wmv|asf|mp3|mmf|zip|rar|jpg|gif|png|swf|flv|mp4)$ {{
    valid_referers none blocked *.example.test img.example.test;
    if ($invalid_referer) {{
        return 403;
    }}
  }}
  location ~ [^/]\\.php(/|$) {{
    #fastcgi_pass remote_php_ip:9000;
    fastcgi_pass unix:/dev/shm/php-cgi.sock;
    fastcgi_index index.php;
    include fastcgi.conf;
  }}

  location ~ .*\\.(gif|jpg|jpeg|png|bmp|swf|flv|mp4|ico)$ {{
    expires 30d;
    access_log off;
  }}
  location ~ .*\\.(js|css)?$ {{
    expires 7d;
    access_log off;
  }}
  location ~ /(\\.user\\.ini|\\.ht|\\.git|\\.svn|\\.project|LICENSE|README\\.md) {{
    deny all;
  }}
  location /.well-known {{
    allow all;
  }}
}}
END
        cat > /usr/local/nginx/conf/vhost/other.example.test.conf <<'END'
server {{
  listen 80;
  server_name other.example.test;
  access_log off;
  index index.html index.htm index.php;
  root /data/wwwroot/other.example.test;
  location ~ [^/]\\.php(/|$) {{
    fastcgi_pass unix:/dev/shm/php-cgi.sock;
    fastcgi_index index.php;
    include fastcgi.conf;
  }}
}}
END
        cp {VHOST} /tmp/vhost
        {NGINX} || exit 1
        """,
    # Its script for sites writes the file anew when a name is added.
    saves=f"""
        sed 's|^  server_name img.example.test;|  server_name img.example.test cdn.example.test;|' /tmp/vhost > {VHOST}
        {NGINX} -s reload
        """, differs=True)
