// What a return to another program must be told: what was uploaded here, by whom, and how often from where.

import Disk

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
        try rows.sent()
    }

    /// The bytes of such a file; nil when somebody removed it.
    public func content(of sent: SentFile) -> File? {
        if let name = sent.recycledName { try? recycleBin.file(name) } else { try? uploads.file(sent.file.path.text) }
    }

    /// Uploads by day ("2025-07-28") and address.
    public func uploadCounts() throws -> [(day: String, address: String, count: Int)] {
        try senderRows.counts()
    }
}
