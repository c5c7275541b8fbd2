// Why a file is rejected. The client gets one of the documented messages and a sentence; the log gets the exact limit or byte.

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
    private let sentence: String?

    /// - Parameter detail: see `detail`; nil is made of the reason.
    public init(_ reason: Reason, because: String, detail: String? = nil) {
        self.reason = reason
        self.because = because
        sentence = detail
    }

    /// Of a picture with too many pixels, which a smaller one of the same kind would not have.
    public static let ofPixels: Set = [Reason.tooLarge("maximumSide"), .tooLarge("maximumPixels")]

    /// The message for the client, as documented.
    public var says: String { MediaRefusal.ofPixels.contains(reason) ? "Too many pixels" : "Invalid file type" }

    /// For the client: one sentence with the value, the limit and what to do.
    public var detail: String {
        if let sentence { return sentence }
        return switch reason {
        case .notRecognised: MediaRefusal.taken
        case .damaged: "The file is damaged, or of a kind that is not supported (\(because)); save it anew in a program, or send another."
        case .tooLarge: "The file is built in too complex a way (\(because)); save it anew in a program."
        }
    }

    private static let taken = "The content is not recognised as a picture or video: it is of no type that this site takes, whatever the file's name says; "
        + "send one of these pictures: "
        + extensions(of: .image) + "; or, where the site takes videos, one of these: " + extensions(of: .video) + "."

    private static func extensions(of kind: MediaKind) -> String {
        MediaType.allCases.filter { $0.kind == kind }.map(\.fileExtension).joined(separator: ", ")
    }

    public var description: String { "\(says): \(because)" }
}
