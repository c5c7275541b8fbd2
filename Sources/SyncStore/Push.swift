// A push and its result.

import SyncRules

/// A request to store a new version of a file.
public struct Push {
    public let caller: SyncCaller
    public let file: FileKey
    public let device: DeviceID
    public let content: Document
    /// nil leaves the name unchanged.
    public var deviceName: String?
    public var message = ""
    /// The version that the client's content is based on; 0: none.
    public var baseVersion: Int?
    public var ifMatch: PushFacts.Condition?
    /// The push fails if the file exists.
    public var createOnly = false
    public var onConflict = OnConflict.merge
    public var idempotencyKey: String?
    /// Whether the response should contain the content of the resulting version.
    public var returnsContent = false

    public init(caller: SyncCaller, file: FileKey, device: DeviceID, content: Document) {
        self.caller = caller
        self.file = file
        self.device = device
        self.content = content
    }
}

/// The result of a push.
public struct PushOutcome {
    public enum Kind {
        /// A new version was created.
        case created
        /// The content equals the head version's.
        case noChanges
        /// The stored response to an earlier request with the same idempotency key.
        case repeated
    }

    public let kind: Kind
    public let version: Int
    public let hash: ContentHash
    /// The conflict that this push caused.
    public let conflict: StoredConflict?
    /// Whether the version is a merge of the pushed content and the head.
    public let isMerged: Bool
    let contentID: Int
    /// Whether the version has another content than was pushed.
    public internal(set) var isContentChanged = false
    /// The content of the version, if the push asked for it.
    public internal(set) var content: KeptContent?
}
