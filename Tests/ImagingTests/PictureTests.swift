// One picture in, one picture out, inside this process; the policy in force here is a small one of the test's own.

import Glibc
import Media
import Testing
@testable import Imaging

@Suite(.serialized) struct PictureTests {
    static let isStarted: Bool = {
        var template = Array("/tmp/imagebed-policy-XXXXXX".utf8CString)
        let folder = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
        let policy = #"<policymap><policy domain="resource" name="list-length" value="64"/></policymap>"#
        let file = fopen("\(folder)/policy.xml", "w")
        fputs(policy, file)
        fclose(file)
        setenv("MAGICK_CONFIGURE_PATH", folder, 1)
        setenv("OMP_NUM_THREADS", "1", 1)
        let isGood = (try? ImageMagick.start()) != nil
        unlink("\(folder)/policy.xml")
        rmdir(folder)
        return isGood
    }()

    init() throws {
        try #require(Self.isStarted)
    }

    /// A GIF whose only frame covers a part of its screen.
    private static let partFrame: [UInt8] = Array("GIF89a".utf8) + [30, 0, 20, 0, 0x80, 0, 0, 255, 0, 0, 255, 255, 255]
        + [0x2C, 4, 0, 3, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B]

    private func bmp(_ width: Int, _ height: Int) -> [UInt8] {
        func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
        let row = (width * 3 + 3) / 4 * 4
        return Array("BM".utf8) + little(54 + row * height, 4) + little(0, 4) + little(54, 4) + little(40, 4) + little(width, 4)
            + little(height, 4) + little(1, 2) + little(24, 2) + little(0, 24) + (0..<row * height).map { UInt8($0 % 251) }
    }

    private func picture(_ bytes: [UInt8], _ type: MediaType, _ width: Int, _ height: Int, enough: (Int, Int)? = nil) throws -> Picture {
        try bytes.withUnsafeBytes { try Picture($0, type: type, width: width, height: height, enough: enough.map { ($0.0, $0.1) }) }
    }

    @Test(arguments: [MediaType.png, .jpeg, .gif, .webp, .bmp]) func everyTypeThereAndBack(_ type: MediaType) throws {
        let encoded = try picture(bmp(30, 20), .bmp, 30, 20).encode(as: type, quality: 90)
        let again = try picture(encoded, type, 30, 20)
        #expect((again.width, again.height) == (30, 20))
    }

    @Test(arguments: [MediaType.png, .gif, .webp, .bmp]) func formatIsForced(_ type: MediaType) throws {
        let jpeg = try picture(bmp(30, 20), .bmp, 30, 20).encode(as: .jpeg, quality: 90)
        #expect(throws: ImagingError.self) { try picture(jpeg, type, 30, 20) }
    }

    @Test func sizeMustBeThatOfTheHeaders() {
        #expect(throws: ImagingError.self) { try picture(bmp(30, 20), .bmp, 30, 21) }
        #expect(throws: ImagingError.self) { try picture(bmp(30, 20), .svg, 30, 20) }
    }

    @Test func truncatedPictureIsRefused() throws {
        let png = try picture(bmp(200, 200), .bmp, 200, 200).encode(as: .png, quality: 90)
        #expect(throws: ImagingError.self) { try picture(Array(png[..<(png.count / 2)]), .png, 200, 200) }
    }

    @Test func reducedJPEGIsLargeEnough() throws {
        let jpeg = try picture(bmp(1003, 501), .bmp, 1003, 501).encode(as: .jpeg, quality: 90)
        let small = try picture(jpeg, .jpeg, 1003, 501, enough: (200, 100))
        #expect(small.width >= 200 && small.height >= 100 && small.width < 1003)
    }

    @Test func partFrameFillsItsScreen() throws {
        let gif = try picture(Self.partFrame, .gif, 30, 20)
        #expect((gif.width, gif.height) == (30, 20))
        #expect(gif.hasAlpha)
    }

    @Test func shapes() throws {
        let subject = try picture(bmp(30, 20), .bmp, 30, 20)
        try subject.turnUpright(6)
        #expect((subject.width, subject.height) == (20, 30))
        try subject.cut(left: 5, top: 10, width: 10, height: 10)
        #expect((subject.width, subject.height) == (10, 10))
        try subject.resize(width: 40, height: 20)
        #expect((subject.width, subject.height) == (40, 20))
        try subject.pad(width: 40, height: 40, left: 0, top: 10, isTransparent: true)
        #expect((subject.width, subject.height) == (40, 40))
        #expect(subject.hasAlpha)
        try subject.flatten()
        #expect(!subject.hasAlpha)
    }

    /// A JPEG with a segment added behind its start.
    /// Byte 11 of the frame header (ITU-T T.81, B.2.2): how many samples of the first component there are for one of the others.
    @Test(arguments: [(100, 0x11), (95, 0x11), (90, 0x11), (89, 0x22), (75, 0x22), (50, 0x22)] as [(Int, UInt8)])
    func colorsOfAJPEG(quality: Int, sampling: UInt8) throws {
        let jpeg = try picture(bmp(30, 20), .bmp, 30, 20).encode(as: .jpeg, quality: quality)
        let frame = try #require(jpeg.indices.dropLast(12).first { jpeg[$0] == 0xFF && (0xC0...0xC2).contains(jpeg[$0 + 1]) })
        #expect(jpeg[frame + 9] == 3 && jpeg[frame + 11] == sampling)
    }

    private func jpeg(with marker: UInt8, _ data: [UInt8]) throws -> [UInt8] {
        let plain = try picture(bmp(30, 20), .bmp, 30, 20).encode(as: .jpeg, quality: 90)
        let count = data.count + 2
        return plain[..<2] + [0xFF, marker, UInt8(count >> 8), UInt8(count & 0xFF)] + data + plain[2...]
    }

    private func holds(_ bytes: [UInt8], _ text: String) -> Bool {
        let word = Array(text.utf8)
        return bytes.indices.contains { bytes[$0...].starts(with: word) }
    }

    @Test(arguments: [MediaType.png, .jpeg, .webp]) func commentsGo(_ type: MediaType) throws {
        let subject = try picture(try jpeg(with: 0xFE, Array("secret place".utf8)), .jpeg, 30, 20)
        try subject.strip()
        #expect(!holds(try subject.encode(as: type, quality: 90), "secret"))
    }

    /// A small picture with a color profile, after `settleColors`.
    private func settled(_ profile: [UInt8], as type: MediaType, limit: Int) throws -> Picture {
        let segment = Array("ICC_PROFILE\0".utf8) + [1, 1] + profile
        let subject = try picture(try jpeg(with: 0xE2, segment), .jpeg, 30, 20)
        try subject.settleColors(for: type, keepingProfileUpTo: limit)
        try subject.strip()
        return subject
    }

    private static let wide = ColorProfile.made(of: ColorDescription(primaries: 12, transfer: 13)!)

    @Test(arguments: [
        (wide, MediaType.jpeg, 1000, true), (wide, .png, 1000, true), (wide, .webp, 1000, true), (wide, .gif, 1000, false),
        (wide, .bmp, 1000, false), (wide, .jpeg, 100, false), (wide, .jpeg, 0, false), (ColorProfile.sRGB, .jpeg, 1000, false),
        (Array("sRGB, says this profile".utf8), .jpeg, 1000, false),
    ]) func profileStaysWhenItMattersAndFits(_ profile: [UInt8], _ type: MediaType, limit: Int, isKept: Bool) throws {
        #expect(try settled(profile, as: type, limit: limit).profileBytes == (isKept ? profile : []))
    }

    /// Of a profile that is not kept, the pixels keep the effect: linear light becomes lighter.
    @Test func profileThatIsNotKeptIsApplied() throws {
        func middle(_ transfer: ColorDescription.Transfer) throws -> [UInt8] {
            // More than 256 colors, so that no palette is written; the last pixel is gray. Two bytes of padding follow.
            var gray = bmp(30, 20)
            for place in 54..<gray.count { gray[place] = UInt8(truncatingIfNeeded: place * place) }
            for place in gray.count - 5..<gray.count - 2 { gray[place] = 128 }
            let subject = try picture(gray, .bmp, 30, 20)
            try subject.assume(ColorDescription(transfer))
            try subject.settleColors(for: .png, keepingProfileUpTo: 1000)
            return Array(try subject.encode(as: .bmp, quality: 90).suffix(5).prefix(3))
        }
        #expect(try middle(.sRGB) == [128, 128, 128])
        // 12.92 and 1.055 of IEC 61966-2-1: 255 * (1.055 * (128/255)^(1/2.4) - 0.055).
        #expect(try middle(.power(1)).allSatisfy { (187...189).contains($0) })
    }
}
