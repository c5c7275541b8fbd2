import Database
import SyncRules
@testable import SyncStore
import Testing

/// Of docs/json-sync.md: what two changes of one base become.
struct MergeExample: CustomTestStringConvertible {
    let base: String?, head: String, push: String, merged: String
    let paths: [String]
    var testDescription: String { "\(base ?? "none") \(head) \(push)" }
}

@Suite struct PushTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    static let examples = [
        MergeExample(base: #"{"a":1,"b":1}"#, head: #"{"a":2,"b":1}"#, push: #"{"a":1,"b":2}"#, merged: #"{"a":2,"b":2}"#, paths: []),
        MergeExample(base: #"{"a":1}"#, head: #"{"a":2}"#, push: #"{"a":3}"#, merged: #"{"a":3}"#, paths: ["/a"]),
        MergeExample(base: #"{"a":1,"b":1}"#, head: #"{"a":1}"#, push: #"{"a":2,"b":1}"#, merged: #"{"a":2}"#, paths: []),
        MergeExample(base: #"{"a":{"x":1}}"#, head: #"{"a":{"x":2}}"#, push: "{}", merged: #"{"a":{"x":2}}"#, paths: ["/a"]),
        MergeExample(base: #"["x","y"]"#, head: #"["x","y","z"]"#, push: #"["y"]"#, merged: #"["y","z"]"#, paths: []),
        MergeExample(base: #"[{"id":1,"n":1},{"id":2,"n":1}]"#, head: #"[{"id":1,"n":2},{"id":2,"n":1}]"#,
                     push: #"[{"id":1,"n":1},{"id":2,"n":2}]"#, merged: #"[{"id":1,"n":2},{"id":2,"n":2}]"#, paths: []),
        MergeExample(base: nil, head: #"{"a":1,"b":1}"#, push: #"{"a":2}"#, merged: #"{"a":2,"b":1}"#, paths: ["/a"]),
    ]

    @Test(arguments: examples) func mergesAsTheManualSays(_ example: MergeExample) throws {
        if let base = example.base {
            try fixture.push(base, by: "one")
            _ = try fixture.latest(by: fixture.caller("two"))
        }
        try fixture.push(example.head, by: "one")
        let outcome = try fixture.push(example.push, by: "two")
        #expect(try fixture.content(outcome.version) == example.merged)
        let conflict = try #require(outcome.conflict)
        #expect(ConflictReader.paths(conflict.pathsText) == example.paths)
        #expect(conflict.isClean == example.paths.isEmpty)
        #expect(conflict.localVersion == (example.base == nil ? 0 : 1))
        #expect(try fixture.text(fixture.store.pull(FileKey("k")!, .hash(fixture.document(example.push).hash), for: fixture.caller()).content)
            == example.push)
    }

    @Test func whatBecomesOfPushesIsCounted() throws {
        try fixture.push(#"{"a":1,"b":1}"#, by: "one")
        try fixture.push(#"{"a":1,"b":1}"#, by: "one")
        _ = try fixture.latest(by: fixture.caller("two"))
        try fixture.push(#"{"a":1,"b":1}"#, by: "two")
        try fixture.push(#"{"a":2,"b":1}"#, by: "one") { $0.idempotencyKey = "0123456789abcdef" }
        try fixture.push(#"{"a":2,"b":1}"#, by: "one") { $0.idempotencyKey = "0123456789abcdef" }
        try fixture.push(#"{"a":1,"b":2}"#, by: "two")
        try fixture.push(#"{"a":3,"b":1}"#, by: "three") { $0.baseVersion = 1 }
        #expect(throws: SyncError.self) { try fixture.push("[1]", by: "one") { $0.createOnly = true } }
        #expect(fixture.results == [.created, .repeated, .unchanged, .created, .repeated, .merged, .conflict, .refused])
    }

    @Test func headsThatMoveStartEverythingOver() throws {
        try fixture.push("[1]", by: "one")
        // Somebody else is faster between decision and transaction, once.
        let push = Push(caller: fixture.caller(), file: FileKey("k")!, device: DeviceID("two")!, content: try fixture.document("[2]"))
        let state = try fixture.database.read { try fixture.store.state(of: push) }
        try fixture.push("[1,3]", by: "one")
        #expect(try !fixture.store.isCurrent(state))
        #expect(try fixture.store.push(push).version == 3)
    }

    @Test func versionsCannotHaveGaps() throws {
        try fixture.push("[1]", by: "one")
        for version in [1, 3, 0, -1] {
            #expect(throws: (any Error).self) {
                try fixture.database.run(
                    "INSERT INTO sync_version SELECT file_id, ?, kind, content_id, pushed_id, hash, size, device_id, message, created_at FROM sync_version",
                    version)
            }
        }
    }

    @Test func strictCallersAreRefused() throws {
        try fixture.push("[1]", by: "one")
        try fixture.push("[2]", by: "one")
        let old = try fixture.document("[1]").hash
        #expect(throws: SyncError.self) { try fixture.push("[3]", by: "two") { $0.ifMatch = .hashes([old]) } }
        #expect(throws: SyncError.self) { try fixture.push("[3]", by: "two") { $0.onConflict = .reject } }
        #expect(throws: SyncError.self) { try fixture.push("[3]", by: "two") { $0.createOnly = true } }
        #expect(throws: SyncError.self) { try fixture.push("[3]", by: "two") { $0.baseVersion = 3 } }
        #expect(try fixture.store.history(FileKey("k")!, of: 1, page: Paging(size: 50)).current == 2)
        // Who was never sent version 2 cannot be strict about it.
        #expect(throws: SyncError.self) { try fixture.push("[3]", by: "two") { $0.baseVersion = 2; $0.onConflict = .reject } }
        _ = try fixture.latest(by: fixture.caller("two"))
        #expect(try fixture.push("[3]", by: "two") { $0.baseVersion = 2; $0.onConflict = .reject }.version == 3)
    }

    @Test func answersLastADay() throws {
        let first = try fixture.push("[1]", by: "one") { $0.idempotencyKey = "x" }
        try fixture.push("[2]", by: "one")
        #expect(try fixture.push("[1]", by: "one") { $0.idempotencyKey = "x" }.version == first.version)
        #expect(throws: SyncError.self) { try fixture.push("[4]", by: "one") { $0.idempotencyKey = "x" } }
        fixture.moment += SyncStore.answerLifetime + 1
        #expect(try fixture.push("[1]", by: "one") { $0.idempotencyKey = "x" }.version == 3)
    }

    @Test func accountsDoNotMeet() throws {
        try fixture.push("[1]", by: "one")
        let stranger = fixture.caller(account: 2)
        #expect(throws: SyncError.self) { try fixture.latest(by: stranger) }
        #expect(try fixture.push("[1]", by: "one", from: stranger).version == 1)
        #expect(try fixture.database.first("SELECT COUNT(*) FROM sync_content") { $0.integer(0) } == 1)
    }
}

@Suite struct NameTests {
    @Test(arguments: [("k", true), ("", false), (String(repeating: "k", count: 190), true), (String(repeating: "k", count: 191), false),
                      ("键", true), ("a\nb", false), ("a\u{0}b", false), ("a\u{85}b", false), ("../../etc", true), (" ", true)])
    func fileKeys(_ text: String, _ isGood: Bool) { #expect((FileKey(text) != nil) == isGood) }

    @Test func namesAreBytes() {
        // Two spellings of é are two files.
        #expect(FileKey("\u{e9}") != FileKey("e\u{301}"))
    }
}
