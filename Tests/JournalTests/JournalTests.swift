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
}
