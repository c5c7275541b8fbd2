// Where marks come to lie, and what is written.

import Testing
@testable import PictureWorker

@Suite struct MarkTests {
    @Test(arguments: [
        (1, 10, 10), (2, 120, 10), (3, 230, 10), (4, 10, 85), (5, 120, 85), (6, 230, 85), (7, 10, 160), (8, 120, 160), (9, 230, 160),
    ])
    func nineCorners(position: Int, left: Int, top: Int) throws {
        let found = try #require(MarkPlace(position)?.corner(of: (60, 30), on: (300, 200)))
        #expect(found == (left, top))
    }

    @Test(arguments: 0...9) func isWithinEveryPictureThatHasRoom(position: Int) throws {
        let place = try #require(MarkPlace(position))
        for width in 60...84 {
            for height in 30...54 {
                let found = try #require(place.corner(of: (60, 30), on: (width, height)))
                #expect((0...(width - 60)).contains(found.left) && (0...(height - 30)).contains(found.top))
            }
        }
        #expect(place.corner(of: (60, 30), on: (59, 100)) == nil && place.corner(of: (60, 30), on: (100, 29)) == nil)
    }

    @Test func randomPlaceIsAnyWithRoom() throws {
        let place = try #require(MarkPlace(0))
        let found = try #require(place.corner(of: (60, 30), on: (300, 200), random: \.upperBound))
        #expect(found == (240, 170))
        #expect(MarkPlace(10) == nil && MarkPlace(-1) == nil)
    }

    @Test(arguments: [(1, 0), (2, 20), (3, 40), (9, 40), (0, 0)]) func shortLineStandsAtTheMarksSide(position: Int, indent: Int) {
        #expect(MarkPlace(position)?.indent(of: 60, within: 100) == indent)
    }

    @Test(arguments: [
        ("a", ["a"]), ("a\nb", ["a", "b"]), ("a\r\n\r\nb\n", ["a", "", "b", ""]), ("a\tb\u{1B}[1m\u{7F}", ["ab[1m"]), ("", []), (" \n\t", []),
        ("图床\u{2028}é", ["图床", "é"]), (String(repeating: "x\n", count: 50), [String](repeating: "x", count: 20)),
    ])
    func lines(text: String, lines: [String]) { #expect(MarkText.lines(text) == lines) }

    @Test func inkIsBounded() {
        #expect(MarkInk(red: 255, green: 0, blue: 0, opacity: 1000, size: 1000) != nil)
        for bad in [(256, 0, 1), (0, 1001, 1), (0, 0, 0), (0, 0, 1001), (-1, 0, 1)] {
            #expect(MarkInk(red: bad.0, green: 0, blue: 0, opacity: bad.1, size: bad.2) == nil)
        }
    }

    @Test(arguments: [(1, 9), (12, 8), (50, 5), (80, 2), (95, 1), (100, 1)]) func effortOfPNG(quality: Int, effort: Int) {
        #expect(PictureVersion(type: .png, quality: quality, width: 1, height: 1).effort == effort)
    }

    @Test func effortOfWebP() {
        #expect(PictureVersion(type: .webp, quality: 1, width: 1, height: 1).effort == 4)
        #expect(PictureVersion(type: .webp, quality: 1, width: 1, height: 1, method: 6).effort == 6)
    }
}
