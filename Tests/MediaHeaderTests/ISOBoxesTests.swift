// The walk over boxes: sizes in 32 bits, in 64 bits, up to the end, and sizes that lie.

import Media
import Testing

@testable import MediaHeader
import Text

@Suite struct ISOBoxesTests {
    private func boxes(_ bytes: Bytes, limit: Int = 100, clips: Bool = false) throws -> [String] {
        let reader = ByteReader(MemorySource(bytes))
        var walk = ISOBoxes(reader, in: 0..<bytes.count, limit: limit)
        var found: [String] = []
        while let box = try walk.next(clips: clips) { found.append("\(box.type) \(box.payload)..<\(box.end)") }
        return found
    }

    @Test func sizesOfAllKindsAreRead() throws {
        let long = join(big32(1), ascii("long"), big32(0), big32(18), [1, 2])
        let named = HEIF.box("uuid", Bytes(repeating: 1, count: 16), [7])
        let rest = join(big32(0), ascii("rest"), [1, 2, 3])
        #expect(
            try boxes(join(HEIF.box("one ", [1]), long, named, rest))
                == ["one  8..<9", "long 25..<27", "uuid 51..<52", "rest 60..<63"])
    }

    @Test func theRestMayBeTooShortForABox() throws {
        #expect(try boxes(HEIF.box("one ", []) + [0, 0, 0, 0]) == ["one  8..<8"])
        #expect(try boxes([]) == [])
    }

    @Test(arguments: [
        big32(7) + ascii("less"), big32(100) + ascii("more"), big32(1) + ascii("long"), big32(20) + ascii("uuid") + big32(0),
        join(big32(1), ascii("long"), big32(0), big32(15)), join(big32(1), ascii("long"), big32(-1), big32(-1)),
    ])
    func lyingSizesAreDamage(_ bytes: Bytes) {
        #expect(throws: MediaRefusal.self) { try boxes(bytes + Bytes(repeating: 0, count: bytes[3] == 1 ? 0 : 8)) }
    }

    @Test func aCutBoxMayBeClipped() throws {
        #expect(try boxes(big32(100) + ascii("mdat") + [1, 2], clips: true) == ["mdat 8..<10"])
    }

    @Test func manyBoxesAreTooMany() {
        #expect(throws: MediaRefusal.self) { try boxes(times(101, HEIF.box("free", []))) }
    }
}
