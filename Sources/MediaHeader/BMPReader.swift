// BMP: only the information header is read. Its height is signed; the smallest 32-bit integer has no absolute value in 32 bits.

import Media

struct BMPReader {
    /// Sizes of the headers since Windows 3 (BITMAPINFOHEADER ... BITMAPV5HEADER); OS/2's 12-byte header is rejected.
    static let headerSizes = 40...124

    private let reader: ByteReader
    private let limits: MediaLimits

    init(_ reader: ByteReader, _ limits: MediaLimits) {
        self.reader = reader
        self.limits = limits
    }

    /// - Throws: `MediaRefusal`.
    func read() throws -> MediaFacts {
        let header = try reader.bytes(at: 14, 20)
        let width = Int(Int32(truncatingIfNeeded: header.little32(4)))
        let height = Int(Int32(truncatingIfNeeded: header.little32(8)))
        let (depth, compression) = (header.little16(14), header.little32(16))
        guard [1, 4, 8, 16, 24, 32].contains(depth) else { throw ByteReader.damaged("BMP of \(depth) bits") }
        // 0...3: uncompressed, run-length and bit fields; 6: bit fields with alpha. 4 and 5 embed a JPEG or PNG for printers.
        guard [0, 1, 2, 3, 6].contains(compression) else { throw ByteReader.damaged("BMP of compression \(compression)") }
        try limits.check(width: width, height: abs(height), of: "BMP")
        return MediaFacts(type: .bmp, width: width, height: abs(height))
    }
}
