import Settings
import Testing

@testable import WebServer

@Suite struct ValueTemplateTests {
    private func filled(_ text: String, _ change: (inout Settings) -> Void = { _ in }) throws -> String {
        var settings = Settings()
        change(&settings)
        return try ValueTemplate(text: text).filled(with: WebValues(settings))
    }

    @Test func aNewSiteHasOneFolder() throws {
        #expect(try filled("@largest_body@ @tree@ @short@ @places@ @thumbnail_size@ @thumbnail_mode@") == "53477376 (?!) (?!) (?:uploads) w258h258 1")
    }

    @Test func aReplacedSiteHasItsOwnToo() throws {
        let text = try filled("@tree@ @places@ @encoded_places@ @thumbnail_mode@") {
            ($0.naming.uploadsPath, $0.thumbnails.fit) = ("/i/a.b/", .stretch)
        }
        #expect(text == "/i/a\\.b/ (?:uploads|i/a\\.b) (?:uploads|i(?:/|%2[Ff])a\\.b) 0")
    }

    @Test func httpsAlone() throws {
        #expect(try filled("@hsts_seconds@") { $0.hstsSeconds = 300 } == "300")
    }

    @Test func filesThatMayBeReplacedAreNotKeptForLong() throws {
        #expect(try filled("@file_cache@|@thumbnail_cache@") == "public, max-age=31536000, immutable|public, max-age=2592000")
        #expect(try filled("@file_cache@|@thumbnail_cache@") { $0.replacesFiles = true } == "max-age=300|max-age=300")
    }

    /// In HTML and in JSON, whatever it holds.
    @Test func theNameOfTheSite() throws {
        #expect(try filled("<p>@site_name_html@ {\"a\":@site_name_json@}") { $0.siteName = "图 <b>&\"'\\@x@" }
            == #"<p>图 &lt;b&gt;&amp;&quot;&#39;\@x@ {"a":"图 <b>&\"'\\@x@"}"#)
    }

    /// Nothing but networks, whatever the setting holds.
    @Test func proxiesInBothLanguages() throws {
        let lines = "@nginx_proxies@|@apache_proxies@"
        #expect(try filled(lines) == "|")
        #expect(try filled(lines) { $0.senders.trustedProxies = "127.0.0.1, ::1\n172.18.0.5/16,10.*.*.1;\ninclude /etc/passwd" }
            == "set_real_ip_from 127.0.0.1; set_real_ip_from ::1; set_real_ip_from 172.18.0.0/16;|RemoteIPHeader X-Forwarded-For\nRemoteIPInternalProxy 127.0.0.1 ::1 172.18.0.0/16")
    }

    @Test func theLargestFile() throws {
        #expect(try filled("@largest_file@") { ($0.imageMaxBytes, $0.videoMaxBytes) = (3 << 20, 7 << 20) } == "7MB")
    }

    @Test func shortAddressesEndLikePictures() throws {
        #expect(try filled("@short@") { $0.hiding.hidesPath = true }.hasPrefix("\\.(?i:jpg|"))
        #expect(try filled("@media@") == filled("@short@") { $0.hiding.hidesPath = true })
    }

    @Test(arguments: ["@", "a@b", "@largest_body", "@Tree@", "@@"])
    func namesThatNobodyKnows(text: String) {
        #expect(throws: WebServerError.self) { try filled(text) }
    }
}
