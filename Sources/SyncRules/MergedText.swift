// A merged document is a list of ranges of its source documents; the bytes are written once, where they are stored.

import JSONText

/// The minified result of a merge, as ranges of the merged texts.
public struct MergedText {
    /// The text from which a range is copied.
    enum Source: UInt8 { case base, head, push, punctuation }

    private struct Piece {
        let source: Source
        let start: UInt32
        var end: UInt32
    }

    /// In the order of Source; the last one contains the six structural characters.
    private let texts: [HeldText]
    private var pieces: [Piece] = []
    /// Whether the next element needs a comma before it.
    private var needsComma = false
    /// Total bytes; never more than the limit of a content.
    public private(set) var count = 0

    init(base: HeldText, head: HeldText, push: HeldText) {
        texts = [base, head, push, MergedText.punctuation()]
    }

    private static func punctuation() -> HeldText { HeldText("{}[],:".utf8) }

    /// Passes the bytes on in order, in large pieces that are valid only during the call.
    public func write(to sink: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        try withExtendedLifetime(texts) {
            try withUnsafeTemporaryAllocation(byteCount: 65536, alignment: 16) { room in
                var used = 0
                for piece in pieces {
                    let bytes = UnsafeRawBufferPointer(
                        rebasing: texts[Int(piece.source.rawValue)].bytes[Int(piece.start)..<Int(piece.end)])
                    if used + bytes.count > room.count {
                        try sink(UnsafeRawBufferPointer(rebasing: room[..<used]))
                        used = 0
                    }
                    if bytes.count > room.count {
                        try sink(bytes)
                    } else {
                        UnsafeMutableRawBufferPointer(rebasing: room[used...]).copyMemory(from: bytes)
                        used += bytes.count
                    }
                }
                if used > 0 { try sink(UnsafeRawBufferPointer(rebasing: room[..<used])) }
            }
        }
    }

    /// All bytes in one array.
    public var bytes: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(count)
        write { result.append(contentsOf: $0) }
        return result
    }
}

// Writing

extension MergedText {
    private mutating func append(_ source: Source, _ range: Range<Int>) {
        count += range.count
        if let last = pieces.last, last.source == source, Int(last.end) == range.lowerBound, source != .punctuation {
            pieces[pieces.count - 1].end = UInt32(range.upperBound)
        } else {
            pieces.append(Piece(source: source, start: UInt32(range.lowerBound), end: UInt32(range.upperBound)))
        }
    }

    private mutating func punctuation(_ index: Int) { append(.punctuation, index..<(index + 1)) }

    /// Opens an object or an array, as an element of its parent.
    mutating func open(object: Bool) {
        if needsComma { punctuation(4) }
        punctuation(object ? 0 : 2)
        needsComma = false
    }

    mutating func close(object: Bool) {
        punctuation(object ? 1 : 3)
        needsComma = true
    }

    /// A key; its value follows.
    mutating func key(_ source: Source, _ range: Range<Int>) {
        element(source, range)
        punctuation(5)
        needsComma = false
    }

    /// A value, or a member with its key; adjacent ranges of one text are joined, with the comma between them.
    mutating func element(_ source: Source, _ range: Range<Int>) {
        if needsComma {
            if let last = pieces.last, last.source == source, Int(last.end) + 1 == range.lowerBound,
                texts[Int(source.rawValue)].bytes[Int(last.end)] == UInt8(ascii: ",") {
                append(source, Int(last.end)..<range.lowerBound)
            } else {
                punctuation(4)
            }
        }
        append(source, range)
        needsComma = true
    }
}
