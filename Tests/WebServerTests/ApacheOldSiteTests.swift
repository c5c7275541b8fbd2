import Testing

@testable import WebServer

/// What Apache 2.4 prints of Debian's configuration with one site in it (apache2ctl -t -D DUMP_CONFIG), without most directives of apache2.conf.
private func printed(host: String = "", folder: String = "Require all granted", after: String = "") -> String {
    """
    # In file: /etc/apache2/apache2.conf
    #  70:
    DefaultRuntimeDir /var/run/apache2
    # 159:
    <Directory />
      # 161:
      AllowOverride None
      # 162:
      Require all denied
    </Directory>
    # 170:
    <Directory /var/www/>
      # 172:
      AllowOverride None
      # 173:
      Require all granted
    </Directory>
    # In file: /etc/apache2/ports.conf
    #   5:
    Listen 80
    # In file: /etc/apache2/sites-enabled/000-default.conf
    #   1:
    <VirtualHost *:80>
      #  12:
      DocumentRoot /var/www/html
    </VirtualHost>
    # In file: /etc/apache2/sites-enabled/pictures.conf
    #   1:
    <VirtualHost *:80>
      #   2:
      ServerName http://img.example.org:80
      #   3:
      ServerAlias www.img.example.org *.img.example.org
      #   4:
      DocumentRoot "/var/www/easyimages/"
      #   5:
      <Directory "/var/www/easyimages">
        #   6:
        AllowOverride All
        #   7:
        \(folder)
      </Directory>
      #   9:
      <FilesMatch ".+\\.php$">
        #  10:
        SetHandler "proxy:unix:/run/php/php8.2-fpm.sock|fcgi://localhost"
      </FilesMatch>
      #  12:
      CustomLog /var/log/apache2/access.log combined
      #  13:
      ErrorLog /var/log/apache2/pictures.log\(host.split(separator: "\n").map { "\n  #  20:\n  \($0)" }.joined())
    </VirtualHost>
    \(after)
    """
}

private let root = "/var/www/easyimages"

private func site(_ text: String) throws -> ApacheOldSite { try ApacheOldSite(text, folder: root) { ApacheAccess.withoutSlash($0) } }

private func replacement(_ text: String, accessFile: String? = nil) throws -> (text: String, notes: [String]) {
    try site(text).replacement(including: "/etc/apache2/imagebed", accessFile: accessFile)
}

/// Why a site is not taken over.
private func refusal(_ text: String, accessFile: String? = nil) -> String {
    do { return "taken over: \(try replacement(text, accessFile: accessFile).text)" } catch { return "\(error)" }
}

@Suite struct ApacheDirectiveTests {
    @Test func sectionsHoldWhatStandsInThem() {
        let tree = ApacheDirective.tree(printed())
        #expect(tree.map(\.key) == ["defaultruntimedir", "directory", "directory", "listen", "virtualhost", "virtualhost"])
        #expect(tree[1].children.map(\.name) == ["AllowOverride", "Require"] && tree[1].arguments == ["/"])
        #expect(tree[5].children.map(\.key) == ["servername", "serveralias", "documentroot", "directory", "filesmatch", "customlog", "errorlog"])
        #expect(tree[5].file == "/etc/apache2/sites-enabled/pictures.conf" && tree[3].file == "/etc/apache2/ports.conf")
    }

    /// mod_info closes no section that has nothing in it.
    @Test func anEmptySection() {
        let tree = ApacheDirective.tree("# In file: /a\n#   1:\n<VirtualHost *:80>\n  #   2:\n  <Location />\n  #   3:\n  ServerName a\n</VirtualHost>\n#   9:\nListen 8\n")
        #expect(tree.map(\.key) == ["virtualhost", "listen"] && tree[0].children.map(\.key) == ["location", "servername"])
        #expect(tree[0].children[0].isSection && tree[0].children[0].children.isEmpty)
    }

    @Test(arguments: [
        ("a b", ["a", "b"]), (#""a b" c"#, ["a b", "c"]), ("'a \"b' c\td", ["a \"b", "c", "d"]), ("\"\" x", ["", "x"]), (#""a"b"#, ["a", "b"]), ("", []),
    ])
    func argumentsAreReadAsApacheDoes(_ text: String, _ arguments: [String]) {
        #expect(ApacheDirective("Name \(text)").arguments == arguments)
    }
}

@Suite struct ApacheOldSiteTests {
    @Test func aSiteOnItsOwn() throws {
        let found = try site(printed())
        #expect(found.files == ["/etc/apache2/sites-enabled/pictures.conf"])
        #expect(found.addresses == ["2 http 127.0.0.1 80 img.example.org"])
        let (text, notes) = try replacement(printed())
        #expect(text == """
            # The site in the place of /var/www/easyimages: written by install.sh from what Apache had, and kept until that site is back.
            <VirtualHost *:80>
                ServerName http://img.example.org:80
                ServerAlias www.img.example.org *.img.example.org
                ErrorLog /var/log/apache2/pictures.log
                Alias "/.well-known/acme-challenge/" "/var/www/easyimages/.well-known/acme-challenge/"
                <Directory "/var/www/easyimages/.well-known/acme-challenge">
                    Options None
                    AllowOverride None
                    ForceType text/plain
                    Require all granted
                    <FilesMatch "[^A-Za-z0-9_-]">
                        Require all denied
                    </FilesMatch>
                </Directory>
                Include "/etc/apache2/imagebed/locations.conf"
            </VirtualHost>

            """)
        #expect(notes == ["not taken over from /etc/apache2/sites-enabled/pictures.conf: CustomLog /var/log/apache2/access.log combined"])
    }

    @Test func whatGoesOver() throws {
        let kept = ["SSLEngine on", "SSLCertificateFile \"/etc/ssl/a b.pem\"", "Protocols h2 http/1.1", "RemoteIPHeader X-Real-IP",
                    "Header always set Strict-Transport-Security \"max-age=7\"", "Redirect permanent / https://img.example.org/"]
        let lost = ["Header set X-A b", "RewriteRule ^/a /b", "ProxyPass /other http://127.0.0.1:9", "Redirect /a /b"]
        let (text, notes) = try replacement(printed(host: (["RewriteEngine On"] + kept + lost).joined(separator: "\n")))
        for line in kept { #expect(text.contains("    \(line)\n"), "\(line)") }
        for line in lost { #expect(!text.contains(line) && notes.contains { $0.hasSuffix(line) }, "\(line)") }
        #expect(try site(printed(host: "SSLEngine on")).addresses == ["0 https 127.0.0.1 80 img.example.org"])
    }

    @Test func rulesThatLeadToHTTPSGoOverWithTheirConditions() throws {
        let rules = "RewriteCond %{SERVER_NAME} =a\nRewriteRule ^ https://%{SERVER_NAME}%{REQUEST_URI} [END]"
        let kept = "    RewriteEngine On\n    RewriteCond %{SERVER_NAME} =a\n    RewriteRule ^ https://%{SERVER_NAME}%{REQUEST_URI} [END]\n"
        #expect(try replacement(printed(host: "RewriteEngine on\n" + rules)).text.contains(kept))
        #expect(try !replacement(printed(host: rules)).text.contains("Rewrite"))
        let (text, notes) = try replacement(printed(host: "RewriteEngine on\nRewriteCond a b\nRewriteRule x y\n" + rules))
        #expect(text.contains(kept) && notes.suffix(2).map { String($0.suffix(15)) } == ["RewriteCond a b", "RewriteRule x y"])
    }

    @Test(arguments: [
        ("Require all granted", ""), ("Require ip 192.0.2.0/24", "        Require ip 192.0.2.0/24\n"),
        ("<RequireAny>\n      #   8:\n      Require local\n    </RequireAny>",
         "        <RequireAny>\n            Require local\n        </RequireAny>\n"),
    ])
    func whoIsLetIn(_ folder: String, _ lines: String) throws {
        let text = try replacement(printed(folder: folder)).text
        #expect(text.hasSuffix("locations.conf\"\n" + (lines.isEmpty ? "" : "    <Location \"/\">\n        AuthMerging And\n\(lines)    </Location>\n")
            + "</VirtualHost>\n"), "\(text)")
    }

    /// A location counts, not the folder.
    @Test func theLastSectionDecides() throws {
        let location = "<Location />\n    # 21:\n    Require user anna\n  </Location>"
        #expect(try replacement(printed(host: "LOCATION").replacing("LOCATION", with: location)).text.contains("        Require user anna\n"))
        #expect(refusal(printed(folder: "Deny from 192.0.2.1")).contains("in the words of Apache 2.2"))
        #expect(refusal(printed(folder: "Allow from all")).hasPrefix("taken over"))
    }

    @Test func aFileInTheFolder() throws {
        let text = "# comment\nOptions -Indexes\n<FilesMatch \"\\.php$\">\nRequire all denied\n</FilesMatch>\n<IfModule mod_rewrite.c>\n RewriteRule ^a b\n</IfModule>\n"
        #expect(try replacement(printed(), accessFile: text).notes.first == "not taken over from /var/www/easyimages/.htaccess: RewriteRule ^a b")
        #expect(refusal(printed(), accessFile: text + "  Require user anna\n").contains(".htaccess says who is let in (Require user anna)"))
        // Apache does not read it.
        #expect(refusal(printed().replacing("AllowOverride All", with: "AllowOverride None"), accessFile: "Deny from all").hasPrefix("taken over"))
    }

    private static let redirect = """
        # 30:
        <VirtualHost 192.0.2.1:443 [::]:443>
          # 31:
          ServerName old.example.org
          # 32:
          Redirect permanent / https://img.example.org/
        </VirtualHost>
        # 33:
        Listen 8080
        # 34:
        ServerTokens Prod
        """

    @Test func hostsThatLeadThereAndPortsStay() throws {
        let (text, notes) = try replacement(printed(after: Self.redirect))
        #expect(text.contains("\nListen 8080\n<VirtualHost *:80>\n"))
        #expect(text.hasSuffix("""
            <VirtualHost 192.0.2.1:443 [::]:443>
                ServerName old.example.org
                Redirect permanent / https://img.example.org/
            </VirtualHost>

            """))
        #expect(notes.contains("not taken over from /etc/apache2/sites-enabled/pictures.conf: ServerTokens Prod"))
    }

    @Test func whatIsRefused() {
        let other = "# 30:\n<VirtualHost *:80>\n  # 31:\n  ServerName other.example.org\n  # 32:\n  DocumentRoot /srv\n</VirtualHost>"
        #expect(refusal(printed(after: other)).contains("also holds another site (other.example.org)"))
        #expect(refusal(printed(after: "# In file: /etc/apache2/sites-enabled/z.conf\n" + other.replacing("other.example", with: "www.img.example")))
            == "www.img.example.org has two virtual hosts, in /etc/apache2/sites-enabled/pictures.conf and in /etc/apache2/sites-enabled/z.conf: "
            + "take it out of one, then try again")
        #expect(refusal(printed(after: "# In file: /etc/apache2/sites-enabled/z.conf\n" + other.replacing("other.example", with: "www.img.example")
            .replacing("*:80", with: "*:443"))).hasPrefix("taken over"))
        #expect(refusal(printed().replacing("easyimages", with: "else")).hasPrefix("no virtual host of Apache has /var/www/easyimages"))
        #expect(refusal(printed().replacing("/etc/apache2/sites-enabled/pictures.conf", with: "/etc/apache2/apache2.conf")).contains("stands in"))
        #expect(refusal(printed().replacing("/etc/apache2/sites-enabled/pictures.conf", with: "macro 'Pictures' used on line 1")).contains("by a macro"))
        #expect(refusal(printed().replacing("pictures.conf", with: "my pictures.conf")).contains("cannot move a file with such a name"))
    }

    @Test func theTrialIsForThisMachineAlone() throws {
        let text = try site(printed(host: "SSLEngine on\nSSLCertificateFile /a.pem\nHeader set X-A b")).trial(including: "/c", name: "x.invalid")
        #expect(text == """
            <VirtualHost *:80>
                ServerName x.invalid
                SSLEngine on
                SSLCertificateFile /a.pem
                Include "/c/locations.conf"
                <Location "/">
                    AuthMerging And
                    Require local
                </Location>
            </VirtualHost>

            """)
    }

    @Test(arguments: [
        ("*:80", "127.0.0.1 80"), ("_default_:443", "127.0.0.1 443"), ("192.0.2.1", "192.0.2.1 80"), ("[::1]:8080", "[::1] 8080"), ("[::]:80", "[::1] 80"),
        ("[::1]", "[::1] 80"), ("*:*", "127.0.0.1 80"), ("0.0.0.0:81", "127.0.0.1 81"),
    ])
    func addresses(_ text: String, _ reached: String) {
        let address = ApacheAddress(text)
        #expect("\(address.reachableHost) \(address.reachablePort)" == reached)
    }
}
