// What nginx prints on machines where panels or scripts made the sites: files as these write them, in their own places.

@testable import Nginx

/// The configuration of a machine.
struct Machine {
    var files: [(path: String, text: String)]
    var build = "nginx version: nginx/1.24.0\nconfigure arguments: --prefix=/www/server/nginx --with-http_realip_module"

    func printed() -> [UInt8] {
        Array((build + "\n" + files.map { "# configuration file \($0.path):\n\($0.text)\n" }.joined()).utf8)
    }

    func dump() throws -> Dump { try Dump(printed()) }

    /// The blocks of a site; no link is on these machines.
    func site(_ root: String) throws -> OldServers {
        OldServers(try dump(), of: root) { $0.count > 1 && $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    }

    func replacement(_ root: String, rules: String? = nil) throws -> Replacement {
        let places = try Replacement.Places(configuration: "/c", rules: "/rules.conf", content: rules.map { Array($0.utf8) })
        return Replacement(of: try site(root), places)
    }
}

extension Replacement {
    /// The lines of its blocks, without their indentation.
    var lines: [String] { text.split(separator: "\n").map { String($0.drop { $0 == " " }) } }
}

extension Machine {
    /// 宝塔 (BT): everything below /www, a file for each site, GBK or UTF-8 comments, PHP and rewrite rules in included files.
    static let bt = Machine(files: [
        ("/www/server/nginx/conf/nginx.conf", """
            user  www www;
            worker_processes auto;
            pid        /www/server/nginx/logs/nginx.pid;
            events { use epoll; worker_connections 51200; }
            http
                {
                    include       mime.types;
                    include proxy.conf;
                    server_names_hash_bucket_size 512;
                    client_max_body_size 50m;
                    access_log off;
            include /www/server/panel/vhost/nginx/*.conf;
            }
            """),
        ("/www/server/nginx/conf/mime.types", "types { image/png png; }"),
        ("/www/server/panel/vhost/nginx/0.default.conf", "server { listen 80; server_name _; root /www/server/nginx/html; }"),
        ("/www/server/panel/vhost/nginx/img.example.com.conf", vhost("img.example.com")),
        ("/www/server/panel/vhost/nginx/well-known/img.example.com.conf", ""),
        ("/www/server/nginx/conf/enable-php-82.conf", """
            location ~ [^/]\\.php(/|$)
            {
                try_files $uri =404;
                fastcgi_pass  unix:/tmp/php-cgi-82.sock;
                fastcgi_index index.php;
                include fastcgi.conf;
                include pathinfo.conf;
            }
            """),
        ("/www/server/nginx/conf/fastcgi.conf", "fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;"),
        ("/www/server/nginx/conf/pathinfo.conf", """
            set $real_script_name $fastcgi_script_name;
            if ($fastcgi_script_name ~ "^(.+?\\.php)(/.+)$") { set $real_script_name $1; }
            """),
        ("/www/server/panel/vhost/rewrite/img.example.com.conf", "location / { if (!-e $request_filename) { rewrite ^(.*)$ /index.php?s=$1 last; break; } }"),
        ("/www/server/panel/vhost/nginx/zeta.example.com.conf", vhost("zeta.example.com")),
    ])

    static func vhost(_ name: String) -> String {
        """
        server
        {
            listen 80;
            listen 443 ssl http2 ;
            server_name \(name);
            index index.php index.html index.htm default.php default.htm default.html;
            root /www/wwwroot/\(name);
            include /www/server/panel/vhost/nginx/extension/\(name)/*.conf;
            #CERT-APPLY-CHECK--START
            # 用于SSL证书申请时的文件验证相关配置 -- 请勿删除
            include /www/server/panel/vhost/nginx/well-known/\(name).conf;
            #CERT-APPLY-CHECK--END

            #SSL-START SSL相关配置，请勿删除或修改下一行带注释的404规则
            #error_page 404/404.html;
            #HTTP_TO_HTTPS_START
            if ($server_port !~ 443){
                rewrite ^(/.*)$ https://$host$1 permanent;
            }
            #HTTP_TO_HTTPS_END
            ssl_certificate    /www/server/panel/vhost/cert/\(name)/fullchain.pem;
            ssl_certificate_key    /www/server/panel/vhost/cert/\(name)/privkey.pem;
            ssl_protocols TLSv1.1 TLSv1.2 TLSv1.3;
            ssl_ciphers EECDH+CHACHA20:EECDH+AES128:!MD5;
            add_header Strict-Transport-Security "max-age=31536000";
            error_page 497  https://$host$request_uri;
            #SSL-END

            error_page 404 /404.html;
            include enable-php-82.conf;
            include /www/server/panel/vhost/rewrite/\(name).conf;

            #禁止访问的文件或目录
            location ~ ^/(\\.user.ini|\\.htaccess|\\.git|\\.env|\\.svn|\\.project|LICENSE|README.md)
            {
                return 404;
            }

            location ~ \\.well-known{
                allow all;
            }
            if ( $uri ~ "^/\\.well-known/.*\\.(php|jsp|py|js|css|lua|ts|go|zip|tar\\.gz|rar|7z|sql|bak)$" ) {
                return 403;
            }

            #SECURITY-START 防盗链配置
            location ~ .*\\.(jpg|jpeg|gif|png|js|css)$
            {
                expires      30d;
                access_log /dev/null;
                valid_referers none blocked \(name) *.friend.example;
                if ($invalid_referer){
                   return 404;
                }
            }
            #SECURITY-END
            location ~ .*\\.(js|css)?$
            {
                expires      12h;
                error_log /dev/null;
                access_log /dev/null;
            }
            access_log  /www/wwwlogs/\(name).log;
            error_log  /www/wwwlogs/\(name).error.log;
        }
        """
    }

    /// OneinStack: /usr/local/nginx, sites in conf/vhost, logs in /data/wwwlogs.
    static let oneinstack = Machine(files: [
        ("/usr/local/nginx/conf/nginx.conf", """
            user www www;
            error_log /data/wwwlogs/error_nginx.log crit;
            pid /var/run/nginx.pid;
            events { use epoll; }
            http {
              include mime.types;
              server {
                listen 80;
                server_name _;
                access_log /data/wwwlogs/access_nginx.log combined;
                root /data/wwwroot/default;
              }
              include vhost/*.conf;
            }
            """),
        ("/usr/local/nginx/conf/vhost/img.example.com.conf", """
            server {
              listen 80;
              listen [::]:80;
              listen 443 ssl http2;
              listen [::]:443 ssl http2;
              ssl_certificate /usr/local/nginx/conf/ssl/img.example.com.crt;
              ssl_certificate_key /usr/local/nginx/conf/ssl/img.example.com.key;
              ssl_buffer_size 1400;
              add_header Strict-Transport-Security max-age=15768000;
              server_name img.example.com;
              access_log /data/wwwlogs/img.example.com_nginx.log combined;
              index index.html index.htm index.php;
              root /data/wwwroot/img.example.com;
              if ($ssl_protocol = "") { return 301 https://$host$request_uri; }
              include /usr/local/nginx/conf/rewrite/none.conf;
              location ~ .*\\.(wma|wmv|asf|mp3|mmf|zip|rar|jpg|gif|png|swf|flv|mp4)$ {
                valid_referers none blocked *.example.com img.example.com;
                if ($invalid_referer) {
                    return 403;
                }
              }
              location ~ [^/]\\.php(/|$) {
                fastcgi_pass unix:/dev/shm/php-cgi.sock;
                fastcgi_index index.php;
                include fastcgi.conf;
              }
              location ~ .*\\.(gif|jpg|jpeg|png|bmp|swf|flv|mp4|ico)$ {
                expires 30d;
                access_log off;
              }
              location ~ /(\\.user\\.ini|\\.ht|\\.git|\\.svn|\\.project|LICENSE|README\\.md) {
                deny all;
              }
              location /.well-known {
                allow all;
              }
            }
            """),
        ("/usr/local/nginx/conf/rewrite/none.conf", ""),
    ], build: "configure arguments: --prefix=/usr/local/nginx --user=www --group=www --with-http_ssl_module --with-http_realip_module")
}
