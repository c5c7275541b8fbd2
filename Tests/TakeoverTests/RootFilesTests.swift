// Which files of an old site's root go on being served, and how their copies follow them.

import Disk
import Glibc
import Site
@testable import Takeover
import TestSupport
import Testing

@Suite struct RootRuleTests {
    @Test(arguments: [
        "robots.txt", "ads.txt", "MP_verify_ab12CD.txt", "google0123456789abcdef.html", "BingSiteAuth.xml", "favicon.ico", "sitemap.xml", "LOGO.PNG",
        "manifest.json", "public/images/404.png", "public/static/zui.min.css", "public/static/fonts/a.woff2", "docs/index.html", "docs/说明.pdf",
        ".well-known/security.txt", ".well-known/apple-app-site-association", ".well-known/assetlinks.json", "images/a b&c.svg",
    ])
    func served(path: String) { #expect(reason(path) == nil) }

    @Test(arguments: [
        ("index.php", .code), ("a.php.txt", .code), ("a.PHP5", .code), ("public/static/jquery.js", .code), ("a.phtml.html", .code), ("x.sh", .code),
        ("config.txt", .settings), ("site.sql", .settings), ("site.sql.txt", .settings), ("www.zip", .settings), ("a.html.bak", .settings),
        ("docs/error.log.txt", .settings), ("passwords.txt", .settings), ("server.key", .settings), ("public/config/a.txt", .settings),
        (".htaccess", .hidden), (".env", .hidden), (".user.ini", .hidden), (".git/config", .hidden), ("docs/.hidden/a.txt", .hidden),
        ("composer.json", .type), ("LICENSE", .type), ("a.bin", .type), ("docs/data.json", .type),
        ("app/main.css", .program), ("admin/a.png", .program), ("Config/a.txt", .program), ("blog/index.html", .place),
        ("404.html", .ours), ("a\u{7}.txt", .name), ("a\\b.txt", .name),
    ] as [(String, RootReason)])
    func left(path: String, expected: RootReason) { #expect(reason(path) == expected, "\(path)") }

    private func reason(_ path: String) -> RootReason? {
        let steps = path.split(separator: "/").map(String.init)
        for depth in 0..<steps.count - 1 {
            if let reason = RootRule.reasonToLeave(folder: steps[depth], in: Array(steps[..<depth])) { return reason }
        }
        return RootRule.reasonToLeave(file: steps[steps.count - 1], in: steps.dropLast())
    }

    @Test(arguments: [("Deny from all", true), ("Require all denied", true), ("AuthType Basic", true), ("RewriteRule ^ - [F]", true),
                      ("Options -Indexes", false), ("", false)])
    func filesThatCloseAFolder(text: String, expected: Bool) { #expect(RootRule.closes(text) == expected) }
}

@Suite struct RootFilesTests {
    let temporary = TemporaryFolder()
    private var root: String { temporary.path + "/old" }
    private var data: DataFolder { DataFolder(temporary.path + "/var") }

    init() throws {
        for name in ["old", "old/config", "old/i", "old/docs", "old/public", "old/public/i", "old/.well-known", "old/.well-known/acme-challenge", "var",
                     "var/run"] {
            mkdir("\(temporary.path)/\(name)", 0o755)
        }
        for name in ["config/config.php", "i/a.jpg", "public/i/b.png", "robots.txt", "docs/index.html", ".well-known/acme-challenge/token"] {
            write(name)
        }
    }

    private func write(_ name: String, _ text: String = "text", mode: mode_t = 0o644) { temporary.write(Array(text.utf8), as: "old/\(name)", mode: mode) }

    private func update() throws -> RootReport { try #require(try RootFiles.update(data, root, root + "/i", waits: true)) }

    private func copies(_ place: String = "") throws -> [String] {
        guard FileSystem.exists(data.oldRoot + place) else { return [] }
        return try Folder(data.oldRoot + place).listing().flatMap { entry in
            entry.kind == .folder ? try copies("\(place)/\(entry.shown)") : ["\(place)/\(entry.shown)"]
        }
    }

    @Test func copiesFollowTheFiles() throws {
        #expect(try update().served == 3)
        #expect(try copies() == ["/docs/index.html", "/public/i/b.png", "/robots.txt"])
        write("robots.txt", "other text")
        write("ads.txt")
        unlink("\(root)/docs/index.html")
        #expect(try update().served == 3)
        #expect(try copies() == ["/ads.txt", "/public/i/b.png", "/robots.txt"])
        #expect(temporary.read("var/old-root/robots.txt") == Array("other text".utf8))
        #expect(!FileSystem.exists(data.oldRoot + "/docs"))
    }

    @Test func aFolderInThePlaceOfAFileAndTheOtherWayRound() throws {
        _ = try update()
        unlink("\(root)/docs/index.html")
        rmdir("\(root)/docs")
        unlink("\(root)/robots.txt")
        write("docs", "no extension")
        mkdir("\(root)/css", 0o755)
        write("css/a.css")
        #expect(try update().served == 2)
        #expect(try copies() == ["/css/a.css", "/public/i/b.png"])
    }

    @Test func thePictureTreeIsNoneOfThem() throws {
        let report = try #require(try RootFiles.update(data, root, root + "/public/i", waits: true))
        #expect(report.served == 2 && report.left[.place]?.examples == ["/i/"])
    }

    /// The old web server may have been in no group of the files' owner.
    @Test func whatOnlyAGroupMayReadIsLeft() throws {
        write("notes.txt", mode: 0o640)
        chmod("\(root)/docs", 0o750)
        #expect(try update().left[.closed]?.examples == ["/docs/", "/notes.txt"])
        #expect(try copies() == ["/public/i/b.png", "/robots.txt"])
    }

    /// Under names that tell nothing.
    @Test func copiesOfSettingsAreLeft() throws {
        write("copy.txt", "<?php $config = [];")
        write("docs/old.html", "\u{FEFF}\n <?= 1 ?>")
        write("docs/feed.xml", "<?xml version=\"1.0\"?><a/>")
        link("\(root)/config/config.php", "\(root)/hard.txt")
        for name in ["config-bak.txt", "api_key.txt", "dump2024.txt", "access_log.txt", "docs/my_tokens.xml"] { write(name) }
        let report = try update()
        #expect(report.left[.php]?.examples == ["/copy.txt", "/docs/old.html"] && report.left[.hardLink]?.examples == ["/hard.txt"])
        #expect(report.left[.settings]?.count == 5)
        #expect(try copies() == ["/docs/feed.xml", "/docs/index.html", "/public/i/b.png", "/robots.txt"])
    }

    @Test func linksAndClosedFilesAreLeft() throws {
        write("own.txt", mode: 0o600)
        symlink("/etc/passwd", "\(root)/passwd.txt")
        symlink("/etc", "\(root)/static")
        mkdir("\(root)/img", 0o700)
        write("img/a.png")
        write("docs/.htaccess", "Require all denied")
        let report = try update()
        #expect(report.left[.closed]?.examples == ["/img/", "/own.txt"] && report.left[.link]?.examples == ["/passwd.txt", "/static"])
        #expect(report.left[.restricted]?.examples == ["/docs/"])
        #expect(try copies() == ["/public/i/b.png", "/robots.txt"])
    }

    @Test func aFileOverTheLimitIsLeft() throws {
        write("a.pdf")
        truncate("\(root)/a.pdf", off_t(RootWalk.fileLimit) + 1)
        #expect(try update().left[.tooLarge]?.examples == ["/a.pdf"])
    }

    @Test func examplesHaveAnEnd() throws {
        for number in 0..<RootReport.exampleLimit + 5 { write("\(number).exe") }
        let left = try update().left[.code]
        #expect(left?.count == RootReport.exampleLimit + 5 && left?.examples.count == RootReport.exampleLimit)
    }

    /// What is removed, or not mounted, takes nothing away.
    @Test func copiesStayWhereTheOldFolderIsGone() throws {
        symlink(root + "/i", data.uploads)
        try KeptFiles(data).keep(KeptFiles.rootFile, Array(root.utf8))
        #expect(try RootFiles.follow(data)?.served == 3)
        unlink("\(root)/robots.txt")
        unlink("\(root)/config/config.php")
        #expect(try RootFiles.follow(data) == nil && copies().count == 3)
        rename(root, root + ".away")
        #expect(try RootFiles.follow(data) == nil && copies().count == 3)
    }

    @Test func noOtherSiteHasAny() throws {
        mkdir(data.uploads, 0o755)
        #expect(try RootFiles.follow(data) == nil && !FileSystem.exists(data.oldRoot))
    }
}
