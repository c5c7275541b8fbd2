// Error correction over the field of 256 elements with the polynomial x⁸ + x⁴ + x³ + x² + 1 (section 7.5.2).

struct ReedSolomon {
    /// The coefficients of the generator polynomial, the highest first, without the leading 1.
    private let generator: [UInt8]

    /// - Parameter degree: codewords of error correction.
    init(degree: Int) {
        var (generator, root): ([UInt8], UInt8) = ([UInt8](repeating: 0, count: degree - 1) + [1], 1)
        for _ in 0..<degree {
            for place in 0..<degree {
                generator[place] = ReedSolomon.product(generator[place], root) ^ (place + 1 < degree ? generator[place + 1] : 0)
            }
            root = ReedSolomon.product(root, 2)
        }
        self.generator = generator
    }

    /// The codewords of error correction of a block of data.
    func remainder(of data: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var remainder = [UInt8](repeating: 0, count: generator.count)
        for byte in data {
            let factor = byte ^ remainder.removeFirst()
            remainder.append(0)
            for (place, coefficient) in generator.enumerated() { remainder[place] ^= ReedSolomon.product(coefficient, factor) }
        }
        return remainder[...]
    }

    static func product(_ one: UInt8, _ other: UInt8) -> UInt8 {
        var product = 0
        for bit in (0..<8).reversed() {
            product = product << 1 ^ (product >> 7) * 0x11D
            product ^= Int(other >> bit & 1) * Int(one)
        }
        return UInt8(product)
    }
}
