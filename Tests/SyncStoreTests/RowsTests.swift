import Database
import SyncRules
@testable import SyncStore
import TestSupport
import Testing

/// Lists, devices and keys: what pushes and pulls alone do not ask.
@Suite struct RowsTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    private let key = FileKey("k")!
    private let one = DeviceID("one")!
    private let two = DeviceID("two")!

    @Test func devicesAreToldWithWhatTheyHave() throws {
        try fixture.push("[1]", by: "one") { $0.deviceName = "Anna's" }
        try fixture.push("[2]", by: "one", to: "other")
        _ = try fixture.latest(by: fixture.caller("two"))
        let page = try fixture.store.devices(of: 1, key: nil, page: Paging(size: 50))
        #expect(page.total == 2 && page.devices.map(\.deviceID) == ["one", "two"] && page.devices[0].name == "Anna's")
        #expect(page.devices[0].files.map(\.key) == ["k", "other"] && page.devices[1].files.map(\.last) == [1])
        #expect(try fixture.store.devices(of: 1, key: FileKey("other"), page: Paging(size: 50)).devices.map(\.deviceID) == ["one"])
        #expect(try fixture.store.devices(of: 2, key: nil, page: Paging(size: 50)).total == 0)
    }

    @Test func devicesAreRenamedAndForgotten() throws {
        try fixture.push("[1]", by: "one")
        try fixture.store.rename(one, of: 1, to: "phone")
        try fixture.push("[2]", by: "one") { $0.deviceName = "tablet" }
        #expect(try fixture.store.devices(of: 1, key: nil, page: Paging(size: 50)).devices[0].name == "tablet")
        try fixture.store.forget(one, of: 1)
        #expect(throws: SyncError.self) { try fixture.store.rename(one, of: 1, to: "phone") }
        #expect(throws: SyncError.self) { try fixture.store.forget(one, of: 1) }
        #expect(try fixture.push("[3]", by: "one").version == 3)
    }

    @Test func aKeyIsOneDevicesAtATime() throws {
        #expect(try fixture.store.device(ofKey: 1) == nil)
        for device in [one, two] {
            try fixture.store.bind(key: 1, to: device)
            #expect(try fixture.store.device(ofKey: 1) == device)
        }
        try fixture.store.bind(key: 1, to: nil)
        #expect(try fixture.store.device(ofKey: 1) == nil)
    }

    @Test func updatesGoOnFromAVersion() throws {
        for number in 1...3 { try fixture.push("[\(number)]", by: "one") }
        let updates = try fixture.store.updates(key, since: 1, limit: 1, for: fixture.caller("two"))
        #expect(updates.updates.map(\.version.number) == [2] && updates.nextSince == 2 && updates.current == 3)
        #expect(try fixture.store.updates(key, since: 9, limit: 1, for: fixture.caller("two")).mustResync)
    }

    @Test func filesAreListedByAccountAndKey() throws {
        try fixture.push("[1]", by: "one")
        try fixture.push("[1]", by: "one", to: "a")
        _ = try fixture.store.delete(key, ifMatch: nil, message: "", by: fixture.caller("one"))
        let files = try fixture.store.files()
        #expect(files.map(\.key) == ["a", "k"] && files.map(\.isDeleted) == [false, true] && files.map(\.account) == ["one", "one"])
        #expect(try fixture.store.files(of: "two").isEmpty)
    }

    /// A fetch that is noted again counts from then on.
    @Test func fetchesWithoutANameAreEvidence() throws {
        try fixture.push("[1]", by: "one")
        for _ in 1...2 { _ = try fixture.latest(by: fixture.caller(agent: "curl")) }
        let first = try fixture.database.first("SELECT id FROM sync_fetch") { $0.integer(0) }
        try fixture.push("[2]", by: "one")
        _ = try fixture.store.pull(key, .latest, for: fixture.caller(agent: "curl"))
        try fixture.push("[3]", by: "one")
        _ = try fixture.store.updates(key, since: 2, limit: 1, for: fixture.caller(agent: "curl"))
        #expect(try fixture.database.all("SELECT version FROM sync_fetch ORDER BY id") { $0.integer(0) } == [1, 2, 3])
        _ = try fixture.store.delete(key, ifMatch: nil, message: "", by: fixture.caller(agent: "curl"))
        #expect(try fixture.conflicts().isEmpty, "what was fetched may be deleted")
        #expect(try fixture.database.first("SELECT MAX(id) FROM sync_fetch") { $0.integer(0) } == first.map { $0 + 3 })
    }

    @Test func aDeletionOfWhatWasNotSeenIsAConflict() throws {
        try fixture.push("[1]", by: "one")
        #expect(try fixture.store.delete(key, ifMatch: nil, message: "", by: fixture.caller("two")).conflict != nil)
    }

    @Test func aVersionWithoutContentSaysWhy() throws {
        for number in 1...2 { try fixture.push("[\(number)]", by: "one") }
        let first = try fixture.document("[1]").hash
        _ = try fixture.store.delete(key, ifMatch: nil, message: "", by: fixture.caller("one"))
        try fixture.store.collectGarbage(keep: 1)
        let asked: [(WantedVersion, MissingVersion)] = [
            (.number(1), .expired), (.hash(first), .expired), (.number(3), .deleted), (.number(4), .unknown), (.hash(try fixture.document("[4]").hash), .unknown),
        ]
        for (wanted, why) in asked {
            #expect { try fixture.store.pull(key, wanted, for: fixture.caller()) } throws: { error in
                if case SyncError.noVersion(why) = error { true } else { false }
            }
        }
    }

    @Test func mergesKeepWhatWasPushed() throws {
        try fixture.push(#"{"a":1}"#, by: "one")
        _ = try fixture.latest(by: fixture.caller("two"))
        try fixture.push(#"{"a":2}"#, by: "one")
        let version = try #require(try fixture.store.version(fixture.push(#"{"a":1,"b":2}"#, by: "two").version, of: 1))
        let pushed = try #require(try fixture.store.pushedContent(of: version, key, account: 1))
        #expect(try fixture.text(pushed) == #"{"a":1,"b":2}"#)
    }

    @Test func contentsAreComparedWithTheirFolder() throws {
        try fixture.push("[1]", by: "one")
        let large = (0..<120_000).map { "\(($0 &* 2_654_435_761) % 4_294_967_291)" }.joined(separator: ",")
        try fixture.push("[\(large)]", by: "one")
        let rows = ContentFileRows(recorded(fixture.database))
        var paths: [String] = []
        try rows.forEach { paths.append($0) }
        #expect(try paths.count == 1 && rows.count() == 1 && rows.knows(paths[0]) && !rows.knows("ab/cd"))
        #expect(fixture.store.folder.holds(paths[0]))
        var whole: [Bool] = []
        try fixture.store.checkContents { whole.append($1) }
        #expect(try whole == [true, true] && fixture.store.contentCount() == 2)
    }

    @Test func aClockThatJumpedMakesNothingOlder() throws {
        try fixture.push("[1]", by: "one") { $0.idempotencyKey = "x" }
        _ = try fixture.latest(by: fixture.caller(agent: "curl"))
        fixture.moment += 200 * 86_400
        #expect(try fixture.store.collectGarbage(clockJump: 200 * 86_400).notes == 0)
        fixture.moment += 200 * 86_400
        #expect(try fixture.store.collectGarbage().notes == 3)
    }
}
