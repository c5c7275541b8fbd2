import Testing

@testable import HTTP

@Suite struct PercentCodingTests {
    @Test(arguments: [
        ("", ""), ("a", "a"), ("%41", "A"), ("%4a%4A", "JJ"), ("%", "%"), ("%4", "%4"), ("%%41", "%A"), ("%G1%1G%/0%:0%@0%`0", "%G1%1G%/0%:0%@0%`0"),
        ("%2541", "%41"), ("a+b", "a+b"), ("%+1", "%+1"), ("%c3%a9", "é"),
    ])
    func texts(_ text: String, _ decoded: String) {
        #expect(PercentCoding.decode(Bytes(text.utf8)) == Bytes(decoded.utf8))
    }

    @Test func onlyWhatIsWanted() {
        #expect(PercentCoding.decode(Bytes("%22%41+".utf8), plusIsBlank: true) { $0 == 0x22 } == Bytes("\"%41 ".utf8))
    }
}
