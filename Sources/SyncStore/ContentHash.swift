// The name of a content: clients compare it, so it is the same everywhere and needs no secret.

import Crypto

/// SHA-256 of a minified content.
public struct ContentHash: Hashable, Sendable, CustomStringConvertible {
    /// 32 bytes.
    public let bytes: [UInt8]

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// 64 hexadecimal digits, or nil.
    public init?(_ text: String) {
        guard text.utf8.count == 2 * SHA256.length, let bytes = Hexadecimal.decode(text) else { return nil }
        self.bytes = bytes
    }

    /// In lower case.
    public var description: String { Hexadecimal.encode(bytes) }
}
