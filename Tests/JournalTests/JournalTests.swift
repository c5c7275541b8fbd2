// What the journal is told, and what everything else is spared.

import Testing
@testable import Journal

@Suite struct JournalTests {
    @Test func everyLineHasItsPriority() {
        #expect(String(decoding: Journal.lines(Array("a\nb".utf8), prefix: "<3>"), as: UTF8.self) == "<3>a\n<3>b\n")
        #expect(String(decoding: Journal.lines(Array("a".utf8), prefix: ""), as: UTF8.self) == "a\n")
    }

    @Test func prioritiesAreThoseOfSyslog() {
        #expect([Journal.Priority.error, .warning, .notice].map(\.rawValue) == [3, 4, 5])
    }

    @Test(arguments: [("8:12", true), ("8:13", false), ("9:12", false), ("", false), ("8", false), ("8:12:1", false), ("8:x", false)])
    func streamIsKnownByDeviceAndInode(_ stream: String, _ isOurs: Bool) {
        #expect(Journal.names(stream, device: 8, inode: 12) == isOurs)
    }

    @Test(arguments: [
        ("plain 图床 é👩‍🚀", "plain 图床 é👩‍🚀"), ("a\u{1B}[31m\nok b", "a\\u001b[31m\\u000aok b"), ("\0\t\r\n\u{7F}", "\\u0000\\u0009\\u000d\\u000a\\u007f"),
        ("\u{80}\u{9B}1m\u{9F}\u{A0}", "\\u0080\\u009b1m\\u009f\u{A0}"), ("\u{2028}\u{2029}\u{202E}gpj", "\\u2028\\u2029\\u202egpj"), ("", ""),
    ])
    func controlsAreEscaped(text: String, expected: String) {
        #expect(text.withoutControls == expected)
        #expect(text.withoutControlsButNewline.replacing("\n", with: "\\u000a") == expected)
    }

    @Test func linesSteerNothing() {
        #expect(String(decoding: Journal.line(Array("a\u{1B}[2J\nb".utf8) + [0x9B], .error), as: UTF8.self).hasSuffix("a\\u001b[2J\nb\u{FFFD}\n"))
    }
}
