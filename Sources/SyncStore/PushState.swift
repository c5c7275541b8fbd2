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

    static let columns = "held, pulled, attributes, pushes, pushed_id, c.hash, pushed_version, conflict_id, is_merged, last_fetch, last_pull_at"
    static let columnCount = 11
    static let query = """
        SELECT \(columns) FROM sync_device_file df LEFT JOIN sync_content c ON c.id = df.pushed_id WHERE device = ? AND file_id = ?
        """
    static let queryWithDevice = """
        SELECT \(columns), d.id FROM sync_device d LEFT JOIN sync_device_file df ON df.device = d.id AND df.file_id = ?
        LEFT JOIN sync_content c ON c.id = df.pushed_id WHERE d.account_id = ? AND d.device_id = ?
        """

    init() {}

    init(_ row: Row) throws {
        held = row.integer(0)
        pulled = row.integer(1) != 0
        attributes = row.integer(2) != 0
        pushes = row.integer(3)
        pushedID = row.optionalInteger(4)
        pushedHash = try ContentHash(row: row, 5)
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
    /// Whether conflicts are open that close themselves once a device builds on their result; only a new version brings more.
    let hasCleanConflicts: Bool
    /// When the device's use of this key, address and user agent was noted last; nil: never.
    let identityUsedAt: Int?
    /// The moment of the database that all this is from.
    let moment: Connection.Moment
}

extension SyncStore {
    /// Reads what a push meets; inside `database.read`.
    func state(of push: Push) throws -> PushState {
        let (file, head, headContent, hasCleanConflicts) = try fileAndHead(push.file, of: push.caller.account)
        let (device, known) = try deviceAndFile(push.device, of: push.caller.account, file?.id)
        let use = try use(of: push.caller.identity, by: device)
        var facts = PushFacts(push: push.content.hash, head: head)
        facts.identityIsShared = file != nil && use.isShared
        facts.onConflict = push.onConflict
        facts.ifMatch = push.ifMatch
        facts.createOnly = push.createOnly
        facts.explicitBase = try push.baseVersion.map { try explicitBase($0, file) }
        let isBound = push.caller.device == push.device
        if let file { try addHistory(to: &facts, push, file, device, known) }
        return PushState(file: file, head: head, headContent: headContent, device: device, known: known, facts: facts, isBound: isBound,
                         hasCleanConflicts: hasCleanConflicts, identityUsedAt: use.lastAt, moment: try database.moment)
    }

    private func fileAndHead(_ key: FileKey, of account: Int) throws
        -> (file: StoredFile?, head: KnownVersion?, content: Int?, hasCleanConflicts: Bool) {
        let row = try database.first(
            """
            SELECT f.id, v.version, v.hash, v.content_id,
                   EXISTS (SELECT 1 FROM sync_conflict WHERE file_id = f.id AND resolution IS NULL AND is_clean = 1)
            FROM sync_file f JOIN sync_version v ON v.file_id = f.id
            WHERE f.account_id = ? AND f.file_key = ? ORDER BY v.version DESC LIMIT 1
            """, account, key.text
        ) { row in
            let file = StoredFile(id: row.integer(0), head: row.integer(1))
            return (file, KnownVersion(file.head, try ContentHash(row: row, 2)), row.optionalInteger(3), row.integer(4) != 0)
        }
        return row ?? (nil, nil, nil, false)
    }

    private func addHistory(to facts: inout PushFacts, _ push: Push, _ file: StoredFile, _ device: Int?, _ known: DeviceFile) throws {
        if known.pulled { facts.attributedPull = try usable(known.held, of: file.id) }
        facts.fetched = try fetched(push.caller.identity, file, after: known.lastFetch)
        if let hash = known.pushedHash { facts.lastPush = KnownVersion(known.pushedVersion, hash) }
        // A fetch without a name since then may have been this device's, whatever it does otherwise.
        facts.pullsAreAttributed = known.attributes && facts.fetched.isEmpty
        if known.pushedID != nil { facts.told = try told(push.device, file.id) }
    }

    private func deviceAndFile(_ device: DeviceID, of account: Int, _ file: Int?) throws -> (device: Int?, known: DeviceFile) {
        let row = try database.first(
            DeviceFile.queryWithDevice, file, account, device.text) { (device: $0.integer(DeviceFile.columnCount), known: try DeviceFile($0)) }
        return (row?.device, row?.known ?? DeviceFile())
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
            "SELECT version FROM sync_fetch WHERE file_id = ? AND identity = ? AND id > ? ORDER BY version DESC LIMIT ?",
            file.id, identity, last, PushFacts.evidenceLimit) { $0.integer(0) }.compactMap { try usable($0, of: file.id) }
    }

    /// When the device pushed last with a key, address and user agent (to the day), and whether another one does so too.
    private func use(of identity: [UInt8], by device: Int?) throws -> (lastAt: Int?, isShared: Bool) {
        try database.first(
            """
            SELECT (SELECT used_at FROM sync_identity WHERE identity = ?1 AND device = ?2),
                   EXISTS (SELECT 1 FROM sync_identity WHERE identity = ?1 AND device <> ?2)
            """, identity, device ?? 0) { ($0.optionalInteger(0), $0.integer(1) != 0) } ?? (nil, false)
    }

    private func told(_ device: DeviceID, _ file: Int) throws -> [KnownVersion] {
        try database.all("SELECT saved_version FROM sync_conflict WHERE file_id = ? AND device_id = ? ORDER BY id DESC LIMIT 4",
                         file, device.text) { $0.integer(0) }.compactMap { try usable($0, of: file) }
    }

    /// Whether nothing has changed since then that the decision depends on; inside `database.write`.
    func isCurrent(_ state: PushState, of push: Push) throws -> Bool {
        if try database.moment == state.moment { return true }
        let file = try storedFile(push.file, of: push.caller.account)
        let device = try deviceRow(push.device, of: push.caller.account)
        return try (file?.head ?? 0, device, deviceFile(device, file?.id).pushes) == (state.file?.head ?? 0, state.device, state.known.pushes)
    }
}
