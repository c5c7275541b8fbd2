import Crypto
import Testing

@Suite struct HexadecimalTests {
    @Test func everyByteComesBack() {
        let bytes = (0...255).map(UInt8.init)
        let text = Hexadecimal.encode(bytes)
        #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff"))
        #expect(Hexadecimal.decode(text) == bytes)
        #expect(Hexadecimal.decode(text.uppercased()) == bytes)
    }

    @Test(arguments: ["0", "0g", "00 ", "é0", "00\n"]) func anythingElseIsRefused(text: String) {
        #expect(Hexadecimal.decode(text) == nil)
    }
}
