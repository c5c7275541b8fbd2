import Testing
import Text

@Suite struct Base64Tests {
    // RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
    func textsOfTheStandard(plain: String, coded: String) {
        let bare = String(coded.prefix { $0 != "=" })
        #expect(Base64.encode(Array(plain.utf8), .standard) == coded)
        #expect(Base64.encode(Array(plain.utf8), .urlSafe) == bare)
        #expect(Base64.decode(coded.utf8, .standard, .canonical) == Array(plain.utf8))
        #expect(Base64.decode(bare.utf8, .urlSafe, .canonical) == Array(plain.utf8))
        for text in [coded, bare] { #expect(Base64.decode(text.utf8, .standard, .unpadded) == Array(plain.utf8)) }
        for text in [coded, bare, " \(bare)\n-_"] { #expect(Base64.decode(text.utf8, .standard, .lenient) == Array(plain.utf8)) }
    }

    @Test func alphabets() {
        #expect(Base64.encode([0xfb, 0xff, 0xbf], .urlSafe) == "-_-_")
        #expect(Base64.encode([0xfb, 0xff, 0xbf], .standard) == "+/+/")
        #expect(Base64.decode("-_-_".utf8, .standard, .unpadded) == nil && Base64.decode("+/+/".utf8, .urlSafe, .canonical) == nil)
    }

    @Test(arguments: [Base64.Alphabet.standard, .urlSafe]) func everyByteAndLengthComesBack(alphabet: Base64.Alphabet) {
        for count in 0...256 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: 255 - $0) }
            #expect(Base64.decode(Base64.encode(bytes, alphabet).utf8, alphabet, .canonical) == bytes)
        }
    }

    // A lone last character, padding, the other alphabet, white space, and bits that no byte owns.
    @Test(arguments: ["A", "Zm9vA", "Zg==", "+/+/", "Zm 9", "Zm9v\n", "Zh", "Zm9", "é"])
    func whatIsNotWrittenSoIsRefused(text: String) { #expect(Base64.decode(text.utf8, .urlSafe, .canonical) == nil) }

    @Test(arguments: [("YQ", "a"), ("YQ=", "a"), ("YR==", "a"), ("YWI=YWI=", "ab"), ("YWIx=!", "ab1"), ("=", ""), ("Y!Q=", nil), ("YQ ", nil)])
    func paddingMayBeMissing(text: String, plain: String?) {
        #expect(Base64.decode(text.utf8, .standard, .unpadded) == plain.map { Array($0.utf8) })
    }

    // As PHP's base64_decode() does without its second parameter.
    @Test(arguments: [("Y Q\n==", "a"), ("YW=I", "ab"), ("-YW_Ix", "ab1"), ("YWIx%3D", "ab1\u{DC}"), ("!!", "")])
    func othersArePassedOver(text: String, plain: String) {
        let latin = plain.unicodeScalars.map { UInt8($0.value) }
        #expect(Base64.decode(text.utf8, .standard, .lenient) == latin)
    }
}
