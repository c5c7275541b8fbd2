import Crypto
import Database
import Disk
import JSONText
import SiteTestSupport
import SyncRules
@testable import SyncStore
import Testing
import TestSupport

/// A store on a folder of its own, with two accounts.
final class Fixture {
    let temporary = TemporaryFolder()
    let databases: TestDatabase
    let database: any Database
    /// Those of several processes take turns.
    var store: SyncStore {
        turn += 1
        return stores[turn % stores.count]
    }
    private let stores: [SyncStore]
    private var turn = 0
    var moment = 1_700_000_000
    /// What became of the pushes.
    var results: [PushResult] = []

    /// - Parameter processes: how many work on the same rows and files, each with a connection of its own.
    init(processes: Int = 1) throws {
        let databases = try TestDatabase()
        self.databases = databases
        database = databases.connection
        for (id, name) in [(1, "one"), (2, "two")] {
            try database.run("INSERT INTO account (id, name, password_hash, role, created_at) VALUES (?, ?, '', 'user', 0)", id, name)
            try database.run("""
                INSERT INTO api_key (id, account_id, name, hash, prefix, scopes, created_at) VALUES (?1, ?1, 'key', ?2, '', 'json', 0)
                """, id, [UInt8(id)])
        }
        let folder = try Folder(temporary.path).folder("json", creates: true)
        nonisolated(unsafe) var now: () -> Int = { 0 }
        nonisolated(unsafe) var told: (PushResult) -> Void = { _ in }
        stores = try (0..<processes).map { number in
            let connection = number == 0 ? databases.connection : try databases.another()
            return SyncStore(database: recorded(connection), folder: folder, whenPushed: { told($0) }, now: { now() })
        }
        now = { [unowned self] in self.moment }
        told = { [unowned self] in self.results.append($0) }
    }

    func caller(_ device: String? = nil, account: Int = 1, agent: String = "test", address: String = "192.0.2.1") -> SyncCaller {
        SyncCaller(accountID: account, device: device.flatMap { DeviceID($0) }, key: account, address: address, userAgent: agent)
    }

    func document(_ text: String) throws -> Document {
        let spool = Spool(sizeLimit: SyncStore.contentLimit, newDraft: store.newDraft)
        let source = HeldText(Array(text.utf8))
        try withExtendedLifetime(source) { _ = try JSONMinifier.minify(source.bytes, into: spool.write) }
        return try spool.document()
    }

    /// A push; its caller is not told of as the device unless `attributes` says so.
    @discardableResult
    func push(_ text: String, by device: String, to key: String = "k", from caller: SyncCaller? = nil,
              _ change: (inout Push) -> Void = { _ in }) throws -> PushOutcome {
        var push = Push(caller: caller ?? self.caller(), file: FileKey(key)!, device: DeviceID(device)!, content: try document(text))
        change(&push)
        return try store.push(push)
    }

    func latest(_ key: String = "k", by caller: SyncCaller? = nil) throws -> String {
        try text(store.latest(FileKey(key)!, for: caller ?? self.caller()).content)
    }

    func content(_ version: Int, of key: String = "k") throws -> String {
        try text(store.pull(FileKey(key)!, .number(version), for: caller("reader")).content)
    }

    func text(_ content: KeptContent) throws -> String {
        let collected = Collected()
        try content.write(to: collected.add)
        return String(decoding: collected.bytes, as: UTF8.self)
    }

    func conflicts(resolved: Bool = false, key: String? = "k") throws -> [StoredConflict] {
        try store.conflicts(of: 1, key: key.flatMap { FileKey($0) }, resolved: resolved, page: Paging(1, size: 100)).conflicts
    }

    private final class Collected {
        var bytes: [UInt8] = []
        func add(_ piece: UnsafeRawBufferPointer) { bytes += piece }
    }
}

extension StoredConflict {
    var pathsText: String { String(decoding: paths, as: UTF8.self) }
}
