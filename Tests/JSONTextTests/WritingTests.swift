// Which characters of a string are escaped, wherever they stand.

import JSONText
import Testing

struct WritingTests {
    private static let escapes: [(String, String)] = [
        ("\"", "\\\""), ("\\", "\\\\"), ("\u{8}", "\\b"), ("\t", "\\t"), ("\n", "\\n"), ("\u{C}", "\\f"), ("\r", "\\r"), ("\0", "\\u0000"),
        ("\u{1F}", "\\u001f"), ("\u{7F}", "\\u007f"), ("\u{2028}", "\\u2028"), ("\u{2029}", "\\u2029"), ("/", "/"), ("<", "<"), (">", ">"),
        ("&", "&"), (" ", " "), ("~", "~"), ("\u{80}", "\u{80}"), ("é", "é"), ("€", "€"), ("\u{202A}", "\u{202A}"), ("图", "图"), ("🙂", "🙂"),
    ]

    private func text(_ string: String, _ escaping: JSONEscaping = .least) -> String {
        String(decoding: JSONValue.string(string).bytes(escaping), as: UTF8.self)
    }

    @Test(arguments: WritingTests.escapes)
    func isEscapedWhereverItStands(_ character: String, _ escape: String) {
        for length in [0, 1, 15, 16, 17, 40] {
            let plain = String(repeating: "a", count: length)
            #expect(text(plain + character + "b") == "\"\(plain)\(escape)b\"")
            #expect(text(plain + "图" + character + plain) == "\"\(plain)图\(escape)\(plain)\"")
        }
    }

    @Test func markupIsEscapedWhereItIsAskedFor() {
        #expect(text("https://a/<b>&\"") == #""https://a/<b>&\"""#)
        #expect(text("https://a/<b>&\"", .slashes) == #""https:\/\/a\/<b>&\"""#)
        #expect(text("https://a/<b>&\"", .markup) == #""https:\/\/a\/\u003Cb\u003E\u0026\"""#)
    }
}
