// A deletion marks the row, then removes the file, then finishes the row. One that is interrupted by a crash or an error is finished by
// the next deletion of the same file, at the next start, or by the daily collection. No file in the recycle bin is ever overwritten: a
// second file with the same name gets another one. Deletions are serialized by a lock, so an unfinished one is never in progress
// elsewhere.

import Database
import Disk
import Events
import Media
import Time

extension MediaStore {
    /// The id in a delete link's token; nil if the token is invalid.
    public func fileID(ofDeleteToken token: String) -> Int? { deleteLinks.id(of: token) }

    /// The path of a deleted file; nil if its row is gone.
    public func formerPath(of id: Int) throws -> StoredPath? { try rows.formerPath(of: id) }

    /// The file at a path, if it is not deleted or its deletion is unfinished.
    public func deletable(at path: StoredPath) throws -> StoredFile? { try rows.deletable(at: path) }

    /// Deletes a file, or finishes its deletion: afterwards its URL does not exist.
    ///
    /// - Parameters:
    ///   - recycles: false deletes it permanently, as does its end if that is over.
    ///   - event: what receivers are told when it is done.
    /// - Returns: nil if another process deleted it first.
    /// - Throws: `UnfinishedDeletion` if the file cannot be moved or removed; another call can finish the deletion.
    public func delete(_ id: Int, recycles: Bool = true, as event: EventKind = .deleted) throws -> StoredFile? {
        try inTurn {
            guard let pending = try begin([id], recycles, event).first else { return nil }
            if let failure = try finish([pending]).first { throw failure }
            return pending.file
        }
    }

    /// The same for several files, which are marked in one transaction.
    ///
    /// - Returns: those that are deleted, and deletions that another call can finish.
    func delete(_ ids: [Int], recycles: Bool, as event: EventKind = .deleted) throws -> (done: Set<Int>, failed: [UnfinishedDeletion]) {
        guard !ids.isEmpty else { return ([], []) }
        return try inTurn {
            let pending = try begin(ids, recycles, event), failed = try finish(pending)
            let unfinished = Set(failed.map(\.path))
            return (Set(pending.map(\.file).filter { !unfinished.contains($0.path.text) }.map(\.id)), failed)
        }
    }

    /// Marks the rows of those that are there, in one transaction.
    private func begin(_ ids: [Int], _ recycles: Bool, _ event: EventKind) throws -> [PendingDeletion] {
        try database.write(.counted(account: nil)) {
            let now = Now.seconds, end = try certainEnd(now)
            let pending = try ids.compactMap { try rows.deletable($0) }.map { PendingDeletion(file: $0, recycles: recycles && !$0.ends(by: end), event: event) }
            try rows.beginDeletion(of: pending.filter(\.recycles).map(\.file.id), as: nil, at: now)
            try rows.beginDeletion(of: pending.filter { !$0.recycles }.map(\.file.id), as: PendingDeletion.forGood, at: now)
            return pending
        }
    }

    /// Marks files as deleted that somebody has removed by hand. Their rows stay for as long as those of other deleted files, without a file
    /// in the recycle bin; if the file comes back meanwhile, the next import takes it up (`adopt`).
    ///
    /// - Returns: the number of files; those that are there again are skipped.
    public func deleteMissing(_ ids: [Int]) throws -> Int {
        try stride(from: 0, to: ids.count, by: MediaStore.finishedAtOnce).reduce(0) { sum, start in
            let batch = ids[start..<min(start + MediaStore.finishedAtOnce, ids.count)]
            return try sum + inTurn {
                let missing = try database.write {
                    let missing = try batch.compactMap { try rows.file($0) }.filter(isMissing)
                    try rows.beginDeletion(of: missing.map(\.id), as: nil, at: Now.seconds)
                    return missing
                }
                if let failure = try finish(missing.map { PendingDeletion(file: $0, recycles: true) }).first { throw failure }
                return missing.count
            }
        }
    }

    /// Finishes interrupted deletions.
    ///
    /// - Parameters:
    ///   - folder: limits this to files below it.
    ///   - waits: whether to wait while another process deletes; otherwise it is left to that one.
    ///   - isTimeOver: asked before each batch; what is left then is finished by the next deletion, start or collection.
    /// - Returns: deletions that failed again; the others are finished.
    public func finishDeletions(below folder: StoredPath? = nil, waits: Bool = true, isTimeOver: () -> Bool = { false }) throws
        -> [UnfinishedDeletion] {
        var failures: [UnfinishedDeletion] = []
        var last = 0
        while try !isTimeOver() && rows.isAnyLeaving(after: last) {
            try beforeStep()
            let isOver = try inTurn(waits: waits) {
                let batch = try rows.leaving(after: last, below: folder, atMost: MediaStore.finishedAtOnce)
                guard let end = batch.last?.id else { return true }
                last = end
                failures += try finish(batch.compactMap { try? $0.pending.get() })
                failures += batch.compactMap { if case .failure(let failure) = $0.pending { failure } else { nil } }
                return false
            }
            if isOver ?? true { break }
        }
        return failures
    }

    /// Restores a file from the recycle bin to its path. Until the row says that it is there, it says that the file is being deleted: what is
    /// interrupted in between goes back into the bin like any unfinished deletion.
    ///
    /// - Parameters:
    ///   - name: its flat name there.
    ///   - keepsQuota: whether it has to fit into the quota of its account.
    /// - Returns: nil if no row has this name, the file is gone, or its path is taken.
    /// - Throws: `QuotaExceeded`, with `keepsQuota`.
    public func restore(_ name: String, keepsQuota: Bool = false) throws -> StoredFile? {
        try inTurn {
            let file: StoredFile? = try database.write {
                guard let file = try rows.recycled(as: name), recycleBin.holds(name), !uploads.holds(file.path.text) else { return nil }
                if keepsQuota { try requireRoom(of: file.owner, for: file.size) }
                try rows.beginDeletion(of: file.id, as: name)
                return file
            }
            guard let file else { return nil }
            do {
                try turn?.check()
                let folder = file.path.folder.isEmpty ? uploads : try uploads.folder(file.path.folder, creates: true)
                try recycleBin.move(name, to: folder, as: file.path.name, copiedIn: uploads)
                return try database.write {
                    guard try rows.bringBack(file.id) else { return nil }
                    try tell(.restored) { try rows.file(file.id) }
                    return file
                }
            } catch {
                // After a commit of unknown outcome the row may be that of a file that is not deleted, which must not be in the bin.
                if (error as? DatabaseError)?.kind != .unknownOutcome { _ = try? finish([PendingDeletion(file: file, recycles: true, event: nil)]) }
                throw error
            }
        }
    }

    /// - Parameter folder: empty for the uploads folder itself.
    func openIfThere(_ folder: String) throws -> Folder? {
        if folder.isEmpty { return uploads }
        do { return try uploads.folder(folder) } catch let error as DiskError where error.kind == .missing { return nil }
    }

    private static let finishedAtOnce = 200
}
