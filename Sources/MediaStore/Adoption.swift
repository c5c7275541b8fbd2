// Files that were there before this program: an importer finds them and hands them over here, many in one transaction. No byte
// of them is read for it, so their digests stay unknown (empty) and no upload counts as a duplicate of them.

import Media
import SQLite

/// A file that lies in the upload folder and has no row yet.
public struct AdoptedFile: Sendable {
    public let path: StoredPath
    public let facts: MediaFacts
    public let originalName: ClientName
    /// Bytes.
    public let size: Int
    /// Seconds since 1970.
    public let createdAt: Int
    public let owner: Int?
    public let sender: Sender?

    public init(path: StoredPath, facts: MediaFacts, originalName: ClientName, size: Int, createdAt: Int, owner: Int?,
                sender: Sender?) {
        self.path = path
        self.facts = facts
        self.originalName = originalName
        self.size = size
        self.createdAt = createdAt
        self.owner = owner
        self.sender = sender
    }
}

extension MediaStore {
    /// Whether any row, of a deleted file too, has this path.
    public func knows(_ path: StoredPath) throws -> Bool {
        try database.first("SELECT 1 FROM file WHERE path = ?", path.text) { _ in true } ?? false
    }

    /// Records files in one transaction; those that have a row already are passed over.
    ///
    /// - Returns: how many were new.
    public func adopt(_ files: [AdoptedFile]) throws -> Int {
        try database.write {
            var count = 0
            for file in files {
                let isNew = try database.run(
                    """
                    INSERT INTO file (account_id, path, original_name, type, kind, size, width, height, duration, sha256,
                                      sent_sha256, created_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, x'', x'', ?) ON CONFLICT (path) DO NOTHING
                    """, file.owner, file.path.text, file.originalName.text, file.facts.type.rawValue,
                    file.facts.type.kind.rawValue, file.size, file.facts.width, file.facts.height, file.facts.duration,
                    file.createdAt) == 1
                guard isNew else { continue }
                if let sender = file.sender { try record(sender, of: Int(database.lastInsertedID)) }
                count += 1
            }
            try Shelves(database: database).divide()
            return count
        }
    }
}
