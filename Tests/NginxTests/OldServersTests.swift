import Testing

@testable import Nginx

@Suite struct OldServersTests {
    private let root = "/www/wwwroot/img.example.com"

    /// The main file of Debian's nginx, and sites.
    private func debian(_ sites: String..., more: [(path: String, text: String)] = []) -> Machine {
        let files = sites.enumerated().map { (path: "/etc/nginx/sites-enabled/\(["a", "b", "c"][$0.offset])", text: $0.element) }
        let main = "user www-data; http { include /etc/nginx/conf.d/*.conf; include /etc/nginx/sites-enabled/*; }"
        return Machine(files: [(path: "/etc/nginx/nginx.conf", text: main)] + files + more)
    }

    @Test func theSiteOfBT() throws {
        let site = try Machine.bt.site(root)
        try site.check()
        #expect(site.files == ["/www/server/panel/vhost/nginx/img.example.com.conf"] && site.wholeFiles == site.files)
        // Before the file that it replaces, and behind what was before that.
        #expect(site.link == "/www/server/panel/vhost/nginx/imagebed.conf" && site.trialLink == "/www/server/panel/vhost/nginx/imagebed-side.conf")
        #expect(site.accessLog == "/www/wwwlogs/img.example.com.log" && site.dump.workers?.group == "www")
        #expect(site.addresses.map { "\($0.scheme) \($0.host) \($0.port) \($0.name)" }
            == ["https 127.0.0.1 443 img.example.com", "http 127.0.0.1 80 img.example.com"])
    }

    @Test func theSiteOfOneinStack() throws {
        let site = try Machine.oneinstack.site("/data/wwwroot/img.example.com")
        try site.check()
        #expect(site.link == "/usr/local/nginx/conf/vhost/imagebed.conf" && site.accessLog == "/data/wwwlogs/img.example.com_nginx.log")
    }

    /// What answers to unknown names is the first block that nginx reads.
    @Test func theLinkIsReadWhereTheFileWas() throws {
        let site = try Machine.bt.site("/www/wwwroot/zeta.example.com")
        #expect(site.link == "/www/server/panel/vhost/nginx/zeta.example.com-imagebed.conf")
    }

    @Test func aFileWithOtherSitesIsSplit() throws {
        let text = "# ours\nmap $a $b { default 1; }\nserver { root /o; } # old\nserver { listen 81; root /b; }\nserver { listen 82; root /o; }\n"
        let machine = debian(text)
        let site = try machine.site("/o")
        try site.check()
        #expect(site.files == ["/etc/nginx/sites-enabled/a"] && site.wholeFiles.isEmpty && site.link == nil)
        #expect(site.trialLink == "/etc/nginx/conf.d/imagebed-side.conf")
        let rest = try #require(site.rest(of: "/etc/nginx/sites-enabled/a", including: "/c/enabled[.]conf"))
        #expect(String(decoding: rest, as: UTF8.self)
            == "# ours\nmap $a $b { default 1; }\ninclude \"/c/enabled[.]conf\"; # old\nserver { listen 81; root /b; }\n\n")
        #expect(try machine.replacement("/o").text.components("server {") == 2)
    }

    @Test func aSiteInTheMainFile() throws {
        let machine = Machine(files: [("/n/nginx.conf", "events { }\nhttp {\n  server { root /o; }\n  server { root /p; }\n}\n")])
        let site = try machine.site("/o")
        let rest = try #require(site.rest(of: "/n/nginx.conf", including: "/c"))
        #expect(String(decoding: rest, as: UTF8.self) == "events { }\nhttp {\n  include \"/c\";\n  server { root /p; }\n}\n")
        #expect(site.link == nil && site.trialLink == nil)
    }

    @Test func aFileThatIsIncludedByItsName() throws {
        let site = try Machine(files: [("/n/nginx.conf", "http { include img.conf; }"), ("/n/img.conf", "server { root /o; }")]).site("/o")
        #expect(site.wholeFiles.isEmpty && site.rest(of: "/n/img.conf", including: "/c") == Array("include \"/c\";".utf8))
    }

    @Test func redirectsInTheSameFileComeAlong() throws {
        let redirect = "server { listen 80; server_name a.example.org; root /o; return 301 https://a.example.org$request_uri; }"
        let machine = debian(redirect + "\nserver { listen 443 ssl; server_name a.example.org; root /o; }")
        let site = try machine.site("/o")
        try site.check()
        #expect(site.wholeFiles == ["/etc/nginx/sites-enabled/a"] && site.blocks.count == 1)
        #expect(try machine.replacement("/o").lines.contains("return 301 https://a.example.org$request_uri;"))
    }

    @Test func aRootInAnIncludedFileOrAroundTheBlock() throws {
        let included = debian("server { include /x/root.conf; }", more: [("/x/root.conf", "location / { root '/o'; }")])
        #expect(try included.site("/o").files == ["/etc/nginx/sites-enabled/a"])
        let around = Machine(files: [("/n", "http { root /o; server { listen 1; } server { listen 2; root /p; } }")])
        #expect(try around.site("/o").blocks.map { $0.listens[0].port } == [1])
    }

    @Test(arguments: [
        ("server { root /p; }", "no site of nginx has /o as its root"),
        ("server { root /o/i; }", "no site of nginx has /o as its root"),
        ("server { server_name a; root /o; } server { server_name b a; root /p; }", "two sites of nginx have the name a on the same port"),
        ("server { server_name a; root /o; } server { server_name a; root /o; }", "two sites of nginx have the name a on the same port"),
    ]) func whatIsRefused(_ text: String, _ message: String) throws {
        let error = #expect(throws: OldServersError.self) { try debian(text).site("/o").check() }
        #expect(error?.description.contains(message) == true)
    }

    @Test func aFolderOfAnotherSite() throws {
        let error = #expect(throws: OldServersError.self) { try debian("server { server_name a.example.org; root /o; }").site("/o/image").check() }
        #expect(error?.description.contains("below the root of a.example.org in /etc/nginx/sites-enabled/a") == true)
    }

    @Test func oneNameOnTwoPorts() throws {
        try debian("server { listen 443 ssl; server_name a; root /o; }", "server { listen 80; server_name a; return 301 https://a; }").site("/o").check()
    }

    @Test func aStreamIsNoSite() throws {
        #expect(try Machine(files: [("/n", "stream { server { root /o; } }")]).site("/o").blocks.isEmpty)
    }

    @Test(arguments: [
        ("access_log off;", "/dev/null"), ("access_log /a/b.log main;", "/a/b.log"), ("access_log logs/b.log;", "/www/server/nginx/logs/b.log"),
        ("access_log syslog:server=1.2.3.4;", "/www/server/nginx/logs/access.log"), ("", "/www/server/nginx/logs/access.log"),
        ("access_log /a/$host.log;", "/www/server/nginx/logs/access.log"),
    ]) func whereItLogged(_ line: String, _ path: String) throws {
        #expect(try debian("server { root /o; \(line) }").site("/o").accessLog == path)
    }
}

extension String {
    /// How often a part is in it.
    fileprivate func components(_ part: String) -> Int { ranges(of: part).count }
}
