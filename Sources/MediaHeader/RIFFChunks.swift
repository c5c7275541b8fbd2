// WebP and AVI are RIFF files: named chunks with a little-endian length, padded to an even number of bytes.

import Media

/// One chunk: its name and the range of its payload.
struct RIFFChunk {
    let type: FourCC
    /// Offset of the name.
    let start: Int
    let payload: Range<Int>

    /// Offset after the payload and its padding byte.
    var end: Int { payload.upperBound + (payload.count & 1) }
}

/// The chunks within a range, front to back.
struct RIFFChunks {
    private let reader: ByteReader
    private var offset: Int
    private let end: Int
    private var left: Int

    /// - Parameter limit: how many chunks are read before the file is rejected.
    init(_ reader: ByteReader, in range: Range<Int>, limit: Int) {
        self.reader = reader
        offset = range.lowerBound
        end = min(range.upperBound, reader.size)
        left = limit
    }

    /// The next chunk; nil if there is no room for a chunk header.
    ///
    /// - Throws: `MediaRefusal` if a chunk is longer than its parent, unless `clips` is set: the chunk then ends with the parent.
    mutating func next(clips: Bool = false) throws -> RIFFChunk? {
        guard offset >= 0, end - offset >= 8 else { return nil }
        guard left > 0 else { throw MediaRefusal(.tooLarge("containerItems"), because: "too many chunks in a row") }
        left -= 1
        let type = try reader.name(at: offset)
        var length = try reader.little32(at: offset + 4)
        if length > end - offset - 8 {
            guard clips else { throw ByteReader.damaged("chunk \(type) is longer than what holds it") }
            length = end - offset - 8
        }
        let chunk = RIFFChunk(type: type, start: offset, payload: offset + 8..<offset + 8 + length)
        offset = chunk.end
        return chunk
    }
}
