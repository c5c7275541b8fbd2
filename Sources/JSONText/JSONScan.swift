// The only JSON grammar: validates a text from the first byte to the last and calls a visitor for each part. The minifier, the request
// slicer and the tree builder are visitors, so that there is no second parser that could disagree.

import Text

/// Receives the parts of a document in order; offsets are bytes of the text.
protocol JSONVisitor {
    /// White space outside strings.
    mutating func space(_ start: Int, _ end: Int) throws
    /// A key with its quotes; `hash` is the hash of its unescaped bytes, `depth` the number of open containers.
    mutating func key(_ start: Int, _ end: Int, hash: UInt64, depth: Int) throws
    mutating func scalar(_ start: Int, _ end: Int, depth: Int) throws
    /// A `{` or `[` at `start` inside `depth` others.
    mutating func open(_ start: Int, depth: Int) throws
    /// The end of a container: the offset after its closing byte, with the same depth.
    mutating func close(_ end: Int, depth: Int) throws
}

struct JSONScan<Visitor: JSONVisitor> {
    private let lexer: JSONLexer
    private let hash = KeyHash()
    private let depthLimit: Int
    var visitor: Visitor

    init(_ text: UnsafeRawBufferPointer, depthLimit: Int, visitor: Visitor) throws {
        lexer = try JSONLexer(text)
        self.depthLimit = depthLimit
        self.visitor = visitor
    }

    /// Parses the whole text; throws JSONRefusal at the first invalid byte, or what the visitor throws.
    mutating func run() throws {
        var containers = OpenContainers(lexer, depthLimit: depthLimit)
        var at = try skipSpace(0)
        while true {
            at = try value(at, &containers)
            if at < 0 {
                at = -at
                continue
            }
            at = try skipSpace(at)
            if containers.isInArray { at = try numbers(at, depth: containers.depth) }
            guard let next = try behind(at, &containers) else { break }
            at = next
        }
    }

    /// Skips a scalar or an empty container. For any other container, returns the offset of its first value, negated.
    @inline(__always)
    private mutating func value(_ start: Int, _ containers: inout OpenContainers) throws -> Int {
        guard start < lexer.count else { throw lexer.refusal(.unexpectedEnd, at: start) }
        let end: Int
        switch lexer.bytes[start] {
        case UInt8(ascii: "\""):
            var escaped = false
            end = try lexer.afterString(start, escaped: &escaped)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): end = try lexer.afterNumber(start)
        case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): end = try lexer.afterWord(start)
        case UInt8(ascii: "{"): return try open(start, object: true, &containers)
        case UInt8(ascii: "["): return try open(start, object: false, &containers)
        default: throw lexer.refusal(.unexpectedByte, at: start)
        }
        try visitor.scalar(start, end, depth: containers.depth)
        return end
    }

    /// Fast path: skips further elements of an array that are numbers without white space around them. Tables of figures have little else,
    /// with a byte or two for each.
    @inline(__always)
    private mutating func numbers(_ start: Int, depth: Int) throws -> Int {
        var at = start
        while at &+ 1 < lexer.count, lexer.bytes[at] == UInt8(ascii: ","), lexer.bytes[at &+ 1].isDigit {
            let end = try lexer.afterNumber(at &+ 1)
            try visitor.scalar(at &+ 1, end, depth: depth)
            at = end
        }
        return try skipSpace(at)
    }

    @inline(__always)
    private mutating func open(_ start: Int, object: Bool, _ containers: inout OpenContainers) throws -> Int {
        guard !containers.isFull else { throw lexer.refusal(.tooDeep, at: start) }
        try visitor.open(start, depth: containers.depth)
        containers.open(object: object)
        let at = try skipSpace(start &+ 1)
        guard at < lexer.count else { throw lexer.refusal(.unexpectedEnd, at: at) }
        if lexer.bytes[at] == (object ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
            containers.close()
            try visitor.close(at &+ 1, depth: containers.depth)
            return at &+ 1
        }
        return -(object ? try key(at, &containers) : at)
    }

    /// Skips a key and its colon.
    @inline(__always)
    private mutating func key(_ start: Int, _ containers: inout OpenContainers) throws -> Int {
        guard start < lexer.count, lexer.bytes[start] == UInt8(ascii: "\"") else {
            throw lexer.refusal(.unexpectedByte, at: start)
        }
        var escaped = false
        let end = try lexer.afterString(start, escaped: &escaped)
        let count = end &- start &- 2
        let hash = escaped ? hashOfEscaped(start) : self.hash.hash(lexer.bytes + (start &+ 1), count)
        guard containers.insert(hash, start: start &+ 1, escaped: escaped) else {
            throw JSONRefusal(.duplicateKey, at: start)
        }
        try visitor.key(start, end, hash: hash, depth: containers.depth)
        let colon = try skipSpace(end)
        guard colon < lexer.count, lexer.bytes[colon] == UInt8(ascii: ":") else {
            throw lexer.refusal(.unexpectedByte, at: colon)
        }
        return try skipSpace(colon &+ 1)
    }

    @inline(never)
    private func hashOfEscaped(_ start: Int) -> UInt64 {
        let decoded = lexer.decoded(behindQuote: start + 1)
        return decoded.withUnsafeBufferPointer { buffer in
            // Never nil: a key with an escape decodes to at least one byte.
            buffer.baseAddress.map { hash.hash($0, buffer.count) } ?? 0
        }
    }

    /// From the end of a value to the next value; nil at the end of the text.
    @inline(__always)
    private mutating func behind(_ start: Int, _ containers: inout OpenContainers) throws -> Int? {
        var at = start
        while containers.depth > 0 {
            guard at < lexer.count else { throw lexer.refusal(.unexpectedEnd, at: at) }
            let byte = lexer.bytes[at]
            let inObject = containers.isInObject
            if byte == UInt8(ascii: ",") {
                at = try skipSpace(at &+ 1)
                return inObject ? try key(at, &containers) : at
            }
            guard byte == (inObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                throw lexer.refusal(.unexpectedByte, at: at)
            }
            if inObject, containers.isPile, let start = containers.duplicateInPile() { throw JSONRefusal(.duplicateKey, at: start &- 1) }
            containers.close()
            try visitor.close(at &+ 1, depth: containers.depth)
            at = try skipSpace(at &+ 1)
        }
        guard at == lexer.count else { throw JSONRefusal(.trailingText, at: at) }
        return nil
    }

    @inline(__always)
    private mutating func skipSpace(_ start: Int) throws -> Int {
        guard start < lexer.count, lexer.bytes[start] <= 0x20 else { return start }
        let end = lexer.afterSpace(start)
        if end > start { try visitor.space(start, end) }
        return end
    }
}
