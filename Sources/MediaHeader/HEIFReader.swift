// HEIC and AVIF are stored unchanged. Their size is in the properties of the primary item (ISO/IEC 23008-12): `ispe`, cut to `clap`,
// rotated by `irot`. Viewers ignore the EXIF orientation of these formats and use `irot`.

import Media

/// The parts of a `meta` box that describe the primary item.
struct HEIFReader {
    private let reader: ByteReader
    private let limits: MediaLimits

    init(_ reader: ByteReader, _ limits: MediaLimits) {
        self.reader = reader
        self.limits = limits
    }

    /// - Throws: `MediaRefusal` if the primary item has no size.
    func read(_ type: MediaType) throws -> MediaFacts {
        if limits.requiresWhole { try ISOMovieFile(reader.source).checkEnd() }
        guard let meta = try HEIFReader.meta(reader, limits) else { throw ByteReader.damaged("HEIF without a meta box") }
        guard let primary = try primaryItem(in: meta), let properties = try box("iprp", in: meta) else {
            throw ByteReader.damaged("HEIF without a primary item or properties")
        }
        let wanted = try propertyIndices(of: primary, in: properties.range)
        guard let size = try size(wanted, in: properties.range) else { throw ByteReader.damaged("HEIF without a size") }
        try limits.check(width: size.width, height: size.height, of: "HEIF picture")
        return MediaFacts(type: type, width: size.width, height: size.height, frames: try framesOfSequence())
    }

    /// The range of the boxes within the file's `meta` box, after its version and flags.
    static func meta(_ reader: ByteReader, _ limits: MediaLimits) throws -> Range<Int>? {
        var top = ISOBoxes(reader, in: 0..<reader.size, limit: limits.containerItems)
        guard let meta = try top.first("meta", clips: true), meta.range.count >= 4 else { return nil }
        return meta.payload + 4..<meta.end
    }

    private func box(_ type: FourCC, in range: Range<Int>) throws -> ISOBox? {
        var boxes = ISOBoxes(reader, in: range, limit: limits.containerItems)
        return try boxes.first(type)
    }

    /// `pitm`: 16 bits in version 0, otherwise 32.
    private func primaryItem(in meta: Range<Int>) throws -> Int? {
        guard let item = try box("pitm", in: meta), item.range.count >= 6 else { return nil }
        let version = try reader.byte(at: item.payload)
        guard version > 0 else { return try reader.big16(at: item.payload + 4) }
        return item.range.count >= 8 ? try reader.big32(at: item.payload + 4) : nil
    }

    /// One-based indices into `ipco` of an item's properties (`ipma`, ISO/IEC 23008-12, 9.3.1).
    private func propertyIndices(of item: Int, in range: Range<Int>) throws -> [Int] {
        var boxes = ISOBoxes(reader, in: range, limit: limits.containerItems)
        var entriesInAll = 0
        while let map = try boxes.first("ipma") {
            guard map.range.count >= 8 else { continue }
            let head = try reader.big32(at: map.payload)
            let (wideItems, wideIndices) = (head >> 24 >= 1, head & 1 == 1)
            let entries = try reader.big32(at: map.payload + 4)
            entriesInAll += entries
            try limits.check(entriesInAll, "containerItems", limits.containerItems)
            var fields = BoundedFields(reader, map.payload + 8..<map.end)
            for _ in 0..<entries {
                let id = try fields.next(bytes: wideItems ? 4 : 2)
                let count = try fields.next(bytes: 1)
                if id != item {
                    try fields.skip(count * (wideIndices ? 2 : 1))
                } else {
                    // The top bit marks an essential property.
                    return try (0..<count).map { _ in
                        try wideIndices ? fields.next(bytes: 2) & 0x7FFF : fields.next(bytes: 1) & 0x7F
                    }
                }
            }
        }
        return []
    }

    private func size(_ wanted: [Int], in range: Range<Int>) throws -> (width: Int, height: Int)? {
        guard let container = try box("ipco", in: range) else { return nil }
        var boxes = ISOBoxes(reader, in: container.range, limit: limits.containerItems)
        var size: (width: Int, height: Int)?
        var aperture: (width: Int, height: Int)?
        var (index, isTurned) = (0, false)
        while let property = try boxes.next() {
            index += 1
            guard wanted.contains(index) else { continue }
            switch property.type {
            case "ispe" where property.range.count >= 12 && size == nil:
                size = (try reader.big32(at: property.payload + 4), try reader.big32(at: property.payload + 8))
            case "clap" where property.range.count >= 16: aperture = try self.aperture(property)
            case "irot" where !property.range.isEmpty: isTurned = try reader.byte(at: property.payload) & 1 == 1
            default: break
            }
        }
        guard var size else { return nil }
        if let aperture, aperture.width <= size.width, aperture.height <= size.height { size = aperture }
        return isTurned ? (size.height, size.width) : size
    }

    /// Width and height of the clean aperture, each a fraction of two numbers (ISO/IEC 14496-12, 12.1.4.3); nil if it is not a size.
    private func aperture(_ property: ISOBox) throws -> (width: Int, height: Int)? {
        let sides = try [0, 8].map { offset in
            let (above, below) = (try reader.big32(at: property.payload + offset), try reader.big32(at: property.payload + offset + 4))
            return below > 0 ? (above + below / 2) / below : 0
        }
        return sides[0] > 0 && sides[1] > 0 ? (sides[0], sides[1]) : nil
    }

    /// Frames of an image sequence: the samples of its first track; 1 for a still picture.
    private func framesOfSequence() throws -> Int {
        var range = 0..<reader.size
        for step in ["moov", "trak", "mdia", "minf", "stbl", "stsz"] as [FourCC] {
            var boxes = ISOBoxes(reader, in: range, limit: limits.containerItems)
            guard let next = try boxes.first(step, clips: step == "moov") else { return 1 }
            range = next.range
        }
        return range.count >= 12 ? max(try reader.big32(at: range.lowerBound + 8), 1) : 1
    }
}

/// Reads numbers sequentially within a range; going beyond it throws.
struct BoundedFields {
    private let reader: ByteReader
    private(set) var offset: Int
    private let end: Int

    init(_ reader: ByteReader, _ range: Range<Int>) {
        self.reader = reader
        offset = range.lowerBound
        end = min(range.upperBound, reader.size)
    }

    var left: Int { end - offset }

    /// A big-endian number of 0, 1, 2, 4 or 8 bytes; throws for 8-byte values that do not fit into Int.
    mutating func next(bytes: Int) throws -> Int {
        let start = offset
        try skip(bytes)
        switch bytes {
        case 0: return 0
        case 1: return try reader.byte(at: start)
        case 2: return try reader.big16(at: start)
        case 4: return try reader.big32(at: start)
        default:
            guard bytes == 8, let value = Int(exactly: try reader.big64(at: start)) else {
                throw ByteReader.damaged("number of \(bytes) bytes at \(start)")
            }
            return value
        }
    }

    mutating func skip(_ bytes: Int) throws {
        guard bytes >= 0, bytes <= left else { throw ByteReader.damaged("box ends within a field at \(offset)") }
        offset += bytes
    }
}
