import Crypto
import Testing
import Text

@Suite struct OldDigestTests {
    // RFC 1321, appendix A.5.
    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e"), ("abc", "900150983cd24fb0d6963f7d28e17f72"),
        ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
    ])
    func md5(text: String, digest: String) { #expect(Hexadecimal.encode(MD5.hash(Array(text.utf8))) == digest) }

    @Test func md5InPieces() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
        let digest = MD5()
        for _ in 0..<2 {
            for start in stride(from: 0, to: bytes.count, by: 77) {
                Array(bytes[start..<min(start + 77, bytes.count)]).withUnsafeBytes(digest.update)
            }
            #expect(digest.finish() == MD5.hash(bytes))
        }
    }

    // FIPS 180-4 examples.
    @Test(arguments: [("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"), ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d")])
    func sha1(text: String, digest: String) { #expect(Hexadecimal.encode(SHA1.hash(Array(text.utf8))) == digest) }

    @Test func sha1InPieces() {
        let digest = SHA1()
        for _ in 0..<2 {
            for part in ["a", "", "bc"] { Array(part.utf8).withUnsafeBytes(digest.update) }
            #expect(digest.finish() == SHA1.hash(Array("abc".utf8)))
        }
    }
}
