// What a return to another program must be told: what was uploaded here, by whom, and how often from where.

import SQLite

extension MediaStore {
    /// Files that were uploaded here, not adopted, that are still there, and whose sender was recorded; oldest first.
    public func sentFiles() throws -> [(file: StoredFile, sender: Sender)] {
        try database.all(
            """
            SELECT \(StoredFile.columns), address, port, user_agent, way FROM file JOIN upload_record ON file_id = id
            WHERE state = 0 AND sha256 != x'' ORDER BY created_at, id
            """
        ) { row in
            (try StoredFile(row), Sender(address: row.text(11), port: row.optionalInteger(12), userAgent: row.text(13), way: row.text(14)))
        }
    }

    /// Uploads by day ("2025-07-28") and address.
    public func uploadCounts() throws -> [(day: String, address: String, count: Int)] {
        try database.all("SELECT day, address, count FROM upload_count ORDER BY day, address") {
            ($0.text(0), $0.text(1), $0.integer(2))
        }
    }
}
