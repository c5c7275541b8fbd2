// Properties of a thumbnail other than its size: the canvas and pixel filters.

import Media

/// The canvas around a thumbnail, and its filters.
public struct ThumbnailFinish: Hashable, Sendable {
    /// Red, green, blue.
    public var canvas: [UInt8]
    /// Whether the canvas of a PNG is opaque; in other formats it always is.
    public var isOpaque: Bool
    /// At most `PixelFilter.mostOfOnePicture`, plus one for sharpening.
    public var filters: [PixelFilter]

    /// A white canvas where transparency is impossible, and no filter.
    public static let plain = ThumbnailFinish(canvas: [255, 255, 255], isOpaque: false, filters: [])

    public init(canvas: [UInt8], isOpaque: Bool, filters: [PixelFilter]) {
        (self.canvas, self.isOpaque, self.filters) = (canvas, isOpaque, filters)
    }

    /// Filter arguments are -255...255, but the command line allows only digits.
    private static let shift = 255
    private static let argumentCount = 4

    /// Four numbers, and five for each filter.
    var numbers: [Int] {
        canvas.map { Int($0) } + [isOpaque ? 1 : 0] + filters.flatMap { filter -> [Int] in
            let (number, arguments) = filter.numbers
            let padded = arguments + Array(repeating: 0, count: ThumbnailFinish.argumentCount - arguments.count)
            return [number] + padded.map { $0 + ThumbnailFinish.shift }
        }
    }

    init?(numbers: ArraySlice<Int>) {
        let numbers = Array(numbers)
        guard numbers.count >= 4, (numbers.count - 4) % 5 == 0, (numbers.count - 4) / 5 <= PixelFilter.mostOfOnePicture + 1,
            numbers[..<3].allSatisfy({ $0 <= 255 }), numbers[3] <= 1 else { return nil }
        canvas = numbers[..<3].map { UInt8($0) }
        isOpaque = numbers[3] == 1
        filters = []
        for start in stride(from: 4, to: numbers.count, by: 5) {
            let arguments = numbers[start + 1..<start + 5].map { $0 - ThumbnailFinish.shift }
            guard let filter = PixelFilter(number: numbers[start], arguments: arguments) else { return nil }
            filters.append(filter)
        }
    }
}
