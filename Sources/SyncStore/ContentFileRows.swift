// The contents of JSON files in the folder `json`, for comparing the rows with that folder.

import Crypto
import Database
import SyncRules

/// The contents that are stored as files.
public struct ContentFileRows {
    private let rows: ContentRows

    public init(_ database: any Database) { rows = ContentRows(database: database) }

    public func count() throws -> Int { try rows.fileCount() }

    /// Calls `body` with the path of every such file, relative to the folder.
    public func forEach(_ body: (String) throws -> Void) throws { try rows.forEachFile { _, hash in try body(Contents.path(of: hash)) } }

    /// Whether a content is stored as the file at this path.
    public func knows(_ path: String) throws -> Bool {
        guard let hash = ContentHash(path.split(separator: "/").last ?? ""), Contents.path(of: hash) == path else { return false }
        return try rows.isFile(hash)
    }
}

extension SyncStore {
    public func contentCount() throws -> Int { try contents.rows.count() }

    /// Reads every content, in the database and in files, and calls `body` with its hash and whether the bytes match it.
    public func checkContents(_ body: (_ hash: String, _ isWhole: Bool) throws -> Void) throws {
        try contents.rows.forEach { id, hash in
            let digest = SHA256()
            let isRead = (try? contents.open(id).write { digest.update($0) }) != nil
            let isWhole = isRead && digest.finish() == hash.bytes
            // A collection may have removed it meanwhile.
            if try isWhole || contents.id(of: hash) != nil { try body(hash.text, isWhole) }
        }
    }
}
