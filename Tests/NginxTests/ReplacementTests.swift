import Testing

@testable import Nginx

@Suite struct ReplacementTests {
    private let apart = "location ~ \"^/\\.well-known/acme-challenge/[A-Za-z0-9_-]+$\" { root \"/o\"; disable_symlinks on; default_type text/plain; }"

    private func replacement(_ lines: String, rules: String? = nil, more: [(path: String, text: String)] = []) throws -> Replacement {
        let main = (path: "/n/nginx.conf", text: "http { include s/*; }"), site = (path: "/n/s/a", text: "server { root /o; \(lines) }")
        return try Machine(files: [main, site] + more).replacement("/o", rules: rules)
    }

    @Test func theSiteOfBT() throws {
        let new = try Machine.bt.replacement("/www/wwwroot/img.example.com")
        #expect(new.openRules.isEmpty && new.hstsSeconds == 31_536_000)
        #expect(Array(new.lines.dropFirst()) == [
            "include \"/c/http.conf\";", "server {", "if ($uri ~ \"^/_imagebed/\") { break; }", "listen 80;", "listen 443 ssl http2;",
            "server_name img.example.com;",
            "if ($server_port !~ 443) { rewrite ^(/.*)$ https://$host$1 permanent; }",
            "ssl_certificate /www/server/panel/vhost/cert/img.example.com/fullchain.pem;",
            "ssl_certificate_key /www/server/panel/vhost/cert/img.example.com/privkey.pem;", "ssl_protocols TLSv1.1 TLSv1.2 TLSv1.3;",
            "ssl_ciphers EECDH+CHACHA20:EECDH+AES128:!MD5;", "error_page 497 https://$host$request_uri;",
            "if ( $uri ~ \"^/\\.well-known/.*\\.(php|jsp|py|js|css|lua|ts|go|zip|tar\\.gz|rar|7z|sql|bak)$\" ) { return 403; }",
            "valid_referers none blocked img.example.com *.friend.example;", "set $imagebed_hot_link $invalid_referer;",
            "if ($uri !~ .*\\.(jpg|jpeg|gif|png|js|css)$ ) { set $imagebed_hot_link \"\"; }", "if ($imagebed_hot_link) { return 404; }",
            "error_log /www/wwwlogs/img.example.com.error.log;", "include /www/server/panel/vhost/nginx/well-known/img.example.com.conf;",
            "location ~ \"^/\\.well-known/acme-challenge/[A-Za-z0-9_-]+$\" { root \"/www/wwwroot/img.example.com\"; disable_symlinks on; default_type text/plain; }",
            "location ~ ^/(\\.user.ini|\\.htaccess|\\.git|\\.env|\\.svn|\\.project|LICENSE|README.md) { return 404; }",
            "include \"/c/locations.conf\";", "}",
        ])
        // PHP, rewriting to PHP, the panel's 404 page and caching.
        #expect(new.notes.map { $0.split(separator: ":")[0] } == [
            "/www/server/panel/vhost/nginx/img.example.com.conf", "/www/server/nginx/conf/enable-php-82.conf",
            "/www/server/panel/vhost/rewrite/img.example.com.conf", "/www/server/panel/vhost/nginx/img.example.com.conf",
        ])
    }

    @Test func theSiteOfOneinStack() throws {
        let new = try Machine.oneinstack.replacement("/data/wwwroot/img.example.com")
        #expect(new.openRules.isEmpty && new.hstsSeconds == 15_768_000)
        for line in [
            "listen [::]:443 ssl http2;", "if ($ssl_protocol = \"\" ) { return 301 https://$host$request_uri; }",
            "valid_referers none blocked *.example.com img.example.com;", "if ($imagebed_hot_link) { return 403; }",
            "location ~ /(\\.user\\.ini|\\.ht|\\.git|\\.svn|\\.project|LICENSE|README\\.md) { deny all; }",
        ] { #expect(new.lines.contains(line), "\(line)") }
        #expect(!new.text.contains("fastcgi") && !new.text.contains("/.well-known {"))
    }

    /// LNMP's refuses all that begins with a dot, behind its location for certificates.
    @Test func theSiteOfLNMP() throws {
        let new = try Machine.lnmp.replacement("/home/wwwroot/img.example.com")
        #expect(new.openRules.isEmpty && new.hstsSeconds == nil)
        #expect(Array(new.lines.dropFirst(2)) == [
            "server {", "listen 80;", "server_name img.example.com;", apart.replacing("/o", with: "/home/wwwroot/img.example.com"),
            "location ~ /\\. { deny all; }", "include \"/c/locations.conf\";", "}",
        ])
    }

    @Test func theLeastBlock() throws {
        #expect(try replacement("").lines.dropFirst() == ["include \"/c/http.conf\";", "server {", apart, "include \"/c/locations.conf\";", "}"])
    }

    @Test(arguments: [
        "listen 80 default_server;", "server_name a b;", "http2 on;", "allow 1.2.3.4;", "auth_basic \"a; b\";", "set_real_ip_from 10.0.0.0/8;",
        "limit_rate 512k;", "limit_req zone=a burst=5;", "if ($host != a) { return 301 https://a$request_uri; }", "if ($bad) { return 444; }",
        "rewrite ^/old/(.*)$ /i/$1 permanent;", "rewrite ^/pictures/(.*)$ /i/$1 last;", "location ^~ /i/private/ { deny all; }",
        "location /blog/ { proxy_pass http://127.0.0.1:8080; proxy_set_header Host $host; }", "location /docs/ { alias /srv/docs/; }",
        "location ^~ /.well-known/ { root /var/www/certbot; }", "location = /status { return 200 ok; }", "error_page 497 https://$host;",
        "location /admin/tool/ { auth_basic a; auth_basic_user_file /f; proxy_pass http://127.0.0.1:1; }",
    ]) func whatIsTaken(_ line: String) throws {
        let new = try replacement(line)
        #expect(new.lines.contains(line) && new.notes.isEmpty && new.openRules.isEmpty, "\(new)")
    }

    @Test(arguments: [
        "index index.php;", "client_max_body_size 100m;", "access_log /a.log;", "location ~ \\.well-known { allow all; }",
        "location /.well-known/ { root /o; }",
    ]) func whatTheNewSiteHasItself(_ line: String) throws {
        let new = try replacement(line)
        #expect(new.lines.count == 6 && new.notes.isEmpty && new.openRules.isEmpty)
    }

    @Test(arguments: [
        "error_page 404 /404.html;", "add_header X-A b;", "location / { try_files $uri $uri/ /index.php?$args; }", "gzip on;",
        "location ~ \\.php$ { fastcgi_pass unix:/s; fastcgi_param A ${b}c; }", "location ~* ^/(i|public)/.*\\.(php|php5)$ { deny all; }",
        "location ~ .*\\.(js|css)?$ { expires 12h; access_log off; }", "if (!-e $request_filename) { rewrite ^(.*)$ /index.php?s=$1 last; }",
        "location / { if (!-e $request_filename) { rewrite ^(.*)$ /index.php?s=$1 last; break; } }",
    ]) func whatHasNoEffectAnyMore(_ line: String) throws {
        let new = try replacement(line)
        #expect(new.notes == ["/n/s/a: \(line)"] && new.openRules.isEmpty && new.lines.count == 6)
    }

    @Test(arguments: [
        ("auth_request /auth;", ["auth_request /auth;"]), ("access_by_lua_block { x() }", ["access_by_lua_block { x() }"]),
        ("location ~ \\.php$ { limit_req zone=a; fastcgi_pass x; }", ["limit_req zone=a;"]),
        ("location / { allow 1.2.3.4; deny all; }", ["allow 1.2.3.4;", "deny all;"]),
        ("location / { auth_basic a; auth_basic_user_file /f; }", ["auth_basic a;", "auth_basic_user_file /f;"]),
        ("location / { proxy_pass http://127.0.0.1:1; }", ["location / { proxy_pass http://127.0.0.1:1; }"]),
        ("location /pic/ { alias /o/i/; }", ["location /pic/ { alias /o/i/; }"]),
        ("sub_filter a b;", ["sub_filter a b;"]), ("if ($a) { proxy_pass http://x; }", ["if ($a) { proxy_pass http://x; }"]),
        ("location ~ \\.jpg$ { valid_referers none a; if ($invalid_referer) { rewrite ^ /no.png last; } }",
         ["location ~ \\.jpg$ { valid_referers none a; if ($invalid_referer) { rewrite ^ /no.png last; } }"]),
        ("if (-f $document_root/closed) { return 503; }", ["if (-f $document_root/closed) { return 503; }"]),
    ]) func whatIsToBeDecided(_ line: String, _ wanted: [String]) throws {
        #expect(try replacement(line).openRules.map(\.line) == wanted)
        #expect(try replacement("location ^~ /docs/ { allow 1.2.3.4; deny all; }").openRules.map(\.place) == ["location ^~ /docs/", "location ^~ /docs/"])
        #expect(try replacement("location / { allow 1.2.3.4; }").openRules.map(\.place) == [""])
        let decided = try replacement(line, rules: "# mine\n" + wanted.joined(separator: "\n"))
        #expect(decided.openRules.isEmpty && decided.lines.contains("include \"/rules.conf\";"))
    }

    @Test(arguments: [
        ("location ~* \\.(jpg|png)$ { valid_referers a; if ($invalid_referer) { return 403; } }", "if ($uri !~* \\.(jpg|png)$ ) { set $imagebed_hot_link \"\"; }"),
        ("location ~ \"\\.jpg$\" { valid_referers a; if ( $invalid_referer ) { return 403; } }", "if ($uri !~ \"\\.jpg$\" ) { set $imagebed_hot_link \"\"; }"),
        ("location ^~ /i.b/ { expires 1d; valid_referers a; if ($invalid_referer) { rewrite ^/ https://a/no.png; } }",
         "if ($uri !~ \"^/i\\.b/\" ) { set $imagebed_hot_link \"\"; }"),
        ("location = /a.jpg { valid_referers a; if ($invalid_referer) { return 403; } }", "if ($uri != /a.jpg ) { set $imagebed_hot_link \"\"; }"),
    ]) func hotLinks(_ location: String, _ condition: String) throws {
        let new = try replacement(location)
        #expect(new.openRules.isEmpty && new.lines.contains(condition) && new.lines.contains("valid_referers a;"), "\(new)")
    }

    @Test func includesOfTLSAndOfCertificatesStay() throws {
        let new = try replacement(
            "include /x/tls.conf; include /x/mixed.conf; include /x/well-known/*.conf; include /x/none/*.conf;",
            more: [("/x/tls.conf", "ssl_session_timeout 11m; # longer\nssl_protocols TLSv1.3;"), ("/x/mixed.conf", "ssl_session_timeout 1m; gzip on;")])
        #expect(new.lines.dropFirst(3).prefix(3) == ["include /x/tls.conf;", "ssl_session_timeout 1m;", "include /x/well-known/*.conf;"])
        #expect(new.notes == ["/x/mixed.conf: gzip on;"])
    }

    @Test(arguments: [
        ("max-age=300", 300, 0), ("\"max-age=63072000; includeSubDomains; preload\" always", 63_072_000, 1), ("max-age=999999999", 63_072_000, 0),
    ]) func strictTransportSecurity(_ value: String, _ seconds: Int, _ notes: Int) throws {
        let new = try replacement("add_header Strict-Transport-Security \(value);")
        #expect(new.hstsSeconds == seconds && new.notes.count == notes)
    }

    /// nginx runs the rules of the server block once more for its own error pages.
    @Test func rulesCountOnce() throws {
        let guardLine = #"if ($uri ~ "^/_imagebed/") { break; }"#
        #expect(try replacement("if ($a) { return 301 /; }").lines[3] == guardLine && replacement("", rules: "deny all;").lines[3] == guardLine)
        #expect(try !replacement("listen 80;").lines.contains(guardLine))
    }

    @Test func rulesThatAreNone() {
        #expect(throws: ConfigurationError(file: "/rules.conf", line: 2)) { try replacement("", rules: "a;\nb") }
    }
}
