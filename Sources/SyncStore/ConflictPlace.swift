// The stored text of a conflict's paths, read again for people.

import JSONText
import SyncRules

/// A place that both sides of a conflict changed.
public struct ConflictPlace {
    /// A value of one side.
    public enum Value {
        /// The side has no value there, or null.
        case none
        case text(TextSlice)
        /// Too long to be part of the conflict; its number of bytes.
        case long(Int)
    }

    /// A JSON Pointer; "" is the whole document.
    public let path: String
    public let base, local, remote: Value
    /// Whose value the merged version has; nil where the row says something else.
    public let chosen: Overlap.Chosen?

    /// The value in the merged version; nil if it has parts of both.
    public var merged: Value? {
        switch chosen {
        case .local: local
        case .remote: remote
        case .both, nil: nil
        }
    }

    /// - Parameter node: an object that `ConflictPaths` wrote: its members stand in the order path, base, local, remote, chosen.
    fileprivate init?(_ tree: JSONTree, _ node: Int) {
        let members = tree.children(node)
        guard members.count == 5 else { return nil }
        path = ConflictPlace.string(tree, members[0])
        (base, local, remote) = (Value(tree, members[1]), Value(tree, members[2]), Value(tree, members[3]))
        chosen = Overlap.Chosen(rawValue: ConflictPlace.string(tree, members[4]))
    }

    fileprivate static func string(_ tree: JSONTree, _ node: Int) -> String {
        var bytes: [UInt8] = []
        tree.slice(node).withBytes { JSONUnescape.unescape($0) { bytes.append(contentsOf: $0) } }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension ConflictPlace.Value {
    fileprivate init(_ tree: JSONTree, _ node: Int) {
        if tree.kind(node) == .null {
            self = .none
        } else if tree.kind(node) == .object, let size = Self.size(tree, tree.children(node)) {
            self = .long(size)
        } else {
            self = .text(tree.slice(node))
        }
    }

    /// Of what stands for a long value: `{"sha256": …, "size": …}`.
    private static func size(_ tree: JSONTree, _ members: [Int]) -> Int? {
        guard members.count == 2, tree.key(members[0]) == Array("sha256".utf8), tree.key(members[1]) == Array("size".utf8),
              ContentHash(ConflictPlace.string(tree, members[0])) != nil else { return nil }
        return Int(String(decoding: tree.slice(members[1]).bytes, as: UTF8.self))
    }
}

extension StoredConflict {
    /// The places that are listed.
    public var places: [ConflictPlace] {
        get throws {
            guard let tree = try JSONTree.build(HeldText(paths), nodeLimit: Merge.nodeLimit) else { return [] }
            return tree.children(0).compactMap { ConflictPlace(tree, $0) }
        }
    }
}
