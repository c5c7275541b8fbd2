// GIF: the screen, every image descriptor, and the number of images. The walk goes through all sub-blocks, because frames
// cost the decoder 26 KB each however small they are, and only a walk can count them.

import Media

/// One block of a GIF (GIF89a specification, appendix B).
struct GIFBlock {
    enum Kind {
        case image(left: Int, top: Int, width: Int, height: Int)
        /// The label is the byte behind 0x21.
        case extended(label: Int)
    }

    let kind: Kind
    /// From the introducer to behind the last sub-block; only up to the end of the file when that is cut.
    let range: Range<Int>
    /// False when the file ends within the block.
    let isWhole: Bool
}

/// The header and the blocks of a GIF, front to back.
struct GIFBlocks {
    let width: Int
    let height: Int
    /// Offset of the first block: behind the header, the screen and its colour table.
    let start: Int
    private let reader: ByteReader
    private var offset: Int
    /// Whether the trailer has been met.
    private(set) var isOver = false

    init(_ reader: ByteReader) throws {
        self.reader = reader
        let screen = try reader.bytes(at: 6, 7)
        width = screen.little16(0)
        height = screen.little16(2)
        start = 13 + GIFBlocks.colourTable(Int(screen[4]))
        offset = start
    }

    /// Offset behind the last block that was given out, and behind the trailer once that was met.
    var end: Int { min(offset, reader.size) }

    /// The next block; nil at the trailer, at the end, and at a byte that begins no block, where decoders stop too.
    mutating func next() throws -> GIFBlock? {
        guard !isOver, offset < reader.size else { return nil }
        switch try reader.byte(at: offset) {
        case 0x2C: return try image()
        case 0x21: return try extended()
        case 0x3B:
            offset += 1
            isOver = true
            return nil
        case 0x00:
            // Some encoders leave zero bytes between blocks; decoders step over them.
            return try afterZeros()
        default:
            isOver = true
            return nil
        }
    }

    private mutating func image() throws -> GIFBlock? {
        let begin = offset
        guard reader.size - begin >= 11 else { return nil }
        let fields = try reader.bytes(at: begin, 10)
        let kind = GIFBlock.Kind.image(
            left: fields.little16(1), top: fields.little16(3), width: fields.little16(5), height: fields.little16(7))
        // The descriptor, its colour table, the code size, and then the data.
        return try block(kind, from: begin, subBlocksAt: begin + 10 + GIFBlocks.colourTable(Int(fields[9])) + 1)
    }

    private mutating func extended() throws -> GIFBlock? {
        guard reader.size - offset >= 2 else { return nil }
        return try block(.extended(label: reader.byte(at: offset + 1)), from: offset, subBlocksAt: offset + 2)
    }

    private mutating func block(_ kind: GIFBlock.Kind, from begin: Int, subBlocksAt first: Int) throws -> GIFBlock {
        let end = try endOfSubBlocks(at: first)
        offset = end ?? reader.size
        return GIFBlock(kind: kind, range: begin..<offset, isWhole: end != nil)
    }

    private mutating func afterZeros() throws -> GIFBlock? {
        while offset < reader.size {
            let piece = try reader.piece(at: offset)
            guard !piece.isEmpty else { return nil }
            guard let first = piece.firstIndex(where: { $0 != 0 }) else {
                offset += piece.count
                continue
            }
            offset += first
            return try next()
        }
        return nil
    }

    /// Offset behind the zero-length block that ends a row of sub-blocks; nil when the file ends before.
    private func endOfSubBlocks(at first: Int) throws -> Int? {
        var at = first
        while at < reader.size {
            let piece = try reader.piece(at: at)
            guard !piece.isEmpty else { return nil }
            var index = 0
            while index < piece.count {
                let length = Int(piece[index])
                index += 1 + length
                if length == 0 { return at + index }
            }
            at += index
        }
        return nil
    }

    /// Bytes of the colour table that packed fields announce.
    private static func colourTable(_ packed: Int) -> Int {
        packed & 0x80 == 0 ? 0 : 3 << (packed & 0x07 + 1)
    }
}

struct GIFReader {
    private let reader: ByteReader
    private let limits: MediaLimits

    init(_ reader: ByteReader, _ limits: MediaLimits) {
        self.reader = reader
        self.limits = limits
    }

    /// - Throws: `MediaRefusal`. A file that is cut within an image passes, as in every decoder.
    func read() throws -> MediaFacts {
        var walk = try GIFBlocks(reader)
        var (width, height, frames, blocks) = (walk.width, walk.height, 0, 0)
        while let block = try walk.next() {
            blocks += 1
            try limits.check(blocks, "containerItems", limits.containerItems)
            guard case .image(let left, let top, let imageWidth, let imageHeight) = block.kind else { continue }
            frames += 1
            try limits.check(frames, "gifFrames", limits.gifFrames)
            try limits.check(width: left + imageWidth, height: top + imageHeight, of: "GIF image")
            // A screen of no size is that of its first image, as browsers show it.
            if frames == 1, width == 0 || height == 0 { (width, height) = (imageWidth, imageHeight) }
        }
        guard frames > 0 else { throw ByteReader.damaged("GIF without an image") }
        try limits.check(width: width, height: height, of: "GIF screen")
        return MediaFacts(type: .gif, width: width, height: height, frames: frames)
    }
}
