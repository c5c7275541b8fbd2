// How a file leaves: its row says so first, then the file goes, then the row is done with. What a crash or a failure leaves in between
// is finished by the next deletion of the same file, at the next start, or by the daily collection. Nothing in the recycle bin is ever
// replaced, so a second file of the same name gets a name of its own there. Deletions wait for one another, so that whoever meets an
// unfinished one knows that nobody is at it.

import Database
import Disk
import Media
import Time

extension MediaStore {
    /// The id of the file that a delete link names; nil for a link that is not one of ours.
    public func fileID(ofDeleteToken token: String) -> Int? { deleteLinks.id(of: token) }

    /// Where a deleted file was; nil when nothing remembers it.
    public func formerPath(of id: Int) throws -> StoredPath? { try rows.formerPath(of: id) }

    /// The file at a path that can be deleted: one that is not, or whose deletion is not finished.
    public func deletable(at path: StoredPath) throws -> StoredFile? { try rows.deletable(at: path) }

    /// Deletes a file, or finishes a deletion of it that failed: its URL is gone when this returns.
    ///
    /// - Parameter recycles: false removes it for good.
    /// - Returns: nil when somebody else was quicker.
    /// - Throws: `UnfinishedDeletion` when the disk refuses; another call finishes it then.
    public func delete(_ id: Int, recycles: Bool = true) throws -> StoredFile? {
        try inTurn {
            let doomed: StoredFile? = try database.write {
                guard let file = try rows.deletable(id) else { return nil }
                try rows.beginDeletion(of: id, as: recycles ? nil : Doomed.forGood)
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
        while try rows.isAnyLeaving(after: last) {
            let isOver = try inTurn {
                let batch = try rows.leaving(after: last, below: folder, atMost: MediaStore.finishedAtOnce)
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

    /// Brings a file back from the recycle bin to where it was.
    ///
    /// - Parameter name: its flat name there.
    /// - Returns: nil when no row knows the name, the file is gone, or its old place is taken.
    public func restore(_ name: String) throws -> StoredFile? {
        try inTurn {
            guard let file = try rows.recycled(as: name), recycleBin.holds(name), !uploads.holds(file.path.text) else { return nil }
            let folder = file.path.folder.isEmpty ? uploads : try uploads.folder(file.path.folder, creates: true)
            try recycleBin.move(name, to: folder, as: file.path.name)
            return try rows.bringBack(file.id) ? file : nil
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
