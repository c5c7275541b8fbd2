// The sums of a thumbnail, first against rows recorded from EasyImages 2.8.7 (TimThumb), then where we differ from it.

import PictureWorker
import Testing
@testable import Thumbnails

@Suite struct ShapeGeometryTests {
    /// Source, wished size and zc, size that came out.
    static let recorded: [[Int]] = [
        [320, 200, 258, 258, 0, 258, 258], [300, 300, 258, 258, 0, 258, 258], [120, 80, 258, 258, 0, 258, 258],
        [100, 70, 258, 258, 0, 258, 258], [10, 2000, 258, 258, 0, 258, 258], [320, 200, 100, 0, 0, 100, 62],
        [320, 200, 0, 100, 0, 160, 100], [320, 200, 33, 0, 0, 33, 20], [320, 200, 0, 33, 0, 52, 33],
        [320, 200, 100, 100, 0, 100, 100], [320, 200, 100, 100, 1, 100, 100], [320, 200, 100, 100, 2, 100, 100],
        [320, 200, 100, 100, 3, 100, 62], [320, 200, 300, 50, 3, 80, 50], [320, 200, 50, 300, 3, 50, 31],
        [320, 200, 500, 0, 0, 500, 312], [320, 200, 1, 1, 0, 1, 1], [320, 200, 50, 20, 0, 50, 20],
        [320, 200, 258, 258, 1, 258, 258], [320, 200, 258, 258, 2, 258, 258], [320, 200, 258, 258, 3, 258, 161],
        [320, 200, 7, 13, 2, 7, 13], [320, 200, 99, 41, 3, 65, 41], [120, 80, 100, 0, 0, 100, 66],
        [120, 80, 0, 100, 0, 150, 100], [120, 80, 33, 0, 0, 33, 22], [120, 80, 0, 33, 0, 49, 33],
        [120, 80, 100, 100, 0, 100, 100], [120, 80, 100, 100, 1, 100, 100], [120, 80, 100, 100, 2, 100, 100],
        [120, 80, 100, 100, 3, 100, 66], [120, 80, 300, 50, 3, 75, 50], [120, 80, 50, 300, 3, 50, 33],
        [120, 80, 500, 0, 0, 500, 333], [120, 80, 1, 1, 0, 1, 1], [120, 80, 50, 20, 0, 50, 20],
        [120, 80, 258, 258, 1, 258, 258], [120, 80, 258, 258, 2, 258, 258], [120, 80, 258, 258, 3, 258, 172],
        [120, 80, 7, 13, 2, 7, 13], [120, 80, 99, 41, 3, 61, 41], [10, 2000, 100, 100, 0, 100, 100],
        [10, 2000, 100, 100, 1, 100, 100], [10, 2000, 100, 100, 2, 100, 100], [10, 2000, 50, 300, 3, 1, 300],
        [10, 2000, 1, 1, 0, 1, 1], [10, 2000, 50, 20, 0, 50, 20], [10, 2000, 258, 258, 1, 258, 258],
        [10, 2000, 258, 258, 2, 258, 258], [10, 2000, 258, 258, 3, 1, 258], [10, 2000, 7, 13, 2, 7, 13],
        [100, 70, 100, 0, 0, 100, 70], [100, 70, 0, 100, 0, 142, 100], [100, 70, 33, 0, 0, 33, 23],
        [100, 70, 0, 33, 0, 47, 33], [100, 70, 100, 100, 0, 100, 100], [100, 70, 100, 100, 1, 100, 100],
        [100, 70, 100, 100, 2, 100, 100], [100, 70, 100, 100, 3, 100, 70], [100, 70, 300, 50, 3, 71, 50],
        [100, 70, 50, 300, 3, 50, 35], [100, 70, 500, 0, 0, 500, 350], [100, 70, 1, 1, 0, 1, 1],
        [100, 70, 50, 20, 0, 50, 20], [100, 70, 258, 258, 1, 258, 258], [100, 70, 258, 258, 2, 258, 258],
        [100, 70, 258, 258, 3, 258, 180], [100, 70, 7, 13, 2, 7, 13], [100, 70, 99, 41, 3, 58, 41],
    ]

    @Test(arguments: recorded) func sizeAsRecorded(_ row: [Int]) throws {
        let shape = ThumbnailShape(width: row[2], height: row[3], mode: try #require(.init(rawValue: row[4])))
        let geometry = shape.geometry(sourceWidth: row[0], sourceHeight: row[1])
        #expect([geometry.width, geometry.height] == [row[5], row[6]])
    }

    /// Source, wished size and zc; cut, scaled, size.
    static let whole: [(source: [Int], wish: [Int], cut: [Int], scaled: [Int], size: [Int])] = [
        ([320, 200], [100, 100, 0], [0, 0, 320, 200], [0, 0, 100, 100], [100, 100]),
        ([320, 200], [100, 100, 1], [60, 0, 200, 200], [0, 0, 100, 100], [100, 100]),
        ([200, 320], [100, 100, 1], [0, 60, 200, 200], [0, 0, 100, 100], [100, 100]),
        ([320, 200], [100, 100, 2], [0, 0, 320, 200], [0, 19, 100, 62], [100, 100]),
        ([320, 200], [100, 100, 3], [0, 0, 320, 200], [0, 0, 100, 62], [100, 62]),
        ([10, 2000], [258, 258, 1], [0, 995, 10, 10], [0, 0, 258, 258], [258, 258]),
        // TimThumb answers 500 where a side would vanish.
        ([10, 2000], [100, 100, 3], [0, 0, 10, 2000], [0, 0, 1, 100], [1, 100]),
        ([10, 2000], [100, 100, 2], [0, 0, 10, 2000], [49, 0, 1, 100], [100, 100]),
        ([2000, 10], [0, 100, 3], [0, 0, 2000, 10], [0, 0, 4096, 20], [4096, 20]),
        // TimThumb makes 100 x 20000.
        ([10, 2000], [100, 0, 0], [0, 0, 10, 2000], [0, 0, 20, 4096], [20, 4096]),
        ([16_383, 1], [16, 16, 1], [8191, 0, 1, 1], [0, 0, 16, 16], [16, 16]),
        ([16_383, 1], [2048, 0, 1], [0, 0, 16_383, 1], [0, 0, 2048, 1], [2048, 1]),
        ([0, 0], [16, 16, 1], [0, 0, 1, 1], [0, 0, 16, 16], [16, 16]),
        ([.max, .max], [16, 16, 1], [0, 0, 1 << 20, 1 << 20], [0, 0, 16, 16], [16, 16]),
    ]

    @Test(arguments: whole.indices) func cutAndPlace(_ row: Int) throws {
        let (source, wish, cut, scaled, size) = Self.whole[row]
        let shape = ThumbnailShape(width: wish[0], height: wish[1], mode: try #require(.init(rawValue: wish[2])))
        let geometry = shape.geometry(sourceWidth: source[0], sourceHeight: source[1])
        #expect([geometry.cut.left, geometry.cut.top, geometry.cut.width, geometry.cut.height] == cut)
        #expect([geometry.scaled.left, geometry.scaled.top, geometry.scaled.width, geometry.scaled.height] == scaled)
        #expect([geometry.width, geometry.height] == size)
    }

    /// Source, anchor, left and top of what is cut for 100 x 100.
    static let anchors: [(source: [Int], anchor: String, corner: [Int])] = [
        ([320, 200], "", [60, 0]), ([320, 200], "l", [0, 0]), ([320, 200], "r", [120, 0]), ([320, 200], "t", [60, 0]),
        ([200, 320], "t", [0, 0]), ([200, 320], "b", [0, 120]), ([200, 320], "l", [0, 60]), ([200, 320], "tb", [0, 120]),
        ([320, 200], "x", [60, 0]),
    ]

    @Test(arguments: anchors.indices) func anchorMovesTheCut(_ row: Int) {
        let (source, anchor, corner) = Self.anchors[row]
        let shape = ThumbnailShape(width: 100, height: 100, mode: .fill, anchor: ThumbnailAnchor(anchor))
        let cut = shape.geometry(sourceWidth: source[0], sourceHeight: source[1]).cut
        #expect([cut.left, cut.top] == corner && [cut.width, cut.height] == [200, 200])
    }

    @Test func everyShapeOfEverySourceIsInBounds() {
        for source in [(1, 1), (1, 16_383), (16_383, 3), (7071, 7071), (2560, 1600), (3, 4)] {
            for side in [1, 2, 7, 16, 99, 258, 1000, 2047, 2048] {
                for mode in ThumbnailShape.Mode.allCases {
                    for (width, height) in [(side, 0), (0, side), (side, 48)] {
                        let made = ThumbnailShape(width: width, height: height, mode: mode)
                            .geometry(sourceWidth: source.0, sourceHeight: source.1)
                        #expect(1...4096 ~= made.width && 1...4096 ~= made.height)
                        #expect(made.cut.left >= 0 && made.cut.left + made.cut.width <= source.0 && made.cut.width > 0)
                        #expect(made.cut.top >= 0 && made.cut.top + made.cut.height <= source.1 && made.cut.height > 0)
                        #expect(made.scaled.left >= 0 && made.scaled.left + made.scaled.width <= made.width)
                        #expect(made.scaled.top >= 0 && made.scaled.top + made.scaled.height <= made.height)
                    }
                }
            }
        }
    }
}
