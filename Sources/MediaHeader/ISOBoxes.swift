// MP4, MOV, HEIC and AVIF are trees of boxes (ISO/IEC 14496-12, 4.2): size, four-character type, payload. This iterates over one level,
// within the bounds of the parent. Each box advances the offset by at least its header, so parsing always ends.

import Media

/// One box: its type and ranges in the file.
struct ISOBox {
    let type: FourCC
    /// Offset of the box's first byte, its size field.
    let start: Int
    /// Offset of the first byte after the header (and after the 16 bytes of a `uuid`).
    let payload: Int
    /// Offset of the first byte after the box.
    let end: Int

    var range: Range<Int> { payload..<end }
}

/// The boxes within a range, front to back.
struct ISOBoxes {
    private let reader: ByteReader
    private var offset: Int
    private let end: Int
    private var left: Int

    /// - Parameter limit: how many boxes are read before the file counts as damaged.
    init(_ reader: ByteReader, in range: Range<Int>, limit: Int) {
        self.reader = reader
        offset = range.lowerBound
        end = min(range.upperBound, reader.size)
        left = limit
    }

    /// The next box; nil at the end, where up to seven bytes may be left (QuickTime ends lists with a zero).
    ///
    /// - Throws: `MediaRefusal` if a box is larger than its parent, unless `clips` is set, which is for the top level only.
    mutating func next(clips: Bool = false) throws -> ISOBox? {
        guard offset < end, end - offset >= 8 else { return nil }
        guard left > 0 else { throw MediaRefusal(.tooLarge("containerItems"), because: "too many boxes in a row") }
        left -= 1
        let type = try reader.name(at: offset + 4)
        var header = 8
        var length: Int
        switch try reader.big32(at: offset) {
        case 0: length = end - offset
        case 1:
            guard end - offset >= 16 else { throw ByteReader.damaged("box \(type) ends within its header") }
            header = 16
            length = Int(exactly: try reader.big64(at: offset + 8)) ?? Int.max
        case let short: length = short
        }
        if type == "uuid" { header += 16 }
        guard length >= header else { throw ByteReader.damaged("box \(type) of \(length) bytes is smaller than its header") }
        if length > end - offset {
            guard clips, end - offset >= header else { throw ByteReader.damaged("box \(type) is larger than what holds it") }
            length = end - offset
        }
        let box = ISOBox(type: type, start: offset, payload: offset + header, end: offset + length)
        offset = box.end
        return box
    }

    /// The next box of a type; nil if there is none.
    mutating func first(_ type: FourCC, clips: Bool = false) throws -> ISOBox? {
        while let box = try next(clips: clips) {
            if box.type == type { return box }
        }
        return nil
    }
}
