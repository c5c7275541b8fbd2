// The input of the decision about a push, read from one snapshot of the database.

import Crypto
import Database
import SyncRules

/// The state of a file on a device.
struct DeviceFile {
    /// The highest version that the device is known to have; 0: none.
    var held = 0
    /// Whether that version was sent to the device after its last push.
    var pulled = false
    /// Whether the device sends its id when it pulls.
    var attributes = false
    var pushes = 0
    var pushedID: Int?
    var pushedHash: ContentHash?
    /// The version in the response to its last push.
    var pushedVersion = 0
    var conflictID: Int?
    var isMerged = false
    /// The id of the newest fetch by any client at the device's last push.
    var lastFetch = 0
    /// Seconds since 1970.
    var lastPull: Int?

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

/// A push and the stored state that it depends on.
struct PushState {
    let file: SyncFile?
    let head: KnownVersion?
    let headContent: Int?
    let device: Int?
    let known: DeviceFile
    let facts: PushFacts
    /// Whether the request's key is bound to the device.
    let isBound: Bool
    /// Whether there are open conflicts that are closed by the device's next version; only a new version can add more.
    let hasCleanConflicts: Bool
    /// When the device last used this identity (key, address and user agent); nil: never.
    let identityUsedAt: Int?
    /// The state of the database that all this was read from.
    let moment: Moment?
}

extension SyncStore {
    /// Reads the state for a push; must be called inside `database.read`.
    func state(of push: Push) throws -> PushState {
        let (file, head, headContent, hasCleanConflicts) = try versionRows.fileAndHead(push.file, of: push.caller.accountID) ?? (nil, nil, nil, false)
        let (device, known) = try deviceAndFile(push.device, of: push.caller.accountID, file?.id)
        let use = try deviceRows.use(of: push.caller.identity, by: device)
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

    private func addHistory(to facts: inout PushFacts, _ push: Push, _ file: SyncFile, _ device: Int?, _ known: DeviceFile) throws {
        if known.pulled { facts.attributedPull = try usable(known.held, of: file.id) }
        facts.fetched = try fetched(push.caller.identity, file, after: known.lastFetch)
        if let hash = known.pushedHash { facts.lastPush = KnownVersion(known.pushedVersion, hash) }
        // A fetch without a device id since then may have been this device's, even if it sends its id otherwise.
        facts.pullsAreAttributed = known.attributes && facts.fetched.isEmpty
        if known.pushedID != nil { facts.told = try told(push.device, file.id) }
    }

    private func deviceAndFile(_ device: DeviceID, of account: Int, _ file: Int?) throws -> (device: Int?, known: DeviceFile) {
        let row = try deviceRows.deviceAndFile(device, of: account, file)
        return (row?.device, row?.known ?? DeviceFile())
    }

    func deviceFile(_ device: Int?, _ file: Int?) throws -> DeviceFile {
        guard let device, let file else { return DeviceFile() }
        return try deviceRows.file(file, of: device) ?? DeviceFile()
    }

    /// A version whose content is still stored.
    private func usable(_ number: Int, of file: Int) throws -> KnownVersion? {
        guard let (version, contentID) = try versionRows.known(number, of: file) else { return nil }
        return version.content == nil || contentID != nil ? version : nil
    }

    private func explicitBase(_ number: Int, _ file: SyncFile?) throws -> KnownVersion {
        guard number >= 0 else { throw SyncError.invalid("base_version") }
        if number == 0 { return KnownVersion(0, nil) }
        guard let file, number <= file.head else { throw SyncError.invalid("base_version") }
        guard let version = try usable(number, of: file.id) else { throw SyncError.noVersion }
        return version
    }

    private func fetched(_ identity: [UInt8], _ file: SyncFile, after last: Int) throws -> [KnownVersion] {
        try fetchRows.versions(of: file.id, identity, after: last, atMost: PushFacts.evidenceLimit).compactMap { try usable($0, of: file.id) }
    }

    private func told(_ device: DeviceID, _ file: Int) throws -> [KnownVersion] {
        try conflictRows.savedVersions(of: file, device).compactMap { try usable($0, of: file) }
    }

    /// Whether nothing that the decision depends on has changed; must be called inside `database.write`.
    func isCurrent(_ state: PushState, of push: Push) throws -> Bool {
        if let moment = state.moment, try database.moment == moment { return true }
        let file = try storedFile(push.file, of: push.caller.accountID)
        let device = try deviceRows.id(of: push.device, push.caller.accountID)
        return try (file?.head ?? 0, device, deviceFile(device, file?.id).pushes) == (state.file?.head ?? 0, state.device, state.known.pushes)
    }
}
