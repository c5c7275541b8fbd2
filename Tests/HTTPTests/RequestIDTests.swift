import HTTP
import Testing
import Text

@Suite struct RequestIDTests {
    private static let own = "0123456789abcdef0123456789abcdef"

    private func id(_ parameters: [String: String], trusting proxies: String = "192.0.2.0/24") -> String {
        let request = Request(parameters: parameters, body: PiecewiseBody(""))
        request.takeID { AddressList(proxies) }
        return request.id.description
    }

    @Test(arguments: [
        ("01234567", true), ("Yk2@x-A_9.b", true), (String(repeating: "a", count: 64), true), ("0123456", false), ("", false),
        (String(repeating: "a", count: 65), false), ("01234567\n", false), ("0123 4567", false), ("01234567\"", false), ("01234567é", false),
        ("<b>01234567", false), ("01234567%0a", false),
    ])
    func shapes(text: String, isID: Bool) { #expect((RequestID(text)?.description == text) == isID) }

    @Test func theWebServersIsTaken() {
        #expect(id(["IMAGEBED_REQUEST_ID": Self.own]) == Self.own)
        #expect(id(["UNIQUE_ID": "Z0abcdEFGH@-12345678"]) == "Z0abcdEFGH@-12345678")
        #expect(id(["IMAGEBED_REQUEST_ID": Self.own, "UNIQUE_ID": "Z0abcdEFGH@-12345678"]) == Self.own)
    }

    @Test(arguments: [nil, "", "short", "with a blank in it"])
    func oneIsMadeWhereThereIsNone(sent: String?) {
        let ids = (0..<100).map { _ in id(sent.map { ["IMAGEBED_REQUEST_ID": $0] } ?? [:]) }
        #expect(Set(ids).count == 100 && ids.allSatisfy { $0.utf8.count == 32 && $0.allSatisfy(\.isHexDigit) })
    }

    /// A header is believed of a trusted proxy, and of nobody else.
    @Test(arguments: [
        (["REMOTE_ADDR": "192.0.2.1"], "from-a-proxy", "from-a-proxy"), (["REMOTE_ADDR": "198.51.100.1"], "from-somebody", own),
        (["REMOTE_ADDR": "192.0.2.1"], "no id", own), (["REMOTE_ADDR": "192.0.2.1"], "a\u{22},\u{22}id\u{22}:\u{22}", own), ([:], "from-nobody", own),
        // Where the web server has put the visitor's address in the place of the proxy's.
        (["REMOTE_ADDR": "198.51.100.1", "IMAGEBED_PEER": "192.0.2.1"], "from-a-proxy", "from-a-proxy"),
        (["REMOTE_ADDR": "192.0.2.1", "IMAGEBED_PEER": "198.51.100.1"], "from-somebody", own),
    ])
    func headers(parameters: [String: String], sent: String, expected: String) {
        #expect(id(parameters.merging(["IMAGEBED_REQUEST_ID": Self.own, "HTTP_X_REQUEST_ID": sent]) { $1 }) == expected)
    }

    @Test func nobodyIsTrustedAtFirst() {
        #expect(id(["REMOTE_ADDR": "127.0.0.1", "IMAGEBED_REQUEST_ID": Self.own, "HTTP_X_REQUEST_ID": "from-loopback"], trusting: "") == Self.own)
    }
}
