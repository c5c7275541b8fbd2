// Where in a document something happened: for people as a JSON Pointer, for comparing as a name that outlives reordering.

import JSONText

/// The way from the root to a value.
struct DocumentPath {
    enum Step {
        /// A member, by a node that carries its key.
        case key(JSONTree, Int)
        /// An element by its index in the merged array, and by the node of its identity where it has one; no index: it is gone.
        case element(Int?, identity: Identity?)
    }

    /// The member that tells an element from its neighbours.
    struct Identity {
        let tree: JSONTree
        /// The member's value.
        let node: Int
    }

    var steps: [Step] = []

    /// RFC 6901; an element that is gone is `-`, which names the one behind the last.
    var pointer: String {
        text { step in
            switch step {
            case .key(let tree, let node): tree.key(node)
            case .element(let index, _): Array((index.map { "\($0)" } ?? "-").utf8)
            }
        }
    }

    /// The pointer with `id="a"` in place of an index wherever an element has an identity.
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
