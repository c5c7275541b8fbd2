import Settings
import Testing

@testable import WebServer

/// That servers take the lines, and what then works, is in Tests/Install/test_behind_proxy.py.
@Suite struct ProxyBlockTests {
    private func text(_ kind: ProxyBlock.Kind, _ site: String) throws -> String {
        ProxyBlock(of: try #require(BaseURL(site))).text(for: kind)
    }

    @Test func belowAPath() throws {
        #expect(try text(.nginx, "http://127.0.0.1:8090/image") == """
            # ImageBed: in the server block of the site that visitors know.
            location ^~ /image/ {
                proxy_pass http://127.0.0.1:8090;
                proxy_http_version 1.1;
                proxy_set_header Host $host;
                proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                proxy_set_header X-Forwarded-Proto $scheme;
                client_max_body_size 0;
                proxy_request_buffering off;
                proxy_max_temp_file_size 0;
                proxy_cache off;
                proxy_redirect off;
                proxy_intercept_errors off;
                proxy_send_timeout 130s;
                proxy_read_timeout 130s;
            }

            """)
        #expect(try text(.apache, "http://127.0.0.1:8090/a.b") == #"""
            # ImageBed: in the virtual host of the site that visitors know, before its other ProxyPass lines.
            # Once: a2enmod proxy proxy_http headers alias
            AllowEncodedSlashes NoDecode
            ProxyPreserveHost On
            RedirectMatch 301 "^/a\.b$" "/a.b/"
            ProxyPass "/a.b/" "http://127.0.0.1:8090/a.b/" nocanon disablereuse=On connectiontimeout=5 timeout=130
            <Location "/a.b/">
                LimitRequestBody 0
                RequestHeader set X-Forwarded-Proto "expr=%{REQUEST_SCHEME}"
            </Location>

            """#)
    }

    /// The whole host, but for the files by which its certificate is renewed.
    @Test func aHostOfItsOwn() throws {
        for kind in ProxyBlock.Kind.allCases where kind != .apache {
            let text = try text(kind, "http://172.17.0.1:8090")
            #expect(text.contains("\nlocation ^~ / {\n    proxy_pass http://172.17.0.1:8090;\n") && text.hasSuffix("\nlocation ^~ /.well-known/ { }\n"))
        }
        let lines = try text(.apache, "http://127.0.0.1:8090").split(separator: "\n")
        let own = try #require(lines.firstIndex(of: #"ProxyPass "/.well-known/" "!""#))
        #expect(lines[own + 1].hasPrefix(#"ProxyPass "/" "http://127.0.0.1:8090/" "#) && !lines.contains { $0.hasPrefix("RedirectMatch") })
    }

    @Test func panelsAreToldWhereToPutIt() throws {
        #expect(try text(.bt, "http://127.0.0.1:8090").hasPrefix("# ImageBed: 宝塔: "))
        #expect(try text(.onePanel, "http://127.0.0.1:8090").hasPrefix("# ImageBed: 1Panel: "))
    }
}
