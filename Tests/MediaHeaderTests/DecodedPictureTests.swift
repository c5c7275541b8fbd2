// The same questions asked of a decoder: ffmpeg draws the pictures, says how large they are, and decodes them before and
// after stripping. Where it is not installed these tests fail (see VideoSampleTests).

import Media
import Testing

@testable import MediaHeader
import Text

@Suite struct DecodedPictureTests {
    @Test(arguments: [
        ("-frames:v 1 -c:v mjpeg -pix_fmt yuvj420p -f image2pipe", MediaType.jpeg),
        ("-frames:v 1 -c:v png -pix_fmt rgb24 -f image2pipe", .png),
        ("-frames:v 1 -c:v png -pix_fmt rgba64be -f image2pipe", .png),
        ("-frames:v 1 -c:v libwebp -f webp", .webp),
        ("-frames:v 1 -c:v libwebp -lossless 1 -pix_fmt bgra -f webp", .webp),
        ("-pix_fmt rgb8 -f gif", .gif),
        ("-frames:v 1 -c:v bmp -pix_fmt bgr24 -f image2pipe", .bmp),
        ("-frames:v 1 -c:v tiff -pix_fmt rgb24 -f image2pipe", .tiff),
    ])
    func sizesAreThoseOfTheDecoder(_ arguments: String, _ type: MediaType) throws {
        let sample = try VideoSample(arguments, size: "322x181", seconds: 0.2)
        let found = try facts(sample.bytes)
        #expect(found.type == type)
        #expect((found.width, found.height) == (sample.width, sample.height))
        #expect(found.frames == (type == .gif ? 5 : 1))
    }

    @Test func sizesOfAVIFAreThoseOfTheDecoder() throws {
        let sample = try VideoSample("-frames:v 1 -c:v libaom-av1 -cpu-used 8 -still-picture 1 -f avif", size: "322x180")
        #expect(try facts(sample.bytes) == MediaFacts(type: .avif, width: 322, height: 180))
    }

    @Test func framesOfAnimatedWebPAreCounted() throws {
        // ffprobe of Debian 12 does not read animated WebP, so this one is not measured but made of known numbers.
        let still = try VideoSample("-frames:v 1 -c:v libwebp -f webp", size: "320x180", seconds: 0.2).bytes
        let picture = Bytes(still[12...])
        let animated = WebP.riff(
            WebP.canvas(640, 360, flags: 2), WebP.chunk("ANIM", [0, 0, 0, 0, 0, 0]),
            times(3, WebP.frame(320, 180, left: 320, top: 180, picture: picture)))
        #expect(try facts(animated) == MediaFacts(type: .webp, width: 640, height: 360, frames: 3))
    }

    @Test(arguments: [
        ("-frames:v 1 -c:v mjpeg -pix_fmt yuvj420p -f image2pipe", MediaType.jpeg),
        ("-frames:v 1 -c:v png -pix_fmt rgb24 -f image2pipe", .png),
        ("-frames:v 1 -c:v libwebp -f webp", .webp),
        ("-pix_fmt rgb8 -f gif", .gif),
    ])
    func strippedPicturesDecodeToTheSamePixels(_ arguments: String, _ type: MediaType) throws {
        let clean = try VideoSample(arguments, size: "322x180", seconds: 0.2).bytes
        let dirty = try withSecrets(clean, type)
        let result = try #require(try stripped(dirty))
        #expect(!holds(result, text: "SECRET"))
        #expect(try facts(result) == facts(dirty))
        #expect(try shownFrames(of: result) == shownFrames(of: clean))
    }

    /// The picture with everything in it that stripping removes.
    private func withSecrets(_ clean: Bytes, _ type: MediaType) throws -> Bytes {
        let tail = ascii("SECRET")
        switch type {
        case .jpeg:
            let secrets = join(JPEG.exifSegment(1), JPEG.segment(0xED, tail), JPEG.segment(0xFE, tail))
            return join(Bytes(clean[..<2]), secrets, Bytes(clean[2...]), tail)
        case .png:
            let secrets = join(PNG.chunk("tEXt", tail), PNG.chunk("eXIf", exif(orientation: 1)), PNG.chunk("tIME", tail))
            return join(Bytes(clean[..<33]), secrets, Bytes(clean[33...]), tail)
        case .gif:
            let start = try GIFBlocks(ByteReader(MemorySource(clean))).start
            let secrets = join(GIF.extended(0xFE, [tail]), GIF.extended(0xFF, [ascii("XMP DataXMP"), tail]))
            return join(Bytes(clean[..<start]), secrets, Bytes(clean[start...]), tail)
        default:
            let canvas = WebP.canvas(322, 180, flags: 0x0C)
            let secrets = join(WebP.chunk("EXIF", exif(orientation: 1)), WebP.chunk("XMP ", tail))
            return WebP.riff(canvas, Bytes(clean[12...]), secrets) + tail
        }
    }
}
