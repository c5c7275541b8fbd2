// The only code that changes synchronised JSON. A push is a promise once it is answered: its content can be read back byte for
// byte, its version has its number for ever, and no change that the pusher had not seen is undone without a conflict row.
// What is decided, SyncRules decides; here it is read, written and nothing else.

import Crypto
import Database
import Disk
import Time

/// JSON files with their versions, devices and conflicts.
public final class SyncStore {
    let database: any Database
    public let folder: Folder
    let contents: Contents
    let versionRows: VersionRows
    let deviceRows: DeviceRows
    let fetchRows: FetchRows
    let answerRows: AnswerRows
    let conflictRows: ConflictRows
    let now: () -> Int

    /// Bytes of a content: what the API page promises.
    public static let contentLimit = 52_428_800
    /// Versions in one answer to `since_version`.
    public static let updatesLimit = 100
    /// Bytes of contents in one answer to `since_version`; a first version may be larger.
    public static let updatesSizeLimit = 52_428_800
    /// How often a push starts over because the head moved.
    static let attemptLimit = 200
    /// Seconds for which an answer is kept under its idempotency key.
    static let answerLifetime = 86_400

    /// - Parameters:
    ///   - folder: where large contents lie.
    ///   - now: seconds since 1970.
    public init(database: any Database, folder: Folder, now: @escaping () -> Int = { Now.seconds }) {
        self.database = database
        self.folder = folder
        self.now = now
        contents = Contents(rows: ContentRows(database: database), folder: folder)
        versionRows = VersionRows(database: database)
        deviceRows = DeviceRows(database: database)
        fetchRows = FetchRows(database: database)
        answerRows = AnswerRows(database: database)
        conflictRows = ConflictRows(database: database)
    }

    /// A place for bytes on the disk of the contents.
    public func newDraft() throws -> Draft { try Draft(in: folder) }
}

/// Who speaks: the account, and what tells one client from another where no device is named.
public struct SyncCaller {
    public let account: Int
    /// The device that the request names, or that its key is bound to.
    public let device: DeviceID?
    /// False for a request that only looks (HEAD): nothing is sent then.
    let isSent: Bool
    /// 16 bytes.
    let identity: [UInt8]

    /// - Parameters:
    ///   - key: the API key's id, nil for a session.
    public init(account: Int, device: DeviceID?, key: Int?, address: String, userAgent: String, isSent: Bool = true) {
        self.account = account
        self.device = device
        self.isSent = isSent
        let text = "\(account)\n\(key.map(String.init) ?? "")\n\(address)\n\(userAgent)"
        identity = Array(SHA256.hash(Array(text.utf8)).prefix(16))
    }
}

extension SyncStore {
    /// The device that a key is bound to: its pulls and pushes are that device's.
    public func device(ofKey key: Int) throws -> DeviceID? { try deviceRows.device(ofKey: key) }

    /// Binds a key to a device, or with nil sets it free.
    public func bind(key: Int, to device: DeviceID?) throws {
        if let device { try deviceRows.bind(key, to: device) } else { try deviceRows.free(key) }
    }
}
