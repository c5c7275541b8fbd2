// All that the rules want to know about a push, as values: the service reads them out of the database and the request.

import JSONText

/// The lower-case hex SHA-256 of a minified content.
public struct ContentHash: Hashable, Sendable {
    public let text: String
    /// nil unless the text is 64 lower-case hex digits.
    public init?(_ text: some StringProtocol) {
        let bytes = text.utf8
        guard bytes.count == 64, bytes.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else { return nil }
        self.text = String(text)
    }
}

/// One version of a file.
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
    /// The pushed content.
    public var push: ContentHash
    /// The newest version, nil when the file is new.
    public var head: KnownVersion?
    public var onConflict = OnConflict.merge
    /// The hashes of `If-Match`; nil without the header. `*` is `.any`.
    public var ifMatch: Condition?
    /// Whether `If-None-Match: *` was sent.
    public var createOnly = false
    /// The version that `base_version` names (the service answers 400 or 404 when there is none).
    public var explicitBase: KnownVersion?
    /// The newest version sent to this device by an attributed pull since its last push.
    public var attributedPull: KnownVersion?
    /// Versions fetched by the same key, IP and user agent since this device's last push, any order, each once.
    public var fetched: [KnownVersion] = []
    /// Whether another device id uses that identity too.
    public var identityIsShared = false
    /// The version that the answer to this device's last accepted push named, with the *pushed* content.
    public var lastPush: KnownVersion?
    /// Whether this device's pulls are known (it has attributed one, or its key is bound to it): its last push is no guess then.
    public var pullsAreAttributed = false
    /// Versions that a conflict answer to this device named as `saved_as_version`, newest first; a few suffice.
    public var told: [KnownVersion] = []

    public enum Condition: Sendable { case any, hashes([ContentHash]) }

    public init(push: ContentHash, head: KnownVersion?) {
        self.push = push
        self.head = head
    }
}
