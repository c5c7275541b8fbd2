// Identifies a content. Clients compare it as text, the database stores its 32 bytes; in memory it is four words, because a push
// compares and copies several of them.

import Text

/// The SHA-256 of a minified content.
public struct ContentHash: Hashable, Sendable {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// Length of a SHA-256 in bytes.
    public static let length = 32

    /// nil unless there are exactly 32 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == ContentHash.length else { return nil }
        words = bytes.withUnsafeBytes { bytes in
            func word(_ index: Int) -> UInt64 { bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self) }
            return (word(0), word(1), word(2), word(3))
        }
    }

    /// nil unless the text is 64 lower-case hexadecimal digits.
    public init?(_ text: some StringProtocol) {
        guard let bytes = Hexadecimal.decode(String(text), inLowerCase: true) else { return nil }
        self.init(bytes: bytes)
    }

    public var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

    /// 64 lower-case hex digits.
    public var text: String { withUnsafeBytes(of: words, Hexadecimal.encode) }

    public static func == (one: ContentHash, other: ContentHash) -> Bool { one.words == other.words }

    /// A digest is uniformly distributed, so one word suffices.
    public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
