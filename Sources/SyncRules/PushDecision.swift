// The decision about a push, a pure function of what is known; the numbers are those of docs/json-sync.md.

import JSONText

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
    /// How the base was found.
    public enum BaseKind: String, Sendable { case explicit, attributed, evidence, lastPush, none }

    public let baseKind: BaseKind
    /// The base's version, 0 when there is none: `local_version`.
    public let baseVersion: Int
    /// The merged content; nil when the version is the pushed content itself.
    public let merged: MergedText?
    /// `conflict` of the answer; a conflict row is to be written exactly when true.
    public let conflict: Bool
    /// The places to tell, for the answer and the conflict row.
    public let paths: [Overlap]
    /// `clean`: nothing overlapped and no place has to be told.
    public var clean: Bool { paths.isEmpty }
}

extension PushFacts {
    /// Decides; `load` gives a content's minified bytes and is called only when they are needed.
    public func decide(load: (ContentHash) throws -> HeldText) throws -> PushDecision { fatalError() }
}
