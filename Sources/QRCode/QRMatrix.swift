// The modules of a symbol: patterns that readers look for, information on format and version, and the codewords between them (sections 6.3,
// 7.7, 7.9 and 7.10).

struct QRMatrix {
    private let version: QRVersion
    let size: Int
    /// Dark ones are true; row by row.
    private(set) var modules: [Bool]
    /// Whether a module is part of a pattern, which no mask changes.
    private(set) var isPattern: [Bool]

    init(_ version: QRVersion, codewords: [UInt8]) {
        (self.version, size) = (version, version.size)
        modules = [Bool](repeating: false, count: size * size)
        isPattern = modules
        drawTiming()
        for (x, y) in [(3, 3), (size - 4, 3), (3, size - 4)] { drawFinder(x, y) }
        drawAlignment()
        drawVersion()
        drawFormat(mask: 0)
        place(codewords)
    }

    /// The same under the mask with the least penalty.
    var masked: QRMatrix {
        let candidates = (0..<8).map { number in
            var candidate = self
            candidate.apply(mask: number)
            candidate.drawFormat(mask: number)
            return candidate
        }
        return candidates.min { $0.penalty < $1.penalty } ?? self
    }

    private mutating func draw(_ x: Int, _ y: Int, _ isDark: Bool) {
        guard (0..<size).contains(x), (0..<size).contains(y) else { return }
        (modules[y * size + x], isPattern[y * size + x]) = (isDark, true)
    }

    private mutating func drawTiming() {
        for place in 0..<size {
            draw(6, place, place % 2 == 0)
            draw(place, 6, place % 2 == 0)
        }
    }

    /// With the light modules around it.
    private mutating func drawFinder(_ x: Int, _ y: Int) { drawSquares(around: x, y, radius: 4) { $0 != 2 && $0 != 4 } }

    /// Not where the finders are.
    private mutating func drawAlignment() {
        let centers = version.alignmentCenters, (first, last) = (6, size - 7)
        for x in centers {
            for y in centers where !((x, y) == (first, first) || (x, y) == (first, last) || (x, y) == (last, first)) {
                drawSquares(around: x, y, radius: 2) { $0 != 1 }
            }
        }
    }

    private mutating func drawSquares(around x: Int, _ y: Int, radius: Int, _ isDark: (Int) -> Bool) {
        for across in -radius...radius {
            for down in -radius...radius { draw(x + across, y + down, isDark(max(abs(across), abs(down)))) }
        }
    }

    /// The number of the version with its check bits, a BCH (18, 6) code, twice.
    private mutating func drawVersion() {
        guard version.number >= 7 else { return }
        let bits = version.number << 12 | QRMatrix.check(version.number, bits: 12, generator: 0x1F25)
        for bit in 0..<18 {
            let (long, short, isDark) = (size - 11 + bit % 3, bit / 3, bits >> bit & 1 == 1)
            draw(long, short, isDark)
            draw(short, long, isDark)
        }
    }

    /// Level M, which is 0, and the mask with check bits, a BCH (15, 5) code, twice.
    private mutating func drawFormat(mask: Int) {
        let bits = (mask << 10 | QRMatrix.check(mask, bits: 10, generator: 0x537)) ^ 0x5412
        for bit in 0..<15 {
            let isDark = bits >> bit & 1 == 1
            switch bit {
            case ..<6: draw(8, bit, isDark)
            case 6, 7: draw(8, bit + 1, isDark)
            case 8: draw(7, 8, isDark)
            default: draw(14 - bit, 8, isDark)
            }
            if bit < 8 { draw(size - 1 - bit, 8, isDark) } else { draw(8, size - 15 + bit, isDark) }
        }
        draw(8, size - 8, true)
    }

    private static func check(_ value: Int, bits: Int, generator: Int) -> Int {
        (0..<bits).reduce(value) { rest, _ in rest << 1 ^ (rest >> (bits - 1)) * generator }
    }

    /// In pairs of columns from the right, up and down in turn, the highest bit first.
    private mutating func place(_ codewords: [UInt8]) {
        var bit = 0
        for column in stride(from: size - 1, to: 0, by: -2) {
            // The timing pattern has a column of its own.
            let right = column <= 6 ? column - 1 : column
            for step in 0..<size {
                let y = (right + 1) & 2 == 0 ? size - 1 - step : step
                for x in [right, right - 1] where !isPattern[y * size + x] && bit < codewords.count * 8 {
                    modules[y * size + x] = codewords[bit / 8] >> (7 - bit % 8) & 1 == 1
                    bit += 1
                }
            }
        }
    }

    private mutating func apply(mask number: Int) {
        for y in 0..<size {
            for x in 0..<size where !isPattern[y * size + x] && QRMatrix.inverts(x, y, number) { modules[y * size + x].toggle() }
        }
    }

    /// Table 10.
    private static func inverts(_ x: Int, _ y: Int, _ mask: Int) -> Bool {
        switch mask {
        case 0: (x + y) % 2 == 0
        case 1: y % 2 == 0
        case 2: x % 3 == 0
        case 3: (x + y) % 3 == 0
        case 4: (x / 3 + y / 2) % 2 == 0
        case 5: x * y % 2 + x * y % 3 == 0
        case 6: (x * y % 2 + x * y % 3) % 2 == 0
        default: ((x + y) % 2 + x * y % 3) % 2 == 0
        }
    }
}
