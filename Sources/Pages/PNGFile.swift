// A minimal PNG encoder (W3C PNG, third edition): grayscale, eight bits, no filter.

import Compression

/// A grayscale image.
struct Canvas {
    let width: Int
    let height: Int
    /// Rows from top to bottom.
    private(set) var dots: [UInt8]

    init(width: Int, height: Int, shade: UInt8) {
        self.width = width
        self.height = height
        dots = [UInt8](repeating: shade, count: width * height)
    }

    /// Pixels outside are ignored.
    mutating func set(_ x: Int, _ y: Int, _ shade: UInt8) {
        guard (0..<width).contains(x), (0..<height).contains(y) else { return }
        dots[y * width + x] = shade
    }
}

enum PNGFile {
    static func make(_ canvas: Canvas) throws -> [UInt8] {
        // Width, height, bit depth 8, color type 0 (grayscale), then compression, filter and interlace methods.
        let header = big(canvas.width) + big(canvas.height) + [8, 0, 0, 0, 0]
        var rows: [UInt8] = []
        rows.reserveCapacity((canvas.width + 1) * canvas.height)
        for y in 0..<canvas.height { rows += [0] + canvas.dots[y * canvas.width..<(y + 1) * canvas.width] }
        var compressed: [UInt8] = []
        let deflater = try Deflater { compressed += $0 }
        try rows.withUnsafeBytes(deflater.write)
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
