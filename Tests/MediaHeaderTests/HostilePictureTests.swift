// Files that claim what would hurt a decoder, or contradict themselves. Each is refused out of its header.

import Media
import Testing

@testable import MediaHeader

@Suite struct HostilePictureTests {
    @Test(arguments: [
        ("PNG of 10,000 megapixels", PNG.file(100_000, 100_000), "maximumSide"),
        ("PNG of the largest sides", PNG.file(0x7FFF_FFFF, 0x7FFF_FFFF), "maximumSide"),
        ("PNG of 256 megapixels", PNG.file(16_000, 16_000), "maximumPixels"),
        ("PNG, 100,000 text chunks", PNG.file(before: times(100_000, PNG.chunk("tEXt", []))), "pngChunksBeforeData"),
        ("PNG, 4,294,967,295 frames", PNG.file(before: PNG.chunk("acTL", big32(-1) + big32(0))), "pngFrames"),
        ("JPEG of 800 scans", JPEG.file(8_000, 6_000, scans: 800), "jpegScans"),
        ("JPEG of 65 scans", JPEG.file(scans: 65), "jpegScans"),
        ("JPEG of 65,535 x 65,535", JPEG.file(65_535, 65_535), "maximumPixels"),
        ("JPEG of 10,000 comments", JPEG.file(before: times(10_000, JPEG.segment(0xFE, []))), "jpegSegments"),
        ("GIF of 10,000 frames", GIF.file(frames: 10_000), "gifFrames"),
        ("GIF screen of 65,535 x 65,535", join(GIF.screen(65_535, 65_535), GIF.image(), [0x3B]), "maximumPixels"),
        ("GIF image of 16,000 x 16,000", join(GIF.screen(), GIF.image(16_000, 16_000), [0x3B]), "maximumPixels"),
        ("GIF image far outside", join(GIF.screen(), GIF.image(left: 65_535), [0x3B]), "maximumSide"),
        ("34 bytes of lossless WebP", WebP.riff(WebP.lossless(16_383, 16_383), ascii("pad!")), "maximumPixels"),
        ("WebP canvas of 2^48 pixels", WebP.riff(WebP.canvas(1 << 24, 1 << 24, flags: 2)), "maximumSide"),
        ("WebP of 5,001 frames", WebP.riff(WebP.canvas(1, 1, flags: 2), times(5_001, WebP.frame(1, 1))), "webpFrames"),
        ("BMP of 50,000 x 50,000", BMP.file(50_000, 50_000), "maximumPixels"),
        ("BMP of the least height", BMP.file(1, Int(Int32.min)), "maximumSide"),
        ("TIFF of 60,000 x 60,000", TIFF.file(60_000, 60_000), "maximumPixels"),
        ("AVIF of 2^64 pixels", HEIF.file(properties: [HEIF.size(0xFFFF_FFFF, 0xFFFF_FFFF)], primary: [1]), "maximumSide"),
        ("ICO with a huge PNG", ICO.file([(0, 0)], data: PNG.file(70_000, 1)), "maximumSide"),
    ] as [(String, Bytes, String)])
    func claimsOverALimitAreRefused(_ what: String, _ bytes: Bytes, _ limit: String) throws {
        #expect(try refusal(bytes) == .tooLarge(limit), "\(what)")
    }

    @Test(arguments: [
        ("PNG of no width", PNG.file(0, 30)),
        ("PNG without a header", join(PNG.signature, PNG.chunk("IDAT", [1]))),
        ("PNG without data", join(PNG.signature, PNG.header(40, 30), PNG.chunk("IEND", []))),
        ("PNG with two headers", PNG.file(before: PNG.header(1, 1))),
        ("PNG of 7 bits", join(PNG.signature, PNG.header(40, 30, depth: 7), PNG.chunk("IDAT", [1]))),
        ("PNG of colour type 5", join(PNG.signature, PNG.header(40, 30, colour: 5), PNG.chunk("IDAT", [1]))),
        ("PNG chunk of 2^32 - 1 bytes", join(PNG.signature, PNG.header(40, 30), big32(-1), ascii("tEXt"), Bytes(repeating: 0, count: 50))),
        ("PNG chunk without a name", join(PNG.signature, PNG.header(40, 30), big32(0), [0, 0, 0, 0, 0, 0, 0, 0])),
        ("JPEG of no height", JPEG.file(40, 0)),
        ("JPEG without a scan", JPEG.file(scans: 0)),
        ("JPEG without a frame", join([0xFF, 0xD8], JPEG.scan, [0xFF, 0xD9])),
        ("JPEG with a scan after its end", join(JPEG.file(scans: 0), JPEG.scan)),
        ("JPEG of 12 bits", join([0xFF, 0xD8], JPEG.frame(4, 3, precision: 12), JPEG.scan)),
        ("JPEG of 2 components", join([0xFF, 0xD8], JPEG.frame(4, 3, components: 2), JPEG.scan)),
        ("lossless JPEG", join([0xFF, 0xD8], JPEG.frame(4, 3, code: 0xC3), JPEG.scan)),
        ("arithmetic JPEG", join([0xFF, 0xD8], JPEG.frame(4, 3, code: 0xC9), JPEG.scan)),
        ("JPEG of two frames", JPEG.file(before: JPEG.frame(1, 1))),
        ("JPEG that starts twice", JPEG.file(before: [0xFF, 0xD8])),
        ("JPEG segment of no length", join([0xFF, 0xD8, 0xFF, 0xE0, 0, 0], JPEG.file())),
        ("JPEG segment over the end", join([0xFF, 0xD8], JPEG.frame(4, 3), [0xFF, 0xDA, 0xFF, 0xFF, 1])),
        ("GIF without an image", join(GIF.screen(), [0x3B])),
        ("WebP longer than its file", join(ascii("RIFF"), little32(1_000), ascii("WEBP"), WebP.lossy(4, 3))),
        ("WebP of no length", join(ascii("RIFF"), little32(0), ascii("WEBP"), WebP.lossy(4, 3))),
        ("WebP of 2^32 - 1 bytes", join(ascii("RIFF"), little32(-1), ascii("WEBP"), WebP.lossy(4, 3))),
        ("WebP chunk over the end", WebP.riff(ascii("VP8 "), little32(-1), [1, 2, 3])),
        ("WebP without a picture", WebP.riff(WebP.chunk("JUNK", [1, 2]))),
        ("WebP of no width", WebP.riff(WebP.lossy(0, 30))),
        ("WebP smaller than its canvas", WebP.riff(WebP.canvas(40, 30, flags: 0), WebP.lossy(4, 3))),
        ("WebP frame outside its canvas", WebP.riff(WebP.canvas(40, 30, flags: 2), WebP.frame(40, 30, left: 2))),
        ("WebP frame of two sizes", WebP.riff(WebP.canvas(40, 30, flags: 2), WebP.frame(4, 3, picture: WebP.lossless(40, 30)))),
        ("WebP frame without a canvas", WebP.riff(WebP.frame(4, 3))),
        ("animated WebP without frames", WebP.riff(WebP.canvas(40, 30, flags: 2), WebP.lossy(40, 30))),
        ("BMP of negative width", BMP.file(-40, 30)),
        ("BMP of the least width", BMP.file(Int(Int32.min), 30)),
        ("BMP of no height", BMP.file(40, 0)),
        ("BMP of 7 bits", BMP.file(depth: 7)),
        ("BMP that holds a JPEG", BMP.file(compression: 4)),
        ("TIFF without a size", tiff([(0x0112, 3, 1, [1])])),
        ("TIFF with a far directory", join(ascii("II*\0"), little32(-1), Bytes(repeating: 0, count: 50))),
        ("TIFF of no width", TIFF.file(0, 30)),
        ("ICO whose pictures lie outside", Bytes(ICO.file().prefix(40))),
        ("AVIF without a size", HEIF.file(properties: [HEIF.box("irot", [1])], primary: [1])),
        ("AVIF without a property", HEIF.file(properties: [HEIF.size(4, 3)], primary: [])),
        ("AVIF without a meta box", HEIF.brands("avif")),
        ("AVIF box larger than its parent", join(HEIF.brands("avif"), HEIF.fullBox("meta", big32(1_000), ascii("pitm")))),
        ("AVIF box of 4 bytes", join(HEIF.brands("avif"), HEIF.fullBox("meta", big32(4), ascii("pitm")))),
        ("AVIF box of 2^63 bytes", join(HEIF.brands("avif"), HEIF.fullBox("meta", big32(1), ascii("pitm"), big32(-1), big32(-1)))),
    ] as [(String, Bytes)])
    func contradictionsAreRefused(_ what: String, _ bytes: Bytes) throws {
        #expect(try refusal(bytes) == .damaged, "\(what)")
    }

    @Test func theBoundsThemselvesPass() throws {
        var limits = MediaLimits()
        limits.maximumPixels = 16_383 * 16_383
        #expect(try facts(PNG.file(16_383, 16_383), limits: limits).width == 16_383)
        #expect(try facts(PNG.file(25_000, 10_000)).height == 10_000)
        #expect(try facts(JPEG.file(65_535, 3_000)).width == 65_535)
        #expect(try facts(JPEG.file(scans: 64)).width == 40)
        #expect(try facts(GIF.file(frames: 5_000)).frames == 5_000)
        limits.maximumSide = .max
        limits.maximumPixels = .max
        #expect(try facts(PNG.file(0x7FFF_FFFF, 0x7FFF_FFFF), limits: limits).width == 0x7FFF_FFFF)
        #expect(try refusal(PNG.file(0xFFFF_FFFF, 0xFFFF_FFFF), limits: limits) == .tooLarge("maximumPixels"))
    }

    @Test(arguments: samplePictures)
    func filesCutAnywhereAreReadOrRefused(_ name: String, _ type: MediaType, _ bytes: Bytes) throws {
        for count in 0..<bytes.count {
            let cut = Bytes(bytes.prefix(count))
            _ = try refusal(cut, nameHint: "a.tga")
            do { _ = try stripped(cut) } catch is MediaRefusal {}
        }
    }

    @Test func picturesCutWithinTheirDataPass() throws {
        #expect(try facts(JPEG.file(end: [])).width == 40)
        #expect(try facts(PNG.signature + PNG.header(40, 30) + big32(1_000) + ascii("IDAT") + [1, 2, 3]).width == 40)
        #expect(try facts(Bytes(GIF.file().dropLast(3))).width == 40)
        #expect(try facts(WebP.riff(WebP.lossy(40, 30)).dropLast()).width == 40)
    }
}
