// The contents of JSON files that lie in the folder `json`, as somebody reads them who compares them with that folder.

import Crypto
import Database
import SyncRules

/// The rows of a database whose contents are files.
public struct ContentFileRows {
    private let rows: ContentRows

    public init(_ database: any Database) { rows = ContentRows(database: database) }

    public func count() throws -> Int { try rows.fileCount() }

    /// Hands on the path of every such file below the folder.
    public func forEach(_ body: (String) throws -> Void) throws { try rows.forEachFile { _, hash in try body(Contents.path(of: hash)) } }

    /// Whether a row says that a content is the file at this path.
    public func knows(_ path: String) throws -> Bool {
        guard let hash = ContentHash(path.split(separator: "/").last ?? ""), Contents.path(of: hash) == path else { return false }
        return try rows.isFile(hash)
    }
}

extension SyncStore {
    public func contentCount() throws -> Int { try contents.rows.count() }

    /// Reads every content, in the database and beside it, and hands on its hash and whether the bytes still have it.
    public func checkContents(_ body: (_ hash: String, _ isWhole: Bool) throws -> Void) throws {
        try contents.rows.forEach { id, hash in
            let digest = SHA256()
            let isRead = (try? contents.open(id).write { digest.update($0) }) != nil
            let isWhole = isRead && digest.finish() == hash.bytes
            // A collection may have taken it away meanwhile.
            if try isWhole || contents.id(of: hash) != nil { try body(hash.text, isWhole) }
        }
    }
}
