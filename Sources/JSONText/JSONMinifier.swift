// Validates and minifies a text in one pass; most documents need nothing else.

public enum JSONMinifier {
    /// Maximum nesting of arrays and objects; the same as in Foundation's JSONSerialization.
    public static let depthLimit = 512

    /// Validates the text (RFC 8259) and passes it to `sink` without white space outside strings, in order and in large pieces that are
    /// valid only during the call. Throws JSONRefusal (possibly after some pieces) or what `sink` throws.
    @discardableResult
    public static func minify(
        _ text: UnsafeRawBufferPointer, into sink: (UnsafeRawBufferPointer) throws -> Void
    ) throws -> JSONKind {
        try MinifiedRuns.with(text, sink) { runs in
            var scan = try JSONScan(text, depthLimit: depthLimit, visitor: Minifying(runs: runs))
            try scan.run()
            try scan.visitor.runs.end(at: text.count)
            return scan.visitor.kind
        }
    }

    /// The minified text as one array.
    public static func minified(_ text: UnsafeRawBufferPointer) throws -> [UInt8] {
        var result: [UInt8] = []
        try minify(text) { result.append(contentsOf: $0) }
        return result
    }

    private struct Minifying: JSONVisitor {
        var runs: MinifiedRuns
        var kind = JSONKind.null

        @inline(__always)
        mutating func space(_ start: Int, _ end: Int) throws { try runs.cut(start, end) }
        @inline(__always)
        mutating func key(_ start: Int, _ end: Int, hash: UInt64, depth: Int) throws {}
        @inline(__always)
        mutating func scalar(_ start: Int, _ end: Int, depth: Int) throws { if depth == 0 { note(start) } }
        @inline(__always)
        mutating func open(_ start: Int, depth: Int) throws { if depth == 0 { note(start) } }
        @inline(__always)
        mutating func close(_ end: Int, depth: Int) throws {}

        private mutating func note(_ start: Int) { kind = JSONKind(firstByte: runs.text[start]) }
    }
}

/// Collects the bytes of a text that are kept and passes them on in large pieces.
struct MinifiedRuns {
    static let roomSize = 65536
    /// Runs of at least this length go to the sink without being copied.
    private static let longRun = 8192

    let text: UnsafeRawBufferPointer
    private let room: UnsafeMutableRawBufferPointer
    private let sink: (UnsafeRawBufferPointer) throws -> Void
    private var used = 0
    /// Start of the current run, which has not been passed on.
    private var start = 0

    static func with<Result>(
        _ text: UnsafeRawBufferPointer, _ sink: (UnsafeRawBufferPointer) throws -> Void,
        _ body: (MinifiedRuns) throws -> Result
    ) throws -> Result {
        try withoutActuallyEscaping(sink) { sink in
            try withUnsafeTemporaryAllocation(byteCount: roomSize, alignment: 16) { room in
                try body(MinifiedRuns(text: text, room: room, sink: sink))
            }
        }
    }

    private init(
        text: UnsafeRawBufferPointer, room: UnsafeMutableRawBufferPointer, sink: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) {
        self.text = text
        self.room = room
        self.sink = sink
    }

    mutating func begin(at offset: Int) { start = offset }

    /// Skips the bytes between the two offsets.
    @inline(__always)
    mutating func cut(_ from: Int, _ to: Int) throws {
        let length = from &- start
        if length <= 64, from &+ 16 <= text.count, used &+ 80 <= MinifiedRuns.roomSize {
            // A short run is copied in blocks of 16; the next run overwrites surplus bytes of the last block.
            let source = text.baseAddress! + start, target = room.baseAddress! + used
            var at = 0
            while at < length {
                target.storeBytes(of: (source + at).loadUnaligned(as: SIMD16<UInt8>.self), toByteOffset: at, as: SIMD16<UInt8>.self)
                at &+= 16
            }
            used &+= length
        } else if length > 0 {
            try copy(start, length)
        }
        start = to
    }

    @inline(never)
    private mutating func copy(_ from: Int, _ length: Int) throws {
        if used + length > room.count || length >= MinifiedRuns.longRun { try flush() }
        let run = UnsafeRawBufferPointer(rebasing: text[from..<(from + length)])
        if length >= MinifiedRuns.longRun { return try sink(run) }
        UnsafeMutableRawBufferPointer(rebasing: room[used...]).copyMemory(from: run)
        used += length
    }

    private mutating func flush() throws {
        guard used > 0 else { return }
        try sink(UnsafeRawBufferPointer(rebasing: room[..<used]))
        used = 0
    }

    /// Passes on the rest, up to `end`.
    mutating func end(at end: Int) throws {
        if end > start { try copy(start, end - start) }
        start = end
        try flush()
    }
}
