// What is put into markup stays what it is: text.

import HTML
import Testing

struct MarkupTests {
    @Test(arguments: [
        ("", ""), ("plain 假日 😀", "plain 假日 😀"), ("<b>", "&lt;b&gt;"), ("a & b", "a &amp; b"), ("&amp;", "&amp;amp;"),
        ("\"'", "&quot;&#39;"), ("</title><script>alert(1)</script>", "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a\0b\u{1B}c\u{7F}d\u{85}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}"), ("a\r\nb\tc", "a\r\nb\tc"),
        ("\u{2028}", "\u{2028}"), ("e\u{301}<", "e\u{301}&lt;"), ("<\u{338}", "&lt;\u{338}"), ("\"\u{301}", "&quot;\u{301}"),
    ])
    func interpolatedTextIsEscaped(plain: String, expected: String) {
        #expect(Array(("<p title=\"\(plain)\">" as Markup).text.utf8) == Array("<p title=\"\(expected)\">".utf8))
    }

    @Test func markupInMarkupStaysMarkup() {
        let inner: Markup = "<b>\("<i>")</b>"
        let none: Markup? = nil
        #expect(("<p>\(inner)\(none)\(3)\([inner, "<hr>"])</p>" as Markup).text
            == "<p><b>&lt;i&gt;</b>3<b>&lt;i&gt;</b><hr></p>")
        #expect(("\(Markup(ofOperator: "<u>"))" as Markup).text == "<u>")
    }

    @Test(arguments: [
        ("https://a.example/x?y=1", "https://a.example/x?y=1"), ("HTTP://a", "HTTP://a"), ("/report.html", "/report.html"),
        ("mailto:a@b.c", "mailto:a@b.c"), ("a@b.c", "mailto:a@b.c"), ("", nil), ("javascript:alert(1)", nil), ("//evil.example", nil),
        ("/\\evil.example", nil), (" https://a", nil), ("java\nscript:a@b", nil), ("data:text/html,a@b", nil), ("report.html", nil),
    ])
    func onlyAddressesOfPagesBecomeLinks(text: String, expected: String?) {
        #expect(WebAddress(text)?.text == expected)
    }
}
