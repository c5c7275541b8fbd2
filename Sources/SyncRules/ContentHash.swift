// The name of a content. Clients compare it as text, the database keeps its 32 bytes; here it is four words, because a push
// compares and hands on several of them.

/// The SHA-256 of a minified content.
public struct ContentHash: Hashable, Sendable {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// Bytes of a SHA-256.
    public static let length = 32

    /// nil unless there are 32 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == ContentHash.length else { return nil }
        words = bytes.withUnsafeBytes { bytes in
            func word(_ index: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self) }
            return (word(0), word(1), word(2), word(3))
        }
    }

    /// nil unless the text is 64 lower-case hex digits.
    public init?(_ text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard digits.count == 2 * ContentHash.length else { return nil }
        var bytes: [UInt8] = []
        for at in stride(from: 0, to: digits.count, by: 2) {
            guard let high = ContentHash.value(digits[at]), let low = ContentHash.value(digits[at + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        self.init(bytes: bytes)
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x61...0x66: digit - 0x57
        default: nil
        }
    }

    public var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

    /// 64 lower-case hex digits.
    public var text: String {
        String(unsafeUninitializedCapacity: 2 * ContentHash.length) { digits in
            func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
            withUnsafeBytes(of: words) { bytes in
                for (index, byte) in bytes.enumerated() {
                    digits[2 * index] = digit(byte >> 4)
                    digits[2 * index + 1] = digit(byte & 15)
                }
            }
            return 2 * ContentHash.length
        }
    }

    public static func == (one: ContentHash, other: ContentHash) -> Bool { one.words == other.words }

    /// A digest is spread well enough by itself.
    public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
