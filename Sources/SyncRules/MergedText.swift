// A merged document is a list of pieces of the documents that it came from; it is written once, where it is to be stored.

import JSONText

/// The content that a merge made, minified, as pieces of the merged texts.
public struct MergedText {
    /// Where a piece is copied from.
    enum Source: UInt8 { case base, head, push, punctuation }

    private struct Piece {
        let source: Source
        let start: UInt32
        var end: UInt32
    }

    /// In the order of Source; the last holds the six structural characters.
    private let texts: [HeldText]
    private var pieces: [Piece] = []
    /// Whether the next element needs a comma before it.
    private var needsComma = false
    /// Bytes in all; never more than the limit of a content.
    public private(set) var count = 0

    init(base: HeldText, head: HeldText, push: HeldText) {
        texts = [base, head, push, MergedText.punctuation()]
    }

    private static func punctuation() -> HeldText { HeldText("{}[],:".utf8) }

    /// Hands out the bytes in order, in big pieces that are valid only inside the call.
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

    /// All of it in one array.
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

    /// The opening of an object or an array, as an element of what is around it.
    mutating func open(object: Bool) {
        if needsComma { punctuation(4) }
        punctuation(object ? 0 : 2)
        needsComma = false
    }

    mutating func close(object: Bool) {
        punctuation(object ? 1 : 3)
        needsComma = true
    }

    /// A key whose value follows.
    mutating func key(_ source: Source, _ range: Range<Int>) {
        element(source, range)
        punctuation(5)
        needsComma = false
    }

    /// A value, or a member with its key; two neighbours of one text keep the comma between them.
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
