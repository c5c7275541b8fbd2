// PHP strings are bytes: file names in old encodings, user agents as clients sent them. They are kept unchanged, so that an export
// restores them exactly, and compared as bytes, because two Unicode spellings of é are two file names.

import Text

/// Bytes that are usually text.
public struct ByteText: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    public let bytes: [UInt8]

    public init(_ bytes: [UInt8]) { self.bytes = bytes }
    public init(_ text: String) { bytes = Array(text.utf8) }
    public init(stringLiteral value: String) { self.init(value) }

    /// For display: invalid UTF-8 becomes U+FFFD.
    public var description: String { String(decoding: bytes, as: UTF8.self) }

    /// nil if the bytes are not valid UTF-8.
    public var text: String? { String(validating: bytes, as: UTF8.self) }

    /// The integer to which PHP converts this text as an array key: an optional minus and digits, without a leading zero.
    public var integer: Int? {
        guard let first = bytes.first, first == UInt8(ascii: "-") || first.isDigit, let number = Int(description),
              "\(number)".utf8.elementsEqual(bytes) else { return nil }
        return number
    }

    public func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }
}
