// The three-way merge of JSON documents: by path, deterministic; every value that is not taken is reported.

import JSONText

/// The result of a merge.
public struct Merge {
    /// Whose value is taken if both sides changed it differently.
    public enum Preference: String, Sendable { case push, head }

    /// Values in all documents of one merge: about 100 MB of nodes. Beyond it the whole document is one overlap.
    public static let nodeLimit = 2_000_000
    /// Bytes of a content; a longer merge result is one overlap.
    public static let contentLimit = 52_428_800
    /// Overlaps reported for one merge, and bytes of their names; beyond it a single entry for the whole document replaces them.
    public static let overlapLimit = 10_000
    public static let overlapTextLimit = 4_000_000

    /// nil if the result equals the push (except for the order of keys): then the pushed bytes are the content.
    public let merged: MergedText?
    /// Values that both sides changed differently, in the order of the merged content.
    public let overlaps: [Overlap]

    public var clean: Bool { overlaps.isEmpty }
    /// Whether the push contains every change of the head.
    public var pushHoldsEverything: Bool { merged == nil && clean }

    /// Merges minified documents. If `base` is nil, no base version is known, and nothing is deleted. Throws JSONRefusal if one is not
    /// minified JSON.
    public static func threeWay(
        base: HeldText?, head: HeldText, push: HeldText, prefer: Preference = .push
    ) throws -> Merge {
        var trees = TreeBudget()
        let baseTree = try base.map { try trees.tree($0) }
        guard let headTree = try trees.tree(head), let pushTree = try trees.tree(push), baseTree == nil || baseTree! != nil else {
            return whole(base: base, head: head, push: push, prefer: prefer)
        }
        var run = MergeRun(base: baseTree ?? nil, head: headTree, push: pushTree, prefer: prefer)
        run.document()
        guard run.output.count <= contentLimit else { return whole(base: base, head: head, push: push, prefer: prefer) }
        return Merge(
            merged: run.differsFromPush ? run.output : nil,
            overlaps: run.overlaps.all ?? [OverlapList.wholeDocument(base: base, head: head, push: push, chosen: .both)])
    }

    /// Takes one side unchanged.
    private static func whole(base: HeldText?, head: HeldText, push: HeldText, prefer: Preference) -> Merge {
        var merged: MergedText?
        if prefer == .head {
            merged = MergedText(base: base ?? head, head: head, push: push)
            merged?.element(.head, 0..<head.bytes.count)
        }
        let chosen: Overlap.Chosen = prefer == .head ? .remote : .local
        return Merge(
            merged: merged, overlaps: [OverlapList.wholeDocument(base: base, head: head, push: push, chosen: chosen)])
    }

    /// Whether `push` contains every change from `base` to `head`.
    public static func holdsEveryChange(base: HeldText, head: HeldText, push: HeldText) throws -> Bool {
        try threeWay(base: base, head: head, push: push).pushHoldsEverything
    }
}

/// The number of values that the remaining documents of one comparison may have.
struct TreeBudget {
    private var left = Merge.nodeLimit

    /// nil if the document has more.
    mutating func tree(_ text: HeldText) throws -> JSONTree? {
        guard let tree = try JSONTree.build(text, nodeLimit: left) else { return nil }
        left -= tree.count
        return tree
    }
}
