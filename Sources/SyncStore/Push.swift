// A push and what became of it, as values.

import SyncRules

/// One push.
public struct Push {
    public let caller: SyncCaller
    public let file: FileKey
    public let device: DeviceID
    public let content: Document
    /// nil leaves the name as it is.
    public var deviceName: String?
    public var message = ""
    /// The version that the content was made from; 0: none.
    public var baseVersion: Int?
    public var ifMatch: PushFacts.Condition?
    /// The file must not be there yet.
    public var createOnly = false
    public var onConflict = OnConflict.merge
    public var idempotencyKey: String?
    /// Whether the content of the version is wanted back.
    public var returnsContent = false

    public init(caller: SyncCaller, file: FileKey, device: DeviceID, content: Document) {
        self.caller = caller
        self.file = file
        self.device = device
        self.content = content
    }
}

/// What became of a push.
public struct PushOutcome {
    public enum Kind {
        /// A new version was made.
        case created
        /// The push equals the head.
        case noChanges
        /// The answer of the push before, which was this one.
        case repeated
    }

    public let kind: Kind
    public let version: Int
    public let hash: ContentHash
    /// The conflict that this push met.
    public let conflict: StoredConflict?
    /// Whether the version holds more than what was pushed.
    public let isMerged: Bool
    let contentID: Int
    /// Of the version, where the push wants it back.
    public internal(set) var content: KeptContent?
}
