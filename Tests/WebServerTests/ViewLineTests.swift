import Media
import Testing
import WebServer

/// Which lines of the log of files are views.
@Suite struct ViewLineTests {
    private static let path = "2024/04/aaaaaaaaaaaa.jpg"

    private func viewed(_ line: String) -> String? { ViewLine.viewed(Array(line.utf8)[...], below: ["/uploads/", "/i/"])?.text }

    @Test(arguments: [
        // A whole file; its head; a copy that is still good; what is not there, and a failure.
        ("200 GET \"-\"", true), ("200 HEAD \"-\"", false), ("304 GET \"-\"", false), ("404 GET \"-\"", false), ("500 GET \"-\"", false),
        ("200 POST \"-\"", false), ("301 GET \"-\"", false),
        // Ranges: from the first byte, whatever the end; later ones; one that the server ignored, or that was none.
        ("206 GET \"bytes=0-\"", true), ("206 GET \"bytes=0-1023\"", true), ("206 GET \"bytes=1024-\"", false), ("206 GET \"bytes=-500\"", false),
        ("206 GET \"bytes=00-\"", false), ("206 HEAD \"bytes=0-\"", false), ("200 GET \"bytes=1024-\"", true), ("416 GET \"bytes=9999999-\"", false),
        // Of several ranges the first one decides.
        ("206 GET \"bytes=0-1,5-6\"", true), ("206 GET \"bytes=5-6,0-1\"", false),
    ])
    func policy(line: String, isView: Bool) { #expect(viewed("\(line) /uploads/\(Self.path)") == (isView ? Self.path : nil)) }

    /// Names may hold blanks, so nothing stands behind the path: no line says who asked, and what a bot fetches is a view like a browser's.
    @Test func allThatFollowsIsThePath() {
        #expect(viewed("200 GET \"-\" /i/\(Self.path)") == Self.path)
        #expect(viewed("200 GET \"-\" /i/2024/04/a Googlebot.jpg") == "2024/04/a Googlebot.jpg")
    }

    @Test(arguments: [
        "", "200", "200 GET", "200 GET \"-\"", "200 GET \"-\" ", "200 GET - /uploads/2024/04/a.jpg", "200 GET \"-\"/uploads/2024/04/aaaaaaaaaaaa.jpg",
        "200 GET \"-\" /assets/2024/04/aaaaaaaaaaaa.jpg", "200 GET \"-\" /uploads/../secret", "200 GET \"-\" /uploads/", "\u{0}\u{0}",
    ])
    func otherLinesAreNone(line: String) { #expect(viewed(line) == nil) }

    @Test func escapedBytesOfNames() {
        #expect(viewed("200 GET \"-\" /uploads/2024/04/\\xE5\\x81\\x87.png") == "2024/04/假.png")
        #expect(viewed("200 GET \"-\" /uploads/2024/04/\\xZZ.png") == nil || viewed("200 GET \"-\" /uploads/2024/04/\\xZZ.png") == "2024/04/\\xZZ.png")
    }
}
