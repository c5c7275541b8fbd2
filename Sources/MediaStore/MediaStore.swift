// The only code that changes media files and their rows. The order makes an upload durable: content, name, folder, row, answer. A crash
// leaves at worst a complete file without a row; never a row without its file.

import Crypto
import Database
import Disk
import Events
import Media
import Time

/// What is known of a file before it is stored.
public struct NewFile: Sendable {
    public let facts: MediaFacts
    public let originalName: ClientName
    /// SHA-256 of the stored bytes, and of the uploaded bytes (equal unless the picture was converted).
    public let sha256: [UInt8]
    public let sentSHA256: [UInt8]
    /// When it is to be gone, in seconds since 1970; nil if it is to stay.
    public let expiresAt: Int?

    public init(facts: MediaFacts, originalName: ClientName, sha256: [UInt8], sentSHA256: [UInt8], expiresAt: Int? = nil) {
        self.facts = facts
        self.originalName = originalName
        self.sha256 = sha256
        self.sentSHA256 = sentSHA256
        self.expiresAt = expiresAt
    }
}

/// A stored file, and whether it existed before.
public struct KeptFile: Sendable {
    public let file: StoredFile
    public let isDuplicate: Bool
    /// Whether the uploader may receive the file's delete link: the file was first uploaded with the same key, or the request comes from a
    /// page of its owner. Several programs may have keys of one account, and must not delete each other's uploads.
    public let isSendersOwn: Bool
}

/// The files in `uploads/` and `recycle/` and their rows.
public final class MediaStore {
    let database: any Database
    let rows: FileRows
    let senderRows: SenderRows
    let keyRows: UploadKeyRows
    let shelves: ShelfRows
    let days: DayRows
    let names: NameIndex
    let deriving: DerivingRows
    let waiting: WaitingRows
    let logs: UploadLogRows
    let taskRows: FileTaskRows
    let totals: TotalRows
    let slots: SlotRows
    let replacements: ReplacementRows
    let removals: RemovalRows
    let events: EventLog
    public let counters: CounterRows
    let uploads: Folder
    let recycleBin: Folder
    let locks: Folder
    let deleteLinks: DeleteLink
    let whenRemoved: (StoredPath) throws -> Void
    /// What keeps other machines from deleting and replacing, while this process does (`inTurn`).
    var turn: (any HeldLock)?
    /// Called before each step of work that takes long; what it throws ends that.
    var beforeStep: () throws -> Void = {}
    /// Accounts of which this process has found that something is limited: whose uploads wait for each other.
    var limitedOwners: Set<Int> = []
    private var openFolder: (path: String, folder: Folder)?

    /// - Parameters:
    ///   - locks: a folder that all processes of the site share.
    ///   - whenRemoved: called for each picture removed from `uploads/`, to delete what was derived from it.
    public init(database: any Database, uploads: Folder, recycleBin: Folder, locks: Folder, deleteLinks: DeleteLink,
                whenRemoved: @escaping (StoredPath) throws -> Void) {
        self.database = database
        rows = FileRows(database: database)
        senderRows = SenderRows(database: database)
        keyRows = UploadKeyRows(database: database)
        shelves = ShelfRows(database: database)
        days = DayRows(database: database)
        names = NameIndex(database: database)
        deriving = DerivingRows(database: database)
        waiting = WaitingRows(database: database)
        logs = UploadLogRows(database: database)
        taskRows = FileTaskRows(database: database)
        totals = TotalRows(database: database)
        slots = SlotRows(database: database)
        replacements = ReplacementRows(database: database)
        removals = RemovalRows(database: database)
        events = EventLog(database: database)
        counters = CounterRows(database: database)
        self.uploads = uploads
        self.recycleBin = recycleBin
        self.locks = locks
        self.deleteLinks = deleteLinks
        self.whenRemoved = whenRemoved
    }

    /// Moves a draft to its path and inserts its row; both are durable when this returns.
    ///
    /// - Parameters:
    ///   - owner: the account, nil for an anonymous upload.
    ///   - key: the API key of the request, nil for none.
    ///   - deduplicates: returns an existing file of the owner that was uploaded with the same bytes and stored as the same bytes, if there is one:
    ///     under other settings they would have become another file. One that expires is never another one, nor is another one it.
    ///   - sender: stored with the file; nil to store none.
    ///   - isListed: whether lists show it to everybody.
    ///   - claim: the key under which the file is recorded, nil for none.
    /// - Throws: `QuotaExceeded`.
    public func keep(_ draft: Draft, as new: NewFile, owner: Int?, key: Int? = nil, deduplicates: Bool, at placement: Placement = .unguessable,
                     from sender: Sender? = nil, isListed: Bool = true, under claim: UploadClaim? = nil) throws -> KeptFile {
        if deduplicates, new.expiresAt == nil, let owner, let known = try rows.duplicate(of: new, of: owner, key) {
            return try record((known.file.id, known.isDuplicate, known.isSendersOwn), under: claim) ?? known
        }
        let path = try publish(draft, as: new, at: placement)
        do {
            let file = try insert(NewRow(file: new, size: draft.size, path: path, owner: owner, key: key, sender: sender, isListed: isListed, claim: claim))
            return KeptFile(file: file, isDuplicate: false, isSendersOwn: true)
        } catch {
            // If the commit may be durable, its file must stay. If it is not, the file has no row, and a collection moves it to the bin.
            if (error as? DatabaseError)?.kind != .unknownOutcome { try? uploads.remove(path.text) }
            if let meanwhile = error as? StoredMeanwhile { return meanwhile.kept }
            throw error
        }
    }

    /// The file with an id, if it is not deleted and has not expired.
    public func file(_ id: Int) throws -> StoredFile? { try rows.file(id)?.unlessExpired }

    /// The file at a path, if it is not deleted and has not expired.
    public func file(at path: StoredPath) throws -> StoredFile? { try rows.file(at: path)?.unlessExpired }

    /// A file whether it is deleted or not.
    public func anyFile(_ id: Int) throws -> StoredFile? { try rows.any(id) }

    /// The same at a path.
    public func anyFile(at path: StoredPath) throws -> StoredFile? { try rows.any(at: path) }

    /// The stored sender of a file.
    public func sender(of file: StoredFile) throws -> Sender? {
        try senderRows.sender(of: file.id)
    }

    /// The senders of the last files, the last first, if they came after a moment (seconds since 1970).
    public func senders(since moment: Int, limit: Int) throws -> [Sender] { try senderRows.senders(since: moment, limit: limit) }

    /// The token of a file's delete link.
    public func deleteToken(of file: StoredFile) -> String { deleteLinks.token(for: file.id) }

    /// The token of the link that shows a file without its path.
    public func hideToken(of file: StoredFile) -> String { deleteLinks.hiding.token(for: file.id) }

    /// The file of such a token, if it is not deleted.
    public func file(hiddenAs token: String) throws -> StoredFile? { try deleteLinks.hiding.id(of: token).flatMap { try file($0) } }

    private func publish(_ draft: Draft, as new: NewFile, at placement: Placement) throws -> StoredPath {
        for number in 0..<Placement.tries {
            guard let path = placement.path(number, of: new, random: RandomBytes.make(32)) else { break }
            // The path of a deleted file is reserved: it may be restored, and its old URL must not show another file.
            if try !isFree(path) { continue }
            do {
                try publish(draft, at: path)
                return path
            } catch let error as DiskError where error.kind == .exists { continue }
        }
        throw MediaStoreError.noFreeName
    }

    private func publish(_ draft: Draft, at path: StoredPath) throws {
        let wasOpen = openFolder?.path == path.folder
        do {
            try draft.publish(as: path.name, in: folder(path.folder))
        } catch let error as DiskError where error.kind == .missing && wasOpen {
            // The cached folder was removed meanwhile.
            openFolder = nil
            try draft.publish(as: path.name, in: folder(path.folder))
        }
    }

    private func folder(_ path: String) throws -> Folder {
        if let openFolder, openFolder.path == path { return openFolder.folder }
        let folder = path.isEmpty ? uploads : try uploads.folder(path, creates: true)
        openFolder = (path, folder)
        return folder
    }
}
