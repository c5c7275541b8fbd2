// A minimal PNG encoder (W3C PNG, third edition): grayscale, no filter.

/// Files of the format whose pixels are deflated.
public enum PNGFile {
    /// - Parameters:
    ///   - bits: of a pixel: 1, 2, 4 or 8; 0 is black.
    ///   - row: the bytes of a row, the leftmost pixel in the highest bits; called from the top down.
    public static func gray(width: Int, height: Int, bits: Int, row: (Int) -> some Sequence<UInt8>) throws -> [UInt8] {
        // Width, height, bit depth, color type 0 (grayscale), then compression, filter and interlace methods.
        let header = big(width) + big(height) + [UInt8(bits), 0, 0, 0, 0]
        var compressed: [UInt8] = []
        let deflater = try Deflater { compressed += $0 }
        for y in 0..<height { try ([0] + Array(row(y))).withUnsafeBytes(deflater.write) }
        try deflater.finish()
        let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        return signature + chunk("IHDR", header) + chunk("IDAT", compressed) + chunk("IEND", [])
    }

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let named = Array(name.utf8) + content
        return big(content.count) + named + big(Int(CRC32.checksum(named)))
    }

    private static func big(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }
}
