// One pass that says whether a text is JSON and hands out its minified form: the only thing that happens to most documents.

public enum JSONMinifier {
    /// How deep arrays and objects may be nested; what Foundation's JSONSerialization allows as well.
    public static let depthLimit = 512

    /// Checks the text by RFC 8259 and hands its bytes without the white space outside strings to `sink`, in order and in big
    /// pieces, which are valid only inside the call; throws JSONRefusal (after any number of pieces) or what `sink` throws.
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

    /// The minified form as one array.
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

/// The bytes of a text but for what is cut out, gathered into big pieces.
struct MinifiedRuns {
    static let roomSize = 65536
    /// From here a run goes to the sink as it is.
    private static let longRun = 8192

    let text: UnsafeRawBufferPointer
    private let room: UnsafeMutableRawBufferPointer
    private let sink: (UnsafeRawBufferPointer) throws -> Void
    private var used = 0
    /// Where the run begins that has not been handed on.
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

    /// Leaves out what stands between the two offsets.
    @inline(__always)
    mutating func cut(_ from: Int, _ to: Int) throws {
        let length = from &- start
        if length <= 64, from &+ 16 <= text.count, used &+ 80 <= MinifiedRuns.roomSize {
            // A short run: whole blocks of 16, of which the last may bring bytes that the next run overwrites.
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

    /// Hands on what is left, up to `end`.
    mutating func end(at end: Int) throws {
        if end > start { try copy(start, end - start) }
        start = end
        try flush()
    }
}
