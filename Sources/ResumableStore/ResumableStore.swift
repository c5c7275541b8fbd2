// Uploads that are continued after a lost connection. The bytes are a file beside the uploads, so that a finished one is published without
// being copied; the row holds how many of them are synced, and nothing behind that counts. Whoever changes an upload holds its lock, which
// the kernel releases with the process.

import Crypto
import Database
import Disk
import Time

/// The unfinished uploads of a site.
public final class ResumableStore {
    let database: any Database
    let rows: ResumableRows
    private let uploads: Folder
    private let locks: Folder
    private let secret: [UInt8]
    let now: () -> Int

    /// Seconds after the last bytes until an unfinished upload ends, and after its outcome until that is forgotten.
    public static let lifetime = 86_400
    /// Maximum unfinished uploads of one sender.
    public static let senderLimit = 16
    /// Seconds after which an upload that got no byte makes way for a new one of its sender: much more than a first piece takes.
    public static let untouchedLifetime = 300
    private static let lockName = "resumable-uploads"
    /// Below the folder of drafts: no web server serves it, and no backup has it.
    private static let folderName = Draft.incoming + "/resumable"

    /// - Parameters:
    ///   - uploads: the folder of stored files.
    ///   - locks: a folder that all processes of the site share.
    ///   - now: seconds since 1970.
    public init(database: any Database, uploads: Folder, locks: Folder, secret: [UInt8], now: @escaping () -> Int = { Now.seconds }) {
        self.database = database
        rows = ResumableRows(database: database)
        (self.uploads, self.locks, self.secret, self.now) = (uploads, locks, secret, now)
    }

    /// The id of a new upload: that of the sender's Idempotency-Key, else a random one.
    public func id(for key: String?, of sender: String) -> UploadID {
        key.map { UploadID.derived(from: $0, of: sender, secret: secret) } ?? .random()
    }

    /// Locks an upload until the returned object is released.
    ///
    /// - Parameter patience: seconds to wait for another request to end.
    /// - Throws: `ResumableRefusal.inUse`.
    public func lock(_ id: UploadID, patience: Int = 0) throws -> ByteLock {
        let end = Now.monotonicMicroseconds + patience * 1_000_000
        while true {
            if let lock = try lock(of: id.digest) { return lock }
            guard Now.monotonicMicroseconds < end else { throw ResumableRefusal.inUse }
            pause(microseconds: 20_000)
        }
    }

    /// - Returns: nil if another request holds it.
    func lock(of digest: [UInt8]) throws -> ByteLock? { try locks.lock(ResumableStore.lockName, byteAt: ByteLock.offset(for: digest)) }

    /// - Throws: `ResumableRefusal.unknown`, `.ended`.
    public func upload(_ id: UploadID, of sender: String) throws -> ResumableUpload {
        guard let upload = try rows.upload(id.digest), upload.sender == sender else { throw ResumableRefusal.unknown }
        guard upload.endsAt > now() else { throw ResumableRefusal.ended }
        return upload
    }

    /// Bytes that unfinished uploads will still bring.
    public func missingBytes() throws -> Int { try rows.missingBytes(at: now()) }

    /// Begins an upload, or finds the one that this id was given to before. The lock must be held.
    ///
    /// - Parameters:
    ///   - quota: whose limits it counts for.
    ///   - byteLimit: all bytes of unfinished uploads with that quota.
    ///   - admit: called for a new upload; throws if it is refused.
    /// - Throws: `ResumableRefusal.otherUpload`, `.tooMany`, `.tooMuch`; what `admit` throws.
    public func begin(_ id: UploadID, _ new: NewUpload, of sender: String, quota: String, byteLimit: Int, admit: () throws -> Void = {})
        throws -> ResumableUpload {
        try database.write {
            if let known = try rows.upload(id.digest) {
                if known.endsAt > now(), known.state != .refused {
                    guard known.new.isSame(as: new) else { throw ResumableRefusal.otherUpload }
                    return known
                }
                try rows.remove(known.digest)
            }
            try admit()
            try makeWay(for: new, quota, byteLimit)
            let upload = ResumableUpload(id, new, sender: sender, endsAt: now() + ResumableStore.lifetime)
            try rows.insert(upload, quota: quota)
            return upload
        }
    }

    /// Removes uploads that nobody has sent a byte of, the oldest first, until the sender may begin another.
    private func makeWay(for new: NewUpload, _ quota: String, _ byteLimit: Int) throws {
        var untouched = try rows.untouched(of: quota, at: now(), endingBy: now() + ResumableStore.lifetime - ResumableStore.untouchedLifetime)[...]
        while let refusal = try refusal(of: new, quota, byteLimit) {
            guard let oldest = untouched.popFirst() else { throw refusal }
            // A request that is sending to it keeps it.
            guard let lock = try lock(of: oldest.digest) else { continue }
            try withExtendedLifetime(lock) { try remove(oldest) }
        }
    }

    private func refusal(of new: NewUpload, _ quota: String, _ byteLimit: Int) throws -> ResumableRefusal? {
        let open = try rows.open(of: quota, at: now())
        if open.count >= ResumableStore.senderLimit { return .tooMany(limit: ResumableStore.senderLimit) }
        return open.bytes + new.length > byteLimit ? .tooMuch(limit: byteLimit) : nil
    }

    /// The synced bytes of an upload, to which more can be appended; what an interrupted request has left behind them is cut off. The lock
    /// must be held.
    ///
    /// - Throws: `ResumableRefusal.ended` if the bytes are gone.
    public func draft(of upload: ResumableUpload) throws -> Draft {
        let folder = try folder(creates: true)
        do {
            return try Draft(keeping: upload.fileName, in: folder, size: upload.offset)
        } catch let error as DiskError where error.isCut {
            try remove(upload)
            throw ResumableRefusal.ended
        }
    }

    /// Records that the draft's bytes so far were received; they are durable when this returns.
    func record(_ draft: Draft, of upload: inout ResumableUpload) throws {
        try draft.sync()
        (upload.offset, upload.endsAt) = (draft.size, now() + ResumableStore.lifetime)
        try rows.update(upload)
    }

    /// Records the outcome, and removes the bytes. The lock must be held.
    public func settle(_ upload: inout ResumableUpload, refusal: ResumableUpload.Refusal?) throws {
        (upload.state, upload.refusal) = (refusal == nil ? .stored : .refused, refusal)
        upload.endsAt = now() + ResumableStore.lifetime
        try rows.update(upload)
        try removeFile(of: upload)
    }

    /// Removes an upload; a file that was stored stays. The lock must be held.
    public func remove(_ upload: ResumableUpload) throws {
        try removeFile(of: upload)
        try rows.remove(upload.digest)
    }

    func removeFile(of upload: ResumableUpload) throws { try folder()?.remove(upload.fileName) }

    /// nil if no upload was ever begun.
    func folder() throws -> Folder? {
        do { return try uploads.folder(ResumableStore.folderName) } catch let error as DiskError where error.kind == .missing { return nil }
    }

    private func folder(creates: Bool) throws -> Folder { try uploads.folder(ResumableStore.folderName, creates: creates) }
}

extension NewUpload {
    fileprivate func isSame(as other: NewUpload) -> Bool {
        name == other.name && dialect == other.dialect && length == other.length && expiry == other.expiry
    }
}
