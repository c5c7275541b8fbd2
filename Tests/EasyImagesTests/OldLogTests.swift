// The monthly logs of uploads that EasyImages wrote.

import EasyImages
import Settings
import Testing
import Text

@Suite struct OldLogTests {
    private func read(_ bytes: [UInt8]) throws -> (log: OldLog, entries: [(entry: OldLogEntry, offset: Int)], unreadable: Int) {
        let log = try OldLog(MemorySource(bytes))
        var (entries, unreadable): ([(entry: OldLogEntry, offset: Int)], Int) = ([], 0)
        try log.forEach { entry, offset in
            if let entry { entries.append((entry, offset)) } else { unreadable += 1 }
        }
        return (log, entries, unreadable)
    }

    /// Both kinds, much longer than what is in memory at once: every entry is found again where it began.
    @Test(arguments: [true, false])
    func aLogOfAnyLength(isLines: Bool) throws {
        var text = isLines ? "<?php exit;?>\n" : "<?php\n$logs=Array\n(\n"
        for number in 0..<4_000 {
            let (path, agent) = ("/i/2020/\(number).jpg", String(repeating: "Mozilla ", count: number % 50))
            text += isLines ? "{\"path\":\"\(path)\",\"user_agent\":\"\(agent)\"}\r\n"
                : "\t'\(number).jpg'=>Array('path'=>'\(path)', 'user_agent'=>'\(agent)'),\n"
        }
        let (log, entries, unreadable) = try read(Array((text + (isLines ? "" : ");")).utf8))
        #expect(text.utf8.count > 2 * PHPArrayStream.itemLimit)
        #expect(entries.count == 4_000 && unreadable == 0)
        for (number, each) in entries.enumerated() where each.entry.path.description != "/i/2020/\(number).jpg" {
            Issue.record("entry \(number) is \(each.entry.path)")
        }
        for each in entries where try log.entry(at: each.offset) != each.entry { Issue.record("\(each.entry.path) is not at \(each.offset)") }
    }

    @Test func whatComesBeforeAnErrorIsRead() throws {
        let entry = "'a.jpg'=>['path'=>'/i/a.jpg'],\n"
        let log = try OldLog(MemorySource(Array(("<?php $logs=[\n" + String(repeating: entry, count: 20_000) + "phpinfo()];").utf8)))
        var count = 0
        let error = #expect(throws: PHPArrayError.self) { try log.forEach { _, _ in count += 1 } }
        #expect(count == 20_000 && error?.line == 20_002 && error?.problem.contains("phpinfo") == true)
    }

    @Test(arguments: ["'", "\"", "/*"])
    func anItemThatNeverEndsIsNotReadIntoMemory(start: String) throws {
        let text = "<?php $logs=['a'=>\(start)" + String(repeating: "x", count: 2 << 20)
        let error = #expect(throws: PHPArrayError.self) { try OldLog(MemorySource(Array(text.utf8))).forEach { _, _ in } }
        #expect(error?.problem == "one item has more than 256 KB")
    }

    @Test func aLineThatIsTooLongIsNoEntry() throws {
        let text = "<?php exit;?>\n{\"path\":\"/i/" + String(repeating: "x", count: 1 << 20) + "\"}\n{\"path\":\"/i/a.jpg\"}"
        let (_, entries, unreadable) = try read(Array(text.utf8))
        #expect(entries.map(\.entry.name) == ["a.jpg"] && unreadable == 1)
    }

    @Test func sample() throws {
        let (log, entries, unreadable) = try read(SampleInstall.bytes("admin/logs/upload/2025-07.php"))
        #expect(entries.count == 26 && unreadable == 0)
        let first = try #require(entries.first?.entry)
        for each in entries { #expect(try log.entry(at: each.offset) == each.entry) }
        #expect(first.name == "gsb1i5-0.jpg" && first.path == "/i/2025/07/01/gsb1i5-0.jpg" && first.port == 57_828)
        #expect(first.originalName == "photo-1.jpg" && first.date == "2025-07-01 10:15:00" && first.from == "web")
    }

    @Test func linesOfBefore26() throws {
        let text = """
            <?php /* {"source":"no"} */ exit;?>
            {"source":"a&amp;b&#039;&lt;.jpg","date":"2021-05-01 08:00:00","ip":"192.0.2.1","user_agent":"x","path":"\\/i\\/2021\\/05\\/01\\/a.jpg","size":"1KB","md5":"","checkImg":"OK","from":3}
            {"broken"
            {"source":"no path"}
            """
        let (log, entries, unreadable) = try read(Array(text.utf8))
        #expect(unreadable == 2 && entries.count == 1)
        let entry = try #require(entries.first?.entry)
        #expect(try log.entry(at: entries[0].offset) == entry)
        #expect(entry.name == "a.jpg" && entry.originalName == "a&b'<.jpg" && entry.port == nil && entry.from == "3")
        #expect(OldLogEntry.escaped(entry.originalName) == "a&amp;b&#039;&lt;.jpg")
    }

    @Test func counts() throws {
        var counts: [String: Int] = [:]
        try OldCounts.forEach(in: MemorySource(SampleInstall.bytes("admin/logs/ipcounts/2025-07-28.php"))) { counts[$0] = $1 }
        #expect(counts == ["127.0.0.1": 7])
    }
}
