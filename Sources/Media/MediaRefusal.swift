// Why a file is rejected. The client gets one of the documented messages; the log gets the exact limit or byte.

/// A file that is rejected because of its content.
public struct MediaRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        /// Not one of the supported types.
        case notRecognised
        /// A supported type, but its headers are contradictory or truncated, or no decoder supports this variant.
        case damaged
        /// Exceeds a limit; the string names it, such as "jpegScans".
        case tooLarge(String)
    }

    public let reason: Reason
    /// For the log.
    public let because: String

    public init(_ reason: Reason, because: String) {
        self.reason = reason
        self.because = because
    }

    /// The message for the client, as documented.
    public var says: String {
        switch reason {
        case .notRecognised, .damaged: "Invalid file type"
        case .tooLarge: "File too large"
        }
    }

    public var description: String { "\(says): \(because)" }
}
