// Texts that were cut at a number of bytes.

import Testing
import Text

struct CutTextTests {
    @Test func noCharacterIsDivided() {
        let bytes = Array("aé图😀".utf8)
        let expected = ["", "a", "a", "aé", "aé", "aé", "aé图", "aé图", "aé图", "aé图", "aé图😀"]
        #expect((0...bytes.count).map { String(cutUTF8: bytes.prefix($0)) } == expected)
    }
}
