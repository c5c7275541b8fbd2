import Paths
import Testing

@testable import WebServer

@Suite struct PathTemplateTests {
    private func filled(_ text: String) throws -> String { try PathTemplate(text: text).filled() }

    @Test func aLineForEachPath() throws {
        #expect(try filled("a\n@each_thumbnail@= @PREFIX@@path@ @@path@ @RUN@/@name@.sock;\nb\n") == """
            a
            = @PREFIX@/application/thumb.php @/application/thumb.php @RUN@/thumb.sock;
            = @PREFIX@/app/thumb.php @/app/thumb.php @RUN@/thumb.sock;
            b

            """)
        #expect(try filled("@each_folder@@bare@ @path@ @pattern@ @loose@") == "/admin /admin/ /admin/ /*admin/+\n/user /user/ /user/ /*user/+\n/api /api/ /api/ /*api/+")
        #expect(try filled("@each_upload@@pattern@ @loose@") == #"/api/v1/upload\.php /*api/+v1/+upload\.php"#)
    }

    @Test func aLineForEachRedirect() throws {
        #expect(try filled("@each_moved@@path@ @pattern@ @to@ @status@") == #"/index.php /index\.php / 301"# + "\n"
            + #"/app/reset_password.php /app/reset_password\.php /user/security.php 302"# + "\n"
            + #"/app/viewlog.php /app/viewlog\.php /admin/logs.php 302"# + "\n"
            + #"/admin/zui.chart.php /admin/zui\.chart\.php /admin/chart.php 302"# + "\n"
            + #"/admin/admin.inc.php /admin/admin\.inc\.php /admin/settings.php 302"# + "\n"
            + #"/admin/manager.php /admin/manager\.php /admin/files.php 302"# + "\n"
            + #"/admin/filer.php /admin/filer\.php /admin/files.php 302"# + "\n"
            + #"/app/compressing.php /app/compressing\.php /admin/settings.php 302"#)
        #expect(try filled("@each_moved-folder@@path@ @bare@ @to@ @status@") == "/install/ /install / 302")
    }

    /// Kinds of requests that no path has give no line; other names that nobody knows are errors.
    @Test func kindsOfRequests() throws {
        for kind in Endpoint.Requests.allCases {
            let lines = try filled("@each_\(kind.rawValue)@@path@").split(separator: "\n").map(String.init)
            #expect(lines == Endpoint.all.filter { $0.takes == kind }.flatMap { $0.paths.map(\.path.text) })
        }
    }

    @Test func uploadsAndSynchronizedContentAreNotCompressed() throws {
        let plain = try filled("@each_plain@@path@").split(separator: "\n")
        let named = ["/api/v1/upload.php", "/api/index.php", "/app/upload.php", "/app/thumb.php", "/api/v1/json/sync.php", "/api/v1/json/pull.php"]
        #expect(named.allSatisfy { plain.contains($0[...]) } && !plain.contains("/api/v1/list.php") && !plain.contains("/app/list.php"))
        #expect(try filled("@each_stats@@gzip@") == "on" && filled("@each_upload@@gzip@") == "off")
    }

    @Test func factsOfAnyLine() throws {
        #expect(try filled("^@any_api-index@$ @json_folder@ @json_megabytes@m") == #"^(?:/api/index\.php|/api/)$ /api/v1/json/ 52m"#)
    }

    @Test func namesOfThumbnails() throws {
        #expect(try filled("@size $1 0@ @size w h@ @mode@ @thumbnail ${s} %2 z x@") == "w$1h0 wwhh [0-3] ${s}q%2zz.x")
    }

    @Test func whatIsNotOfThisProgramStays() throws {
        for text in ["", "\n", "@", "a@b", "@DATA@/a@b@", "@IF_X@location = @PREFIX@ {", "= @thumb;", "@@", "@Path@"] where text != "@DATA@/a@b@" {
            #expect(try filled(text) == text)
        }
    }

    @Test(arguments: ["@nothing@", "@path@", "@each_nothing@x", "@each_path@@nothing@", "@any_nothing@", "@size 1@", "@side 1@"])
    func namesThatNobodyKnows(text: String) {
        #expect(throws: WebServerError.self) { try filled(text) }
    }
}
