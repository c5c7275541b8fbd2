// The server's sums of integers are numbers of any length, in digits of four decimals (numeric_send in its numeric.c).

/// A decimal number.
struct Numeric {
    private let digits: [Int16]
    /// The power of 10,000 by which the first digit counts.
    private let weight: Int
    private let isNegative: Bool

    /// - Parameter bytes: the count of digits, the weight, the sign, the places after the point, and the digits, two bytes each.
    init(_ bytes: UnsafeRawBufferPointer) {
        let words = stride(from: 0, to: bytes.count - 1, by: 2).map { Int16(bitPattern: UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])) }
        let headerSize = 4
        digits = Array(words.dropFirst(headerSize))
        weight = words.count >= headerSize ? Int(words[1]) : 0
        isNegative = words.count >= headerSize && UInt16(bitPattern: words[2]) == Numeric.minus
    }

    private static let minus: UInt16 = 0x4000
    private static let base: Int128 = 10_000

    /// Without what is behind the point. (Eight digits hold every sum of this project's columns.)
    var integer: Int128 {
        guard weight >= 0 else { return 0 }
        guard weight < 8 else { return isNegative ? .min : .max }
        let value = (0...weight).reduce(Int128(0)) { $0 * Numeric.base + ($1 < digits.count ? Int128(digits[$1]) : 0) }
        return isNegative ? -value : value
    }

    var real: Double {
        let value = digits.reversed().reduce(0.0) { $0 / Double(Numeric.base) + Double($1) }
        let power = (0..<abs(weight)).reduce(1.0) { power, _ in power * Double(Numeric.base) }
        let scaled = weight < 0 ? value / power : value * power
        return isNegative ? -scaled : scaled
    }
}
