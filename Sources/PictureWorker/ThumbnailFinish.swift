// What happens to a thumbnail beside its size: what lies around it, and what is done with its pixels.

import Media

/// The canvas around a thumbnail, and the filters over it.
public struct ThumbnailFinish: Hashable, Sendable {
    /// Red, green, blue.
    public var canvas: [UInt8]
    /// Whether the canvas of a PNG is not transparent; that of other formats never is.
    public var isOpaque: Bool
    /// At most `PixelFilter.mostOfOnePicture` and one for sharpening.
    public var filters: [PixelFilter]

    /// White where nothing can be transparent, and no filter.
    public static let plain = ThumbnailFinish(canvas: [255, 255, 255], isOpaque: false, filters: [])

    public init(canvas: [UInt8], isOpaque: Bool, filters: [PixelFilter]) {
        (self.canvas, self.isOpaque, self.filters) = (canvas, isOpaque, filters)
    }

    /// Arguments of filters are -255...255; on a command line there are digits only.
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
