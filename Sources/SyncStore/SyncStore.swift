// The only code that changes synchronized JSON files. Once a push is answered, its content can be read back byte for byte, its version
// number is permanent, and no change that the client had not seen is overwritten without a conflict row. The module SyncRules makes the
// decisions; this module only reads and writes.

import Crypto
import Database
import Disk
import Events
import SyncRules
import Time

/// The service for JSON files with their versions, devices and conflicts.
public final class SyncStore {
    let database: any Database
    public let folder: Folder
    let contents: Contents
    let versionRows: VersionRows
    let deviceRows: DeviceRows
    let fetchRows: FetchRows
    let answerRows: AnswerRows
    let conflictRows: ConflictRows
    let events: EventLog
    let whenPushed: (PushResult) -> Void
    let now: () -> Int

    /// Maximum bytes of a content, as the API page documents.
    public static let contentLimit = Merge.contentLimit
    /// Maximum versions in one response to `since_version`.
    public static let updatesLimit = 100
    /// Maximum bytes of contents in one response to `since_version`; the first version may be larger.
    public static let updatesSizeLimit = 52_428_800
    /// Maximum number of retries of a push whose head changed.
    static let attemptLimit = 200
    /// How long a response is stored for its idempotency key, in seconds.
    static let answerLifetime = 86_400

    /// - Parameters:
    ///   - folder: contains large contents.
    ///   - whenPushed: told of each push that was stored or refused.
    ///   - now: seconds since 1970.
    public init(database: any Database, folder: Folder, whenPushed: @escaping (PushResult) -> Void = { _ in },
                now: @escaping () -> Int = { Now.seconds }) {
        self.database = database
        self.folder = folder
        self.whenPushed = whenPushed
        self.now = now
        contents = Contents(rows: ContentRows(database: database), folder: folder)
        versionRows = VersionRows(database: database)
        deviceRows = DeviceRows(database: database)
        fetchRows = FetchRows(database: database)
        answerRows = AnswerRows(database: database)
        conflictRows = ConflictRows(database: database)
        events = EventLog(database: database)
    }

    /// A temporary file on the file system of the contents.
    public func newDraft() throws -> Draft { try Draft(in: folder) }
}

/// The client: its account, and the identity that distinguishes it from others if no device is named.
public struct SyncCaller {
    public let accountID: Int
    /// The device named in the request, or the one that its key is bound to.
    public let device: DeviceID?
    /// False for a HEAD request, which sends no content.
    let isSent: Bool
    /// 16 bytes.
    let identity: [UInt8]

    /// - Parameters:
    ///   - key: the API key's id, nil for a session.
    public init(accountID: Int, device: DeviceID?, key: Int?, address: String, userAgent: String, isSent: Bool = true) {
        self.accountID = accountID
        self.device = device
        self.isSent = isSent
        identity = SyncCaller.digest("\(accountID)\n\(key.map(String.init) ?? "")\n\(address)\n\(userAgent)")
    }

    fileprivate static func digest(_ text: String) -> [UInt8] { Array(SHA256.hash(Array(text.utf8)).prefix(16)) }
}

extension SyncStore {
    /// The identity under which the versions are recorded that are sent to a device by name. A forgotten device's id is never used again.
    static func identity(of device: Int) -> [UInt8] { SyncCaller.digest("device\n\(device)") }
}

extension SyncStore {
    /// The device that a key is bound to: requests with the key count as that device's.
    public func device(ofKey key: Int) throws -> DeviceID? { try deviceRows.device(ofKey: key) }

    /// Binds a key to a device; nil removes the binding.
    public func bind(key: Int, to device: DeviceID?) throws {
        if let device { try deviceRows.bind(key, to: device) } else { try deviceRows.free(key) }
    }
}
