// Errors of zlib, described for operators.

/// A zlib stream could not be read or written.
public enum CompressionError: Error, Equatable, CustomStringConvertible {
    /// The bytes are not a complete zlib stream (RFC 1950).
    case damaged
    case outOfMemory

    public var description: String {
        switch self {
        case .damaged: "the compressed bytes are damaged"
        case .outOfMemory: "no memory for compression"
        }
    }
}
