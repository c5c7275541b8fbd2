// What a caller of the store is told when there is nothing to be done for the request as it is.

import SyncRules

/// Why the store refuses, or cannot.
public enum SyncError: Error, CustomStringConvertible {
    /// No such file in this account; `deleted` when its newest version is a deletion.
    case noFile(deleted: Bool)
    case noVersion
    case noConflict
    case noDevice
    /// A field that does not fit the stored state.
    case invalid(String)
    /// The state that the caller named is not that of the head: the head's version and hash (nil: deleted).
    case notTheHead(version: Int, hash: ContentHash?, isPrecondition: Bool)
    case alreadyResolved
    /// An idempotency key that came with another push before.
    case keyReused
    /// Others were faster for too long.
    case busy
    case contentVanished
    /// A content over its limit, sent or merged.
    case tooLarge
    case damaged(String)

    public var description: String {
        switch self {
        case .noFile: "no such file"
        case .noVersion: "no such version"
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
