// The possible results of a push, as documented in docs/json-sync.md.

/// How a push is answered.
public enum PushDecision {
    /// 412: `If-Match` is not the head, or `If-None-Match: *` and the file exists.
    case preconditionFailed
    /// 409: `on_conflict=reject` and the base version is not the head.
    case baseIsNotHead
    /// A retry of the last push: the same answer again, with `unchanged: true`.
    case retry
    /// The push equals the head: no new version, `unchanged: true`, "No changes".
    case unchanged
    /// A new version.
    case accept(NewVersion)
}

/// The new version of an accepted push.
public struct NewVersion {
    public let base: PushBase
    /// The merged content; nil if the version is the pushed content itself.
    public let merged: MergedText?
    /// Whether the merge is a conflict to be recorded.
    public let conflict: Bool
    /// The overlaps for the answer and the conflict row.
    public let paths: [Overlap]
    /// Whether it brings back a file whose deletion the device may not know: a conflict about the whole document.
    public var undoesDeletion = false
    /// Whether there is nothing to review: the conflict is closed by the next version.
    public var clean: Bool { paths.isEmpty && !undoesDeletion }
}

/// How a deletion is answered.
public enum DeletionDecision {
    /// 412: `If-Match` is not the head.
    case preconditionFailed
    /// A version without content.
    ///
    /// - unseen: the places of the head that the device may not know; empty if it knows all. A conflict is recorded otherwise.
    case accept(base: PushBase, unseen: [Overlap])
}

/// The base version of a push.
public struct PushBase: Equatable, Sendable {
    /// How the base version was found.
    public enum Kind: String, Sendable { case explicit, attributed, evidence, lastPush, none }

    public let kind: Kind
    /// 0 if there is none; `local_version` in the answer.
    public let version: Int
    public let content: ContentHash?

    init(_ kind: Kind, _ version: KnownVersion?) {
        self.kind = kind
        self.version = version?.number ?? 0
        content = version?.content
    }
}
