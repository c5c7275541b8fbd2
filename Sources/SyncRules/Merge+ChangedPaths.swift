// The distance between two documents, which shows from which of several versions a device most likely started.

import JSONText

extension Merge {
    /// The number of places where two minified documents differ; Int.max if they are too large to compare.
    public static func changedPaths(from one: HeldText, to other: HeldText) throws -> Int {
        var trees = TreeBudget()
        guard let one = try trees.tree(one), let other = try trees.tree(other) else { return .max }
        return ChangeCount(one: one, other: other).count(0, 0)
    }
}

private struct ChangeCount {
    let one: JSONTree
    let other: JSONTree

    func count(_ node: Int, _ otherNode: Int) -> Int {
        if one.hash(node) == other.hash(otherNode) { return 0 }
        switch (one.kind(node), other.kind(otherNode)) {
        case (.object, .object): return members(node, otherNode)
        case (.array, .array): return elements(node, otherNode)
        default: return 1
        }
    }

    private func members(_ node: Int, _ otherNode: Int) -> Int {
        let table = MemberTable(other, otherNode)
        var common = 0
        var changes = 0
        for member in one.children(node) {
            guard let match = table[one.keyHash(member)] else { continue }
            common += 1
            changes += count(member, match)
        }
        return changes + one.childCount(node) + other.childCount(otherNode) - 2 * common
    }

    private func elements(_ node: Int, _ otherNode: Int) -> Int {
        switch ArrayShape([(one, node), (other, otherNode)]) {
        case .keyed(_, let sides), .set(let sides):
            let common = sides[0].identities.compactMap { identity in
                sides[1].node(identity).map { (sides[0].node(identity) ?? 0, $0) }
            }
            let changes = common.reduce(0) { $0 + count($1.0, $1.1) }
            let total = changes + sides[0].nodes.count + sides[1].nodes.count - 2 * common.count
            // Only the order differs.
            return max(total, 1)
        case .sequence:
            let hashes = one.children(node).map(one.hash), otherHashes = other.children(otherNode).map(other.hash)
            return SequenceMerge.changes(hashes, otherHashes).reduce(0) { $0 + max($1.base.count, $1.side.count) }
        }
    }
}
