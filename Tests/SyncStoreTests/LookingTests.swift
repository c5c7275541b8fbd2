// What people look at, and what they do with it.

import Database
import JSONText
import SyncRules
@testable import SyncStore
import Testing

@Suite struct LookingTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    private var store: SyncStore { fixture.store }

    private func key(_ text: String = "k") -> FileKey { FileKey(text)! }

    @Test func filesAreListedByKey() throws {
        for name in ["b", "a", "c"] { try fixture.push("[1]", by: "one", to: name) }
        try fixture.push("[1,2]", by: "one", to: "b")
        try fixture.push("1", by: "x", to: "theirs", from: fixture.caller(account: 2))
        let page = try store.files(of: 1, page: Paging(1, size: 2))
        #expect(page.files.map(\.key) == ["a", "b"] && page.total == 3 && page.files[1].current == 2 && page.files[1].size == 5)
        #expect(try store.files(of: 1, page: Paging(2, size: 2)).files.map(\.key) == ["c"])
        #expect(try store.file(key("b"), of: 1).current == 2)
        #expect(throws: SyncError.self) { try store.file(key("theirs"), of: 1) }
        #expect(try store.files(of: "one").map(\.key) == ["a", "b", "c"])
    }

    /// A device that pushes what it has must not overwrite what only a page has shown.
    @Test func whatWasLookedAtWasSentToNobody() throws {
        try fixture.push(#"{"a":1}"#, by: "one")
        try fixture.push(#"{"a":2}"#, by: "two", from: fixture.caller(agent: "other")) { $0.baseVersion = 1 }
        let looked = try store.look(at: .latest, of: key(), 1)
        #expect(try fixture.text(looked.content) == #"{"a":2}"#)
        #expect(try fixture.database.first("SELECT COUNT(*) FROM sync_fetch") { $0.integer(0) } == 0)
        #expect(try fixture.push(#"{"a":1,"b":1}"#, by: "one").isMerged)
    }

    @Test func twoVersionsAreCompared() throws {
        try fixture.push(#"{"a":9007199254740993,"b":1}"#, by: "one")
        try fixture.push(#"{"a":9007199254740993,"b":2}"#, by: "one")
        nonisolated(unsafe) var paths: [String] = []
        try store.pair(from: 1, to: 2, of: key(), 1).eachChange { change in
            paths.append(change.path)
            return true
        }
        #expect(paths == ["/b"])
        #expect(throws: SyncError.self) { try store.pair(from: 1, to: 3, of: key(), 1) }
        #expect(throws: SyncError.self) { try store.pair(from: 1, to: 2, of: key(), 2) }
    }

    @Test func aDeletionOfWhatIsSeen() throws {
        try fixture.push("[1]", by: "one")
        try fixture.push("[2]", by: "one")
        #expect(throws: SyncError.self) { try store.delete(key(), seen: 1, of: 1) }
        #expect(throws: SyncError.self) { try store.delete(key(), seen: 2, of: 2) }
        try store.delete(key(), seen: 2, of: 1)
        #expect(try store.file(key(), of: 1).isDeleted && fixture.conflicts().isEmpty)
        #expect(throws: SyncError.self) { try store.delete(key(), seen: 3, of: 1) }
        #expect(try fixture.content(2) == "[2]")
    }

    @Test func theValuesOfAConflict() throws {
        let long = String(repeating: "x", count: 2_000)
        try fixture.push(#"{"a":9007199254740993,"b":1,"c":1}"#, by: "one")
        _ = try fixture.latest(by: fixture.caller("two"))
        try fixture.push(#"{"a":9007199254740995,"b":"\#(long)","c":null}"#, by: "one")
        let conflict = try #require(try fixture.push(#"{"a":9007199254740997,"b":2,"c":2}"#, by: "two").conflict)
        let shown = try store.conflict(conflict.id, of: 1)
        let places = try shown.places
        #expect(places.map(\.path) == ["/a", "/b", "/c"] && places.allSatisfy { $0.chosen == .local })
        func text(_ value: ConflictPlace.Value?) -> String {
            switch value {
            case .text(let slice)?: String(decoding: slice.bytes, as: UTF8.self)
            case .long(let size)?: "\(size) bytes"
            case .none?: "none"
            case nil: "both"
            }
        }
        #expect([places[0].base, places[0].local, places[0].remote].map(text) == ["9007199254740993", "9007199254740997", "9007199254740995"])
        #expect(text(places[0].merged) == "9007199254740997" && text(places[1].remote) == "2002 bytes" && text(places[2].remote) == "none")
        #expect(throws: SyncError.self) { try store.conflict(conflict.id, of: 2) }
        #expect(try store.resolvingVersion(of: shown) == nil)
        _ = try store.resolve(Resolution(conflict: conflict.id, action: .keepRemote, content: nil), by: fixture.caller())
        let version = try #require(try store.resolvingVersion(of: store.conflict(conflict.id, of: 1)))
        #expect(version.number == 4 && version.message.contains("resolve_keep_remote"))
    }
}
