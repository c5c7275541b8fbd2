// BMP: only the information header is read. Its height is signed; the smallest 32-bit integer has no absolute value in 32 bits.

import Media
import Text

struct BMPReader {
    /// Sizes of the headers: OS/2's first (BITMAPCOREHEADER), and those since Windows 3 (BITMAPINFOHEADER ... BITMAPV5HEADER), with OS/2's
    /// second among them (64).
    static func isHeaderSize(_ size: Int) -> Bool { size == coreHeader || (40...124).contains(size) }

    private static let coreHeader = 12
    private static let secondOS2Header = 64

    private let reader: ByteReader
    private let limits: MediaLimits

    init(_ reader: ByteReader, _ limits: MediaLimits) {
        self.reader = reader
        self.limits = limits
    }

    /// - Throws: `MediaRefusal`.
    func read() throws -> MediaFacts {
        let size = try reader.little32(at: 14)
        guard size != BMPReader.coreHeader else { return try readCore() }
        let header = try reader.bytes(at: 14, 20)
        let width = Int(Int32(truncatingIfNeeded: header.little32(4)))
        let height = Int(Int32(truncatingIfNeeded: header.little32(8)))
        let (depth, compression) = (header.little16(14), header.little32(16))
        guard [1, 4, 8, 16, 24, 32].contains(depth) else { throw ByteReader.damaged("BMP of \(depth) bits") }
        // 0...3: uncompressed, run-length and bit fields; 6: bit fields with alpha. 4 and 5 embed a JPEG or PNG for printers.
        let isSecondOS2 = size == BMPReader.secondOS2Header
        guard [0, 1, 2, 3, 6].contains(compression) || isSecondOS2 && compression == 4 else {
            throw ByteReader.damaged("BMP of compression \(compression)")
        }
        return try facts(width, abs(height), isSecondOS2: isSecondOS2)
    }

    /// 16-bit width and height, planes, depth.
    private func readCore() throws -> MediaFacts {
        let header = try reader.bytes(at: 14, 12)
        guard [1, 4, 8, 24].contains(header.little16(10)) else { throw ByteReader.damaged("BMP of \(header.little16(10)) bits") }
        return try facts(header.little16(4), header.little16(6), isSecondOS2: false)
    }

    /// In OS/2's second header the compressions 3 and 4 mean others than elsewhere, and decoders take its further fields for masks.
    private func facts(_ width: Int, _ height: Int, isSecondOS2: Bool) throws -> MediaFacts {
        try limits.check(width: width, height: height, of: "BMP")
        var facts = MediaFacts(type: .bmp, width: width, height: height)
        facts.isDecoded = !isSecondOS2
        return facts
    }

    /// Whether the fourth byte of a pixel is transparency: only if a mask says so (BITMAPV3INFOHEADER and later, bit fields).
    static func hasAlpha(_ reader: ByteReader) throws -> Bool {
        guard try reader.little32(at: 14) >= 56, try [3, 6].contains(reader.little32(at: 30)) else { return false }
        return try reader.little32(at: 66) != 0
    }
}
