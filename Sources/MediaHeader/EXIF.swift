// The only EXIF field needed here is the orientation, which decides whether width and height are swapped. EXIF is a TIFF
// structure inside the file, so this also reads the first directory of TIFF files.

import Media

/// A directory of a TIFF structure (TIFF 6.0, section 2) within a file.
struct TIFFDirectory {
    private let reader: ByteReader
    /// Range of the structure; its offsets count from the start of this range.
    private let range: Range<Int>
    private let isBig: Bool
    /// Offset in the file of the first 12-byte entry.
    private let entries: Int
    let count: Int

    /// The first directory; nil if the bytes are not a TIFF structure or the directory lies outside of it.
    ///
    /// - Parameter limit: how many entries are read; the rest is ignored.
    init?(_ reader: ByteReader, in range: Range<Int>, limit: Int) throws {
        guard range.lowerBound >= 0, range.upperBound <= reader.size, range.count >= 14 else { return nil }
        switch try reader.big32(at: range.lowerBound) {
        case 0x4949_2A00: isBig = false
        case 0x4D4D_002A: isBig = true
        default: return nil
        }
        self.reader = reader
        self.range = range
        let first = try TIFFDirectory.number(reader, at: range.lowerBound + 4, bytes: 4, isBig: isBig)
        guard first >= 8, first <= range.count - 2 else { return nil }
        let start = range.lowerBound + first
        let announced = try TIFFDirectory.number(reader, at: start, bytes: 2, isBig: isBig)
        entries = start + 2
        count = min(announced, limit, (range.upperBound - entries) / 12)
    }

    /// The first value of a tag of type BYTE, SHORT or LONG that is stored inline; nil if there is none.
    func value(_ tag: Int) throws -> Int? {
        for index in 0..<count {
            let entry = entries + index * 12
            guard try number(at: entry, bytes: 2) == tag else { continue }
            return switch (try number(at: entry + 2, bytes: 2), try number(at: entry + 4, bytes: 4)) {
            case (1, 1...4): try number(at: entry + 8, bytes: 1)
            case (3, 1...2): try number(at: entry + 8, bytes: 2)
            case (4, 1): try number(at: entry + 8, bytes: 4)
            default: nil
            }
        }
        return nil
    }

    private func number(at offset: Int, bytes: Int) throws -> Int {
        try TIFFDirectory.number(reader, at: offset, bytes: bytes, isBig: isBig)
    }

    private static func number(_ reader: ByteReader, at offset: Int, bytes: Int, isBig: Bool) throws -> Int {
        switch bytes {
        case 1: try reader.byte(at: offset)
        case 2: isBig ? try reader.big16(at: offset) : try reader.little16(at: offset)
        default: isBig ? try reader.big32(at: offset) : try reader.little32(at: offset)
        }
    }
}

/// Reads and writes the EXIF orientation.
enum EXIF {
    static let orientationTag = 0x0112

    /// Entries that are read; cameras write about 20 into the first directory.
    static let entryLimit = 512

    /// EXIF orientation 1...8 of a TIFF structure; 1 if missing or invalid.
    static func orientation(_ reader: ByteReader, in range: Range<Int>) throws -> Int {
        let found = try TIFFDirectory(reader, in: range, limit: entryLimit)?.value(orientationTag)
        return found.flatMap { (1...8).contains($0) ? $0 : nil } ?? 1
    }

    /// A TIFF structure with only the orientation: one SHORT entry, big-endian (26 bytes).
    static func block(orientation: Int) -> [UInt8] {
        [
            0x4D, 0x4D, 0x00, 0x2A, 0x00, 0x00, 0x00, 0x08,  // big-endian TIFF, directory at 8
            0x00, 0x01, 0x01, 0x12, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01,  // one entry: orientation, one SHORT
            0x00, UInt8(truncatingIfNeeded: orientation), 0x00, 0x00,  // its value
            0x00, 0x00, 0x00, 0x00,  // no further directory
        ]
    }
}
