// What an export to EasyImages needs: the uploads made here, their senders, and the number of uploads by address.

import Disk

/// A file that was uploaded to this site.
public struct SentFile: Sendable {
    public let file: StoredFile
    public let sender: Sender
    /// Its name in the recycle bin if it was deleted.
    let recycledName: String?
}

extension MediaStore {
    /// Files that were uploaded (not adopted), are kept or in the recycle bin, and have a stored sender; oldest first.
    public func sentFiles() throws -> [SentFile] {
        try rows.sent()
    }

    /// Kept files that were uploaded (not adopted), in order of ids, each with the id of its account: nil for a visitor's.
    public func uploadedFiles(after id: Int, atMost count: Int) throws -> [(file: StoredFile, owner: Int?)] {
        try rows.uploaded(after: id, atMost: count)
    }

    /// The content of a sent file; nil if it was removed by hand.
    public func content(of sent: SentFile) -> File? {
        if let name = sent.recycledName { try? recycleBin.file(name) } else { try? uploads.file(sent.file.path.text) }
    }

    /// Number of uploads by day ("2025-07-28") and address.
    public func uploadCounts() throws -> [(day: String, address: String, count: Int)] {
        try senderRows.counts()
    }
}
