// How much of a file is worth reading: all of every honest picture, nothing of what is hung on behind it.

import Media
import Testing

@testable import MediaHeader
import Text

@Suite struct PictureExtentTests {
    private func end(_ bytes: Bytes, _ type: MediaType) throws -> Int { try PictureExtent.end(MemorySource(bytes), type) }

    private static let junk = Bytes(repeating: 7, count: 5000)

    @Test func whatStandsBehindTheEndIsLeftOut() throws {
        let webp = WebP.riff(WebP.lossy(40, 30))
        for (type, bytes) in [(MediaType.png, PNG.file()), (.webp, webp), (.bmp, Self.bitmap())] {
            #expect(try end(bytes, type) == bytes.count)
            #expect(try end(bytes + Self.junk, type) == bytes.count)
        }
    }

    @Test func whatIsNotUnderstoodIsReadWhole() throws {
        let cut = Bytes(PNG.file().dropLast(14))
        for (type, bytes) in [(MediaType.png, cut), (.png, Self.junk), (.png, [1]), (.bmp, [0x42, 0x4D]), (.bmp, Array("BM nothing".utf8)), (.bmp, Self.bitmap(said: 0)),
            (.bmp, Self.bitmap(said: 1 << 30)), (.webp, Bytes(webp40.dropLast(4))), (.jpeg, JPEG.file() + Self.junk), (.gif, GIF.file() + Self.junk)] {
            #expect(try end(bytes, type) == bytes.count)
        }
    }

    @Test(arguments: [(1, 1, 8, 2), (40, 30, 16, 6), (3000, 2, 1, 0), (2, 3000, 8, 3)] as [(Int, Int, UInt8, UInt8)])
    func pixelsThatCannotBePressedAreAllRead(_ width: Int, _ height: Int, _ depth: UInt8, _ colour: UInt8) throws {
        let channels = [2: 3, 6: 4][Int(colour)] ?? 1
        // Stored, in one block for each row, and each row in a chunk of its own.
        let row = (width * channels * Int(depth) + 7) / 8 + 6
        let rows = times(height, PNG.chunk("IDAT", Bytes(repeating: 9, count: row)))
        let bytes = join(PNG.signature, PNG.header(width, height, depth: depth, colour: colour), rows, PNG.chunk("IEND", []))
        #expect(try end(bytes, .png) == bytes.count)
    }

    @Test func dataThatNoPixelCanNeedIsLeftOut() throws {
        let much = PNG.chunk("IDAT", Bytes(repeating: 0, count: 1 << 20))
        let small = join(PNG.signature, PNG.header(8, 8), PNG.chunk("IDAT", [1, 2, 3]), much, PNG.chunk("IEND", []))
        #expect(try end(small, .png) < 70_000)
        let many = join(PNG.signature, PNG.header(8, 8), PNG.chunk("IDAT", [1]), times(20_000, PNG.chunk("teSt", [])), PNG.chunk("IEND", []))
        #expect(try end(many, .png) < 12_100 * 12)
        let animated = join(PNG.signature, PNG.header(8, 8), PNG.chunk("IDAT", [1]), times(9_998, PNG.chunk("fdAT", [1])), PNG.chunk("IEND", []))
        #expect(try end(animated, .png) == animated.count)
    }

    private var webp40: Bytes { WebP.riff(WebP.lossy(40, 30)) }

    private static func bitmap(said: Int? = nil) -> Bytes {
        join(ascii("BM"), little32(said ?? 66), little32(0), little32(54), little32(40), little32(1), little32(3), little16(1), little16(24),
             Bytes(repeating: 0, count: 24), Bytes(repeating: 1, count: 12))
    }
}
