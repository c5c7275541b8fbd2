// A stripped file consists of ranges of the old one with a few new bytes between them. The plan is made in a first pass
// over the structure, so that a file without metadata is detected before anything is written.

import Media

/// The pieces of the new file, in order.
struct StrippingPlan {
    private enum Piece {
        case copy(Range<Int>)
        case bytes([UInt8])
        case fill(UInt8, count: Int)
    }

    /// Limits files of alternating metadata and picture data; real ones have a few dozen pieces.
    private static let maximumPieces = 50_000

    private var pieces: [Piece] = []
    /// Whether the new file differs from the old one.
    private(set) var changes = false

    /// Bytes of the new file.
    var length: Int {
        pieces.reduce(0) { sum, piece in
            switch piece {
            case .copy(let range): sum + range.count
            case .bytes(let bytes): sum + bytes.count
            case .fill(_, let count): sum + count
            }
        }
    }

    /// Copies a range of the old file.
    mutating func keep(_ range: Range<Int>) throws {
        guard !range.isEmpty else { return }
        if case .copy(let before) = pieces.last, before.upperBound == range.lowerBound {
            pieces[pieces.count - 1] = .copy(before.lowerBound..<range.upperBound)
        } else {
            try append(.copy(range))
        }
    }

    /// Omits a range of the old file.
    mutating func drop(_ range: Range<Int>) {
        if !range.isEmpty { changes = true }
    }

    /// Replaces a range with bytes; if they are equal to the old ones, the range is kept.
    mutating func replace(_ range: Range<Int>, _ reader: ByteReader, with bytes: [UInt8]) throws {
        if range.count == bytes.count, try reader.bytes(at: range.lowerBound, range.count).elementsEqual(bytes) {
            return try keep(range)
        }
        changes = true
        if !bytes.isEmpty { try append(.bytes(bytes)) }
    }

    /// Replaces a range with a repeated byte; if it has these bytes already, the range is kept.
    mutating func blank(_ range: Range<Int>, _ reader: ByteReader, with filler: UInt8) throws {
        guard try !StrippingPlan.consists(range, reader, of: filler) else { return try keep(range) }
        changes = true
        try append(.fill(filler, count: range.count))
    }

    /// Writes the new file.
    func write(_ reader: ByteReader, into sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        for piece in pieces {
            switch piece {
            case .copy(let range): try StrippingPlan.read(range, reader, sink)
            case .bytes(let bytes): try bytes.withUnsafeBytes(sink)
            case .fill(let byte, let count):
                let block = [UInt8](repeating: byte, count: min(count, 4_096))
                for done in stride(from: 0, to: count, by: block.count) {
                    try block.withUnsafeBytes { try sink(UnsafeRawBufferPointer(rebasing: $0.prefix(count - done))) }
                }
            }
        }
    }

    /// Adds the pieces of another plan for the same file.
    mutating func append(_ other: StrippingPlan) throws {
        for piece in other.pieces { try append(piece) }
        if other.changes { changes = true }
    }

    private mutating func append(_ piece: Piece) throws {
        guard pieces.count < StrippingPlan.maximumPieces else {
            throw MediaRefusal(.tooLarge("containerItems"), because: "metadata in more than \(pieces.count) places")
        }
        pieces.append(piece)
    }

    static func consists(_ range: Range<Int>, _ reader: ByteReader, of byte: UInt8) throws -> Bool {
        var isAll = true
        try read(range, reader) { piece in isAll = isAll && piece.allSatisfy { $0 == byte } }
        return isAll
    }

    private static func read(
        _ range: Range<Int>, _ reader: ByteReader, _ use: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        var offset = range.lowerBound
        while offset < range.upperBound {
            let left = range.upperBound - offset
            let piece = try reader.piece(at: offset, atMost: left).prefix(left)
            guard !piece.isEmpty else { throw ByteReader.damaged("ends early at \(offset)") }
            try use(UnsafeRawBufferPointer(rebasing: piece))
            offset += piece.count
        }
    }
}
