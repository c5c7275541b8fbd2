// The input of the rules for a push, as values: the service reads them from the database and the request.


/// A version of a file that a device may have had.
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

/// Whether a version was sent to a device.
public enum Sent: Sendable {
    case no
    /// It was fetched without a device id by the key, IP and user agent that this device and others use.
    case perhaps
    case yes
}

/// The `on_conflict` of a push.
public enum OnConflict: String, CaseIterable, Sendable { case merge, reject, preferHead = "prefer_head" }

/// The known facts about a push.
public struct PushFacts: Sendable {
    /// The condition of `If-Match`.
    public enum Condition: Sendable {
        case any, hashes([ContentHash])

        /// Whether the content is one of those named.
        public func holds(for hash: ContentHash) -> Bool {
            switch self {
            case .any: true
            case .hashes(let hashes): hashes.contains(hash)
            }
        }
    }

    /// The pushed content.
    public var push: ContentHash
    /// The newest version; nil if the file is new.
    public var head: KnownVersion?
    public var onConflict = OnConflict.merge
    /// nil without an `If-Match` header.
    public var ifMatch: Condition?
    /// Whether `If-None-Match: *` was sent.
    public var createOnly = false
    /// The version in `base_version`; an unknown number is rejected earlier.
    public var explicitBase: KnownVersion?
    /// Whether `namedBase` was sent to this device; the service asks for nothing else.
    public var namedBaseWasSent = Sent.no
    /// The newest version sent to this device by an attributed pull, or by the answer to its last push, since that push.
    public var attributedPull: KnownVersion?
    /// Whether `attributedPull` is the merge that the answer to the last push contained.
    public var attributedPullIsOwnAnswer = false
    /// Versions fetched with the same key, IP and user agent since this device's last push, in any order, without duplicates.
    public var fetched: [KnownVersion] = []
    /// Whether another device id has the same key, IP and user agent.
    public var identityIsShared = false
    /// The version in the answer to this device's last accepted push, with the content that was *pushed*.
    public var lastPush: KnownVersion?
    /// Whether all pulls of this device are known (they name the device, or its key is bound to it): then its last push is a known
    /// base version and not a guess.
    public var pullsAreAttributed = false
    /// Versions of which this device was informed: by `saved_as_version` in answers about conflicts, and by
    /// attributed pulls; the newest few suffice.
    public var told: [KnownVersion] = []

    public init(push: ContentHash, head: KnownVersion?) {
        self.push = push
        self.head = head
    }

    /// The version that the client names as its base, by number or by `If-Match`.
    public var namedBase: KnownVersion? { explicitBase ?? (namesHead ? head : nil) }

    /// Whether `If-Match` names the head.
    var namesHead: Bool {
        guard case .hashes(let hashes) = ifMatch else { return false }
        return head?.content.map(hashes.contains) ?? false
    }
}
