// The parsed tree of a document, built only for merging: flat nodes of 40 bytes with offsets into the text, in the order of the text.

/// A document's values as nodes over its minified text; a node is a number, the root is 0.
public final class JSONTree {
    public let text: HeldText
    fileprivate let nodes: [Node]

    struct Node {
        /// Offsets in the text, which is shorter than 2 GB.
        var start: UInt32
        var end: UInt32 = 0
        var keyStart: UInt32 = 0
        var keyEnd: UInt32 = 0
        /// The first node after this one's subtree.
        var next: UInt32 = 0
        var count: UInt32 = 0
        var keyHash: UInt64
        var hash: UInt64 = 0
    }

    private init(_ text: HeldText, _ nodes: [Node]) {
        self.text = text
        self.nodes = nodes
    }

    /// Parses minified text; nil when it has more than `nodeLimit` values. Throws JSONRefusal when it is not minified JSON.
    public static func build(_ text: HeldText, nodeLimit: Int) throws -> JSONTree? {
        var scan = try JSONScan(text.bytes, depthLimit: JSONMinifier.depthLimit, visitor: Builder(text.bytes, nodeLimit))
        do {
            try scan.run()
        } catch is Builder.Full {
            return nil
        }
        return JSONTree(text, scan.visitor.nodes)
    }

    /// Total number of values.
    public var count: Int { nodes.count }
    public func kind(_ node: Int) -> JSONKind { JSONKind(firstByte: text.bytes[Int(nodes[node].start)]) }
    /// Byte range of the value in the text.
    public func range(_ node: Int) -> Range<Int> { Int(nodes[node].start)..<Int(nodes[node].end) }
    public func slice(_ node: Int) -> TextSlice { TextSlice(text, range(node)) }
    /// Byte range of a member's key in the text, with its quotes; empty if the node is not a member.
    public func keyRange(_ node: Int) -> Range<Int> { Int(nodes[node].keyStart)..<Int(nodes[node].keyEnd) }
    /// Equal for keys that are equal after unescaping; valid in this process only.
    public func keyHash(_ node: Int) -> UInt64 { nodes[node].keyHash }
    /// Equal for equal values: scalars compare by bytes, objects regardless of the order of members. Valid in this process only.
    /// A keyed 64-bit hash, used in place of comparing values.
    public func hash(_ node: Int) -> UInt64 { nodes[node].hash }
    /// Elements or members.
    public func childCount(_ node: Int) -> Int { Int(nodes[node].count) }
    /// The first child; call only if `childCount` is not 0.
    public func firstChild(_ node: Int) -> Int { node + 1 }
    /// The next sibling; call only if there is one.
    public func next(_ node: Int) -> Int { Int(nodes[node].next) }
    /// All elements or members in order.
    public func children(_ node: Int) -> [Int] {
        var children: [Int] = []
        children.reserveCapacity(childCount(node))
        var child = node + 1
        for _ in 0..<childCount(node) {
            children.append(child)
            child = next(child)
        }
        return children
    }

    /// A member's key after unescaping.
    public func key(_ node: Int) -> [UInt8] {
        var key: [UInt8] = []
        JSONUnescape.unescape(UnsafeRawBufferPointer(rebasing: text.bytes[keyRange(node)])) { key.append(contentsOf: $0) }
        return key
    }

    /// The hash that `keyHash` returns for this key.
    public static func keyHash(of key: [UInt8]) -> UInt64 {
        key.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return withUnsafePointer(to: 0) { KeyHash().hash($0, 0) } }
            return KeyHash().hash(start, buffer.count)
        }
    }
}

/// Appends a node for each value and completes it at the end of the value.
private struct Builder: JSONVisitor {
    struct Full: Error {}

    private let bytes: UnsafePointer<UInt8>?
    private let limit: Int
    private let hash = KeyHash()
    private(set) var nodes: [JSONTree.Node] = []
    /// The open containers.
    private var open: [Int] = []
    /// The key whose value comes next.
    private var key: (start: UInt32, end: UInt32, hash: UInt64) = (0, 0, 0)

    init(_ text: UnsafeRawBufferPointer, _ limit: Int) {
        bytes = text.baseAddress?.assumingMemoryBound(to: UInt8.self)
        self.limit = limit
    }

    mutating func space(_ start: Int, _ end: Int) throws { throw JSONRefusal(.notMinified, at: start) }

    mutating func key(_ start: Int, _ end: Int, hash: UInt64, depth: Int) throws {
        key = (UInt32(start), UInt32(end), hash)
    }

    mutating func scalar(_ start: Int, _ end: Int, depth: Int) throws {
        try add(start)
        let value = bytes.map { hash.hash($0 + start, end - start) } ?? 0
        finish(nodes.count - 1, end: end, hash: value)
    }

    mutating func open(_ start: Int, depth: Int) throws {
        try add(start)
        // Seeded with the kind, so that [] and {} differ.
        nodes[nodes.count - 1].hash = bytes.map { UInt64($0[start]) } ?? 0
        open.append(nodes.count - 1)
    }

    mutating func close(_ end: Int, depth: Int) throws {
        guard let node = open.popLast() else { return }
        finish(node, end: end, hash: hash.mix(nodes[node].hash, UInt64(nodes[node].count)))
    }

    private mutating func add(_ start: Int) throws {
        guard nodes.count < limit else { throw Full() }
        nodes.append(JSONTree.Node(start: UInt32(start), keyStart: key.start, keyEnd: key.end, keyHash: key.hash))
        key = (0, 0, 0)
    }

    private mutating func finish(_ node: Int, end: Int, hash value: UInt64) {
        nodes[node].end = UInt32(end)
        nodes[node].next = UInt32(nodes.count)
        nodes[node].hash = value
        guard let parent = open.last else { return }
        nodes[parent].count += 1
        if nodes[node].keyEnd > 0 {
            // A sum does not depend on the order.
            nodes[parent].hash &+= hash.mix(nodes[node].keyHash, value)
        } else {
            nodes[parent].hash = hash.mix(nodes[parent].hash, value)
        }
    }
}
