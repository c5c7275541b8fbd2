// The contents of JSON files that lie in the folder `json`, as somebody reads them who compares them with that folder.

import Crypto
import SQLite
import SyncRules

/// The rows of a database whose contents are files.
public struct ContentFiles {
    private let database: Connection
    private static let batch = 1_000

    public init(_ database: Connection) { self.database = database }

    public func count() throws -> Int {
        try database.first("SELECT COUNT(*) FROM sync_content WHERE coding = 2") { $0.integer(0) } ?? 0
    }

    /// Hands on the path of every such file below the folder.
    public func forEach(_ body: (String) throws -> Void) throws {
        try ContentFiles.ids(in: database, "coding = 2") { _, hash in try body(Contents.path(of: hash)) }
    }

    /// Whether a row says that a content is the file at this path.
    public func knows(_ path: String) throws -> Bool {
        guard let hash = ContentHash(path.split(separator: "/").last ?? ""), Contents.path(of: hash) == path else { return false }
        return try database.first("SELECT 1 FROM sync_content WHERE hash = ? AND coding = 2", hash.bytes) { _ in true } ?? false
    }

    static func ids(in database: Connection, _ condition: String, _ body: (Int, ContentHash) throws -> Void) throws {
        var last = 0
        while true {
            let rows = try database.all(
                "SELECT id, hash FROM sync_content WHERE id > ? AND \(condition) ORDER BY id LIMIT \(batch)", last) {
                ($0.integer(0), try ContentHash(stored: $0.blob(1)))
            }
            for (id, hash) in rows { try body(id, hash) }
            guard let end = rows.last, rows.count == batch else { return }
            last = end.0
        }
    }
}

extension SyncStore {
    public func contentCount() throws -> Int { try database.first("SELECT COUNT(*) FROM sync_content") { $0.integer(0) } ?? 0 }

    /// Reads every content, in the database and beside it, and hands on its hash and whether the bytes still have it.
    public func checkContents(_ body: (_ hash: String, _ isWhole: Bool) throws -> Void) throws {
        try ContentFiles.ids(in: database, "1") { id, hash in
            let digest = SHA256()
            let isRead = (try? contents.open(id).write { digest.update($0) }) != nil
            let isWhole = isRead && digest.finish() == hash.bytes
            // A collection may have taken it away meanwhile.
            if try isWhole || contents.id(of: hash) != nil { try body(hash.text, isWhole) }
        }
    }
}
