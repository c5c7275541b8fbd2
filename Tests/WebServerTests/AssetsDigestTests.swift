import Crypto
import TestSupport
import Testing
import Text

@testable import WebServer

@Suite struct AssetsDigestTests {
    let temporary = TemporaryFolder()

    @Test func namesAndContentsInOrder() throws {
        temporary.write(Array("two".utf8), as: "b.css")
        temporary.write(Array("one".utf8), as: "a.js")
        let digest = SHA256.hash(Array("a.js\u{0}3\u{0}oneb.css\u{0}3\u{0}two".utf8))
        #expect(try AssetsDigest.of(temporary.path) == Hexadecimal.encode(digest).prefix(8).description)
    }

    @Test func everyChangeShows() throws {
        temporary.write(Array("1".utf8), as: "a")
        var seen = [try #require(try AssetsDigest.of(temporary.path))]
        for (content, name) in [("2", "a"), ("2", "b"), ("", "c"), ("", "B")] {
            temporary.write(Array(content.utf8), as: name)
            seen.append(try #require(try AssetsDigest.of(temporary.path)))
        }
        #expect(Set(seen).count == seen.count)
        temporary.write(Array("1".utf8), as: ".hidden")
        #expect(try AssetsDigest.of(temporary.path) == seen.last)
    }

    @Test func noFolder() throws {
        #expect(try AssetsDigest.of(temporary.path + "/nothing") == nil)
    }
}
