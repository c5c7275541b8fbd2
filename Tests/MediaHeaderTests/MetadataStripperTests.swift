// What stripping takes out, what it keeps, and that the coded picture is not touched.

import Media
import Testing

@testable import MediaHeader
import Text

/// Whether a text occurs in the bytes.
func holds(_ bytes: Bytes, text: String) -> Bool {
    let wanted = ascii(text)
    return bytes.indices.contains { bytes[$0] == wanted[0] && bytes[$0...].starts(with: wanted) }
}

@Suite struct MetadataStripperTests {
    @Test(arguments: samplePictures.filter { holds($0.bytes, text: "SECRET") && MetadataStripper.strips($0.type) })
    func secretsGoAndFactsStay(_ name: String, _ type: MediaType, _ bytes: Bytes) throws {
        let result = try #require(try stripped(bytes))
        #expect(!holds(result, text: "SECRET"))
        #expect(try facts(result) == facts(bytes))
        #expect(try stripped(result) == nil, "stripping again changes nothing")
    }

    @Test(arguments: [
        ("jpeg", JPEG.file()), ("jpeg without end", JPEG.file(end: [])), ("jpeg, shown", JPEG.file(before: JPEG.shown.jfif)),
        ("png", PNG.file()), ("gif", GIF.file(frames: 3, before: GIF.loop)), ("webp", WebP.riff(WebP.lossless(40, 30))),
        ("webp-animated", WebP.animated), ("bmp", BMP.file()), ("tiff", TIFF.file()), ("ico", ICO.file()), ("tga", TGA.file()),
        ("svg", SVG.file), ("nothing known", ascii("<?php")), ("empty", []),
    ] as [(String, Bytes)])
    func cleanFilesStayAsTheyAre(_ name: String, _ bytes: Bytes) throws {
        #expect(try stripped(bytes) == nil, "\(name)")
    }

    @Test func aJPEGKeepsWhatShows() throws {
        let orientation = JPEG.segment(0xE1, ascii("Exif\0\0") + EXIF.block(orientation: 6))
        let kept = join(JPEG.shown.jfif, orientation, JPEG.shown.profile, JPEG.shown.adobe)
        #expect(try stripped(JPEG.full) == JPEG.file(before: kept, scans: 2))
    }

    @Test func anUprightJPEGNeedsNoEXIF() throws {
        #expect(try stripped(JPEG.file(before: JPEG.exifSegment(1))) == JPEG.file())
    }

    @Test func secondEXIFAndOtherApplicationsGo() throws {
        for code in 0xE3...0xEF as ClosedRange<UInt8> {
            #expect(try stripped(JPEG.file(before: JPEG.segment(code, ascii("what")))) == JPEG.file())
        }
        let first = JPEG.segment(0xE1, ascii("Exif\0\0") + EXIF.block(orientation: 3))
        #expect(try stripped(JPEG.file(before: first + JPEG.exifSegment(6))) == JPEG.file(before: first))
        #expect(try stripped(JPEG.file(before: JPEG.segment(0xE0, ascii("JFXX\0thumbnail")))) == JPEG.file())
        #expect(try stripped(JPEG.file(before: JPEG.segment(0xE2, ascii("MPF\0")))) == JPEG.file())
    }

    @Test func thePreviewInJFIFGoes() throws {
        let head = ascii("JFIF\0") + [1, 2, 0, 0, 1, 0, 1]
        let preview = JPEG.segment(0xE0, head + [1, 1, 9, 9, 9])
        #expect(try stripped(JPEG.file(before: preview)) == JPEG.file(before: JPEG.segment(0xE0, head + [0, 0])))
    }

    @Test func commentsBetweenScansGo() throws {
        let comment = JPEG.segment(0xFE, ascii("SECRET"))
        #expect(try stripped(JPEG.file(end: join(comment, JPEG.scan, [0xFF, 0xD9]))) == JPEG.file(scans: 2))
    }

    @Test func fillBytesGoWithTheirSegment() throws {
        // Left behind, the 0xFF would make a marker of the data behind the comment.
        let comment = [0xFF, 0xFF] + JPEG.segment(0xFE, ascii("SECRET"))
        #expect(try stripped(JPEG.file(end: comment + [0xC0, 0x01, 0xFF, 0xD9])) == JPEG.file(end: [0xC0, 0x01, 0xFF, 0xD9]))
        #expect(try stripped(JPEG.file(end: [0xFF, 0xFF, 0xFF, 0xD9])) == nil)
    }

    @Test func whatStandsBetweenTheFirstSegmentsGoes() throws {
        let gap: Bytes = [0x07, 0xFF, 0x00]
        let before = join(JPEG.segment(0xFE, []), gap, JPEG.shown.profile, gap)
        #expect(try stripped(JPEG.file(before: before)) == JPEG.file(before: JPEG.shown.profile))
    }

    @Test func aPNGKeepsProfileAnimationAndOrientation() throws {
        let kept = join(
            PNG.chunk("iCCP", [1]), PNG.chunk("acTL", big32(3) + big32(0)), PNG.chunk("eXIf", EXIF.block(orientation: 8)))
        #expect(try stripped(PNG.full) == PNG.file(before: kept))
    }

    @Test func aCutPNGKeepsTheDataThereIs() throws {
        let cut = join(big32(1_000), ascii("IDAT"), [1, 2, 3])
        let head = PNG.signature + PNG.header(40, 30)
        #expect(try stripped(join(head, PNG.chunk("tEXt", [1]), cut)) == head + cut)
    }

    @Test func checksumsAreThoseOfPNG() {
        #expect(PNGChecksum.of(ascii("IEND")) == 0xAE42_6082)
        #expect(PNGChecksum.of(ascii("123456789")) == 0xCBF4_3926)
    }

    @Test func aGIFKeepsItsLoop() throws {
        #expect(try stripped(GIF.full) == GIF.file(frames: 2, before: GIF.loop))
    }

    @Test func aWebPKeepsProfileAndOrientation() throws {
        let result = try #require(try stripped(WebP.full))
        let kept = WebP.riff(
            WebP.canvas(40, 30, flags: 0x28), WebP.chunk("ICCP", [1, 2, 3]), WebP.lossless(40, 30),
            WebP.chunk("EXIF", EXIF.block(orientation: 6)))
        #expect(result == kept)
        let upright = WebP.riff(WebP.canvas(40, 30, flags: 0x0C), WebP.lossy(40, 30), WebP.chunk("EXIF", exif(orientation: 1)))
        #expect(try stripped(upright) == WebP.riff(WebP.canvas(40, 30, flags: 0), WebP.lossy(40, 30)))
    }

    @Test(arguments: [HEIF.avif, HEIF.heic])
    func nothingMovesInHEIF(_ bytes: Bytes) throws {
        let result = try #require(try stripped(bytes))
        let secret = bytes.count - 20 - HEIF.secretExif.count
        #expect(result.count == bytes.count)
        #expect(result.prefix(secret) == bytes.prefix(secret))
        let block = Bytes(result[secret...].prefix(HEIF.secretExif.count))
        #expect(block.starts(with: big32(0) + EXIF.block(orientation: 1)))
        #expect(result.suffix(20).allSatisfy { $0 == 0x20 })
    }

    @Test(arguments: [(0, 0x7FFF_FFFF), (0x7FFF_FFFF, 10), (0, 0)])
    func HEIFMetadataOutsideTheFileIsDamage(_ offset: Int, _ length: Int) throws {
        let items = HEIF.fullBox("iinf", big16(1), HEIF.entry(2, "Exif"))
        let place = join(big16(2), big16(0), big16(1), big32(offset), big32(length))
        let file = HEIF.brands("heic") + HEIF.fullBox("meta", items, HEIF.fullBox("iloc", [0x44, 0], big16(1), place))
        #expect(throws: MediaRefusal.self) { try stripped(file) }
    }

    @Test func HEIFMetadataInItsOwnBoxIsFound() throws {
        let items = HEIF.fullBox("iinf", big16(1), HEIF.entry(2, "mime", "application/rdf+xml\0"))
        let place = join(big16(2), big16(1), big16(0), big16(1), big32(2), big32(6))
        let table = HEIF.fullBox("iloc", version: 1, [0x44, 0], big16(1), place)
        let file = HEIF.brands("heic") + HEIF.fullBox("meta", items, table, HEIF.box("idat", ascii("..SECRET..")))
        #expect(try stripped(file) == Bytes(file.dropLast(10)) + ascii("..      .."))
    }

    @Test func bigFilesAreStreamedInPieces() throws {
        let data = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 7 % 251) }
        let end = data + [0xFF, 0xD9]
        var (longest, result) = (0, Bytes())
        let changed = try MetadataStripper.strip(MemorySource(JPEG.file(before: JPEG.exifSegment(1), end: end))) {
            longest = max(longest, $0.count)
            result += $0
        }
        #expect(changed)
        #expect(longest <= 65_536)
        #expect(result == JPEG.file(end: end))
    }

    @Test func errorsOfTheSinkComeThrough() {
        struct Full: Error {}
        #expect(throws: Full.self) { try MetadataStripper.strip(MemorySource(JPEG.full)) { _ in throw Full() } }
    }
}
