// A store in a temporary folder, as the tests of it begin with.

import Database
import Disk
import Glibc
import Media
@testable import MediaStore
import SiteTestSupport
import Testing
import TestSupport
import Time

extension MediaStore {
    /// Follows a delete link.
    func delete(token: String, recycles: Bool = true) throws -> StoredFile? {
        try fileID(ofDeleteToken: token).flatMap { try delete($0, recycles: recycles) }
    }
}

/// A store on a folder of its own.
struct Fixture {
    let temporary = TemporaryFolder()
    let databases: TestDatabase
    let database: any Database
    let root: Folder
    let store: MediaStore
    let removed = Removed()

    final class Removed {
        var paths: [String] = []
        var fails = false
        /// The only path that fails, nil for all.
        var failing: String?
    }

    init(_ engine: Engine = TestDatabase.engine) throws {
        databases = try TestDatabase(engine)
        database = databases.connection
        for id in 1...2 {
            try database.run("INSERT INTO account (id, name, password_hash, role, created_at) VALUES (?, ?, '', 'user', 0)", id, "\(id)")
        }
        root = try Folder(temporary.path)
        store = MediaStore(database: recorded(database), uploads: try root.folder("uploads", creates: true),
                           recycleBin: try root.folder("recycle", creates: true),
                           locks: root, deleteLinks: DeleteLink(secret: [1, 2, 3]), whenRemoved: { [removed] in
                               if removed.fails, removed.failing ?? $0.text == $0.text { throw DiskError("remove", "thumbs/\($0.text)", code: EACCES) }
                               removed.paths.append($0.text)
                           })
    }

    /// The store as another process has it.
    ///
    /// - Parameter locks: of another node; nil: the same.
    func another(locks: Folder? = nil) throws -> MediaStore {
        MediaStore(database: try databases.another(), uploads: try root.folder("uploads"),
                   recycleBin: try root.folder("recycle"), locks: try locks ?? Folder(temporary.path), deleteLinks: store.deleteLinks,
                   whenRemoved: { _ in })
    }

    @discardableResult
    /// - Parameter sent: what was sent, where the settings made another file of it.
    func keep(_ text: String = "bytes", sent: String? = nil, type: MediaType = .png, owner: Int? = 1, key: Int? = nil, deduplicates: Bool = false)
        throws -> KeptFile {
        let draft = try Draft(in: store.uploads)
        try Array(text.utf8).withUnsafeBytes { try draft.write($0) }
        let hash = Array(text.utf8)
        return try store.keep(draft, as: NewFile(facts: MediaFacts(type: type, width: 4, height: 3),
                                                 originalName: ClientName("a.\(type.fileExtension)"), sha256: hash,
                                                 sentSHA256: sent.map { Array($0.utf8) } ?? hash),
                              owner: owner, key: key, deduplicates: deduplicates)
    }
}
