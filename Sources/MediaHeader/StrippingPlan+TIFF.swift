// TIFF: pixels lie anywhere in the file and are found by offsets, so nothing may move. Directories are rewritten in place without the entries
// that are not about the picture's appearance, and their values are blanked (TIFF 6.0).

import Media

extension StrippingPlan {
    /// Removes all entries but those that a reader needs to show the picture.
    ///
    /// - Throws: `MediaRefusal` for camera raw, whose private entries cannot be told apart.
    static func tiff(_ reader: ByteReader, _ limits: MediaLimits) throws -> StrippingPlan {
        let changes = try TIFFMetadata(reader, limits).changes()
        var plan = StrippingPlan()
        var done = 0
        for change in changes {
            let start = max(done, change.range.lowerBound)
            guard start < change.range.upperBound else { continue }
            try plan.keep(done..<start)
            done = change.range.upperBound
            if let bytes = change.bytes { try plan.replace(start..<done, reader, with: bytes) } else { try plan.blank(start..<done, reader, with: 0) }
        }
        try plan.keep(done..<reader.size)
        return plan
    }
}

/// Where the metadata of a TIFF is.
private struct TIFFMetadata {
    /// Bytes to write in place of a range; nil for zeros.
    struct Change {
        let range: Range<Int>
        let bytes: [UInt8]?
    }

    private struct Entry {
        let tag: Int
        let bytes: [UInt8]
        /// Where its values are, unless they are within the entry.
        let values: Range<Int>?
        let type: Int
        let count: Int
        /// Where the values are, within the entry or not.
        let start: Int
    }

    private let reader: ByteReader
    private let limits: MediaLimits
    private let isBig: Bool
    private var changed: [Change] = []
    /// What belongs to the picture.
    private var kept: [Range<Int>] = []
    private var visited: Set<Int> = []

    /// Size, coding and place of the pixels, colors, orientation and resolution; old JPEG compression; the color profile.
    private static let shown: Set<Int> = Set([
        254...259, 262...262, 263...266, 273...274, 277...284, 290...293, 296...297, 301...301, 317...325, 332...334, 336...336, 338...347,
        512...521, 529...532, 34675...34675,
    ].joined())
    private static let pixels = [(offsets: 273, counts: 279), (offsets: 324, counts: 325), (offsets: 513, counts: 514)]
    /// EXIF, GPS and interoperability directories.
    private static let directories: Set<Int> = [34665, 34853, 40965]
    /// Inner directories and versions of camera raw, and its arrangement of colors.
    private static let raw: Set<Int> = [330, 33421, 50706]
    private static let sizes = [1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4]
    private static let mostDirectories = 1_000
    private static let mostParts = 1_000_000

    init(_ reader: ByteReader, _ limits: MediaLimits) throws {
        (self.reader, self.limits) = (reader, limits)
        isBig = try reader.big16(at: 0) == 0x4D4D
    }

    /// In the order of the file.
    consuming func changes() throws -> [Change] {
        var next = try number(at: 4, 4)
        while next != 0 { next = try readDirectory(at: next) }
        kept.sort { $0.lowerBound < $1.lowerBound }
        let sorted = changed.sorted { $0.range.lowerBound < $1.range.lowerBound }
        var place = 0
        for change in sorted {
            while place < kept.count, kept[place].upperBound <= change.range.lowerBound { place += 1 }
            guard kept[place...].prefix(while: { $0.lowerBound < change.range.upperBound }).allSatisfy({ !$0.overlaps(change.range) }) else {
                throw ByteReader.damaged("TIFF whose metadata lie within its picture")
            }
        }
        return sorted
    }

    /// - Returns: the offset of the next directory, 0 for none.
    private mutating func readDirectory(at offset: Int) throws -> Int {
        try begin(offset)
        let entries = try self.entries(at: offset)
        let end = offset + 2 + 12 * entries.count
        let next = try number(at: end, 4)
        guard !entries.contains(where: { TIFFMetadata.raw.contains($0.tag) }) else {
            throw ByteReader.damaged("camera raw, or a TIFF with inner directories: its metadata cannot be removed (strip_metadata)")
        }
        let left = entries.filter { TIFFMetadata.shown.contains($0.tag) }
        for entry in entries where !TIFFMetadata.shown.contains(entry.tag) { try remove(entry) }
        kept += left.compactMap(\.values)
        try keepPixels(of: left)
        guard left.count < entries.count else {
            kept.append(offset..<end + 4)
            return next
        }
        let bytes = number(left.count, 2) + left.flatMap(\.bytes) + number(next, 4)
        changed.append(Change(range: offset..<end + 4, bytes: bytes + [UInt8](repeating: 0, count: end + 4 - offset - bytes.count)))
        return next
    }

    private mutating func begin(_ offset: Int) throws {
        guard visited.insert(offset).inserted, visited.count <= TIFFMetadata.mostDirectories else {
            throw ByteReader.damaged("TIFF whose directories form a circle, or over \(TIFFMetadata.mostDirectories)")
        }
    }

    private func entries(at offset: Int) throws -> [Entry] {
        let count = try number(at: offset, 2)
        try limits.check(count, "tiffEntries", limits.tiffEntries)
        return try (0..<count).map { index in
            let place = offset + 2 + 12 * index
            let bytes = Array(try reader.bytes(at: place, 12))
            let (type, count) = (try number(at: place + 2, 2), try number(at: place + 4, 4))
            let size = (TIFFMetadata.sizes[type] ?? 1) * count
            let start = size > 4 ? try number(at: place + 8, 4) : place + 8
            guard start + size <= reader.size else { throw ByteReader.damaged("TIFF whose entry lies outside the file") }
            let values = size > 4 ? start..<start + size : nil
            return Entry(tag: try number(at: place, 2), bytes: bytes, values: values, type: type, count: count, start: start)
        }
    }

    private mutating func remove(_ entry: Entry) throws {
        if let values = entry.values { changed.append(Change(range: values, bytes: nil)) }
        guard TIFFMetadata.directories.contains(entry.tag), entry.type == 4 || entry.type == 13, entry.count == 1 else { return }
        let offset = try number(at: entry.start, 4)
        try begin(offset)
        let inner = try entries(at: offset)
        for entry in inner { try remove(entry) }
        changed.append(Change(range: offset..<min(offset + 2 + 12 * inner.count + 4, reader.size), bytes: nil))
    }

    private mutating func keepPixels(of entries: [Entry]) throws {
        for (offsets, counts) in TIFFMetadata.pixels {
            guard let offsets = entries.first(where: { $0.tag == offsets }), let counts = entries.first(where: { $0.tag == counts }) else { continue }
            let parts = min(offsets.count, counts.count)
            try limits.check(kept.count + parts, "tiffParts", TIFFMetadata.mostParts)
            for index in 0..<parts {
                let (start, length) = (try value(of: offsets, index), try value(of: counts, index))
                if length > 0 { kept.append(start..<start + length) }
            }
        }
    }

    private func value(of entry: Entry, _ index: Int) throws -> Int {
        let size = entry.type == 3 ? 2 : 4
        return try number(at: entry.start + index * size, size)
    }

    private func number(at offset: Int, _ bytes: Int) throws -> Int {
        if bytes == 2 { return isBig ? try reader.big16(at: offset) : try reader.little16(at: offset) }
        return isBig ? try reader.big32(at: offset) : try reader.little32(at: offset)
    }

    private func number(_ value: Int, _ bytes: Int) -> [UInt8] {
        let little = (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        return isBig ? little.reversed() : little
    }
}
