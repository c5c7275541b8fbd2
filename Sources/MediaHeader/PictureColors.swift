// A PNG may state its colors in numbers (PNG 3rd edition, 11.3.2), which the decoder does not read, or not apply. `cICP` overrides a
// profile; `gAMA` and `cHRM` count only without one.

import Media
import Text

/// Finds what a picture states of its colors besides an ICC profile.
public enum PictureColors {
    /// nil if it states nothing, or sRGB, or less than a profile that it also has.
    ///
    /// - Throws: errors of the source.
    public static func read(_ source: some ByteSource, _ type: MediaType) throws -> ColorDescription? {
        guard type == .png else { return nil }
        do {
            return try PNGColors(ByteReader(source)).description
        } catch is MediaRefusal {
            return nil
        }
    }
}

extension PictureColors {
    /// Whether the decoder takes bytes for transparency that are none: the fourth of a pixel in a BMP without a mask for it.
    ///
    /// - Throws: errors of the source.
    public static func hasFalseAlpha(_ source: some ByteSource, _ type: MediaType) throws -> Bool {
        guard type == .bmp else { return false }
        do { return try !BMPReader.hasAlpha(ByteReader(source)) } catch is MediaRefusal { return false }
    }
}

private struct PNGColors {
    private let reader: ByteReader
    private var coded: ColorDescription?
    private var hasProfile = false
    private var gamma: Double?
    /// White, red, green, blue.
    private var points: [ColorDescription.Point] = []

    init(_ reader: ByteReader) throws {
        self.reader = reader
        var walk = PNGChunks(reader)
        var left = MediaLimits().pngChunksBeforeData
        while left > 0, let chunk = try walk.next(), chunk.type != "IDAT" {
            left -= 1
            try look(at: chunk)
        }
    }

    private mutating func look(at chunk: PNGChunk) throws {
        let start = chunk.payload.lowerBound
        switch (chunk.type, chunk.payload.count) {
        case ("cICP", 4):
            let code = try reader.bytes(at: start, 4)
            // A matrix other than RGB's is not allowed, and a narrow range is of videos.
            if code[2] == 0, code[3] == 1 { coded = ColorDescription(primaries: Int(code[0]), transfer: Int(code[1])) }
        case ("iCCP", _), ("sRGB", _): hasProfile = true
        case ("gAMA", 4): gamma = Double(try reader.big32(at: start)) / 100_000
        case ("cHRM", 32):
            let numbers = try (0..<8).map { Double(try reader.big32(at: start + 4 * $0)) / 100_000 }
            points = stride(from: 0, to: 8, by: 2).map { .init(numbers[$0], numbers[$0 + 1]) }
        default: break
        }
    }

    var description: ColorDescription? {
        if let coded { return coded.isPlain ? nil : coded }
        guard !hasProfile, let gamma, (0.1...10).contains(gamma) else { return nil }
        // Encoders write 1/2.2 for sRGB.
        let transfer: ColorDescription.Transfer = abs(gamma - 0.45455) < 0.01 ? .sRGB : .power(1 / gamma)
        let plain = ColorDescription(transfer)
        guard arePlausible, !areSRGB(plain) else { return plain.isPlain ? nil : plain }
        return ColorDescription(red: points[1], green: points[2], blue: points[3], white: points[0], transfer: transfer)
    }

    /// Whether they span a triangle that is not flat.
    private var arePlausible: Bool {
        guard points.count == 4, points.allSatisfy({ $0.y > 0.01 && $0.x + $0.y <= 1.01 }) else { return false }
        let (red, green, blue) = (points[1], points[2], points[3])
        return abs((green.x - red.x) * (blue.y - red.y) - (blue.x - red.x) * (green.y - red.y)) > 0.01
    }

    private func areSRGB(_ plain: ColorDescription) -> Bool {
        zip(points, [plain.white, plain.red, plain.green, plain.blue]).allSatisfy { abs($0.x - $1.x) < 0.005 && abs($0.y - $1.y) < 0.005 }
    }
}
