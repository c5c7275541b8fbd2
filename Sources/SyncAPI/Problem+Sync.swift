// Converts errors of SyncStore and of the JSON scanner to error responses with documented messages.

import HTTP
import JSONText
import SyncRules
import SyncStore

extension Problem {
    /// A content or a body exceeds its limit.
    public static let fileTooLarge = Problem(.contentTooLarge, says: "File too large")
}

extension JSONRefusal: ProblemConvertible {
    public func problem(failure: String) -> Problem {
        Problem(.badRequest, says: "Invalid JSON content", details: [("detail", .string(because))])
    }
}

extension SyncError: ProblemConvertible {
    public func problem(failure: String) -> Problem {
        switch self {
        case .noFile(let deleted): Problem(.notFound, says: "File not found", details: deleted ? [("deleted", true)] : [])
        case .noVersion(let why): Problem(.notFound, says: "Version not found", details: SyncError.details(why))
        case .noConflict: Problem(.notFound, says: "Conflict not found")
        case .noDevice: Problem(.notFound, says: "Device not found")
        case .invalid(let field): .invalid(field)
        case .notTheHead(let version, let hash, let isPrecondition):
            Problem(isPrecondition ? .preconditionFailed : .conflict,
                    says: isPrecondition ? "Precondition failed" : "Conflict: the file has a newer version",
                    details: [("current_version", JSONValue(version)), ("hash", JSONValue(hash?.text))])
        case .alreadyResolved: Problem(.conflict, says: "Conflict already resolved")
        case .keyReused: Problem(.conflict, says: "Idempotency-Key was used for another push")
        case .tooLarge: .fileTooLarge
        case .busy, .contentVanished:
            Problem(.serviceUnavailable, says: "Server busy", because: "\(self)", headers: [("Retry-After", "1")])
        case .damaged: Problem(.internalServerError, says: "Internal server error", because: "\(self)")
        }
    }

    /// Which kind of version it is that has no content.
    private static func details(_ why: MissingVersion) -> [(String, JSONValue)] {
        switch why {
        case .unknown: []
        case .deleted: [("deleted", true), ("detail", "This version deletes the file and has no content; history.php lists the others")]
        case .expired: [("expired", true), ("detail", "The content of this version is no longer kept; history.php lists those that have one")]
        }
    }
}
