// Each filter on pixels whose outcome can be worked out by hand, by the sums in PHP's manual of imagefilter.

import Media
import Testing
@testable import Imaging

@Suite struct RasterTests {
    /// Filter, a pixel of red, green, blue and alpha, and what becomes of it.
    static let points: [(filter: PixelFilter, before: [UInt8], after: [UInt8])] = [
        (.negate, [0, 100, 255, 7], [255, 155, 0, 7]), (.grayscale, [255, 0, 0, 9], [76, 76, 76, 9]),
        (.grayscale, [10, 200, 30, 255], [123, 123, 123, 255]), (.brightness(20), [0, 100, 250, 255], [20, 120, 255, 255]),
        (.brightness(-255), [0, 100, 250, 255], [0, 0, 0, 255]), (.contrast(100), [0, 100, 250, 255], [127, 127, 127, 255]),
        (.contrast(-100), [0, 100, 250, 255], [0, 17, 255, 255]), (.contrast(0), [0, 100, 250, 255], [0, 100, 250, 255]),
        (.colorize(red: 10, green: -10, blue: 300, alpha: 0), [5, 5, 5, 255], [15, 0, 255, 255]),
        (.colorize(red: 0, green: 0, blue: 0, alpha: 127), [5, 5, 5, 255], [5, 5, 5, 0]),
        // One pixel is its own neighbourhood.
        (.gaussianBlur, [40, 80, 120, 3], [40, 80, 120, 3]), (.meanRemoval, [40, 80, 120, 3], [40, 80, 120, 3]),
        (.sharpen, [40, 80, 120, 3], [40, 80, 120, 3]), (.smooth(-8), [40, 80, 120, 3], [40, 80, 120, 3]),
        (.smooth(4), [36, 72, 120, 3], [36, 72, 120, 3]), (.edges, [40, 80, 120, 3], [127, 127, 127, 3]),
        (.emboss, [40, 80, 120, 3], [127, 127, 127, 3]), (.selectiveBlur, [40, 80, 120, 3], [40, 80, 120, 3]),
    ]

    @Test(arguments: points.indices) func onePixel(_ row: Int) {
        var raster = Raster(width: 1, height: 1)
        raster.bytes = Self.points[row].before
        raster.apply(Self.points[row].filter)
        #expect(raster.bytes == Self.points[row].after)
    }

    /// The reds of three pixels in a row, before and after.
    static let rows: [(filter: PixelFilter, before: [UInt8], after: [UInt8])] = [
        (.gaussianBlur, [0, 100, 0], [25, 50, 25]), (.sharpen, [10, 10, 50], [10, 0, 65]), (.meanRemoval, [10, 20, 30], [0, 20, 60]),
        (.edges, [10, 20, 30], [107, 127, 147]), (.emboss, [10, 20, 30], [112, 97, 112]), (.smooth(1), [0, 90, 0], [30, 30, 30]),
    ]

    @Test(arguments: rows.indices) func threePixels(_ row: Int) {
        var raster = Raster(width: 3, height: 1)
        for (place, red) in Self.rows[row].before.enumerated() { raster.bytes[place * 4] = red }
        raster.apply(Self.rows[row].filter)
        #expect((0..<3).map { raster.bytes[$0 * 4] } == Self.rows[row].after)
    }

    @Test func numbersMakeTheFilterAgain() throws {
        for (filter, _, _) in Self.points + Self.rows {
            let (number, arguments) = filter.numbers
            let again = try #require(PixelFilter(number: number, arguments: arguments))
            #expect(again.numbers.number == number)
        }
        #expect(PixelFilter(number: 0, arguments: []) == nil && PixelFilter(number: 13, arguments: []) == nil)
    }
}
