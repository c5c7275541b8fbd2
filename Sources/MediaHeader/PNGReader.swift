// PNG: the header chunk, and a walk over the chunk names. Picture data is skipped by its length, never read.

import Media
import Text

/// One chunk of a PNG (PNG 3rd edition, 5.3).
struct PNGChunk {
    let type: FourCC
    /// Offset of the length field.
    let start: Int
    let payload: Range<Int>
    /// Offset after the checksum.
    let end: Int
}

/// The chunks of a PNG, front to back.
struct PNGChunks {
    static let signatureLength = 8
    private let reader: ByteReader
    private var offset = PNGChunks.signatureLength
    private var isOver = false

    /// Offset after the last returned chunk.
    var end: Int { offset }

    init(_ reader: ByteReader) {
        self.reader = reader
    }

    /// The next chunk; nil after IEND and where the file ends, also within a chunk.
    ///
    /// - Throws: `MediaRefusal` for a name that is not four letters.
    mutating func next() throws -> PNGChunk? {
        guard !isOver, reader.size - offset >= 12 else { return nil }
        let length = try reader.big32(at: offset)
        let type = try reader.name(at: offset + 4)
        guard length <= 0x7FFF_FFFF, type.isLetters else { throw ByteReader.damaged("PNG chunk \(type) of \(length) bytes") }
        guard length <= reader.size - offset - 12 else { return nil }
        let payload = offset + 8..<offset + 8 + length
        defer { offset = payload.upperBound + 4 }
        if type == "IEND" { isOver = true }
        return PNGChunk(type: type, start: offset, payload: payload, end: payload.upperBound + 4)
    }

    /// Whether a data chunk begins where the walk stopped, for files truncated within it.
    func beginsData() throws -> Bool {
        guard !isOver, reader.size - offset >= 8 else { return false }
        return try reader.name(at: offset + 4) == "IDAT"
    }
}

extension FourCC {
    var isLetters: Bool {
        [24, 16, 8, 0].allSatisfy { UInt8(truncatingIfNeeded: code >> UInt32($0)).isLetter }
    }
}

struct PNGReader {
    private let reader: ByteReader
    private let limits: MediaLimits

    /// Chunks read after the first data chunk, to find an orientation there; beyond that the picture counts as upright.
    private static let chunksInAll = 65_536

    init(_ reader: ByteReader, _ limits: MediaLimits) {
        self.reader = reader
        self.limits = limits
    }

    /// - Throws: `MediaRefusal`. A file truncated within its picture data is accepted, as by every decoder.
    func read() throws -> MediaFacts {
        var walk = PNGChunks(reader)
        guard let first = try walk.next(), first.type == "IHDR" else { throw ByteReader.damaged("PNG without its header") }
        let size = try readHeader(first.payload)
        var (count, frames, hasData) = (1, 1, false)
        var orientation: Int?
        while let chunk = try walk.next() {
            count += 1
            switch chunk.type {
            case "IHDR": throw ByteReader.damaged("PNG with a second header")
            case "IDAT": hasData = true
            case "acTL" where !hasData: frames = try readAnimation(chunk.payload)
            case "eXIf" where orientation == nil: orientation = try EXIF.orientation(reader, in: chunk.payload)
            default: break
            }
            if !hasData { try limits.check(count, "pngChunksBeforeData", limits.pngChunksBeforeData) }
            if count > PNGReader.chunksInAll { break }
        }
        guard try hasData || walk.beginsData() else { throw ByteReader.damaged("PNG without picture data") }
        var facts = MediaFacts(
            type: .png, storedWidth: size.width, storedHeight: size.height, orientation: orientation ?? 1, frames: frames)
        facts.isRGB = size.isRGB
        return facts
    }

    /// Width, height, bit depth, color type, and three methods (11.2.1).
    private func readHeader(_ payload: Range<Int>) throws -> (width: Int, height: Int, isRGB: Bool) {
        guard payload.count == 13 else { throw ByteReader.damaged("PNG header of \(payload.count) bytes") }
        let header = try reader.bytes(at: payload.lowerBound, 13)
        let (width, height, depth, colour) = (header.big32(0), header.big32(4), Int(header[8]), header[9])
        let depths: [Int] =
            switch colour {
            case 0: [1, 2, 4, 8, 16]
            case 3: [1, 2, 4, 8]
            case 2, 4, 6: [8, 16]
            default: []
            }
        guard depths.contains(depth), header[10] == 0, header[11] == 0, header[12] <= 1 else {
            throw ByteReader.damaged("PNG of colour type \(colour), \(depth) bits")
        }
        try limits.check(width: width, height: height, of: "PNG")
        return (width, height, isRGB: [2, 6].contains(colour))
    }

    /// The number of frames of an animated PNG (11.3.8); 0 is invalid and counts as 1.
    private func readAnimation(_ payload: Range<Int>) throws -> Int {
        guard payload.count == 8 else { throw ByteReader.damaged("PNG animation header of \(payload.count) bytes") }
        let frames = try reader.big32(at: payload.lowerBound)
        try limits.check(frames, "pngFrames", limits.pngFrames)
        return max(frames, 1)
    }
}
