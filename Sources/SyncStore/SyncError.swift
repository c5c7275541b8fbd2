// Errors of the service that a client can cause.

import SyncRules

/// Why a request fails.
public enum SyncError: Error, CustomStringConvertible {
    /// The account has no such file; `deleted` if its newest version is a deletion.
    case noFile(deleted: Bool)
    case noVersion(MissingVersion)
    case noConflict
    case noDevice
    /// A field is invalid for the stored state.
    case invalid(String)
    /// The version or precondition in the request does not match the head: the head's version and hash (nil: deleted).
    case notTheHead(version: Int, hash: ContentHash?, isPrecondition: Bool)
    case alreadyResolved
    /// The idempotency key was used with a different request before.
    case keyReused
    /// Too many retries because of concurrent writes.
    case busy
    case contentVanished
    /// The content, as sent or after merging, exceeds its limit.
    case tooLarge
    case damaged(String)

    public var description: String {
        switch self {
        case .noFile: "no such file"
        case .noVersion(let why): "no such version: \(why)"
        case .noConflict: "no such conflict"
        case .noDevice: "no such device"
        case .invalid(let field): "invalid: \(field)"
        case .notTheHead(let version, _, _): "the head is version \(version)"
        case .alreadyResolved: "the conflict is resolved"
        case .keyReused: "the idempotency key came with another push"
        case .busy: "the head moved too often"
        case .contentVanished: "a content's file went away before its row was written"
        case .tooLarge: "a content over \(SyncStore.contentLimit) bytes"
        case .damaged(let what): what
        }
    }
}

/// Why a version has no content.
public enum MissingVersion: Sendable {
    /// There is no version with this number or content.
    case unknown
    /// It is a deletion of the file.
    case deleted
    /// Its content was dropped by the retention setting.
    case expired
}
