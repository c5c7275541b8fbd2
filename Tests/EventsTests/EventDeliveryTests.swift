import Database
@testable import Events
import JSONText
import SiteTestSupport
import Testing
import TestSupport

/// A log and its deliveries, with a clock that stands still.
final class Fixture {
    let databases: TestDatabase
    let database: any Database
    let log: EventLog
    var moment = 1_700_000_000
    private(set) var delivery: EventDelivery!

    init() throws {
        databases = try TestDatabase()
        database = databases.connection
        try database.run("INSERT INTO account (id, name, password_hash, role, created_at) VALUES (1, 'anna', '', 'user', 0)")
        try database.run("INSERT INTO account (id, name, password_hash, role, created_at) VALUES (2, '(doctor 12)', '', 'user', 0)")
        log = EventLog(database: recorded(database))
        restart()
    }

    /// Another process takes over, who knows nothing of what was under way.
    func restart() {
        nonisolated(unsafe) let fixture = Unowned(self)
        delivery = EventDelivery(database: recorded(database), now: { fixture.value.moment })
    }

    private final class Unowned {
        unowned let value: Fixture
        init(_ value: Fixture) { self.value = value }
    }

    func happen(_ path: String = "a.png", _ kind: EventKind = .uploaded, account: Int? = 1) throws {
        try database.write { try log.record(kind) { EventSubject(account: account, path: path, members: [("id", 5)]) } }
    }

    /// What is due: "receiver:path".
    func due() throws -> [String] { try delivery.due().map { "\($0.receiver):\($0.event.path ?? "")" } }

    var paths: [String] { get throws { try delivery.newest(atMost: 1_000).reversed().map { $0.path ?? "" } } }

    func receiver(_ name: String) throws -> Receiver? { try delivery.states().first { $0.receiver.name == name }?.receiver }
}

@Suite struct EventDeliveryTests {
    let fixture: Fixture
    var delivery: EventDelivery { fixture.delivery }

    init() throws { fixture = try Fixture() }

    @Test func nothingIsWrittenWithoutReceivers() throws {
        let before = try fixture.database.moment?.own
        #expect(before != nil || fixture.database.engine == .postgresql)
        try fixture.happen()
        #expect(try fixture.database.moment?.own == before && fixture.paths == [])
        try #require(try delivery.follow(["a"]))
        try fixture.happen()
        #expect(try fixture.paths == ["a.png"])
    }

    @Test func whatTheDoctorTriesIsNotRecorded() throws {
        try delivery.follow(["a"])
        try fixture.happen("trial.png", account: 2)
        try fixture.happen("visitor.png", account: nil)
        try fixture.happen("anna.png")
        #expect(try fixture.paths == ["visitor.png", "anna.png"])
        #expect(try delivery.newest(atMost: 9).map(\.owner) == ["anna", nil])
    }

    @Test func eachReceiverHasItsOwnPlace() throws {
        try delivery.follow(["a"])
        for path in ["1", "2"] { try fixture.happen(path) }
        try delivery.follow(["a", "b"])
        try fixture.happen("3")
        #expect(try fixture.due() == ["a:1", "b:3"], "a new receiver gets what happens from now on")
        #expect(try fixture.due() == [], "nobody gets a second one before the first is ended")
        try delivery.end("b", failure: nil)
        #expect(try fixture.due() == [], "a hanging receiver gets nothing, and one that has all gets nothing")
        try fixture.happen("4")
        #expect(try fixture.due() == ["b:4"], "one that hangs holds up no other")
        for path in ["1", "2", "3"] {
            #expect(try delivery.end("a", failure: nil)?.attempt.event.path == path)
            #expect(try fixture.due() == ["a:\(Int(path)! + 1)"])
        }
        #expect(try delivery.end("c", failure: nil) == nil)
    }

    @Test func aFailedEventComesAgainInItsTurn() throws {
        try delivery.follow(["a"])
        for path in ["1", "2"] { try fixture.happen(path) }
        for wait in [10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 3_600, 3_600] {
            #expect(try fixture.due() == ["a:1"])
            #expect(try delivery.end("a", failure: "it ended with 1")?.wait == wait)
            fixture.moment += wait - 1
            #expect(try fixture.due() == [])
            fixture.moment += 1
        }
        #expect(try fixture.receiver("a")?.failures == 11 && fixture.receiver("a")?.said == "it ended with 1")
        #expect(try fixture.due() == ["a:1"])
        #expect(try delivery.end("a", failure: nil)?.wait == nil)
        #expect(try fixture.receiver("a")?.failures == 0 && fixture.receiver("a")?.said == "" && fixture.due() == ["a:2"])
    }

    @Test func aClockThatWasSetBackHoldsUpNothing() throws {
        try delivery.follow(["a"])
        try fixture.happen("1")
        _ = try fixture.due()
        try delivery.end("a", failure: "no")
        fixture.moment -= 86_400
        #expect(try fixture.due() == ["a:1"])
    }

    @Test func whatWasNotEndedComesAgainAfterACrash() throws {
        try delivery.follow(["a"])
        for path in ["1", "2"] { try fixture.happen(path) }
        #expect(try fixture.due() == ["a:1"])
        fixture.restart()
        #expect(try fixture.due() == ["a:1"])
        try delivery.end("a", failure: nil)
        fixture.restart()
        #expect(try fixture.due() == ["a:2"])
    }

    @Test func anExecutableMayBeAwayForAMoment() throws {
        try delivery.follow(["a"])
        try fixture.happen("1")
        #expect(try delivery.follow([]) && fixture.receiver("a")?.missingSince != nil && fixture.due() == [])
        fixture.moment += EventDelivery.grace - 1
        #expect(try delivery.follow([]))
        try delivery.follow(["a"])
        #expect(try fixture.receiver("a")?.missingSince == nil && fixture.due() == ["a:1"])
        try delivery.follow([])
        fixture.moment += EventDelivery.grace
        #expect(try !delivery.follow([]) && fixture.receiver("a") == nil)
        try fixture.happen("2")
        #expect(try fixture.paths == ["1"])
    }

    @Test func collectionsOnlyForget() throws {
        #expect(try !delivery.follow(["a"], adds: false))
        try delivery.follow(["a"])
        #expect(try delivery.follow(["a"], adds: false))
    }

    @Test func onlySoManyReceivers() throws {
        try delivery.follow((0..<40).map { "\($0)" })
        #expect(try delivery.states().count == EventDelivery.most)
    }

    @Test func whatIsSkippedDoesNotComeBack() throws {
        try delivery.follow(["a"])
        for path in ["1", "2", "3", "4"] { try fixture.happen(path) }
        #expect(try fixture.due() == ["a:1"])
        #expect(try delivery.skip("a", all: false) == 1 && delivery.skip("b", all: false) == nil)
        try delivery.end("a", failure: "no")
        #expect(try fixture.receiver("a")?.failures == 0 && fixture.due() == ["a:2"])
        #expect(try delivery.skip("a", all: true) == 3)
        try delivery.end("a", failure: nil)
        #expect(try fixture.due() == [] && delivery.skip("a", all: false) == 0)
    }

    @Test func aRetryIsAtOnce() throws {
        try delivery.follow(["a"])
        try fixture.happen("1")
        _ = try fixture.due()
        try delivery.end("a", failure: "no")
        #expect(try fixture.due() == [] && !delivery.retry("b") && delivery.retry("a") && fixture.due() == ["a:1"])
    }

    @Test func whatIsTooOldIsLost() throws {
        try delivery.follow(["a", "b"])
        try fixture.database.write { for number in 1...2_500 { try fixture.happen("\(number)") } }
        #expect(try delivery.skip("b", all: true) == 2_500)
        try fixture.database.run("UPDATE event SET happened_at = ? WHERE id <= 2400", fixture.moment - EventDelivery.keptSeconds - 1)
        try fixture.database.run("UPDATE event SET happened_at = ? WHERE id > 2400", fixture.moment)
        try delivery.tidy()
        #expect(try fixture.paths.count == 100)
        #expect(try fixture.receiver("a")?.lost == 2_400 && fixture.receiver("a")?.lostAt == fixture.moment)
        #expect(try fixture.receiver("b")?.lost == 0 && fixture.receiver("b")?.lostAt == nil)
        #expect(try fixture.due() == ["a:2401"])
        fixture.moment += EventDelivery.keptSeconds + 1
        try delivery.tidy()
        #expect(try fixture.paths == [])
        try fixture.happen("next")
        #expect(try delivery.newest(atMost: 1).first?.id == 2_501, "no number is used again")
        try delivery.tidy()
    }

    /// (On a server nobody writes while it is asked what is old.)
    @Test(.enabled(if: TestDatabase.engine == .sqlite)) func whatHappensWhileOldOnesAreLookedForStays() throws {
        try delivery.follow(["a"])
        try fixture.happen("old")
        try fixture.database.run("UPDATE event SET happened_at = ?", fixture.moment - EventDelivery.keptSeconds - 1)
        var new: [String] = [], questions = 0
        let busy = ObservedDatabase(fixture.database) { [fixture] text, _ in
            guard text.hasPrefix("SELECT"), text.contains("FROM event"), new.count < 9 else { return }
            questions += 1
            let name = "new \(questions)"
            if questions > 1, (try? fixture.happen(name)) != nil { new.append(name) }
        }
        try EventDelivery(database: busy, now: { [fixture] in fixture.moment }).tidy()
        #expect(new.count > 1)
        let paths = try fixture.paths
        #expect(paths == new)
    }

    /// On a server the first of two ids may be the one that comes later.
    @Test(.enabled(if: TestDatabase.engine == .postgresql)) func whatComesLateIsNotPassedOver() throws {
        try delivery.follow(["a"])
        let other = try fixture.databases.another(), looking = try fixture.databases.another()
        let late = EventDelivery(database: try fixture.databases.another(), now: { [fixture] in fixture.moment })
        nonisolated(unsafe) var found: [Attempt] = []
        var thread: TestThread?
        try fixture.database.write(.rows) {
            try fixture.log.record(.uploaded) { EventSubject(account: 1, path: "first.png", members: []) }
            try other.write(.rows) { try EventLog(database: other).record(.uploaded) { EventSubject(account: 1, path: "second.png", members: []) } }
            let started = TestThread { found = try late.due() }
            thread = started
            while try !started.isOver && !looking.has("""
                SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """) {}
        }
        try thread?.join()
        #expect(found.map(\.event.path) == ["first.png"])
        _ = try late.end("a", failure: nil)
        #expect(try late.due().map(\.event.path) == ["second.png"])
    }

    /// On a server nobody knows then whether an earlier event is still to come.
    @Test(.enabled(if: TestDatabase.engine == .postgresql, "with SQLite ids are in the order of transactions"))
    func whileSomebodyWritesForLongEventsWait() throws {
        try delivery.follow(["a"])
        try fixture.happen("1")
        #expect(try fixture.due() == ["a:1"])
        try delivery.end("a", failure: "no")
        try delivery.follow(["a", "b"])
        try fixture.happen("2")
        fixture.moment += EventDelivery.firstWait
        let writer = try fixture.databases.another()
        let meanwhile = try writer.write { try fixture.due() }
        #expect(meanwhile == ["a:1"], "what was settled before is due")
        #expect(try fixture.due() == ["b:2"])
    }
}
