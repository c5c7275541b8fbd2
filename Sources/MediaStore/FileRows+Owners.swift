// The statements on the files of an account; its totals are in `account_total`, which triggers keep.

import Database

extension FileRows {
    func numbers(of owner: Int) throws -> OwnerNumbers? {
        try database.first("SELECT files, bytes, views FROM account_total WHERE account_id = ?", owner) {
            OwnerNumbers(files: $0.integer(0), bytes: $0.integer(1), views: $0.integer(2))
        }
    }

    func newest(of owner: Int, atMost count: Int) throws -> [StoredFile] {
        try database.all(
            """
            SELECT \(StoredFile.columns) FROM file WHERE account_id = ? AND \(FileState.kept.condition)
            ORDER BY created_at DESC, id DESC LIMIT ?
            """, owner, count) { try StoredFile($0) }
    }
}
