// Failures caused by the picture are a 400; a shortage of the machine's resources is a 503 or a 507 and says nothing about
// the picture; a fault of the installation is a 500.

/// Why the picture worker gave no result.
public enum PictureFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The decoder, or a rule for vector graphics, rejects the content.
    case refused(because: String)
    /// Needs more memory or output bytes than the limits allow.
    case tooLarge(because: String)
    /// Exceeded the deadline or the CPU time limit.
    case timedOut(because: String)
    /// The worker crashed.
    case crashed(because: String)
    /// No slot became free, no process could be started, or the service is stopping: never caused by the picture.
    case busy(because: String)
    /// The worker was killed, as the kernel does when memory runs out, or got no memory: possibly caused by the picture if it recurs.
    case interrupted(because: String)
    /// No space left for the output.
    case full(because: String)
    /// Jobs for this picture were interrupted several times; it is not tried again for so many seconds.
    case resting(seconds: Int, because: String)
    /// The worker cannot be started, or its self-test or confinement failed.
    case broken(because: String)
    /// The mark is missing or damaged.
    case badMark(because: String)

    /// The message for the client.
    public var says: String {
        switch self {
        case .refused, .timedOut, .crashed: "Invalid file type"
        case .tooLarge: "Too many pixels"
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

    /// For the client, if the picture is the cause: one sentence with what is wrong and what to do.
    public var detail: String? {
        switch self {
        case .refused(let because): "The picture cannot be read: \(PictureFailure.reason(in: because)). Save it anew in a program, and send it again."
        case .tooLarge(let because): "This site changes pictures, and cannot change this one: \(PictureFailure.reason(in: because)). Send a smaller one."
        case .timedOut: "The picture takes too long to read; send a smaller or simpler one."
        case .crashed: "The picture cannot be read; save it anew in a program, and send it again."
        case .busy, .interrupted, .full, .resting, .broken, .badMark: nil
        }
    }

    /// What a message of the worker says without the job before it.
    public static func reason(in because: String) -> String {
        let words = ["thumbnail", "convert", "measure", "svg", "clean-svg"]
        guard let colon = because.firstIndex(of: ":"), words.contains(String(because[..<colon])) else { return because }
        return String(because[colon...].dropFirst().drop { $0 == " " })
    }

    /// The HTTP status of the response.
    public var status: Int {
        switch self {
        case .refused, .tooLarge, .timedOut, .crashed: 400
        case .busy, .interrupted, .resting: 503
        case .full: 507
        case .broken, .badMark: 500
        }
    }

    /// Seconds for a Retry-After header; nil if a retry cannot succeed.
    public var retryAfter: Int? {
        switch self {
        case .busy, .interrupted: 5
        case .resting(let seconds, _): seconds
        case .refused, .tooLarge, .timedOut, .crashed, .full, .broken, .badMark: nil
        }
    }

    /// Whether the same picture will always fail in the same way.
    public var isThePicturesFault: Bool { status == 400 }

    /// Whether the machine interrupted the job, which says nothing about the picture.
    public var isTheMachinesFault: Bool {
        switch self {
        case .interrupted, .full: true
        case .refused, .tooLarge, .timedOut, .crashed, .busy, .resting, .broken, .badMark: false
        }
    }

    /// Whether the content was rejected as such, not because of its cost.
    public var isTheContents: Bool { if case .refused = self { true } else { false } }

    public var description: String { "\(says): \(because)" }
}
