import Crypto
import Testing

@Suite struct Base64URLTests {
    // RFC 4648 section 10, without its padding.
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"),
    ])
    func textsOfTheStandard(plain: String, coded: String) {
        #expect(Base64URL.encode(Array(plain.utf8)) == coded)
        #expect(Base64URL.decode(coded) == Array(plain.utf8))
    }

    @Test func alphabetIsSafeInURLs() {
        #expect(Base64URL.encode([0xfb, 0xff, 0xbf]) == "-_-_")
    }

    @Test func everyLengthComesBack() {
        for count in 0..<70 {
            let bytes = RandomBytes.make(count)
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
    }

    // A lone last character, padding, the other alphabet, white space, and bits that no byte owns.
    @Test(arguments: ["A", "Zm9vA", "Zg==", "+/+/", "Zm 9", "Zm9v\n", "Zh", "Zm9", "é"])
    func anythingElseIsRefused(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }
}
