// Limits the input of a decoder to the bytes that belong to the picture. A few kilobytes after the last pixel of a PNG can inflate to a
// gigabyte, which the decoder processes; and some decoders reject a good picture because of trailing bytes.

import Media
import Text

/// Finds the end of a picture within its file.
public enum PictureExtent {
    /// The number of leading bytes that the decoder may read. Pictures as encoders write them are complete within it; for
    /// other types it is the whole file.
    ///
    /// - Throws: errors of the source.
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

    /// Maximum chunks of pixel data; an encoder that writes one per row stays below it.
    private static let mostDataChunks = 65_536
    /// Maximum other chunks, such as two per frame of an animation: the decoder takes quadratic time for chunks that it does not know.
    private static let mostOtherChunks = 12_000

    /// The end of IEND, or an offset within the pixel data if there is more of it than any encoder can need.
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

    /// Upper bound: all rows with a filter byte each, stored uncompressed by deflate, with a flush after each row, plus a margin.
    private static func mostPixelData(_ header: UnsafeRawBufferPointer) -> Int {
        let channels = [2: 3, 4: 2, 6: 4][Int(header[9])] ?? 1
        let row = (header.big32(0) * channels * Int(header[8]) + 7) / 8 + 17
        return row * header.big32(4) / 8 * 9 + 65_536
    }

    /// From the first header; the whole file if the header states no valid size.
    private static func bmp(_ reader: ByteReader) throws -> Int {
        let said = try reader.little32(at: 2)
        return said >= 26 && said <= reader.size ? said : reader.size
    }
}
