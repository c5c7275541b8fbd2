// All that the rules want to know about a push, as values: the service reads them out of the database and the request.


/// One version of a file, as a device may have had it.
public struct KnownVersion: Hashable, Sendable {
    /// 1, 2, 3 …
    public let number: Int
    /// nil for a tombstone.
    public let content: ContentHash?
    public init(_ number: Int, _ content: ContentHash?) {
        self.number = number
        self.content = content
    }
}

/// The `on_conflict` of a push.
public enum OnConflict: String, CaseIterable, Sendable { case merge, reject, preferHead = "prefer_head" }

/// What is known when a push arrives.
public struct PushFacts: Sendable {
    /// What `If-Match` asks for.
    public enum Condition: Sendable { case any, hashes([ContentHash]) }

    /// The pushed content.
    public var push: ContentHash
    /// The newest version, nil when the file is new.
    public var head: KnownVersion?
    public var onConflict = OnConflict.merge
    /// nil without an `If-Match` header.
    public var ifMatch: Condition?
    /// Whether `If-None-Match: *` was sent.
    public var createOnly = false
    /// The version that `base_version` names; a number without a version is refused before.
    public var explicitBase: KnownVersion?
    /// The newest version sent to this device by an attributed pull since its last push.
    public var attributedPull: KnownVersion?
    /// Versions fetched by the same key, IP and user agent since this device's last push, in any order, each once.
    public var fetched: [KnownVersion] = []
    /// Whether another device id uses that identity too.
    public var identityIsShared = false
    /// The version that the answer to this device's last accepted push named, with the content that was *pushed*.
    public var lastPush: KnownVersion?
    /// Whether all pulls of this device are known (it attributes them, or its key is bound to it): its last push is then what
    /// it has, and no guess.
    public var pullsAreAttributed = false
    /// Versions that this device was told of: those that conflict answers to it named as `saved_as_version`, and those that
    /// attributed pulls sent to it; the newest few suffice.
    public var told: [KnownVersion] = []

    public init(push: ContentHash, head: KnownVersion?) {
        self.push = push
        self.head = head
    }
}
