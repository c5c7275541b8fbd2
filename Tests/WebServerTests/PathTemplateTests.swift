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
        #expect(try filled("@each_folder@@bare@ @path@ @pattern@ @loose@") == "/admin /admin/ /admin/ /*admin/+\n/api /api/ /api/ /*api/+")
        #expect(try filled("@each_upload@@pattern@ @loose@") == #"/api/v1/upload\.php /*api/+v1/+upload\.php"#)
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
