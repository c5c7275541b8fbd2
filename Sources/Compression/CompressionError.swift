// What zlib can complain about, in words for an operator.

/// A zlib stream that cannot be read or made.
public enum CompressionError: Error, Equatable, CustomStringConvertible {
    /// The bytes are no whole zlib stream (RFC 1950).
    case damaged
    case outOfMemory

    public var description: String {
        switch self {
        case .damaged: "the compressed bytes are damaged"
        case .outOfMemory: "no memory for compression"
        }
    }
}
