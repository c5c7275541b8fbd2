import Testing
import Text

@Suite struct ASCIITests {
    private func members(_ isMember: (UInt8) -> Bool) -> String {
        String(decoding: (UInt8.min...UInt8.max).filter(isMember), as: UTF8.self)
    }

    @Test func classes() {
        let (digits, upper, lower) = ("0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
        #expect(members(\.isDigit) == digits)
        #expect(members(\.isLetter) == upper + lower)
        #expect(members(\.isLetterOrDigit) == digits + upper + lower)
        #expect(members(\.isWordByte) == digits + upper + "_" + lower)
        #expect(members(\.isHexDigit) == digits + "ABCDEFabcdef")
        #expect(members { $0.lowercased != $0 } == upper && members { $0.uppercased != $0 } == lower)
    }

    @Test func values() {
        #expect("0123456789abcdefABCDEF".utf8.compactMap(\.hexDigitValue) == Array(0...15) + Array(10...15))
        #expect((UInt8.min...UInt8.max).count { $0.hexDigitValue != nil } == 22)
        #expect(upperAndLower("Az@[`{é") == ["az@[`{é", "AZ@[`{é"])
    }

    private func upperAndLower(_ text: String) -> [String] {
        [text.utf8.map(\.lowercased), text.utf8.map(\.uppercased)].map { String(decoding: $0, as: UTF8.self) }
    }
}
