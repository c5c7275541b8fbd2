// HEIC and AVIF refer to data by absolute file offsets, so nothing may move: EXIF and XMP are overwritten in place, and the file
// keeps its length. The orientation is stored elsewhere (see HEIFReader).

import Media

extension StrippingPlan {
    /// Overwrites EXIF items with an empty EXIF block, XMP items and boxes with spaces.
    static func heif(_ reader: ByteReader, _ limits: MediaLimits) throws -> StrippingPlan {
        let places = try HEIFMetadata.places(reader, limits).sorted { $0.range.lowerBound < $1.range.lowerBound }
        var plan = StrippingPlan()
        var done = 0
        for place in places where place.range.upperBound > done {
            let start = max(done, place.range.lowerBound)
            try plan.keep(done..<start)
            try plan.overwrite(HEIFMetadata.Place(range: start..<place.range.upperBound, isExif: place.isExif), reader)
            done = place.range.upperBound
        }
        try plan.keep(done..<reader.size)
        return plan
    }

    private mutating func overwrite(_ place: HEIFMetadata.Place, _ reader: ByteReader) throws {
        // An EXIF item begins with the offset of the TIFF structure, here 0.
        let nothing = [0, 0, 0, 0] + EXIF.block(orientation: 1)
        var range = place.range
        if place.isExif, range.count >= nothing.count {
            let head = range.lowerBound..<range.lowerBound + nothing.count
            try replace(head, reader, with: nothing)
            range = head.upperBound..<range.upperBound
        }
        if !range.isEmpty { try blank(range, reader, with: place.isExif ? 0 : UInt8(ascii: " ")) }
    }
}

/// The locations of EXIF and XMP in an HEIF file.
struct HEIFMetadata {
    struct Place {
        let range: Range<Int>
        let isExif: Bool
    }

    private let reader: ByteReader
    private let limits: MediaLimits
    private let meta: Range<Int>

    static func places(_ reader: ByteReader, _ limits: MediaLimits) throws -> [Place] {
        var found = try boxesOfXMP(reader, limits)
        guard let meta = try HEIFReader.meta(reader, limits) else { return found }
        let metadata = HEIFMetadata(reader: reader, limits: limits, meta: meta)
        let items = try metadata.items()
        if !items.isEmpty { found += try metadata.locations(of: items) }
        return found
    }

    /// XMP in a box of its own, identified by a UUID (XMP specification part 3, 1.2.7).
    private static func boxesOfXMP(_ reader: ByteReader, _ limits: MediaLimits) throws -> [Place] {
        let name: [UInt8] = [
            0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC,
        ]
        var found: [Place] = []
        var boxes = ISOBoxes(reader, in: 0..<reader.size, limit: limits.containerItems)
        while let box = try boxes.first("uuid", clips: true) {
            guard try reader.bytes(at: box.payload - 16, 16).elementsEqual(name) else { continue }
            found.append(Place(range: box.range, isExif: false))
        }
        return found
    }

    /// Item numbers of EXIF (true) and XMP (false) items (`iinf`, ISO/IEC 14496-12, 8.11.6).
    private func items() throws -> [Int: Bool] {
        guard let list = try box("iinf"), list.range.count >= 6 else { return [:] }
        let counted = try reader.byte(at: list.payload) == 0 ? 6 : 8
        guard list.range.count >= counted else { return [:] }
        var found: [Int: Bool] = [:]
        var entries = ISOBoxes(reader, in: list.payload + counted..<list.end, limit: limits.containerItems)
        while let entry = try entries.first("infe") {
            guard let (item, isExif) = try metadataItem(entry) else { continue }
            found[item] = isExif
        }
        return found
    }

    private func metadataItem(_ entry: ISOBox) throws -> (item: Int, isExif: Bool)? {
        guard entry.range.count >= 12 else { return nil }
        let version = try reader.byte(at: entry.payload)
        guard version >= 2 else { return nil }
        var fields = BoundedFields(reader, entry.payload + 4..<entry.end)
        let item = try fields.next(bytes: version == 2 ? 2 : 4)
        try fields.skip(2)
        switch FourCC(try fields.next(bytes: 4)) {
        case "Exif": return (item, true)
        case "mime":
            // The item's name, a zero byte, and the content type.
            let texts = try reader.bytes(at: fields.offset, min(fields.left, 256))
            let type: StaticString = "\0application/rdf+xml"
            return texts.indices.contains { texts.holds(type, at: $0) } ? (item, false) : nil
        default: return nil
        }
    }

    /// Byte ranges of items (`iloc`, ISO/IEC 14496-12, 8.11.3); references to other files or beyond the end are an error.
    private func locations(of items: [Int: Bool]) throws -> [Place] {
        guard let table = try box("iloc"), table.range.count >= 8 else { return [] }
        let version = try reader.byte(at: table.payload)
        guard version <= 2 else { return [] }
        let sizes = try reader.big16(at: table.payload + 4)
        let size = (offset: sizes >> 12, length: sizes >> 8 & 15, base: sizes >> 4 & 15, index: version > 0 ? sizes & 15 : 0)
        var fields = BoundedFields(reader, table.payload + 6..<table.end)
        let count = try fields.next(bytes: version < 2 ? 2 : 4)
        try limits.check(count, "containerItems", limits.containerItems)
        var found: [Place] = []
        for _ in 0..<count {
            let item = try fields.next(bytes: version < 2 ? 2 : 4)
            let method = version > 0 ? try fields.next(bytes: 2) & 15 : 0
            try fields.skip(2)
            let base = try fields.next(bytes: size.base)
            let extents = try fields.next(bytes: 2)
            guard let isExif = items[item], method <= 1 else {
                try fields.skip(extents * (size.index + size.offset + size.length))
                continue
            }
            for _ in 0..<extents {
                try fields.skip(size.index)
                let offset = try fields.next(bytes: size.offset)
                let length = try fields.next(bytes: size.length)
                let range = try place(method, base, offset, length)
                found.append(Place(range: range, isExif: isExif))
                try limits.check(found.count, "containerItems", limits.containerItems)
            }
        }
        return found
    }

    /// Offsets are relative to the start of the file, or (method 1) to the payload of the `idat` box.
    private func place(_ method: Int, _ base: Int, _ offset: Int, _ length: Int) throws -> Range<Int> {
        let within = try method == 0 ? 0..<reader.size : box("idat")?.range ?? 0..<0
        let (start, overflows) = base.addingReportingOverflow(offset)
        guard !overflows, length > 0, start <= within.count, length <= within.count - start else {
            throw ByteReader.damaged("HEIF metadata outside the file")
        }
        return within.lowerBound + start..<within.lowerBound + start + length
    }

    private func box(_ type: FourCC) throws -> ISOBox? {
        var boxes = ISOBoxes(reader, in: meta, limit: limits.containerItems)
        return try boxes.first(type)
    }
}
