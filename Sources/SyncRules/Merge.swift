// The three-way merge of JSON documents: by path, deterministic, and never silent about what it gave up.

import JSONText

/// The result of a merge.
public struct Merge {
    /// Who is taken where both changed one value differently.
    public enum Preference: String, Sendable { case push, head }

    /// Values in all documents of one merge together; past it the whole document counts as one overlap.
    public static let nodeLimit = 2_000_000
    /// Places told of one merge; past it one entry for the whole document stands for all.
    public static let overlapLimit = 10_000

    /// nil when the result is the push, byte for byte in value (key order and escapes aside): store the pushed bytes then.
    public let merged: MergedText?
    /// Where both changed one value differently, in the order of the merged content.
    public let overlaps: [Overlap]
    public var clean: Bool { overlaps.isEmpty }
    /// Whether the push holds every change of the head already.
    public var pushHoldsEverything: Bool { merged == nil && clean }

    /// Merges minified documents; `base` nil: none is known, so nothing is deleted.
    public static func threeWay(
        base: HeldText?, head: HeldText, push: HeldText, prefer: Preference = .push
    ) throws -> Merge { fatalError() }

    /// The number of places where two documents differ; Int.max when they are too big to say.
    public static func changedPaths(from one: HeldText, to other: HeldText) throws -> Int { fatalError() }

    /// Whether `push` has every change that leads from `base` to `head`.
    public static func holdsEveryChange(base: HeldText, head: HeldText, push: HeldText) throws -> Bool { fatalError() }
}
