// Pictures that the tests draw themselves, byte by byte: small ones that decode, and hostile ones.

/// Bytes of pictures.
public enum Sample {
    public static func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
    public static func big(_ value: Int, _ count: Int) -> [UInt8] { little(value, count).reversed() }

    /// 24 bits a pixel: red grows to the right, green downwards.
    public static func bmp(_ width: Int, _ height: Int) -> [UInt8] {
        let row = (width * 3 + 3) / 4 * 4
        var bytes = Array("BM".utf8) + little(54 + row * height, 4) + little(0, 4) + little(54, 4) + little(40, 4)
        bytes += little(width, 4) + little(height, 4) + little(1, 2) + little(24, 2) + little(0, 24)
        for y in (0..<height).reversed() {
            for x in 0..<width { bytes += [0x40, UInt8(y * 255 / height), UInt8(x * 255 / width)] }
            bytes += [UInt8](repeating: 0, count: row - width * 3)
        }
        return bytes
    }

    /// Lossless WebP of one colour, any size in a few bytes.
    public static func webp(_ width: Int, _ height: Int) -> [UInt8] {
        let body: [UInt8] = [0x2F] + little((width - 1) | (height - 1) << 14, 4) + [0x88, 0x88, 0x08] + [UInt8](repeating: 0, count: 10)
        return Array("RIFF".utf8) + little(12 + body.count, 4) + Array("WEBPVP8L".utf8) + little(body.count, 4) + body
    }

    /// The headers of a PNG, whose data ends at once.
    public static func pngHeader(_ width: Int, _ height: Int) -> [UInt8] {
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", big(width, 4) + big(height, 4) + [8, 2, 0, 0, 0])
            + chunk("IDAT", [0x78, 0x9C, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01]) + chunk("IEND", [])
    }

    private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + data
        var check: UInt32 = .max
        for byte in body {
            check ^= UInt32(byte)
            for _ in 0..<8 { check = check & 1 == 1 ? check >> 1 ^ 0xEDB8_8320 : check >> 1 }
        }
        return big(data.count, 4) + body + big(Int(~check), 4)
    }

    /// A grey progressive JPEG whose every scan says "all blocks end here": 15 bits for 32,767 blocks.
    public static func progressiveJPEG(_ width: Int, _ height: Int, scans: Int) -> [UInt8] {
        var bytes: [UInt8] = [0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0] + [UInt8](repeating: 1, count: 64)
        bytes += [0xFF, 0xC2, 0, 11, 8] + big(height, 2) + big(width, 2) + [1, 1, 0x11, 0]
        bytes += [0xFF, 0xC4, 0, 20, 0x10, 1] + [UInt8](repeating: 0, count: 15) + [0xE0]
        let runs = (width + 7) / 8 * ((height + 7) / 8) / 32_767 + 1
        let bits = (0..<runs).flatMap { _ in [0] + [Int](repeating: 1, count: 14) }
        var data: [UInt8] = []
        for start in stride(from: 0, to: bits.count, by: 8) {
            let byte = (start..<start + 8).reduce(0) { $0 << 1 | ($1 < bits.count ? bits[$1] : 1) }
            data += byte == 0xFF ? [0xFF, 0] : [UInt8(byte)]
        }
        let scan: [UInt8] = [0xFF, 0xDA, 0, 8, 1, 1, 0, 1, 63, 0] + data
        for _ in 0..<scans { bytes += scan }
        return bytes + [0xFF, 0xD9]
    }
}
