// What makes a symbol hard to read, as a number (section 7.8.3). Any mask can be read; the one with the least is the easiest.

extension QRMatrix {
    var penalty: Int {
        let inLines = (rows + columns).reduce(0) { sum, line in sum + QRMatrix.runs(line) + QRMatrix.falseFinders(line) }
        return inLines + blocks + imbalance
    }

    private var rows: [[Bool]] { (0..<size).map { y in Array(modules[y * size..<(y + 1) * size]) } }
    private var columns: [[Bool]] { (0..<size).map { x in (0..<size).map { y in modules[y * size + x] } } }

    /// Five or more of one colour in a line.
    private static func runs(_ line: [Bool]) -> Int {
        var (penalty, length) = (0, 1)
        for place in 1...line.count {
            if place < line.count, line[place] == line[place - 1] {
                length += 1
            } else {
                if length >= 5 { penalty += length - 2 }
                length = 1
            }
        }
        return penalty
    }

    /// What looks like a finder in a line: 1011101 with four light modules on one side.
    private static func falseFinders(_ line: [Bool]) -> Int {
        var (penalty, window) = (0, 0)
        for (place, isDark) in line.enumerated() {
            window = (window << 1 | (isDark ? 1 : 0)) & 0x7FF
            if place >= 10, window == 0b10111010000 || window == 0b00001011101 { penalty += 40 }
        }
        return penalty
    }

    /// Two by two of one colour.
    private var blocks: Int {
        var penalty = 0
        for y in 0..<size - 1 {
            for x in 0..<size - 1 {
                let first = y * size + x, colour = modules[first]
                if modules[first + 1] == colour, modules[first + size] == colour, modules[first + size + 1] == colour { penalty += 3 }
            }
        }
        return penalty
    }

    /// Ten for each twentieth by which one colour prevails.
    private var imbalance: Int {
        let (dark, all) = (modules.count { $0 }, modules.count)
        return abs(dark * 20 - all * 10) / all * 10
    }
}
