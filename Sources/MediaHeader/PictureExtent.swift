// How much of a file a decoder is given: what its headers need and no more. A few kilobytes behind the last pixel of a PNG inflate to a
// gigabyte, which the decoder waits for; and bytes behind the end make some refuse a good picture.

import Media
import Text

/// Where a picture ends within its file.
public enum PictureExtent {
    /// Bytes from the start of the file that its decoder may read. Cutting there does no harm to a picture as encoders write it; where
    /// nothing is known it is the whole file.
    ///
    /// - Throws: what the source throws.
    public static func end(_ source: some ByteSource, _ type: MediaType) throws -> Int {
        let reader = ByteReader(source)
        do {
            return switch type {
            case .png: try png(reader)
            case .webp: try WebPReader.body(reader).upperBound
            case .bmp: try bmp(reader)
            default: source.size
            }
        } catch is MediaRefusal {
            return source.size
        }
    }

    /// Chunks of pixel data; an encoder that writes one for each row stays below.
    private static let mostDataChunks = 65_536
    /// All others, such as two for each frame of an animation: the decoder's work for those that it does not know grows with their square.
    private static let mostOtherChunks = 12_000

    /// Behind IEND; in the middle of data that is more than the pixels can have, whatever the encoder did.
    private static func png(_ reader: ByteReader) throws -> Int {
        var walk = PNGChunks(reader)
        guard let header = try walk.next(), header.payload.count == 13 else { return reader.size }
        var rest = mostPixelData(try reader.bytes(at: header.payload.lowerBound, 13))
        var (data, others) = (0, 0)
        while data < mostDataChunks, others < mostOtherChunks {
            guard let chunk = try walk.next() else { return reader.size }
            if chunk.type == "IEND" { return chunk.end }
            guard chunk.type == "IDAT" else {
                others += 1
                continue
            }
            data += 1
            guard chunk.payload.count <= rest else { return chunk.payload.lowerBound + rest }
            rest -= chunk.payload.count
        }
        return walk.end
    }

    /// Rows with a filter byte each, as deflate stores what it cannot make smaller, with a flush behind each row, and then some.
    private static func mostPixelData(_ header: UnsafeRawBufferPointer) -> Int {
        let channels = [2: 3, 4: 2, 6: 4][Int(header[9])] ?? 1
        let row = (header.big32(0) * channels * Int(header[8]) + 7) / 8 + 17
        return row * header.big32(4) / 8 * 9 + 65_536
    }

    /// As its first header says; where that is none of the file's sizes, all of it.
    private static func bmp(_ reader: ByteReader) throws -> Int {
        let said = try reader.little32(at: 2)
        return (54...reader.size).contains(said) ? said : reader.size
    }
}
