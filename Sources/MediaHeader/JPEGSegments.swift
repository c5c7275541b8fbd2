// A JPEG is a series of marker segments, some followed by entropy-coded data (ITU-T T.81, B.1). The walk covers the whole file, because
// scans can be anywhere before the end; it finds at least every marker that libjpeg finds.

import Media
import Text

/// One marker and its segment, if it has one.
struct JPEGSegment {
    /// The marker's second byte.
    let code: Int
    /// Offset of the 0xFF before the code, or of the first fill byte before that. Fill bytes belong to the segment:
    /// if they stayed when it is removed, they would turn the next byte into a marker.
    let start: Int
    /// Range of its parameters, after the two length bytes; empty for markers without parameters.
    let payload: Range<Int>

    var end: Int { payload.upperBound }
}

/// The markers of a JPEG, front to back, including the end-of-image marker.
struct JPEGSegments {
    static let startOfImage = 0xD8, endOfImage = 0xD9, startOfScan = 0xDA
    static let comment = 0xFE, app0 = 0xE0, app15 = 0xEF

    private let reader: ByteReader
    private var offset = 2
    private var isOver = false

    /// The file must begin with the start-of-image marker.
    init(_ reader: ByteReader) {
        self.reader = reader
    }

    /// The next marker except restarts; nil after the end-of-image marker or at the end of the file.
    ///
    /// - Throws: `MediaRefusal` if a segment is longer than the file.
    mutating func next() throws -> JPEGSegment? {
        guard !isOver, let (start, marker) = try findMarker() else { return nil }
        let code = try reader.byte(at: marker + 1)
        if code == JPEGSegments.endOfImage { isOver = true }
        guard JPEGSegments.hasLength(code) else {
            offset = marker + 2
            return JPEGSegment(code: code, start: start, payload: offset..<offset)
        }
        let length = try reader.big16(at: marker + 2)
        guard length >= 2, length <= reader.size - marker - 2 else {
            throw ByteReader.damaged("segment FF\(String(code, radix: 16, uppercase: true)) of \(length) bytes at \(marker)")
        }
        offset = marker + 2 + length
        return JPEGSegment(code: code, start: start, payload: marker + 4..<offset)
    }

    /// TEM, SOI and EOI have no length; 02...BF are reserved, and decoders that continue after one assume no length.
    private static func hasLength(_ code: Int) -> Bool {
        code >= 0xC0 && code != startOfImage && code != endOfImage
    }

    /// The offset of the next 0xFF that is not followed by 00 (stuffing), FF (fill) or D0...D7 (restart), and that
    /// of the fill before it.
    private mutating func findMarker() throws -> (start: Int, marker: Int)? {
        var fill: Int?
        while true {
            let piece = try reader.piece(at: offset, atLeast: 2)
            guard piece.count >= 2 else { return nil }
            let pairs = UnsafeRawBufferPointer(rebasing: piece.dropLast())
            var index = 0
            while let found = pairs.firstIndex(of: 0xFF, from: index) {
                index = found
                switch piece[index + 1] {
                case 0x00, 0xD0...0xD7:
                    fill = nil
                    index += 2
                case 0xFF:
                    fill = fill ?? offset + index
                    index += 1
                default: return (fill ?? offset + index, offset + index)
                }
            }
            // The last byte may be the first half of a marker that the buffer cuts, so it is read again.
            offset += max(index, piece.count - 1)
        }
    }
}
