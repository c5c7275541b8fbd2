// The captcha is a PNG of the old size whose text can be read off it, and no two are the same.

import Compression
@testable import Pages
import Testing

@Suite struct CaptchaTests {
    @Test func aPictureOfTheOldSize() throws {
        let captcha = try Captcha()
        #expect(captcha.text.count == 4 && captcha.text.allSatisfy(CaptchaFont.letters.contains))
        #expect(Array(captcha.picture.prefix(8)) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        #expect(Array(captcha.picture[16..<29]) == [0, 0, 1, 49, 0, 0, 0, 54, 8, 0, 0, 0, 0])
        #expect(captcha.picture.count < 16_000)
        #expect(try Captcha().picture != captcha.picture)
    }

    @Test func chunksHaveTheirChecksums() throws {
        let picture = try Captcha().picture
        var rest = picture.dropFirst(8)
        var names: [String] = []
        while rest.count >= 12 {
            let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            let named = Array(rest.dropFirst(4).prefix(4 + length))
            names.append(String(decoding: named.prefix(4), as: UTF8.self))
            #expect(CRC32.checksum(named) == rest.dropFirst(8 + length).prefix(4).reduce(0) { $0 << 8 | UInt32($1) })
            rest = rest.dropFirst(12 + length)
        }
        #expect(names == ["IHDR", "IDAT", "IEND"] && rest.isEmpty)
    }

    @Test func everyLetterHasAShapeOfItsOwn() {
        let shapes = CaptchaFont.letters.map { letter in
            (0..<7).map { row in (0..<5).map { CaptchaFont.hasInk(letter, $0, row) } }
        }
        #expect(Set(shapes).count == CaptchaFont.letters.count && Set(CaptchaFont.letters).count == CaptchaFont.letters.count)
        #expect(!CaptchaFont.hasInk("A", 5, 0) && !CaptchaFont.hasInk("A", 0, -1) && !CaptchaFont.hasInk("?", 0, 0))
    }

    @Test func anyRandomBytesDrawAPicture() throws {
        for byte in [UInt8(0), 1, 127, 254, 255] {
            #expect(try Captcha(random: [UInt8](repeating: byte, count: Captcha.randomLength)).text.count == 4)
        }
    }
}
