// What the headers of good pictures say.

import Media
import Testing

@testable import MediaHeader

@Suite struct PictureReaderTests {
    @Test(arguments: samplePictures)
    func everySampleIsRead(_ name: String, _ type: MediaType, _ bytes: Bytes) throws {
        let found = try facts(bytes)
        #expect(found.type == type)
        switch name {
        case "jpeg", "png", "webp", "tiff", "heic": #expect((found.width, found.height) == (30, 40))
        case "ico": #expect((found.width, found.height) == (48, 32))
        case "tga": #expect((found.width, found.height) == (4, 3))
        case "svg": #expect(found.width == nil && found.height == nil)
        default: #expect((found.width, found.height) == (40, 30))
        }
        let frames = ["png": 3, "gif": 2, "webp-animated": 2]
        #expect(found.frames == frames[name, default: 1])
        #expect(found.duration == nil)
    }

    @Test(arguments: 1...8)
    func orientationIsRead(_ orientation: Int) throws {
        let swaps = orientation >= 5
        let exifChunk = PNG.chunk("eXIf", exif(orientation: orientation))
        let files = [
            JPEG.file(before: JPEG.exifSegment(orientation)), PNG.file(before: exifChunk), PNG.file(after: exifChunk),
            WebP.riff(WebP.canvas(40, 30, flags: 8), WebP.lossy(40, 30), WebP.chunk("EXIF", exif(orientation: orientation))),
            TIFF.file(orientation: orientation), TIFF.file(orientation: orientation, isBig: true),
        ]
        for file in files {
            let found = try facts(file)
            #expect(found.orientation == orientation)
            #expect((found.width, found.height) == (swaps ? (30, 40) : (40, 30)))
        }
    }

    @Test(arguments: [0, 9, 255, 65_535])
    func senselessOrientationsAreUpright(_ orientation: Int) throws {
        #expect(try facts(JPEG.file(before: JPEG.exifSegment(orientation))).orientation == 1)
    }

    @Test(arguments: [
        ("II*\0", "nothing"), ("II*\0\u{8}\0\0\0", "no directory"), ("MM\0*\0\0\0\u{8}\0\u{1}", "cut entry"), ("XX", "no TIFF"),
        ("II*\0\u{FF}\u{FF}\u{FF}\u{7F}AAAAAAAAAAAA", "far directory"),
    ])
    func brokenEXIFIsUpright(_ text: String, _ what: Comment) throws {
        let block = text.unicodeScalars.map { UInt8($0.value) }
        #expect(try facts(JPEG.file(before: JPEG.segment(0xE1, ascii("Exif\0\0") + block))).orientation == 1, what)
    }

    @Test func theFirstEXIFCounts() throws {
        #expect(try facts(JPEG.file(before: JPEG.exifSegment(3) + JPEG.exifSegment(6))).orientation == 3)
    }

    @Test func progressiveAndExtendedJPEGsPass() throws {
        for code in [0xC1, 0xC2] as Bytes {
            let file = join([0xFF, 0xD8], JPEG.frame(7, 5, code: code, components: 1), JPEG.scan)
            var expected = MediaFacts(type: .jpeg, width: 7, height: 5)
            (expected.isRGB, expected.isProgressive) = (false, code == 0xC2)
            // One block.
            expected.coefficientBytes = code == 0xC2 ? 128 : nil
            #expect(try facts(file) == expected)
        }
    }

    @Test func markersCutByTheBufferAreSeen() throws {
        // 131,072 bytes are read at once: the end of one piece falls on each byte around the second scan's marker.
        for shift in -8...8 {
            let data = Bytes(repeating: 0x11, count: 131_072 + shift - JPEG.file(end: []).count)
            let file = JPEG.file(end: join(data, JPEG.scan, [0xFF, 0xFF, 0xD9]))
            var limits = MediaLimits()
            #expect(try facts(file, limits: limits).width == 40)
            limits.jpegScans = 1
            #expect(try refusal(file, limits: limits) == .tooLarge("jpegScans"))
        }
    }

    @Test func stillSizesOfWebPAreThoseOfItsData() throws {
        #expect(try facts(WebP.riff(WebP.lossless(16_383, 3_000))).width == 16_383)
        #expect(try facts(WebP.riff(WebP.lossy(1, 16_383))).height == 16_383)
    }

    @Test func screensOfNoSizeAreThatOfTheFirstImage() throws {
        let found = try facts(join(GIF.screen(0, 0), GIF.image(12, 9), [0x3B]))
        #expect((found.width, found.height) == (12, 9))
    }

    @Test(arguments: [
        ("cut", [], [HEIF.size(40, 30), HEIF.aperture(36, 20)], (36, 20)),
        ("cut and turned", [3], [HEIF.size(40, 30), HEIF.aperture(36, 20), HEIF.box("irot", [1])], (20, 36)),
        ("fractions", [], [HEIF.size(40, 30), HEIF.box("clap", big32(73), big32(2), big32(20), big32(1), zeros(16))], (37, 20)),
        ("larger than the picture", [], [HEIF.size(40, 30), HEIF.aperture(41, 20)], (40, 30)),
        ("without a size", [], [HEIF.size(40, 30), HEIF.box("clap", zeros(32))], (40, 30)),
    ] as [(String, Bytes, [Bytes], (Int, Int))]) func cleanApertureOfHEIF(_ name: String, _ more: Bytes, _ properties: [Bytes], _ size: (Int, Int)) throws {
        let found = try facts(HEIF.file(brand: "heic", properties: properties, primary: [1, 2] + more))
        #expect((found.width, found.height) == (size.0, size.1), "\(name)")
    }

    @Test func bitmapsOfOS2() throws {
        func core(_ depth: Int) -> Bytes {
            join(ascii("BM"), little32(26 + 12), zeros(4), little32(26), little32(12), little16(2), little16(1), little16(1), little16(depth), zeros(12))
        }
        #expect(try facts(core(24)) == MediaFacts(type: .bmp, width: 2, height: 1))
        #expect(try refusal(core(32)) == .damaged)
        let second = try facts(BMP.file(compression: 4, header: 64))
        #expect(second.width == 40 && !second.isDecodable)
        #expect(try facts(BMP.file()).isDecodable)
        #expect(try refusal(BMP.file(compression: 4)) == .damaged)
    }

    /// Bytes of the coefficients of a progressive JPEG, by the sampling of its components.
    @Test func coefficientsOfProgressiveJPEG() throws {
        #expect(try facts(JPEG.file(1_600, 800)).coefficientBytes == nil)
        let progressive = join([0xFF, 0xD8], JPEG.frame(1_600, 800, code: 0xC2), JPEG.scan, [0xFF, 0xD9])
        #expect(try facts(progressive).coefficientBytes == 1_600 * 800 * 3 * 2)
    }

    @Test func bottomUpAndTopDownBMPsPass() throws {
        #expect(try facts(BMP.file(40, -30)) == MediaFacts(type: .bmp, width: 40, height: 30))
        for depth in [1, 4, 8, 16, 24, 32] { #expect(try facts(BMP.file(depth: depth)).width == 40) }
    }

    @Test func iconsOf256AndMoreTellTheirSizeInside() throws {
        #expect(try facts(ICO.file([(0, 0)])).width == 256)
        #expect(try facts(ICO.file([(0, 0)], data: PNG.file(512, 300))) == MediaFacts(type: .ico, width: 512, height: 300))
    }

    @Test func withoutAFooterOnlyTheNameTellsATGA() throws {
        let file = TGA.file(footer: [])
        #expect(try refusal(file) == .notRecognised)
        #expect(try refusal(file, nameHint: "a.jpg") == .notRecognised)
        #expect(try facts(file, nameHint: "a.TGA") == MediaFacts(type: .tga, width: 4, height: 3))
        #expect(try facts(TGA.file(type: 10, footer: []), nameHint: "a.tga").type == .tga)
    }

    @Test func sequencesOfAVIFCountTheirSamples() throws {
        let samples = HEIF.fullBox("stsz", big32(0), big32(12))
        let movie = ["stbl", "minf", "mdia", "trak", "moov"].reduce(samples) { HEIF.box($1, $0) }
        #expect(try facts(HEIF.avif + movie).frames == 12)
    }
}
