// The row of a file that was published. On a server it comes back with its insertion, which spares an answer; SQLite would make a table for one row.

import Database
import Media
import Time

extension FileRows {
    func insert(_ new: NewFile, size: Int, at path: StoredPath, owner: Int?, key: Int?, isListed: Bool) throws -> StoredFile {
        let values: [any Bindable] = [
            owner, key, path.text, new.originalName.text, new.facts.type.rawValue, new.facts.type.kind.rawValue, size, new.facts.width,
            new.facts.height, new.facts.duration, new.sha256, new.sentSHA256, isListed, Now.seconds, new.expiresAt,
        ]
        var row: StoredFile?
        if database.engine == .postgresql {
            try database.each(Self.insertionWithRow, with: values) {
                row = try StoredFile($0)
                return false
            }
        } else {
            row = try database.insert(Self.insertion, with: values).flatMap(file)
        }
        guard let row else { throw MediaStoreError.unreadableRow(id: 0) }
        return row
    }

    private static let insertion = insertion("")
    private static let insertionWithRow = insertion("RETURNING \(columns)")

    private static func insertion(_ end: String) -> String {
        """
        INSERT INTO file (account_id, key_id, path, original_name, type, kind, size, width, height, duration, sha256,
                          sent_sha256, is_public, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \(end)
        """
    }
}
