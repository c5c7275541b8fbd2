// GIF: the screen size, all image descriptors, and the number of frames. All sub-blocks are walked, because each frame costs the decoder
// 26 KB however small it is, and only a walk can count frames.

import Media

/// One block of a GIF (GIF89a specification, appendix B).
struct GIFBlock {
    enum Kind {
        case image(left: Int, top: Int, width: Int, height: Int)
        /// The label is the byte after 0x21.
        case extended(label: Int)
    }

    let kind: Kind
    /// From the introducer to the end of the last sub-block, or to the end of a truncated file.
    let range: Range<Int>
    /// False if the file ends within the block.
    let isWhole: Bool
}

/// The blocks of a GIF, front to back.
struct GIFBlocks {
    let width: Int
    let height: Int
    /// Offset of the first block, after the header, the screen descriptor and its color table.
    let start: Int
    private let reader: ByteReader
    private var offset: Int
    /// Whether the trailer has been read.
    private(set) var isOver = false

    init(_ reader: ByteReader) throws {
        self.reader = reader
        let screen = try reader.bytes(at: 6, 7)
        width = screen.little16(0)
        height = screen.little16(2)
        start = 13 + GIFBlocks.colorTable(Int(screen[4]))
        offset = start
    }

    /// Offset after the last returned block, and after the trailer once that has been read.
    var end: Int { min(offset, reader.size) }

    /// The next block; nil at the trailer, at the end of the file, and at an invalid block, where decoders stop too.
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
            // Some encoders leave zero bytes between blocks; decoders skip them.
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
        // The descriptor, its color table and the code size precede the data.
        return try block(kind, from: begin, subBlocksAt: begin + 10 + GIFBlocks.colorTable(Int(fields[9])) + 1)
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

    /// Offset after the empty block that ends a series of sub-blocks; nil if the file ends first.
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

    /// Size in bytes of the color table that a packed field announces.
    private static func colorTable(_ packed: Int) -> Int {
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

    /// - Throws: `MediaRefusal`. A file truncated within an image is accepted, as by every decoder.
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
            // If the screen is empty, browsers use the size of the first image.
            if frames == 1, width == 0 || height == 0 { (width, height) = (imageWidth, imageHeight) }
        }
        guard frames > 0 else { throw ByteReader.damaged("GIF without an image") }
        try limits.check(width: width, height: height, of: "GIF screen")
        return MediaFacts(type: .gif, width: width, height: height, frames: frames)
    }
}
