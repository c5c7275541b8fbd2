// Whatever a picture does to the worker is the picture's fault and a 400; what the machine lacks at the moment is a 503 or a 507
// and says nothing of the picture; what the installation lacks is a 500.

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
    /// Every slot stayed taken, no process could be started, or the service stops: no picture can have brought that about.
    case busy(because: String)
    /// The worker was killed, as the kernel does when memory runs out, or had no memory: a picture that does so each time may be why.
    case interrupted(because: String)
    /// No space for what it wrote.
    case full(because: String)
    /// The machine failed several times at this picture, which is left alone for so many seconds.
    case resting(seconds: Int, because: String)
    /// The worker cannot be started, or does not trust its own set-up.
    case broken(because: String)
    /// What was to be put upon the picture is missing or damaged.
    case badMark(because: String)

    /// The message for the client.
    public var says: String {
        switch self {
        case .refused, .timedOut, .crashed: "Invalid file type"
        case .tooLarge: "File too large"
        case .busy, .interrupted, .resting: "Server busy"
        case .full: "Insufficient storage"
        case .broken, .badMark: "Upload failed"
        }
    }

    /// For the log.
    public var because: String {
        switch self {
        case .refused(let because), .tooLarge(let because), .timedOut(let because), .crashed(let because),
            .busy(let because), .interrupted(let because), .full(let because), .resting(_, let because), .broken(let because),
            .badMark(let because):
            because
        }
    }

    /// The HTTP status that goes with it.
    public var status: Int {
        switch self {
        case .refused, .tooLarge, .timedOut, .crashed: 400
        case .busy, .interrupted, .resting: 503
        case .full: 507
        case .broken, .badMark: 500
        }
    }

    /// Seconds for a Retry-After header; nil where trying again does not help.
    public var retryAfter: Int? {
        switch self {
        case .busy, .interrupted: 5
        case .resting(let seconds, _): seconds
        case .refused, .tooLarge, .timedOut, .crashed, .full, .broken, .badMark: nil
        }
    }

    /// Whether the same picture will fail in the same way tomorrow.
    public var isThePicturesFault: Bool { status == 400 }

    /// Whether the machine broke off the work, which says nothing of the picture.
    public var isTheMachinesFault: Bool {
        switch self {
        case .interrupted, .full: true
        case .refused, .tooLarge, .timedOut, .crashed, .busy, .resting, .broken, .badMark: false
        }
    }

    /// Whether the content was refused as such, and not for what it cost.
    public var isTheContents: Bool { if case .refused = self { true } else { false } }

    public var description: String { "\(says): \(because)" }
}
