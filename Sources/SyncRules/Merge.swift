// The three-way merge of JSON documents: by path, deterministic, and never silent about what it gave up.

import JSONText

/// The result of a merge.
public struct Merge {
    /// Who is taken where both changed one value differently.
    public enum Preference: String, Sendable { case push, head }

    /// Values in all documents of one merge together: about 100 MB of nodes. Past it the whole document counts as one overlap.
    public static let nodeLimit = 2_000_000
    /// Bytes of a content; a merge that would be longer counts as one overlap.
    public static let contentLimit = 52_428_800
    /// Places told of one merge, and the bytes of their names; past it one entry for the whole document stands for all.
    public static let overlapLimit = 10_000
    public static let overlapTextLimit = 4_000_000

    /// nil when the result is the push (but for the order of keys): the pushed bytes are the content then.
    public let merged: MergedText?
    /// Where both changed one value differently, in the order of the merged content.
    public let overlaps: [Overlap]

    public var clean: Bool { overlaps.isEmpty }
    /// Whether the push holds every change of the head already.
    public var pushHoldsEverything: Bool { merged == nil && clean }

    /// Merges minified documents; `base` nil: none is known, so nothing is deleted. Throws JSONRefusal when one is not
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

    /// One side is taken as it is.
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

    /// Whether `push` has every change that leads from `base` to `head`.
    public static func holdsEveryChange(base: HeldText, head: HeldText, push: HeldText) throws -> Bool {
        try threeWay(base: base, head: head, push: push).pushHoldsEverything
    }
}

/// The values that the documents of one comparison may still have.
struct TreeBudget {
    private var left = Merge.nodeLimit

    /// Nil when the document has more.
    mutating func tree(_ text: HeldText) throws -> JSONTree? {
        guard let tree = try JSONTree.build(text, nodeLimit: left) else { return nil }
        left -= tree.count
        return tree
    }
}
