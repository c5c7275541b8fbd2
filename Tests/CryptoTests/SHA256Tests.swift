import Crypto
import Testing
import Text

@Suite struct SHA256Tests {
    // FIPS 180-4 examples.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
    ])
    func digestsOfTheStandard(text: String, digest: String) {
        #expect(Hexadecimal.encode(SHA256.hash(Array(text.utf8))) == digest)
    }

    @Test func piecesMakeTheSameDigestAndTheOwnerCanBeUsedAgain() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
        let digest = SHA256()
        for _ in 0..<2 {
            for start in stride(from: 0, to: bytes.count, by: 77) {
                digest.update(Array(bytes[start..<min(start + 77, bytes.count)]))
            }
            digest.update([])
            #expect(digest.finish() == SHA256.hash(bytes))
        }
    }
}
