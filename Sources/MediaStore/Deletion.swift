// How a file leaves: its row says so first, then the file goes, then the row is done with. What a crash or a failure leaves in between
// is finished by the next deletion of the same file, at the next start, or by the daily collection. Nothing in the recycle bin is ever
// replaced, so a second file of the same name gets a name of its own there. Deletions wait for one another, so that whoever meets an
// unfinished one knows that nobody is at it.

import Disk
import Media
import SQLite
import Time

extension MediaStore {
    /// Deletes the file that a delete link names: its URL is gone when this returns.
    ///
    /// - Parameter recycles: false removes it for good.
    /// - Returns: nil when the token is unknown or was used before.
    /// - Throws: as `delete(_:recycles:)` does.
    public func delete(token: String, recycles: Bool = true) throws -> StoredFile? {
        guard let id = deleteLinks.id(of: token) else { return nil }
        return try delete(id, recycles: recycles)
    }

    /// Where the file of a delete link was that has been used; nil for a token that never was one, and when nothing remembers it.
    public func formerPath(deleteToken token: String) throws -> StoredPath? {
        guard let id = deleteLinks.id(of: token) else { return nil }
        return try database.first("SELECT path FROM file WHERE id = ? AND NOT \(FileState.kept.condition)", id) { $0.text(0) }.flatMap { StoredPath($0) }
    }

    /// The file at a path that can be deleted: one that is not, or whose deletion is not finished.
    public func deletable(at path: StoredPath) throws -> StoredFile? {
        try database.first("SELECT \(StoredFile.columns) FROM file WHERE path = ? AND NOT \(FileState.recycled.condition)", path.text) { try StoredFile($0) }
    }

    /// Deletes a file, or finishes a deletion of it that failed.
    ///
    /// - Returns: nil when somebody else was quicker.
    /// - Throws: `UnfinishedDeletion` when the disk refuses; another call finishes it then.
    public func delete(_ id: Int, recycles: Bool = true) throws -> StoredFile? {
        try inTurn {
            let doomed: StoredFile? = try database.write {
                let columns = StoredFile.columns
                let file = try database.first("SELECT \(columns) FROM file WHERE id = ? AND NOT \(FileState.recycled.condition)", id) { try StoredFile($0) }
                guard let file else { return nil }
                try database.run(
                    "UPDATE file SET state = ?, deleted_at = COALESCE(deleted_at, ?), recycled_name = ? WHERE id = ?",
                    FileState.leaving, SiteTime.now.seconds, recycles ? nil : Doomed.forGood, id)
                return file
            }
            guard let doomed else { return nil }
            if let failure = try finish([Doomed(file: doomed, recycles: recycles)]).first { throw failure }
            return doomed
        }
    }

    /// Carries on where crashes and failures interrupted deletions.
    ///
    /// - Parameter folder: only of files below it.
    /// - Returns: those that cannot be finished now; they keep none of the others.
    public func finishDeletions(below folder: StoredPath? = nil) throws -> [UnfinishedDeletion] {
        var failures: [UnfinishedDeletion] = []
        var last = 0
        while try database.first("SELECT 1 FROM file WHERE \(FileState.leaving.condition) AND id > ?", last, make: { _ in true }) != nil {
            let isOver = try inTurn {
                let batch = try unfinished(after: last, below: folder)
                guard let end = batch.last?.id else { return true }
                last = end
                failures += try finish(batch.compactMap { try? $0.doomed.get() })
                failures += batch.compactMap { if case .failure(let failure) = $0.doomed { failure } else { nil } }
                return false
            }
            if isOver { break }
        }
        return failures
    }

    private func unfinished(after id: Int, below folder: StoredPath?) throws -> [(id: Int, doomed: Result<Doomed, UnfinishedDeletion>)] {
        // "0" is the character behind "/".
        try database.all(
            """
            SELECT \(StoredFile.columns), recycled_name FROM file WHERE \(FileState.leaving.condition) AND id > ?1 AND (?2 IS NULL OR path > ?2 AND path < ?3)
            ORDER BY id LIMIT \(MediaStore.finishedAtOnce)
            """, id, folder.map { $0.text + "/" }, folder.map { $0.text + "0" }
        ) { row in
            let doomed = Result { Doomed(file: try StoredFile(row), recycles: row.optionalText(11) != Doomed.forGood) }
            return (row.integer(0), doomed.mapError { UnfinishedDeletion(path: row.text(1), cause: $0) })
        }
    }

    /// Brings a file back from the recycle bin to where it was.
    ///
    /// - Parameter name: its flat name there.
    /// - Returns: nil when no row knows the name, the file is gone, or its old place is taken.
    public func restore(_ name: String) throws -> StoredFile? {
        try database.write {
            guard let file = try database.first(
                "SELECT \(StoredFile.columns) FROM file WHERE recycled_name = ? AND \(FileState.recycled.condition) ORDER BY id DESC", name,
                make: { try StoredFile($0) }), recycleBin.holds(name), !uploads.holds(file.path.text) else { return nil }
            let folder = file.path.folder.isEmpty ? uploads : try uploads.folder(file.path.folder, creates: true)
            try recycleBin.move(name, to: folder, as: file.path.name)
            try database.run("UPDATE file SET state = ?, deleted_at = NULL, recycled_name = NULL WHERE id = ?", FileState.kept, file.id)
            return file
        }
    }

    func openIfThere(_ folder: String) throws -> Folder? {
        do { return try uploads.folder(folder) } catch let error as DiskError where error.kind == .missing { return nil }
    }

    /// While nobody else deletes.
    private func inTurn<Value>(_ body: () throws -> Value) throws -> Value {
        let turn = try locks.lock("deletions")
        return try withExtendedLifetime(turn, body)
    }

    private static let finishedAtOnce = 200
}
