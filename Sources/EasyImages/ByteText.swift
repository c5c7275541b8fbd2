// What PHP calls a string is bytes: names in old encodings, and a user agent as a client sent it. They are kept as they are,
// because a return to PHP must find them so, and compared as bytes, because two spellings of é are two file names.

import Text

/// Bytes that mean to be text.
public struct ByteText: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    public let bytes: [UInt8]

    public init(_ bytes: [UInt8]) { self.bytes = bytes }
    public init(_ text: String) { bytes = Array(text.utf8) }
    public init(stringLiteral value: String) { self.init(value) }

    /// For showing: what is no UTF-8 becomes U+FFFD.
    public var description: String { String(decoding: bytes, as: UTF8.self) }

    /// nil for what is no UTF-8.
    public var text: String? { String(validating: bytes, as: UTF8.self) }

    /// The number that PHP makes of this text as a key or a flag: an optional minus and digits, without a leading zero.
    public var integer: Int? {
        guard let first = bytes.first, first == UInt8(ascii: "-") || first.isDigit, let number = Int(description),
              "\(number)".utf8.elementsEqual(bytes) else { return nil }
        return number
    }

    public func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }
}
