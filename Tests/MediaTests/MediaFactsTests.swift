// How orientation turns a stored size into a shown one, and what counts as animated.

import Testing

@testable import Media

@Suite struct MediaFactsTests {
    @Test(arguments: 1...8)
    func orientationsFiveToEightSwapTheSides(_ orientation: Int) {
        let facts = MediaFacts(type: .jpeg, storedWidth: 40, storedHeight: 30, orientation: orientation)
        #expect(facts.width == (orientation < 5 ? 40 : 30))
        #expect(facts.height == (orientation < 5 ? 30 : 40))
        #expect(facts.orientation == orientation)
    }

    @Test(arguments: [Int.min, -1, 0, 9, 65_535])
    func unknownOrientationsAreUpright(_ orientation: Int) {
        let facts = MediaFacts(type: .jpeg, storedWidth: 40, storedHeight: 30, orientation: orientation)
        #expect(facts == MediaFacts(type: .jpeg, width: 40, height: 30))
    }

    @Test func onlyPicturesOfSeveralFramesAreAnimated() {
        #expect(MediaFacts(type: .gif, frames: 2).isAnimated)
        #expect(!MediaFacts(type: .gif, frames: 1).isAnimated)
        #expect(!MediaFacts(type: .mp4, frames: 2).isAnimated)
    }
}
