import Testing
import Text

@Suite struct HexadecimalTests {
    @Test func everyByteComesBack() {
        let bytes = (0...255).map(UInt8.init)
        let text = Hexadecimal.encode(bytes)
        #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff"))
        #expect(Hexadecimal.decode(text) == bytes)
        #expect(Hexadecimal.decode(text.uppercased()) == bytes)
    }

    @Test(arguments: [("00ff", true), ("00fF", false), ("A0", false), ("", true)]) func lowerCaseAlone(text: String, isTaken: Bool) {
        #expect((Hexadecimal.decode(text, inLowerCase: true) != nil) == isTaken)
    }

    @Test(arguments: [("4a", 0x4A), ("4A", 0x4A), ("fF", 0xFF), ("f", nil), ("", nil), ("123", nil), ("+f", nil), ("g0", nil)] as [(String, UInt8?)])
    func octets(text: String, value: UInt8?) { #expect(Hexadecimal.octet(text.utf8) == value) }

    @Test(arguments: ["0", "0g", "00 ", "é0", "00\n"]) func anythingElseIsRefused(text: String) {
        #expect(Hexadecimal.decode(text) == nil)
    }
}
