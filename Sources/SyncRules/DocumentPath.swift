// The location of a change in a document: a JSON Pointer for people, and a name for comparisons that does not depend on array order.

import JSONText

/// The path from the root to a value.
struct DocumentPath {
    enum Step {
        /// A member; the node has its key.
        case key(JSONTree, Int)
        /// An element: its index in the merged array (nil if it was deleted) and its identity, if it has one.
        case element(Int?, identity: Identity?)
    }

    /// The member that identifies an element within its array.
    struct Identity {
        let tree: JSONTree
        /// The member's value.
        let node: Int
    }

    var steps: [Step] = []

    /// RFC 6901; a deleted element is `-`, the element after the last one.
    var pointer: String {
        text { step in
            switch step {
            case .key(let tree, let node): tree.key(node)
            case .element(let index, _): Array((index.map { "\($0)" } ?? "-").utf8)
            }
        }
    }

    /// The pointer with `id="a"` instead of an index for each element that has an identity.
    var name: String {
        text { step in
            switch step {
            case .key(let tree, let node): tree.key(node)
            case .element(_, let identity?):
                identity.tree.key(identity.node) + [UInt8(ascii: "=")] + identity.tree.slice(identity.node).bytes
            case .element(let index, nil): Array((index.map { "\($0)" } ?? "-").utf8)
            }
        }
    }

    private func text(_ bytes: (Step) -> [UInt8]) -> String {
        var result: [UInt8] = []
        for step in steps {
            result.append(UInt8(ascii: "/"))
            for byte in bytes(step) {
                switch byte {
                case UInt8(ascii: "~"): result += [UInt8(ascii: "~"), UInt8(ascii: "0")]
                case UInt8(ascii: "/"): result += [UInt8(ascii: "~"), UInt8(ascii: "1")]
                default: result.append(byte)
                }
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
