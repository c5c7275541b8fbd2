// What a return to another program must be told: what was uploaded here, by whom, and how often from where.

import Disk
import SQLite

/// An upload of this site's.
public struct SentFile: Sendable {
    public let file: StoredFile
    public let sender: Sender
    /// Its name in the recycle bin where it was deleted.
    let recycledName: String?
}

extension MediaStore {
    /// Files that were uploaded here, not adopted, that are there or in the recycle bin, and whose sender was recorded; oldest first.
    public func sentFiles() throws -> [SentFile] {
        try database.all(
            """
            SELECT \(StoredFile.columns), address, port, user_agent, way, recycled_name FROM file JOIN upload_record ON file_id = id
            WHERE NOT \(FileState.leaving.condition) AND sha256 != x'' ORDER BY created_at, id
            """
        ) { row in
            SentFile(file: try StoredFile(row),
                     sender: Sender(address: row.text(11), port: row.optionalInteger(12), userAgent: row.text(13), way: row.text(14)),
                     recycledName: row.optionalText(15))
        }
    }

    /// The bytes of such a file; nil when somebody removed it.
    public func content(of sent: SentFile) -> File? {
        if let name = sent.recycledName { try? recycleBin.file(name) } else { try? uploads.file(sent.file.path.text) }
    }

    /// Uploads by day ("2025-07-28") and address.
    public func uploadCounts() throws -> [(day: String, address: String, count: Int)] {
        try database.all("SELECT day, address, count FROM upload_count ORDER BY day, address") {
            ($0.text(0), $0.text(1), $0.integer(2))
        }
    }
}
