// The statements of the upload log: rows of `file` from the newest down, by the index that leaves out most. (Names are in SearchRows.swift.)

import Database

struct UploadLogRows {
    let database: any Database

    private static let columns = StoredFile.columns

    /// Rows by time.
    ///
    /// - Parameter account: whose; nil for everybody's.
    func each(of account: Int?, since seconds: Int, from start: RowPosition, atMost count: Int, _ body: (StoredFile) -> Bool) throws {
        let (base, value): (String, [any Bindable]) = account.map { ("account_id = ? AND", [$0]) } ?? ("", [])
        try database.each(
            """
            SELECT \(Self.columns) FROM file WHERE \(base) created_at >= ? AND (created_at, id) < (?, ?)
            ORDER BY created_at DESC, id DESC LIMIT ?
            """, with: value + [seconds, start.key, start.id, count]) { body(try StoredFile($0)) }
    }

    /// Rows of one sender, by id.
    func each(from address: String, before id: Int, atMost count: Int, _ body: (StoredFile) -> Bool) throws {
        try database.each(
            """
            SELECT \(Self.columns) FROM upload_record JOIN file ON file.id = file_id WHERE address = ? AND file_id < ?
            ORDER BY file_id DESC LIMIT ?
            """, with: [address, id, count]) { body(try StoredFile($0)) }
    }

    /// The time of the oldest row; nil if there is none.
    func beginning() throws -> Int? { try database.first("SELECT MIN(created_at) FROM file") { $0.optionalInteger(0) } ?? nil }
}
