// Converts errors of SyncStore and of the JSON scanner to error responses with documented messages.

import HTTP
import JSONText
import SyncRules
import SyncStore
import Text

extension Problem {
    /// A content or a body exceeds its limit.
    ///
    /// - Parameter bytes: of the body, if that is known.
    static func fileTooLarge(_ bytes: Int? = nil) -> Problem {
        let seen = bytes.map { "The body has \($0.grouped) bytes" } ?? "The content, as sent or merged, is too large"
        return Problem(.contentTooLarge, says: "File too large",
                       detail: "\(seen); a content may have \(SyncStore.contentLimit.grouped) bytes without white space. Divide it into several files.")
    }
}

extension JSONRefusal: ProblemConvertible {
    public func problem(failure: String) -> Problem {
        Problem(.badRequest, says: "Invalid JSON content", detail: because)
    }
}

extension SyncError: ProblemConvertible {
    public func problem(failure: String) -> Problem {
        switch self {
        case .noFile(let deleted): SyncError.missingFile(deleted)
        case .noVersion(let why): SyncError.missingVersion(why)
        case .noConflict: Problem(.notFound, says: "Conflict not found", detail: "The account has no conflict with this id; conflicts.php lists them.")
        case .noDevice: Problem(.notFound, says: "Device not found", detail: "The account has no device with this id; devices.php lists them.")
        case .invalid(let field): .badField(field)
        case .notTheHead(let version, let hash, let isPrecondition): SyncError.otherHead(version, hash, isPrecondition)
        case .alreadyResolved: Problem(.conflict, says: "Conflict already resolved",
                                       detail: "The conflict was resolved in another way before; conflicts.php?resolved=1 tells how. Push a new version instead.")
        case .keyReused: Problem(.conflict, says: "Idempotency-Key was used for another push",
                                 detail: "This Idempotency-Key came with another push before; choose a new key for each push.")
        case .tooLarge: .fileTooLarge()
        case .busy, .contentVanished: .tryLater(because: "\(self)", seconds: 1)
        case .damaged: Problem(.internalServerError, says: "Internal server error", because: "\(self)")
        }
    }

    private static func missingFile(_ isDeleted: Bool) -> Problem {
        Problem(.notFound, says: "File not found", detail: isDeleted
            ? "The newest version of this file deletes it; history.php lists the others, and a push makes a new one."
            : "The account has no file with this file_key; push one first.", details: isDeleted ? [("deleted", true)] : [])
    }

    /// Which kind of version it is that has no content.
    private static func missingVersion(_ why: MissingVersion) -> Problem {
        let (detail, details): (String, [(String, JSONValue)]) = switch why {
        case .unknown: ("The file has no version with this number or hash; history.php lists them.", [])
        case .deleted: ("This version deletes the file and has no content; history.php lists the others", [("deleted", true)])
        case .expired: ("The content of this version is no longer kept; history.php lists those that have one", [("expired", true)])
        }
        return Problem(.notFound, says: "Version not found", detail: detail, details: details)
    }

    private static func otherHead(_ version: Int, _ hash: ContentHash?, _ isPrecondition: Bool) -> Problem {
        Problem(isPrecondition ? .preconditionFailed : .conflict,
                says: isPrecondition ? "Precondition failed" : "Conflict: the file has a newer version",
                detail: "The newest version is \(version)\(version == 0 ? " (there is none yet)" : ""), and not the one that the request names; pull it, "
                    + "apply the change to it, and push again.",
                details: [("current_version", JSONValue(version)), ("hash", JSONValue(hash?.text))])
    }
}
