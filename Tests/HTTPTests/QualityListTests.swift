// What a client likes best (RFC 9110, section 12.4.2).

@testable import HTTP
import Testing

@Suite struct QualityListTests {
    @Test(arguments: [
        ("", []), ("en", ["en"]), ("de, en;q=0.5, fr;q=0.8", ["de", "fr", "en"]), ("a;q=0.1,b;q=0.10,c;q=0.100", ["a", "b", "c"]),
        ("a;q=0,b;q=0.000,c", ["c"]), ("a ; Q=0.5 , b", ["b", "a"]), ("a;q=1.000,b;q=1", ["a", "b"]), ("a;q=2,b;q=x,c;q=0.1234,d;q=-1,e", ["e"]),
        ("text/html;level=1;q=0.3,*/*;q=0.4", ["*/*", "text/html"]), (",,;q=1, ,a", ["a"]), ("ZH-tw", ["zh-tw"]), ("a;q=0.,b", ["b"]),
    ] as [(String, [String])])
    func order(header: String, expected: [String]) { #expect(QualityList(header).values == expected) }

    @Test func onlySoManyAreRead() {
        #expect(QualityList(String(repeating: "a,", count: 5_000)).values.count == QualityList.valueLimit)
        #expect(QualityList(String(repeating: "a", count: 5_000)).values.first?.count == QualityList.lengthLimit)
    }

    @Test(arguments: [
        (nil, false), ("*/*", false), ("text/html", true), ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", true),
        ("application/json, text/html;q=0", false), ("text/*", false), ("image/avif,image/webp,*/*;q=0.8", false),
    ] as [(String?, Bool)])
    func whoWantsAPage(accept: String?, expected: Bool) {
        var parameters: [String: String] = [:]
        parameters["HTTP_ACCEPT"] = accept
        #expect(Request(parameters: parameters, body: NoBody()).isForPage == expected)
    }

    private final class NoBody: BodyStream {
        func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int { 0 }
    }
}
