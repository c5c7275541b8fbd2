// How array elements are matched between versions: by an identity member, by their value, or not at all. Never by index.

import JSONText

/// The members of an object by the hash of their key.
struct MemberTable {
    private let small: [(hash: UInt64, node: Int)]
    private let large: [UInt64: Int]

    init(_ tree: JSONTree?, _ node: Int?) {
        guard let tree, let node, tree.kind(node) == .object else {
            (small, large) = ([], [:])
            return
        }
        let members = tree.children(node).map { (hash: tree.keyHash($0), node: $0) }
        if members.count <= 8 {
            (small, large) = (members, [:])
        } else {
            (small, large) = ([], Dictionary(members.map { ($0.hash, $0.node) }, uniquingKeysWith: { first, _ in first }))
        }
    }

    subscript(hash: UInt64) -> Int? { small.first { $0.hash == hash }?.node ?? large[hash] }
}

/// The elements of one array with the identity of each.
struct Elements {
    let nodes: [Int]
    let identities: [UInt64]
    let index: [UInt64: Int]

    static let none = Elements(nodes: [], identities: [])!

    /// nil if two identities are equal.
    private init?(nodes: [Int], identities: [UInt64]) {
        self.nodes = nodes
        self.identities = identities
        var index: [UInt64: Int] = [:]
        index.reserveCapacity(nodes.count)
        for (position, identity) in identities.enumerated() where index.updateValue(position, forKey: identity) != nil {
            return nil
        }
        self.index = index
    }

    func node(_ identity: UInt64) -> Int? { index[identity].map { nodes[$0] } }

    /// Identified by the value of a member; nil unless all elements are objects with a string or a number there.
    fileprivate init?(_ tree: JSONTree, _ array: Int, field: UInt64) {
        if tree.childCount(array) > 0, Elements.member(tree, tree.firstChild(array), field) == nil { return nil }
        let nodes = tree.children(array)
        var identities: [UInt64] = []
        identities.reserveCapacity(nodes.count)
        for node in nodes {
            guard let value = Elements.member(tree, node, field) else { return nil }
            identities.append(tree.hash(value))
        }
        self.init(nodes: nodes, identities: identities)
    }

    /// Identified by their value; nil unless all elements are scalars.
    fileprivate init?(scalars tree: JSONTree, _ array: Int) {
        let nodes = tree.children(array)
        for node in nodes where tree.kind(node) == .object || tree.kind(node) == .array { return nil }
        self.init(nodes: nodes, identities: nodes.map(tree.hash))
    }

    static func member(_ tree: JSONTree, _ node: Int, _ field: UInt64) -> Int? {
        guard tree.kind(node) == .object else { return nil }
        var member = node + 1
        for _ in 0..<tree.childCount(node) {
            if tree.keyHash(member) == field {
                let kind = tree.kind(member)
                return kind == .string || kind == .number ? member : nil
            }
            member = tree.next(member)
        }
        return nil
    }
}

/// How the elements of an array can be identified in all versions of it.
enum ArrayShape {
    /// Objects with a unique member of that name.
    case keyed(field: UInt64, [Elements])
    /// Scalars without duplicates.
    case set([Elements])
    case sequence

    private static let fields = ["id", "_id", "uuid", "key"].map { JSONTree.keyHash(of: Array($0.utf8)) }

    /// The shape of arrays; a missing array counts as empty.
    init(_ arrays: [(tree: JSONTree, node: Int)?]) {
        for field in ArrayShape.fields {
            let elements = arrays.map { $0.map { Elements($0.tree, $0.node, field: field) } ?? Elements.none }
            if !elements.contains(where: { $0 == nil }) {
                self = .keyed(field: field, elements.compactMap { $0 })
                return
            }
        }
        let elements = arrays.map { $0.map { Elements(scalars: $0.tree, $0.node) } ?? Elements.none }
        self = elements.contains { $0 == nil } ? .sequence : .set(elements.compactMap { $0 })
    }
}
