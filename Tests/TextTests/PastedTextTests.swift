// What stands around a pasted key.

import Testing
import Text

@Suite struct PastedTextTests {
    @Test(arguments: [
        " ", "\t", "\n", "\r\n", "\u{B}", "\u{85}", "\u{A0}", "\u{2003}", "\u{2028}", "\u{202F}", "\u{3000}", "\u{FEFF}", "\u{200B}", "\u{200E}",
        "\u{2060}", "\u{FFFD}", " \u{3000}\r\n\u{FEFF}\u{A0}\t ",
    ])
    func whatIsInvisibleGoes(around: String) {
        for key in ["ib_-a_b-", "-", "_", "a b", "a\u{3000}b", "图"] {
            #expect((around + key + around).pasted.utf8.elementsEqual(key.utf8))
            #expect((around + key).pasted == key && (key + around).pasted == key)
        }
        #expect(around.pasted == "")
    }

    @Test(arguments: ["", "ib_abc", "-abc_", "\u{0}a", "a\u{0}", "\u{7F}", "e\u{301}", "a\u{FFFD}b"])
    func otherTextsStay(text: String) { #expect(text.pasted.utf8.elementsEqual(text.utf8)) }
}
