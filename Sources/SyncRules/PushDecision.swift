// What may become of a push: the answers that docs/json-sync.md lists.

/// What is to be done with a push.
public enum PushDecision {
    /// 412: `If-Match` is not the head, or `If-None-Match: *` and the file is there.
    case preconditionFailed
    /// 409: `on_conflict=reject` and the base is not the head.
    case baseIsNotHead
    /// The last push again: give its answer again, with `unchanged: true`.
    case retry
    /// The push equals the head: no new version, `unchanged: true`, "No changes".
    case unchanged
    /// A new version.
    case accept(NewVersion)
}

/// What the new version of an accepted push is.
public struct NewVersion {
    public let base: PushBase
    /// The merged content; nil when the version is the pushed content itself.
    public let merged: MergedText?
    /// `conflict` of the answer; a conflict row is written exactly when it is true.
    public let conflict: Bool
    /// The places to tell, for the answer and the conflict row.
    public let paths: [Overlap]
    /// Nothing overlapped and no place has to be told: such a row closes itself.
    public var clean: Bool { paths.isEmpty }
}

/// What a device is taken to have started from.
public struct PushBase: Equatable, Sendable {
    /// How it was found.
    public enum Kind: String, Sendable { case explicit, attributed, evidence, lastPush, none }

    public let kind: Kind
    /// 0 when there is none: `local_version`.
    public let version: Int
    public let content: ContentHash?

    init(_ kind: Kind, _ version: KnownVersion?) {
        self.kind = kind
        self.version = version?.number ?? 0
        content = version?.content
    }
}
