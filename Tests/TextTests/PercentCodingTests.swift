import Testing
import Text
import Text

@Suite struct PercentCodingTests {
    @Test(arguments: [
        ("", ""), ("a", "a"), ("%41", "A"), ("%4a%4A", "JJ"), ("%", "%"), ("%4", "%4"), ("%%41", "%A"), ("%G1%1G%/0%:0%@0%`0", "%G1%1G%/0%:0%@0%`0"),
        ("%2541", "%41"), ("a+b", "a+b"), ("%+1", "%+1"), ("%c3%a9", "é"),
    ])
    func texts(_ text: String, _ decoded: String) {
        #expect(PercentCoding.decode(Array(text.utf8)) == Array(decoded.utf8))
    }

    @Test func onlyWhatIsWanted() {
        #expect(PercentCoding.decode(Array("%22%41+".utf8), plusIsBlank: true) { $0 == 0x22 } == Array("\"%41 ".utf8))
    }

    @Test(arguments: [("", ""), ("a b", "a%20b"), ("é/~", "%C3%A9%2F~"), ("100%\n", "100%25%0A"), ("A-Z_a.z09", "A-Z_a.z09")])
    func whatIsNotUnreservedIsEscaped(_ text: String, _ encoded: String) {
        #expect(PercentCoding.encode(text, butNot: PercentCoding.isUnreserved) == encoded)
        #expect(PercentCoding.decode(Array(encoded.utf8)) == Array(text.utf8))
    }
}
