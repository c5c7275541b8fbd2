import Testing
import Text

@Suite struct GB18030Tests {
    @Test(arguments: [([0xBC, 0xD9, 0xC8, 0xD5], "假日"), ([0x61], "a"), ([], ""), ([0x81, 0x30, 0x81, 0x30], "\u{80}")] as [([UInt8], String)])
    func texts(bytes: [UInt8], text: String) { #expect(GB18030.decode(bytes) == text) }

    @Test(arguments: [[0xBC], [0xFF, 0xFF], [0x81, 0x30], [UInt8](repeating: 0x61, count: 4097)] as [[UInt8]])
    func anythingElseIsNone(bytes: [UInt8]) { #expect(GB18030.decode(bytes) == nil) }
}
