// The input of the decision about a push, read from one snapshot of the database.

import Crypto
import Database
import SyncRules

/// Whether, and how, the version that a device holds was sent to it after its last push: the values of the column `pulled`.
enum HeldBy: Int, Bindable {
    case lastPush = 0, pull = 1
    /// By `return_content`: the merge of its last push.
    case answer = 2
}

/// The state of a file on a device.
struct DeviceFile {
    /// The highest version that the device is known to have; 0: none.
    var held = 0
    var heldBy = HeldBy.lastPush
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
        heldBy = HeldBy(rawValue: row.integer(1)) ?? .pull
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

/// Who changes a file.
struct Sender {
    let caller: SyncCaller
    let file: FileKey
    /// The device that is named, or for a deletion the only one that it can be; nil: unknown.
    let device: DeviceID?
}

/// A change of a file and the stored state that it depends on.
struct PushState {
    let sender: Sender
    let file: SyncFile?
    let head: KnownVersion?
    let headContent: Int?
    let device: Int?
    let known: DeviceFile
    let facts: PushFacts
    /// Whether there are open conflicts that are closed by the device's next version; only a new version can add more.
    let hasCleanConflicts: Bool
    /// When the device last used this identity (key, address and user agent); nil: never.
    let identityUsedAt: Int?
    /// The state of the database that all this was read from.
    let moment: Moment?

    /// Whether the request's key is bound to the device.
    var isBound: Bool { sender.device != nil && sender.caller.device == sender.device }
}

extension SyncStore {
    /// Reads the state for a push; must be called inside `database.read`.
    func state(of push: Push) throws -> PushState {
        try state(of: Sender(caller: push.caller, file: push.file, device: push.device), push.content.hash) { facts, file in
            facts.onConflict = push.onConflict
            facts.ifMatch = push.ifMatch
            facts.createOnly = push.createOnly
            facts.explicitBase = try push.baseVersion.map { try explicitBase($0, file) }
        }
    }

    /// Reads the state for a change.
    ///
    /// - Parameter ask: adds what the request says to the facts, before what is known about it is read.
    func state(of sender: Sender, _ content: ContentHash, _ ask: (inout PushFacts, SyncFile?) throws -> Void) throws -> PushState {
        let account = sender.caller.accountID
        let (file, head, headContent, hasCleanConflicts) = try versionRows.fileAndHead(sender.file, of: account) ?? (nil, nil, nil, false)
        let (device, known) = try sender.device.flatMap { try deviceRows.deviceAndFile($0, of: account, file?.id) } ?? (nil, DeviceFile())
        let use = try deviceRows.use(of: sender.caller.identity, by: device)
        var facts = PushFacts(push: content, head: head)
        facts.identityIsShared = file != nil && use.isShared
        try ask(&facts, file)
        if let file { try addHistory(to: &facts, sender, file, device, known) }
        return PushState(sender: sender, file: file, head: head, headContent: headContent, device: device, known: known, facts: facts,
                         hasCleanConflicts: hasCleanConflicts, identityUsedAt: use.lastAt, moment: try database.moment)
    }

    private func addHistory(to facts: inout PushFacts, _ sender: Sender, _ file: SyncFile, _ device: Int?, _ known: DeviceFile) throws {
        if known.heldBy != .lastPush { facts.attributedPull = try usable(known.held, of: file.id) }
        facts.attributedPullIsOwnAnswer = known.heldBy == .answer
        facts.fetched = try fetched(sender.caller.identity, file, after: known.lastFetch)
        if let hash = known.pushedHash { facts.lastPush = KnownVersion(known.pushedVersion, hash) }
        // A fetch without a device id since then may have been this device's, even if it sends its id otherwise.
        facts.pullsAreAttributed = known.attributes && facts.fetched.isEmpty
        if let device = sender.device, known.pushedID != nil { facts.told = try told(device, file.id) }
        facts.namedBaseWasSent = try wasSent(facts, to: sender.caller, device, file.id)
    }

    /// Whether the base that the client names was sent to it.
    private func wasSent(_ facts: PushFacts, to caller: SyncCaller, _ device: Int?, _ file: Int) throws -> Sent {
        guard let named = facts.namedBase?.number else { return .no }
        if let device, try fetchRows.has(named, of: file, SyncStore.identity(of: device)) { return .yes }
        guard try fetchRows.has(named, of: file, caller.identity) else { return .no }
        return facts.identityIsShared ? .perhaps : .yes
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
        guard let version = try usable(number, of: file.id) else { throw SyncError.noVersion(.expired) }
        return version
    }

    private func fetched(_ identity: [UInt8], _ file: SyncFile, after last: Int) throws -> [KnownVersion] {
        try fetchRows.versions(of: file.id, identity, after: last, atMost: PushFacts.evidenceLimit).compactMap { try usable($0, of: file.id) }
    }

    private func told(_ device: DeviceID, _ file: Int) throws -> [KnownVersion] {
        try conflictRows.savedVersions(of: file, device).compactMap { try usable($0, of: file) }
    }

    /// Whether nothing that the decision depends on has changed; must be called inside `database.write`.
    func isCurrent(_ state: PushState) throws -> Bool {
        if let moment = state.moment, try database.moment == moment { return true }
        let sender = state.sender
        let file = try storedFile(sender.file, of: sender.caller.accountID)
        let device = try sender.device.flatMap { try deviceRows.id(of: $0, sender.caller.accountID) }
        return try (file?.head ?? 0, device, deviceFile(device, file?.id).pushes) == (state.file?.head ?? 0, state.device, state.known.pushes)
    }
}
