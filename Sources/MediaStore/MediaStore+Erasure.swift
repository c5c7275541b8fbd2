// What `imagebed doctor` uploaded to try the way is removed as if it had never been.

import Database
import Time

extension MediaStore {
    /// Deletes an account's files for good, those in the recycle bin too, and takes them from the counts of uploads.
    ///
    /// - Throws: `UnfinishedDeletion` if a file cannot be removed.
    public func erase(uploadsOf owner: Int) throws {
        let files = try [false, true].flatMap { try self.files(FileSelection(owner: owner, isRecycled: $0), atMost: MediaStore.bulkLimit) }
        for file in files {
            if file.isRecycled {
                if let name = try rows.recycledName(of: file.id) { _ = try removeRecycled(name) }
                try rows.removeRecycled(file.id)
            } else {
                _ = try delete(file.id, recycles: false)
            }
            try uncount(file)
        }
        if !files.isEmpty { try database.write { try totals.removeEmpty() } }
    }

    private func uncount(_ file: StoredFile) throws {
        try database.write {
            if let uploads = try counters.value(MediaStore.uploadCount), uploads > 0 { try counters.add(-1, to: MediaStore.uploadCount) }
            // (Those from this id on are not counted by day yet.)
            guard try deriving.next(.days) > file.id else { return }
            try days.add(DayCount(file.type.kind, SiteDay(of: file.createdAt).seconds, uploads: -1))
        }
    }

    /// The counter that a trigger of the schema counts with.
    private static let uploadCount = "uploads"
}
