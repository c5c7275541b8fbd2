import Database
import Disk
import JSONText
import SiteTestSupport
import SyncRules
@testable import SyncStore
import Testing
import TestSupport

/// A store of a process of its own, on a thread of its own.
private final class Client {
    let store: SyncStore
    private let number: Int
    private(set) var created: [(key: String, version: Int)] = []

    init(_ fixture: Fixture, _ number: Int) throws {
        self.number = number
        store = SyncStore(database: try fixture.databases.another(), folder: try Folder(fixture.temporary.path).folder("json"), now: { 1_700_000_000 })
    }

    func push(_ text: String, to key: String) throws {
        let outcome = try store.push(Push(caller: caller(nil), file: FileKey(key)!, device: device, content: document(text)))
        if outcome.kind == .created { created.append((key, outcome.version)) }
    }

    func pull(_ key: String, names: Bool) throws {
        do { _ = try store.latest(FileKey(key)!, for: caller(names ? device : nil)) } catch SyncError.noFile {}
    }

    private var device: DeviceID { DeviceID("device-\(number)")! }

    private func caller(_ device: DeviceID?) -> SyncCaller {
        SyncCaller(accountID: 1, device: device, key: 1, address: "192.0.2.1", userAgent: "\(number % 3)")
    }

    private func document(_ text: String) throws -> Document {
        let spool = Spool(sizeLimit: SyncStore.contentLimit, newDraft: store.newDraft)
        let source = HeldText(Array(text.utf8))
        try withExtendedLifetime(source) { _ = try JSONMinifier.minify(source.bytes, into: spool.write) }
        return try spool.document()
    }
}

/// Several processes at once, which PostgreSQL lets go on together where they change different files.
@Suite struct ConcurrencyTests {
    static let keys = ["a", "b", "c"]

    @Test func pushesAtOnceGetVersionsWithoutGaps() throws {
        let fixture = try Fixture()
        let clients = try (0..<6).map { try Client(fixture, $0) }
        // (One content is everybody's, so that they meet at contents too.)
        try inThreads(clients.count) { number in
            for step in 0..<24 {
                let key = Self.keys[(number + step) % 3]
                try clients[number].pull(key, names: step % 2 == 0)
                try clients[number].push(step % 5 == 0 ? "{\"same\":\(step)}" : "{\"of \(number)\":\(step)}", to: key)
            }
        }
        for key in Self.keys {
            let created = clients.flatMap(\.created).filter { $0.key == key }.map(\.version).sorted()
            #expect(created == Array(1...created.count))
            let stored = try fixture.database.all(
                "SELECT version FROM sync_version v JOIN sync_file f ON f.id = v.file_id WHERE file_key = ? ORDER BY version", key) { $0.integer(0) }
            #expect(stored == created)
        }
        #expect(try fixture.databases.isSound())
    }

    /// A fetch that was noted before a push is below what the push has seen.
    @Test func aFetchOfTheFileIsBeforeOrAfterAPush() throws {
        let fixture = try Fixture()
        let clients = try (0..<4).map { try Client(fixture, $0) }
        try inThreads(clients.count) { number in
            for step in 0..<20 {
                try clients[number].push("{\"of \(number)\":\(step)}", to: "a")
                try clients[number].pull("a", names: true)
            }
        }
        let wrong = try fixture.database.all(
            """
            SELECT device FROM sync_device_file df JOIN sync_file f ON f.id = df.file_id
            WHERE last_fetch > (SELECT MAX(id) FROM sync_fetch) OR held > (SELECT MAX(version) FROM sync_version v WHERE v.file_id = f.id)
            """) { $0.integer(0) }
        #expect(wrong == [])
    }

    @Test(.enabled(if: TestDatabase.engine == .postgresql)) func filesDoNotWaitForOneAnother() throws {
        let fixture = try Fixture()
        let client = try Client(fixture, 0)
        try fixture.database.write(.sync(account: 1, key: "a")) {
            try client.push("{}", to: "b")
            try client.pull("b", names: true)
        }
        #expect(client.created.map(\.version) == [1])
    }
}
