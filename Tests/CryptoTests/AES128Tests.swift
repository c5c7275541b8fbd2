import Crypto
import Testing
import Text

@Suite struct AES128Tests {
    private static func bytes(_ hexadecimal: String) -> [UInt8] { Hexadecimal.decode(hexadecimal) ?? [] }

    // IEEE 1619-2007, annex B: vectors 2 (two blocks) and 15 (17 bytes, ciphertext stealing).
    @Test(arguments: [
        (key: "1111111111111111111111111111111122222222222222222222222222222222", tweak: "33333333330000000000000000000000",
         text: "4444444444444444444444444444444444444444444444444444444444444444",
         cipher: "c454185e6a16936e39334038acef838bfb186fff7480adc4289382ecd6d394f0"),
        (key: "fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0bfbebdbcbbbab9b8b7b6b5b4b3b2b1b0", tweak: "9a785634120000000000000000000000",
         text: "000102030405060708090a0b0c0d0e0f10", cipher: "6c1625db4671522d3d7599601de7ca09ed"),
    ])
    func xts(key: String, tweak: String, text: String, cipher: String) {
        let (key, tweak) = (AES128Tests.bytes(key), AES128Tests.bytes(tweak))
        #expect(AES128.encryptXTS(AES128Tests.bytes(text), key: key, tweak: tweak) == AES128Tests.bytes(cipher))
        #expect(AES128.decryptXTS(AES128Tests.bytes(cipher), key: key, tweak: tweak) == AES128Tests.bytes(text))
    }

    // RFC 3602, section 4, case 1, with its block of padding left away: no padding is there to be found.
    @Test func cbcWithoutPadding() {
        #expect(AES128.decryptCBC(AES128Tests.bytes("e353779c1079aeb82708942dbe77181a"), key: AES128Tests.bytes("06a9214036b8a15b512e03d534120006"),
                                  start: AES128Tests.bytes("3dafba429d9eb430b422da802c9fac41")) == nil)
    }

    @Test func lengthsThatCannotBe() {
        let (key, tweak) = ([UInt8](repeating: 7, count: 32), [UInt8](repeating: 9, count: 16))
        #expect(AES128.encryptXTS([UInt8](repeating: 1, count: 15), key: key, tweak: tweak) == nil)
        #expect(AES128.decryptXTS([], key: key, tweak: tweak) == nil)
        #expect(AES128.decryptXTS([UInt8](repeating: 1, count: 16), key: tweak, tweak: tweak) == nil)
        #expect(AES128.decryptCBC([], key: tweak, start: tweak) == nil)
        #expect(AES128.decryptCBC([UInt8](repeating: 1, count: 17), key: tweak, start: tweak) == nil)
    }
}
