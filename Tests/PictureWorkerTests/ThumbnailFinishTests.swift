// What crosses to the worker comes out as it went in, and nothing else does.

import Media
import Testing
@testable import PictureWorker

@Suite struct ThumbnailFinishTests {
    static let finishes: [ThumbnailFinish] = [
        .plain, ThumbnailFinish(canvas: [0, 128, 255], isOpaque: true, filters: []),
        ThumbnailFinish(canvas: [1, 2, 3], isOpaque: false, filters: [
            .negate, .brightness(-255), .colorize(red: 255, green: -255, blue: 0, alpha: -127), .smooth(-100), .sharpen,
        ]),
    ]

    @Test(arguments: finishes) func comesBack(_ finish: ThumbnailFinish) {
        #expect(finish.numbers.allSatisfy { $0 >= 0 })
        #expect(ThumbnailFinish(numbers: finish.numbers[...]) == finish)
    }

    @Test(arguments: [
        [], [255, 255, 255], [256, 0, 0, 0], [0, 0, 0, 2], [0, 0, 0, 0, 1], [0, 0, 0, 0, 13, 255, 255, 255, 255],
        [0, 0, 0, 0] + [Int](repeating: 1, count: 30),
    ])
    func othersDoNot(_ numbers: [Int]) {
        #expect(ThumbnailFinish(numbers: numbers[...]) == nil)
    }
}
