import Testing
@testable import QRCode

@Suite struct QRCodeTests {
    /// The example of the standard's annex I has other bits of data; these are the codewords of error correction that it gives.
    @Test func errorCorrection() {
        let data: [UInt8] = [0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11]
        #expect(Array(ReedSolomon(degree: 10).remainder(of: data[...])) == [0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55])
    }

    /// Table 7.
    @Test(arguments: [(1, 14), (2, 26), (6, 106), (7, 122), (9, 180), (10, 213), (20, 666), (27, 1_125), (40, 2_331)])
    func capacities(_ number: Int, _ bytes: Int) {
        #expect(QRVersion.all[number - 1].capacity == bytes)
        #expect(QRCode(String(repeating: "x", count: bytes))?.size == 17 + 4 * number)
        #expect(QRCode(String(repeating: "x", count: bytes + 1))?.size == (number < 40 ? 21 + 4 * number : nil))
    }

    /// Table E.1.
    @Test(arguments: [(1, []), (2, [6, 18]), (7, [6, 22, 38]), (22, [6, 26, 50, 74, 98]), (32, [6, 34, 60, 86, 112, 138]),
                      (36, [6, 24, 50, 76, 102, 128, 154]), (40, [6, 30, 58, 86, 114, 142, 170])] as [(Int, [Int])])
    func alignment(_ number: Int, _ centers: [Int]) { #expect(QRVersion.all[number - 1].alignmentCenters == centers) }

    private func rows(_ code: QRCode) -> [String] {
        (0..<code.size).map { y in String((0..<code.size).map { code[$0, y] ? "#" : "." }) }
    }

    /// Read by other programs; Tests/Wire/test_details_page.py reads codes of the page.
    @Test func aSmallSymbol() throws {
        let code = try #require(QRCode("http://a.test/"))
        #expect(rows(code) == QRCodeTests.small)
    }

    @Test func emptyText() { #expect(QRCode("")?.size == 21) }

    /// Every module of a pattern is where it belongs, in every version.
    @Test func patterns() throws {
        for version in QRVersion.all {
            let code = try #require(QRCode(String(repeating: "%41b", count: version.capacity / 4)))
            let last = code.size - 1
            for (x, y) in [(0, 0), (last - 6, 0), (0, last - 6)] {
                let finder = (0..<7).map { down in (0..<7).map { code[x + $0, y + down] } }
                let ring = (0..<7).allSatisfy { finder[0][$0] && finder[6][$0] && finder[$0][0] && finder[$0][6] }
                #expect(ring && finder[3][3] && !finder[1][1] && !finder[5][3], "version \(version.number)")
            }
            #expect((8..<last - 7).allSatisfy { code[6, $0] == ($0 % 2 == 0) && code[$0, 6] == ($0 % 2 == 0) } && code[8, last - 7])
        }
    }

    private static let small = [
        "#######.......#######",
        "#.....#..####.#.....#",
        "#.###.#.#.#...#.###.#",
        "#.###.#.#.#.#.#.###.#",
        "#.###.#.#...#.#.###.#",
        "#.....#.#...#.#.....#",
        "#######.#.#.#.#######",
        "........#.##.........",
        "#.#####...##..#####..",
        "..##...#..#....######",
        "#####.###...##....##.",
        "...###..#...#...###..",
        "....###..#.##.#.##..#",
        "........##.#.######.#",
        "#######...###.##..##.",
        "#.....#.####.#..###.#",
        "#.###.#.##..###.##.##",
        "#.###.#.#.##.#.##.#..",
        "#.###.#.##.##..#..#..",
        "#.....#...####.##.#..",
        "#######.#..##.####.#.",
    ]
}
