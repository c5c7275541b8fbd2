import Compression
import TestSupport
import Testing

@testable import EasyImages
import Text

@Suite struct LinkCipherTests {
    @Test func recordedChecksums() {
        let vectors = Vectors.part("crc32_vectors").all
        #expect(vectors.count == 7)
        for vector in vectors { #expect(Int(CRC32.checksum(Array(vector["text"].text.utf8))) == vector["crc32"].integer) }
    }

    @Test func recordedTokens() {
        let vectors = Vectors.part("hash_vectors").all
        #expect(vectors.count == 104)
        // The password at the time when an empty hide key was recorded.
        let deletes = LinkCipher(password: ByteText(Vectors.part("decrypt_vectors")["password_stored"].text))
        for vector in vectors {
            let secret = ByteText(vector["secret"].text)
            let isHidden = vector["kind"].text == "hide"
            let cipher = isHidden ? LinkCipher(hideKey: secret, deletes: deletes) : LinkCipher(password: secret)
            #expect(cipher.token(of: ByteText(vector["data"].text)) == vector["token"].text, "\(vector["data"])")
            let said = vector["decrypts_to"].isNull ? nil : ByteText(vector["decrypts_to"].text)
            #expect(cipher.path(of: vector["token"].text) == said, "\(vector["token"])")
        }
    }

    @Test func recordedReadings() {
        let part = Vectors.part("decrypt_vectors")
        let cipher = LinkCipher(password: ByteText(part["password_stored"].text))
        #expect(part["cases"].all.count == 15)
        for vector in part["cases"].all {
            let said = vector["decrypted_hex"].isNull ? nil : vector["decrypted_hex"].text
            #expect(cipher.path(of: vector["token"].text).map { Hexadecimal.encode($0.bytes) } == said, "\(vector["label"])")
        }
    }

    @Test func recordedLinksBefore276() {
        let vectors = Vectors.part("legacy_cbc_vectors_before_2_7_6")["vectors"].all.filter { $0["kind"].text == "hide" }
        #expect(vectors.count == 6)
        for vector in vectors {
            let cipher = LinkCipher(hideKey: ByteText(vector["secret"].text), deletes: nil)
            #expect(cipher.pathBefore276(of: vector["token"].text) == ByteText(vector["data"].text))
        }
    }

    @Test func aHideKeyThatIsNoneHasTheKeyOfDeleteLinks() {
        let deletes = LinkCipher(password: "c23e32f763e76dd77039f5addc6a95a4a0eaeee124e6681d1e5253a7008255ca")
        let path: ByteText = "/i/2025/07/04/vx77yu-0.jpg"
        #expect(LinkCipher(hideKey: "", deletes: deletes).token(of: path) == deletes.token(of: path))
        #expect(LinkCipher(hideKey: "x", deletes: deletes).token(of: path) != deletes.token(of: path))
    }

    @Test(arguments: ["", "=", "====", "AAAA", "💣"])
    func tokensThatSayNothing(token: String) {
        let cipher = LinkCipher(checksum: 1)
        #expect(cipher.path(of: token) == nil && cipher.pathBefore276(of: token) == nil)
    }

    @Test func tokensThatAreTooLong() {
        let cipher = LinkCipher(checksum: 1)
        #expect(cipher.path(of: cipher.token(of: ByteText(String(repeating: "a", count: 4_000)))) != nil)
        #expect(cipher.path(of: String(repeating: "A", count: 8_193)) == nil)
    }

    @Test func anyTokenIsReadWithoutHarm() {
        var generator = SystemRandomNumberGenerator()
        let letters = Array("ABab01+/=%- \u{0}é".unicodeScalars)
        let cipher = LinkCipher(checksum: 837_912_684)
        for length in 0..<600 {
            let token = String(String.UnicodeScalarView((0..<length).map { _ in letters.randomElement(using: &generator) ?? "a" }))
            _ = cipher.path(of: token)
            _ = cipher.pathBefore276(of: token)
        }
    }
}
