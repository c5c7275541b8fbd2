// If the base version was guessed, a merge can undo changes of the head without a conflict. This finds each place where the head has
// changed from what the device is known to have had and the pushed value differs from the head's.

import JSONText

/// A place where the head differs from the device's version, and the push from the head.
struct HeadChange {
    let overlap: Overlap
    /// Whether a version that the device was informed of has the head's value there already.
    let isTold: Bool
}

/// Walks all the documents in parallel.
struct HeadChanges {
    private let known: JSONTree?
    private let head: JSONTree
    private let push: JSONTree
    private let result: JSONTree
    private let told: [JSONTree]
    private var place = DocumentPath()
    private var list = OverlapList()
    private var areTold: [Bool] = []

    /// The corresponding value in each document; nil if absent.
    private struct Nodes {
        var known: Int?
        var head: Int?
        var push: Int?
        var result: Int?
        var told: [Int?]
    }

    /// The places in the order of the head; nil if there are too many, or a document is too large.
    static func find(
        known: HeldText?, head: HeldText, push: HeldText, result: HeldText, told: [HeldText]
    ) throws -> [HeadChange]? {
        var trees = TreeBudget()
        let knownTree = try known.map { try trees.tree($0) }
        guard let headTree = try trees.tree(head), let pushTree = try trees.tree(push), let resultTree = try trees.tree(result),
            knownTree == nil || knownTree! != nil
        else { return nil }
        let toldTrees = try told.compactMap { try trees.tree($0) }
        var changes = HeadChanges(known: knownTree ?? nil, head: headTree, push: pushTree, result: resultTree, told: toldTrees)
        changes.compare(Nodes(known: known == nil ? nil : 0, head: 0, push: 0, result: 0, told: toldTrees.map { _ in 0 }))
        return changes.list.all.map { zip($0, changes.areTold).map { HeadChange(overlap: $0, isTold: $1) } }
    }

    private init(known: JSONTree?, head: JSONTree, push: JSONTree, result: JSONTree, told: [JSONTree]) {
        (self.known, self.head, self.push, self.result, self.told) = (known, head, push, result, told)
    }

    private func hash(_ tree: JSONTree?, _ node: Int?) -> UInt64? { node.flatMap { tree?.hash($0) } }

    private mutating func compare(_ nodes: Nodes) {
        let now = hash(head, nodes.head)
        if now == hash(known, nodes.known) || now == hash(push, nodes.push) { return }
        guard let headNode = nodes.head, let pushNode = nodes.push else { return note(nodes) }
        switch (head.kind(headNode), push.kind(pushNode)) {
        case (.object, .object): members(nodes)
        case (.array, .array): elements(nodes)
        default: note(nodes)
        }
    }

    private mutating func note(_ nodes: Nodes) {
        let now = hash(head, nodes.head), merged = hash(result, nodes.result)
        let chosen: Overlap.Chosen = merged == now ? .remote : merged == hash(push, nodes.push) ? .local : .both
        list.note(
            place, base: nodes.known.flatMap { known?.slice($0) }, local: nodes.push.map(push.slice),
            remote: nodes.head.map(head.slice), chosen: chosen)
        areTold.append(zip(told, nodes.told).contains { $0.hashOrNil($1) == now })
    }

    // Objects

    private mutating func members(_ nodes: Nodes) {
        let tables = Tables(self, nodes)
        for node in [(head, nodes.head), (push, nodes.push)].compactMap({ tree, node in node.map { (tree, $0) } }) {
            for member in node.0.children(node.1) {
                let key = node.0.keyHash(member)
                // Members that the head has too were compared above.
                if node.0 === push, tables.head[key] != nil { continue }
                place.steps.append(.key(node.0, member))
                compare(tables.nodes(key))
                place.steps.removeLast()
            }
        }
    }

    private struct Tables {
        let known, head, push, result: MemberTable
        let told: [MemberTable]

        init(_ changes: HeadChanges, _ nodes: Nodes) {
            known = MemberTable(changes.known, nodes.known)
            head = MemberTable(changes.head, nodes.head)
            push = MemberTable(changes.push, nodes.push)
            result = MemberTable(changes.result, nodes.result)
            told = zip(changes.told, nodes.told).map { MemberTable($0, $1) }
        }

        func nodes(_ key: UInt64) -> Nodes {
            Nodes(known: known[key], head: head[key], push: push[key], result: result[key], told: told.map { $0[key] })
        }
    }

    // Arrays

    private func array(_ tree: JSONTree?, _ node: Int?) -> (tree: JSONTree, node: Int)? {
        guard let tree, let node, tree.kind(node) == .array else { return nil }
        return (tree, node)
    }

    private mutating func elements(_ nodes: Nodes) {
        let arrays = [array(known, nodes.known), array(head, nodes.head), array(push, nodes.push), array(result, nodes.result)]
            + zip(told, nodes.told).map(array)
        switch ArrayShape(arrays) {
        case .keyed(let field, let sides): keyed(nodes, sides, field)
        case .set(let sides): if HeadChanges.isAtOdds(sides) { note(nodes) }
        case .sequence: note(nodes)
        }
    }

    private mutating func keyed(_ nodes: Nodes, _ sides: [Elements], _ field: UInt64) {
        let (known, head, push, result) = (sides[0], sides[1], sides[2], sides[3])
        let before = areTold.count
        for identity in head.identities + push.identities.filter({ head.index[$0] == nil }) {
            let (tree, node) = head.node(identity).map { (self.head, $0) } ?? (self.push, push.node(identity) ?? 0)
            let name = Elements.member(tree, node, field).map { DocumentPath.Identity(tree: tree, node: $0) }
            place.steps.append(.element(result.index[identity], identity: name))
            compare(Nodes(
                known: known.node(identity), head: head.node(identity), push: push.node(identity),
                result: result.node(identity), told: sides[4...].map { $0.node(identity) }))
            place.steps.removeLast()
        }
        if areTold.count == before, HeadChanges.isReordered(sides) { note(nodes) }
    }

    /// Whether the head added, deleted or reordered scalars and the push did not.
    private static func isAtOdds(_ sides: [Elements]) -> Bool {
        let (known, head, push) = (sides[0], sides[1], sides[2])
        return head.identities.contains { known.index[$0] == nil && push.index[$0] == nil }
            || push.identities.contains { known.index[$0] != nil && head.index[$0] == nil }
            || isReordered(sides)
    }

    /// Whether the order of common elements at the head differs from both the old one and the push.
    private static func isReordered(_ sides: [Elements]) -> Bool {
        func order(_ side: Elements) -> [UInt64] {
            side.identities.filter { identity in sides[..<3].allSatisfy { $0.index[identity] != nil } }
        }
        let now = order(sides[1])
        return now != order(sides[0]) && now != order(sides[2])
    }
}

extension JSONTree {
    fileprivate func hashOrNil(_ node: Int?) -> UInt64? { node.map(hash) }
}
