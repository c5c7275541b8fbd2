// The members of a request body are located, not parsed into values, so that 50 MB of `content` need no further memory.

/// The members of a request object by name, as byte ranges of its text; valid as long as the text.
public struct JSONObjectSlices {
    /// One member's value.
    public struct Member {
        fileprivate let text: UnsafeRawBufferPointer
        /// Byte offsets of the value in the request text; a string's include its quotes.
        public let range: Range<Int>
        public let kind: JSONKind
    }

    /// More than any valid request has.
    public static let memberLimit = 1000

    private let text: UnsafeRawBufferPointer
    private let members: [Cutter.Cut]

    /// Validates the whole text (like JSONMinifier; a member's value may be as deep as a document) and records its members. If the member
    /// `minified` exists and is not a string, its minified text goes to `sink` in the same pass.
    /// Throws JSONRefusal (possibly after some pieces) or what `sink` throws.
    public init(
        _ text: UnsafeRawBufferPointer, minifying minified: String? = nil,
        into sink: (UnsafeRawBufferPointer) throws -> Void = { _ in }
    ) throws {
        self.text = text
        members = try MinifiedRuns.with(text, sink) { runs in
            let cutter = Cutter(runs: runs, minified: minified.map { Array($0.utf8) })
            var scan = try JSONScan(text, depthLimit: JSONMinifier.depthLimit + 1, visitor: cutter)
            try scan.run()
            return scan.visitor.cuts
        }
    }

    /// The member of that name (compared as bytes after unescaping); nil if absent.
    public subscript(name: String) -> Member? {
        let name = Array(name.utf8)
        return members.first { name.isKey($0.key, in: text) }
            .map { Member(text: text, range: $0.value, kind: JSONKind(firstByte: text[$0.value.lowerBound])) }
    }
}

extension JSONObjectSlices.Member {
    /// The value's bytes.
    public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: text[range]) }

    /// An unescaped string; nil for any other kind.
    public var string: String? {
        guard kind == .string else { return nil }
        var result: [UInt8] = []
        JSONUnescape.unescape(bytes) { result.append(contentsOf: $0) }
        return String(decoding: result, as: UTF8.self)
    }

    /// A number without fraction and exponent; nil for any other value.
    public var int: Int? {
        guard kind == .number, range.count <= 20 else { return nil }
        return Int(String(decoding: bytes, as: UTF8.self))
    }

    /// `true` or `false`; nil for any other value.
    public var bool: Bool? { kind == .bool ? bytes[0] == UInt8(ascii: "t") : nil }
}

extension [UInt8] {
    /// Whether the key at `range` (with its quotes) equals this name after unescaping.
    fileprivate func isKey(_ range: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
        // An escape has at most six bytes for one byte of the name.
        guard range.count - 2 >= count, range.count - 2 <= 6 * count else { return false }
        var result: [UInt8] = []
        JSONUnescape.unescape(UnsafeRawBufferPointer(rebasing: text[range])) { result.append(contentsOf: $0) }
        return result == self
    }
}

/// Records the members of the outermost object.
private struct Cutter: JSONVisitor {
    struct Cut {
        let key: Range<Int>
        var value: Range<Int>
    }

    var runs: MinifiedRuns
    let minified: [UInt8]?
    var cuts: [Cut] = []
    private var isMinifying = false

    init(runs: MinifiedRuns, minified: [UInt8]?) {
        self.runs = runs
        self.minified = minified
    }

    @inline(__always)
    mutating func space(_ start: Int, _ end: Int) throws {
        if isMinifying { try runs.cut(start, end) }
    }

    @inline(__always)
    mutating func key(_ start: Int, _ end: Int, hash: UInt64, depth: Int) throws {
        if depth == 1 { try note(start..<end) }
    }

    @inline(__always)
    mutating func scalar(_ start: Int, _ end: Int, depth: Int) throws {
        guard depth <= 1 else { return }
        try begin(start, depth)
        try self.end(at: end)
    }

    @inline(__always)
    mutating func open(_ start: Int, depth: Int) throws {
        if depth <= 1 { try begin(start, depth) }
    }

    @inline(__always)
    mutating func close(_ end: Int, depth: Int) throws {
        if depth == 1 { try self.end(at: end) }
    }

    @inline(never)
    private mutating func note(_ key: Range<Int>) throws {
        guard cuts.count < JSONObjectSlices.memberLimit else { throw JSONRefusal(.tooManyMembers, at: key.lowerBound) }
        cuts.append(Cut(key: key, value: key))
    }

    @inline(never)
    private mutating func begin(_ start: Int, _ depth: Int) throws {
        let byte = runs.text[start]
        if depth == 0 {
            guard byte == UInt8(ascii: "{") else { throw JSONRefusal(.notAnObject, at: start) }
            return
        }
        cuts[cuts.count - 1].value = start..<start
        guard let minified, byte != UInt8(ascii: "\""), minified.isKey(cuts[cuts.count - 1].key, in: runs.text) else { return }
        isMinifying = true
        runs.begin(at: start)
    }

    @inline(never)
    private mutating func end(at end: Int) throws {
        let start = cuts[cuts.count - 1].value.lowerBound
        cuts[cuts.count - 1].value = start..<end
        guard isMinifying else { return }
        isMinifying = false
        try runs.end(at: end)
    }
}
