// Whatever a picture does to the worker is the picture's fault and a 400; only what the installation lacks is a 500.

/// Why there is no answer from the picture worker.
public enum PictureFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The decoder, or a rule for vector graphics, refuses the content.
    case refused(because: String)
    /// It costs more memory or more bytes than a picture may.
    case tooLarge(because: String)
    /// No answer before the deadline, or all its processor time used.
    case timedOut(because: String)
    /// The worker died.
    case crashed(because: String)
    /// Every slot stayed taken.
    case busy(because: String)
    /// The worker cannot be started, or does not trust its own set-up.
    case broken(because: String)
    /// What was to be put upon the picture is missing or damaged.
    case badMark(because: String)

    /// The message for the client.
    public var says: String {
        switch self {
        case .refused, .timedOut, .crashed: "Invalid file type"
        case .tooLarge: "File too large"
        case .busy: "Server busy"
        case .broken, .badMark: "Upload failed"
        }
    }

    /// For the log.
    public var because: String {
        switch self {
        case .refused(let because), .tooLarge(let because), .timedOut(let because), .crashed(let because),
            .busy(let because), .broken(let because), .badMark(let because):
            because
        }
    }

    /// The HTTP status that goes with it.
    public var status: Int {
        switch self {
        case .refused, .tooLarge, .timedOut, .crashed: 400
        case .busy: 503
        case .broken, .badMark: 500
        }
    }

    /// Seconds for a Retry-After header; nil where trying again does not help.
    public var retryAfter: Int? {
        if case .busy = self { 5 } else { nil }
    }

    /// Whether the same picture will fail in the same way tomorrow.
    public var isThePicturesFault: Bool { status == 400 }

    /// Whether the content was refused as such, and not for what it cost.
    public var isTheContents: Bool { if case .refused = self { true } else { false } }

    public var description: String { "\(says): \(because)" }
}
