// Why a file is not taken. The client hears one of the published messages; the log hears which bound or byte it was.

/// A file that is refused because of its content.
public struct MediaRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        /// No type that is stored.
        case notRecognised
        /// A stored type, but one whose headers contradict themselves or end too early, or a variant no decoder here reads.
        case damaged
        /// A claim over a limit; the word names the limit, such as "jpegScans".
        case tooLarge(String)
    }

    public let reason: Reason
    /// For the log.
    public let because: String

    public init(_ reason: Reason, because: String) {
        self.reason = reason
        self.because = because
    }

    /// The published message for the client.
    public var says: String {
        switch reason {
        case .notRecognised, .damaged: "Invalid file type"
        case .tooLarge: "File too large"
        }
    }

    public var description: String { "\(says): \(because)" }
}
