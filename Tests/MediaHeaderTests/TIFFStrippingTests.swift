// What goes from a TIFF: entries and their values, while nothing moves.

import Media
import Testing

@testable import MediaHeader

@Suite struct TIFFStrippingTests {
    private let numbers: (isBig: Bool, two: (Int) -> Bytes, four: (Int) -> Bytes) = (false, little16, little32)

    /// Entries of one directory at 8, and what lies behind it.
    private func file(_ entries: [(Int, Int, Int, Bytes)], next: Int = 0, rest: Bytes = []) -> Bytes {
        let list = entries.flatMap { tag, type, count, value in
            join(little16(tag), little16(type), little32(count), value + zeros(4 - value.count))
        }
        return join(ascii("II"), little16(42), little32(8), little16(entries.count), list, little32(next), rest)
    }

    private func seen(_ pixels: Int, _ more: [(Int, Int, Int, Bytes)]) -> [(Int, Int, Int, Bytes)] {
        [(256, 3, 1, little16(4)), (257, 3, 1, little16(3)), (273, 4, 1, little32(pixels)), (279, 4, 1, little32(12))] + more
    }

    @Test func entriesAndValuesGo() throws {
        // Six entries of 12 bytes from 10 on, and the offset of the next directory: 86 is the first free byte.
        let text = ascii("SECRET camera")
        let gps = join(little16(1), little16(1), little16(2), little32(8), little32(130), little32(0), ascii("SECRET N"))
        let pixels = Bytes(1...12)
        let bytes = file(seen(86, [(271, 2, 13, little32(98)), (34853, 4, 1, little32(112))]), rest: pixels + text + [0] + gps)
        let clean = try #require(try stripped(bytes))
        #expect(clean.count == bytes.count)
        #expect(!holds(clean, text: "SECRET"))
        #expect(Array(clean[86..<98]) == pixels)
        #expect(Array(clean.prefix(10 + 4 * 12)) == Array(file(seen(86, [])).prefix(10 + 4 * 12)))
        #expect(try facts(clean) == facts(bytes))
        #expect(try stripped(clean) == nil)
    }

    @Test func furtherPagesAreCleanedToo() throws {
        let second = join(little16(2), little16(256), little16(3), little32(1), little32(4), little16(305), little16(2), little32(4), ascii("SECR"), little32(0))
        let clean = try #require(try stripped(file(seen(62, []), next: 74, rest: zeros(12) + second)))
        #expect(!holds(clean, text: "SECR") && clean[74] == 1)
    }

    @Test(arguments: [
        ("metadata within the pixels", [(271, 2, 12, little32(74))]), ("raw", [(50706, 1, 4, [1, 4, 0, 0])]),
        ("inner directories", [(330, 4, 1, little32(8))]), ("outside", [(271, 2, 999, little32(74))]),
        ("a circle", [(34853, 4, 1, little32(8))]),
    ] as [(String, [(Int, Int, Int, Bytes)])]) func whatCannotBeCleanedIsRefused(_ name: String, _ more: [(Int, Int, Int, Bytes)]) {
        #expect(throws: MediaRefusal.self, "\(name)") { try stripped(file(seen(74, more), rest: zeros(12))) }
    }
}
