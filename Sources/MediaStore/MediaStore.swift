// The only code that changes media files and their rows. The order is what makes an answer a promise: bytes, name, folder,
// row, answer. A crash in between leaves at worst a whole file that nobody was told of; never a row without its file.

import Crypto
import Disk
import Media
import SQLite
import Time

/// What is known of a file before it is kept.
public struct NewFile: Sendable {
    public let facts: MediaFacts
    public let originalName: ClientName
    /// SHA-256 of the bytes that will be stored, and of those that were sent (the same unless a picture was converted).
    public let sha256: [UInt8]
    public let sentSHA256: [UInt8]

    public init(facts: MediaFacts, originalName: ClientName, sha256: [UInt8], sentSHA256: [UInt8]) {
        self.facts = facts
        self.originalName = originalName
        self.sha256 = sha256
        self.sentSHA256 = sentSHA256
    }
}

/// A kept file, and whether it had been there before.
public struct KeptFile: Sendable {
    public let file: StoredFile
    public let isDuplicate: Bool
    /// Whether the file's delete link is for whoever sent it just now: with the key with which it came first, or from a page of its
    /// owner's. Several programs may have keys of one account, and none of them deletes what another one uploaded.
    public let isSendersOwn: Bool
}

/// Files under `uploads/` and `recycle/` with their rows.
public final class MediaStore {
    let database: Connection
    let uploads: Folder
    let recycleBin: Folder
    let locks: Folder
    let deleteLinks: DeleteLink
    let whenRemoved: (StoredPath) throws -> Void
    private var openFolder: (path: String, folder: Folder)?

    /// - Parameters:
    ///   - locks: a folder that all processes of the site share.
    ///   - whenRemoved: called for each picture that left `uploads/`, so that what was derived from it goes too.
    public init(database: Connection, uploads: Folder, recycleBin: Folder, locks: Folder, deleteLinks: DeleteLink,
                whenRemoved: @escaping (StoredPath) throws -> Void) {
        self.database = database
        self.uploads = uploads
        self.recycleBin = recycleBin
        self.locks = locks
        self.deleteLinks = deleteLinks
        self.whenRemoved = whenRemoved
    }

    /// Publishes a draft and records it; when this returns, both survive a power cut.
    ///
    /// - Parameters:
    ///   - owner: the account, nil for an anonymous upload.
    ///   - key: the API key with which it comes, nil for none.
    ///   - deduplicates: returns the owner's file of the same sent bytes instead, where there is one.
    ///   - sender: what is recorded of the sender, nil for nothing.
    public func keep(_ draft: Draft, as new: NewFile, owner: Int?, key: Int? = nil, deduplicates: Bool, at placement: Placement = .unguessable,
                     from sender: Sender? = nil) throws -> KeptFile {
        if deduplicates, let known = try file(sentAs: new.sentSHA256, by: owner, key) { return known }
        let path = try publish(draft, as: new.facts.type, at: placement)
        do {
            let id = try insert(new, size: draft.size, at: path, owner: owner, key: key, sender)
            guard let file = try file(id) else { throw MediaStoreError.unreadableRow(id: id) }
            return KeptFile(file: file, isDuplicate: false, isSendersOwn: true)
        } catch {
            try? uploads.remove(path.text)
            throw error
        }
    }

    /// A file that is not deleted.
    public func file(_ id: Int) throws -> StoredFile? {
        try database.first("SELECT \(StoredFile.columns) FROM file WHERE id = ? AND \(FileState.kept.condition)", id) { try StoredFile($0) }
    }

    /// The file at a path, if it is not deleted.
    public func file(at path: StoredPath) throws -> StoredFile? {
        try database.first("SELECT \(StoredFile.columns) FROM file WHERE path = ? AND \(FileState.kept.condition)", path.text) { try StoredFile($0) }
    }

    /// What was recorded of who sent a file.
    public func sender(of file: StoredFile) throws -> Sender? {
        try database.first("SELECT address, port, user_agent, way FROM upload_record WHERE file_id = ?", file.id) {
            Sender(address: $0.text(0), port: $0.optionalInteger(1), userAgent: $0.text(2), way: $0.text(3))
        }
    }

    /// The token of a file's delete link.
    public func deleteToken(of file: StoredFile) -> String { deleteLinks.token(for: file.id) }

    /// The token of the link that hides where a file lies.
    public func hideToken(of file: StoredFile) -> String { deleteLinks.hiding.token(for: file.id) }

    /// The file behind such a token, if it is not deleted.
    public func file(hiddenAs token: String) throws -> StoredFile? { try deleteLinks.hiding.id(of: token).flatMap { try file($0) } }

    private func file(sentAs sha256: [UInt8], by owner: Int?, _ key: Int?) throws -> KeptFile? {
        try database.first(
            """
            SELECT \(StoredFile.columns), ?3 IS NULL OR key_id IS ?3 AS is_own FROM file
            WHERE account_id IS ?1 AND sent_sha256 = ?2 AND \(FileState.kept.condition) AND kind = 'image' ORDER BY is_own DESC, id
            """, owner, sha256, key
        ) { KeptFile(file: try StoredFile($0), isDuplicate: true, isSendersOwn: $0.integer(StoredFile.columnCount) != 0) }
    }

    private func publish(_ draft: Draft, as type: MediaType, at placement: Placement) throws -> StoredPath {
        for number in 0..<Placement.tries {
            guard let path = placement.path(number, type: type, random: RandomBytes.make(32)) else { break }
            // A name that a deleted file had is its own: it may come back, and its old links must not meet another.
            if try knows(path) { continue }
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
            // Somebody took the folder away since.
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

    func record(_ sender: Sender, of id: Int) throws {
        try database.run("INSERT INTO upload_record VALUES (?, ?, ?, ?, ?)", id, sender.address, sender.port, sender.userAgent,
                         sender.way)
    }

    func insert(_ new: NewFile, size: Int, at path: StoredPath, owner: Int?, key: Int? = nil, _ sender: Sender?) throws -> Int {
        try database.write {
            // An import that walks the tree just now may have met the file already.
            try database.run("DELETE FROM file WHERE path = ? AND \(FileState.kept.condition) AND sha256 = x''", path.text)
            try database.run(
                """
                INSERT INTO file (account_id, key_id, path, original_name, type, kind, size, width, height, duration, sha256,
                                  sent_sha256, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, owner, key, path.text, new.originalName.text, new.facts.type.rawValue, new.facts.type.kind.rawValue, size,
                new.facts.width, new.facts.height, new.facts.duration, new.sha256, new.sentSHA256, SiteTime.now.seconds)
            let id = Int(database.lastInsertedID)
            if let sender { try record(sender, of: id) }
            try Shelves(database: database).divide()
            return id
        }
    }
}
