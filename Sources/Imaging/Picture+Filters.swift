// PHP's image filters, computed as its manual and libgd define them, so that old links give the same picture; ImageMagick's filters
// of these names differ. Pixels are processed as 8-bit channels, since a thumbnail is small and stored in 8 bits.

internal import CMagickWand
import Media

extension Picture {
    /// Applies the filters in order.
    ///
    /// - Throws: `ImagingError`.
    public func apply(_ filters: [PixelFilter]) throws {
        guard !filters.isEmpty else { return }
        let (width, height) = (self.width, self.height)
        try check(MagickTransformImageColorspace(wand, sRGBColorspace), "to RGB")
        var raster = Raster(width: width, height: height)
        let read = raster.bytes.withUnsafeMutableBytes {
            MagickExportImagePixels(wand, 0, 0, width, height, "RGBA", CharPixel, $0.baseAddress)
        }
        try check(read, "read pixels")
        let hadAlpha = hasAlpha
        for filter in filters { raster.apply(filter) }
        let written = raster.bytes.withUnsafeBytes {
            MagickImportImagePixels(wand, 0, 0, width, height, "RGBA", CharPixel, $0.baseAddress)
        }
        try check(written, "write pixels")
        if !hadAlpha, raster.isOpaque { try check(MagickSetImageAlphaChannel(wand, DeactivateAlphaChannel), "leave out alpha") }
    }
}

/// Pixels as rows of red, green, blue and alpha bytes.
struct Raster {
    let width: Int
    let height: Int
    var bytes: [UInt8]

    init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
        bytes = [UInt8](repeating: 255, count: width * height * 4)
    }

    var isOpaque: Bool { stride(from: 3, to: bytes.count, by: 4).allSatisfy { bytes[$0] == 255 } }

    mutating func apply(_ filter: PixelFilter) {
        switch filter {
        case .negate: mapColors { 255 - $0 }
        case .grayscale: turnGrey()
        case .brightness(let change): mapColors { $0 + Double(change) }
        case .contrast(let change):
            let factor = Double(100 - change) / 100
            mapColors { (($0 / 255 - 0.5) * factor * factor + 0.5) * 255 }
        case .colorize(let red, let green, let blue, let alpha): shift([red, green, blue], alpha: alpha)
        case .edges: convolve([-1, 0, -1, 0, 4, 0, -1, 0, -1], divisor: 1, offset: 127)
        case .emboss: convolve([1.5, 0, 0, 0, 0, 0, 0, 0, -1.5], divisor: 1, offset: 127)
        case .gaussianBlur: convolve([1, 2, 1, 2, 4, 2, 1, 2, 1], divisor: 16, offset: 0)
        case .selectiveBlur: blurSelectively()
        case .meanRemoval: convolve([-1, -1, -1, -1, 9, -1, -1, -1, -1], divisor: 1, offset: 0)
        case .smooth(let weight):
            // With a divisor of 0 the result is undefined.
            guard weight != -8 else { return }
            convolve([1, 1, 1, 1, Double(weight), 1, 1, 1, 1], divisor: Double(weight + 8), offset: 0)
        case .sharpen: convolve([-1, -1, -1, -1, 16, -1, -1, -1, -1], divisor: 8, offset: 0)
        }
    }

    /// Applies a function to each color value through a lookup table; alpha is unchanged.
    private mutating func mapColors(_ change: (Double) -> Double) {
        let table = (0...255).map { Raster.byte(change(Double($0))) }
        for start in stride(from: 0, to: bytes.count, by: 4) {
            for place in start..<start + 3 { bytes[place] = table[Int(bytes[place])] }
        }
    }

    private mutating func turnGrey() {
        for start in stride(from: 0, to: bytes.count, by: 4) {
            let light = 0.299 * Double(bytes[start]) + 0.587 * Double(bytes[start + 1]) + 0.114 * Double(bytes[start + 2])
            for place in start..<start + 3 { bytes[place] = UInt8(light) }
        }
    }

    /// libgd counts transparency from 0 to 127, opposite to alpha.
    private mutating func shift(_ colors: [Int], alpha: Int) {
        for start in stride(from: 0, to: bytes.count, by: 4) {
            for (place, change) in colors.enumerated() {
                bytes[start + place] = UInt8(min(max(Int(bytes[start + place]) + change, 0), 255))
            }
            bytes[start + 3] = Raster.byte(Double(bytes[start + 3]) - Double(alpha) * 255 / 127)
        }
    }

    /// Convolution: each color becomes the weighted sum of its neighborhood; edge pixels are repeated beyond the edge.
    private mutating func convolve(_ kernel: [Double], divisor: Double, offset: Double) {
        kernel.withUnsafeBufferPointer { kernel in
            replaceColours { neighbours in
                // Divide last: integer sums are exact, so a uniform area keeps its brightness.
                var sum = 0.0
                for place in 0..<9 { sum += kernel[place] * Double(neighbours[place]) }
                return Raster.byte(sum / divisor + offset)
            }
        }
    }

    /// Neighbors are weighted by similarity.
    private mutating func blurSelectively() {
        let weights = (0...255).map { $0 == 0 ? 1 : 1 / Double($0) }
        weights.withUnsafeBufferPointer { weights in
            replaceColours { neighbours in
                let middle = Int(neighbours[4])
                var (sum, whole) = (0.0, 0.0)
                for place in 0..<9 {
                    let weight = place == 4 ? 0.5 : weights[abs(middle - Int(neighbours[place]))]
                    sum += weight * Double(neighbours[place])
                    whole += weight
                }
                return Raster.byte(sum / whole)
            }
        }
    }

    /// - Parameter value: computes a new color from a 3x3 neighborhood, row by row.
    @inline(__always)
    private mutating func replaceColours(_ value: (UnsafeMutablePointer<UInt8>) -> UInt8) {
        let (source, width, height) = (bytes, width, height)
        let around = UnsafeMutablePointer<UInt8>.allocate(capacity: 9)
        defer { around.deallocate() }
        source.withUnsafeBufferPointer { source in
            bytes.withUnsafeMutableBufferPointer { target in
                for row in 0..<height {
                    let rows = (max(row - 1, 0) * width, row * width, min(row + 1, height - 1) * width)
                    for column in 0..<width {
                        let columns = (max(column - 1, 0), column, min(column + 1, width - 1))
                        for color in 0..<3 {
                            around[0] = source[(rows.0 + columns.0) * 4 + color]
                            around[1] = source[(rows.0 + columns.1) * 4 + color]
                            around[2] = source[(rows.0 + columns.2) * 4 + color]
                            around[3] = source[(rows.1 + columns.0) * 4 + color]
                            around[4] = source[(rows.1 + columns.1) * 4 + color]
                            around[5] = source[(rows.1 + columns.2) * 4 + color]
                            around[6] = source[(rows.2 + columns.0) * 4 + color]
                            around[7] = source[(rows.2 + columns.1) * 4 + color]
                            around[8] = source[(rows.2 + columns.2) * 4 + color]
                            target[(row * width + column) * 4 + color] = value(around)
                        }
                    }
                }
            }
        }
    }

    private static func byte(_ value: Double) -> UInt8 { UInt8(min(max(value, 0), 255)) }
}
