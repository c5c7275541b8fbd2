// The part of the daily `imagebed gc` that removes uploads nobody continued.

import Disk
import Text

extension ResumableStore {
    /// Removes uploads that have ended, and files without a row, which a crash can leave.
    ///
    /// - Parameter strayAge: minimum seconds since the last change of a file without a row.
    /// - Returns: the number of files removed.
    @discardableResult
    public func collectGarbage(strayAge: Int = 3_600) throws -> Int {
        var removed = 0
        for upload in try rows.ended(at: now(), latest: now() + ResumableStore.lifetime) where try removeEnded(upload) { removed += 1 }
        guard let folder = try folder() else { return removed }
        for name in try folder.entries() {
            guard let file = try? folder.file(name), file.changed <= now() - strayAge, let digest = Hexadecimal.decode(name),
                  try rows.upload(digest) == nil else { continue }
            try folder.remove(name)
            removed += 1
        }
        return removed
    }

    /// - Returns: whether there was a file.
    private func removeEnded(_ upload: ResumableUpload) throws -> Bool {
        // A request that works on it has extended its end, or will.
        guard let lock = try lock(of: upload.digest) else { return false }
        return try withExtendedLifetime(lock) {
            guard let current = try rows.upload(upload.digest), current.endsAt == upload.endsAt else { return false }
            let hadFile = try folder()?.holds(upload.fileName) ?? false
            try remove(current)
            return hadFile
        }
    }
}
