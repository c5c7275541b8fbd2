import Compression
import Testing

@Suite struct CompressionTests {
    static let samples: [[UInt8]] = [
        [], [7], Array("{\"theme\":\"dark\"}".utf8), [UInt8](repeating: 65, count: 1_000_000),
        (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) },
    ]

    @Test(arguments: samples, [1, 6, 9]) func whatGoesInComesOut(_ plain: [UInt8], _ level: Int) throws {
        let packed = try deflated(plain, level: level)
        #expect(try inflated(packed) == plain)
        #expect(try inflated(packed, pieces: 1 + packed.count / 50) == plain)
    }

    @Test(arguments: [0, 1, 300, 2_100, Deflater.wholeLimit], [1, 3, 9]) func aFewBytesGoInAtOnce(_ count: Int, _ level: Int) throws {
        for plain in CompressionTests.samples.map({ Array($0.prefix(count)) }) {
            let packed = try plain.withUnsafeBytes { try Deflater.whole($0, level: level) }
            #expect(try inflated(packed) == plain)
            #expect(packed.count <= plain.count + 64)
        }
    }

    @Test func repetitionGetsShort() throws {
        #expect(try deflated([UInt8](repeating: 65, count: 1_000_000)).count < 2_000)
    }

    @Test func damageIsNoticed() throws {
        let plain = Array("[1,2,3,4,5,6,7,8,9,10,11,12]".utf8)
        let packed = try deflated(plain)
        for count in 0..<packed.count {
            #expect(throws: CompressionError.damaged) { try inflated(Array(packed.prefix(count))) }
        }
        for place in packed.indices {
            var changed = packed
            changed[place] ^= 0x10
            // A bit that pads the last byte means nothing; every other one is noticed.
            let result = try? inflated(changed)
            #expect(result == nil || result == plain)
        }
        #expect(throws: CompressionError.damaged) { try inflated(packed + [0]) }
    }

    private func deflated(_ plain: [UInt8], level: Int = 6) throws -> [UInt8] {
        let result = Bytes()
        let deflater = try Deflater(level: level) { result.bytes += $0 }
        try plain.withUnsafeBytes { try deflater.write($0) }
        try deflater.finish()
        return result.bytes
    }

    private func inflated(_ packed: [UInt8], pieces: Int? = nil) throws -> [UInt8] {
        let result = Bytes()
        let inflater = try Inflater { result.bytes += $0 }
        for start in stride(from: 0, to: packed.count, by: pieces ?? max(packed.count, 1)) {
            try packed[start..<min(start + (pieces ?? packed.count), packed.count)].withUnsafeBytes { try inflater.write($0) }
        }
        try inflater.finish()
        return result.bytes
    }

    private final class Bytes { var bytes: [UInt8] = [] }
}
