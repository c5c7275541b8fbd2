// Everything that the rules want to know about a push, read at one moment of the database.

import Crypto
import SQLite
import SyncRules

/// What the database knows of one device and one file.
struct DeviceFile {
    /// The version that the device is known to hold; 0: none.
    var held = 0
    /// Whether it was sent to the device since its last push.
    var pulled = false
    /// Whether the device says its name when it pulls.
    var attributes = false
    var pushes = 0
    var pushedID: Int?
    var pushedHash: ContentHash?
    /// The version that the answer to its last push named.
    var pushedVersion = 0
    var conflictID: Int?
    var isMerged = false
    /// The newest fetch of anybody when the device pushed last.
    var lastFetch = 0
    /// Seconds since 1970.
    var lastPull: Int?

    static let query = """
        SELECT held, pulled, attributes, pushes, pushed_id, c.hash, pushed_version, conflict_id, is_merged, last_fetch, last_pull_at
        FROM sync_device_file df LEFT JOIN sync_content c ON c.id = df.pushed_id WHERE device = ? AND file_id = ?
        """

    init() {}

    init(_ row: Row) throws {
        held = row.integer(0)
        pulled = row.integer(1) != 0
        attributes = row.integer(2) != 0
        pushes = row.integer(3)
        pushedID = row.optionalInteger(4)
        pushedHash = row.isNull(5) ? nil : try ContentHash(bytes: row.blob(5))
        pushedVersion = row.integer(6)
        conflictID = row.optionalInteger(7)
        isMerged = row.integer(8) != 0
        lastFetch = row.integer(9)
        lastPull = row.optionalInteger(10)
    }
}

/// A push together with what it meets.
struct PushState {
    let file: StoredFile?
    let head: KnownVersion?
    let headContent: Int?
    let device: Int?
    let known: DeviceFile
    let facts: PushFacts
    /// Whether the key of the request is bound to the device.
    let isBound: Bool

    /// Whether nothing has changed since then that the decision depends on.
    func isCurrent(_ other: (head: Int, pushes: Int)) -> Bool { (file?.head ?? 0, known.pushes) == other }
}

extension SyncStore {
    /// Reads what a push meets; inside `database.read`.
    func state(of push: Push) throws -> PushState {
        let file = try storedFile(push.file, of: push.caller.account)
        let head = try file.flatMap { try self.known($0.head, of: $0.id) }
        let device = try deviceRow(push.device, of: push.caller.account)
        let known = try deviceFile(device, file?.id)
        var facts = PushFacts(push: push.content.hash, head: head?.version)
        facts.onConflict = push.onConflict
        facts.ifMatch = push.ifMatch
        facts.createOnly = push.createOnly
        facts.explicitBase = try push.baseVersion.map { try explicitBase($0, file) }
        let isBound = push.caller.device == push.device
        if let file { try addHistory(to: &facts, push, file, device, known) }
        return PushState(file: file, head: head?.version, headContent: head?.contentID, device: device, known: known, facts: facts,
                         isBound: isBound)
    }

    private func addHistory(to facts: inout PushFacts, _ push: Push, _ file: StoredFile, _ device: Int?, _ known: DeviceFile) throws {
        if known.pulled { facts.attributedPull = try usable(known.held, of: file.id) }
        facts.fetched = try fetched(push.caller.identity, file, after: known.lastFetch)
        facts.identityIsShared = try isShared(push.caller.identity, beside: device)
        if let hash = known.pushedHash { facts.lastPush = KnownVersion(known.pushedVersion, hash) }
        // A fetch without a name since then may have been this device's, whatever it does otherwise.
        facts.pullsAreAttributed = known.attributes && facts.fetched.isEmpty
        if known.pushedID != nil { facts.told = try told(push.device, file.id) }
    }

    func deviceRow(_ device: DeviceID, of account: Int) throws -> Int? {
        try database.first("SELECT id FROM sync_device WHERE account_id = ? AND device_id = ?", account, device.text) { $0.integer(0) }
    }

    func deviceFile(_ device: Int?, _ file: Int?) throws -> DeviceFile {
        guard let device, let file else { return DeviceFile() }
        return try database.first(DeviceFile.query, device, file) { try DeviceFile($0) } ?? DeviceFile()
    }

    /// A version whose content can still be compared.
    private func usable(_ number: Int, of file: Int) throws -> KnownVersion? {
        guard let (version, contentID) = try known(number, of: file) else { return nil }
        return version.content == nil || contentID != nil ? version : nil
    }

    private func explicitBase(_ number: Int, _ file: StoredFile?) throws -> KnownVersion {
        guard number >= 0 else { throw SyncError.invalid("base_version") }
        if number == 0 { return KnownVersion(0, nil) }
        guard let file, number <= file.head else { throw SyncError.invalid("base_version") }
        guard let version = try usable(number, of: file.id) else { throw SyncError.noVersion }
        return version
    }

    private func fetched(_ identity: [UInt8], _ file: StoredFile, after last: Int) throws -> [KnownVersion] {
        try database.all(
            """
            SELECT version FROM sync_fetch WHERE file_id = ? AND identity = ? AND id > ? ORDER BY version DESC
            LIMIT \(PushFacts.evidenceLimit)
            """, file.id, identity, last) { $0.integer(0) }.compactMap { try usable($0, of: file.id) }
    }

    func isShared(_ identity: [UInt8], beside device: Int?) throws -> Bool {
        try database.first("SELECT 1 FROM sync_identity WHERE identity = ? AND device <> ? LIMIT 1", identity, device ?? 0) { _ in true }
            ?? false
    }

    private func told(_ device: DeviceID, _ file: Int) throws -> [KnownVersion] {
        try database.all("SELECT saved_version FROM sync_conflict WHERE file_id = ? AND device_id = ? ORDER BY id DESC LIMIT 4",
                         file, device.text) { $0.integer(0) }.compactMap { try usable($0, of: file) }
    }

    /// What must not have changed between decision and transaction.
    func stamp(of push: Push) throws -> (head: Int, pushes: Int) {
        let file = try storedFile(push.file, of: push.caller.account)
        let device = try deviceRow(push.device, of: push.caller.account)
        return (file?.head ?? 0, try deviceFile(device, file?.id).pushes)
    }
}
