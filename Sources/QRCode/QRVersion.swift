// What the versions of a symbol hold at error correction level M (tables 1 and 9).

struct QRVersion {
    /// 1...40.
    let number: Int

    static let all = (1...40).map { QRVersion(number: $0) }

    /// Modules on each side.
    var size: Int { 17 + 4 * number }

    /// Codewords of error correction in each block.
    var checkLength: Int { QRVersion.checkLengths[number - 1] }

    var blockCount: Int { QRVersion.blockCounts[number - 1] }

    /// All codewords, of data and of error correction.
    var codewordCount: Int {
        var modules = (16 * number + 128) * number + 64
        if number >= 2 {
            let centers = number / 7 + 2
            modules -= (25 * centers - 10) * centers - 55
        }
        return (number >= 7 ? modules - 36 : modules) / 8
    }

    var dataLength: Int { codewordCount - checkLength * blockCount }

    /// Groups of four bits that tell the number of bytes.
    var countNibbles: Int { number < 10 ? 2 : 4 }

    /// Bytes of text.
    var capacity: Int { (2 * dataLength - 1 - countNibbles) / 2 }

    /// The coordinates of the centers of alignment patterns (annex E).
    var alignmentCenters: [Int] {
        guard number > 1 else { return [] }
        let count = number / 7 + 2
        let step = number == 32 ? 26 : (number * 4 + count * 2 + 1) / (count * 2 - 2) * 2
        return [6] + (0..<count - 1).reversed().map { size - 7 - $0 * step }
    }

    private static let checkLengths = [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
        26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    ]
    private static let blockCounts = [
        1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16,
        17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
    ]
}
