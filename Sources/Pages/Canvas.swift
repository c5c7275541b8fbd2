// Pictures that a page draws itself.

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

    func png() throws -> [UInt8] { try PNGFile.gray(width: width, height: height, bits: 8) { dots[$0 * width..<($0 + 1) * width] } }
}
