// A file gets other bytes under its path, and its former bytes become a file of their own in the recycle bin. At every moment there is one
// whole file at the path:
//
// 1. A row of `replacement` says what is to be done.
// 2. The new bytes get a hidden name beside the file, durably.
// 3. The file gets a second name in the recycle bin, durably.
// 4. The hidden name is renamed to that of the file, which is atomic.
// 5. What was derived from the former bytes is removed; one transaction gives the row the new facts, inserts that of the former bytes, and
//    says that all is done.
//
// What is interrupted before step 4 is taken back, what is interrupted after it is finished: at the next start, by the daily collection, or by
// the next change of the same file. All of it is done with the lock of deletions, so that an unfinished one is never in progress elsewhere.

import Database
import Disk
import Media
import Time

/// What became of a file that was to be replaced.
public struct Replacement: Sendable {
    public let file: StoredFile
    /// The former bytes; nil if the new ones are the same, so that nothing was done.
    public let former: StoredFile?
}

extension MediaStore {
    /// Replaces the bytes of a file; all is durable when this returns.
    ///
    /// - Parameters:
    ///   - new: its name does not count: the file keeps that which it has.
    ///   - owner: whose file it has to be; nil for anybody's, without regard to the quota of its account.
    ///   - sender: stored with the file instead of who sent the former bytes; nil leaves that.
    /// - Returns: nil if there is no such file, or if it is deleted or its time is over.
    /// - Throws: `QuotaExceeded`; `DiskError`, `DatabaseError`: the file has its former bytes then, or the new ones if only the rest failed.
    public func replace(_ id: Int, with draft: Draft, as new: NewFile, of owner: Int?, from sender: Sender? = nil) throws -> Replacement? {
        try inTurn {
            try settleReplacement(of: id)
            guard let file = try file(id), owner == nil || file.owner == owner else { return nil }
            guard file.sha256 != new.sha256 else { return Replacement(file: file, former: nil) }
            let content = StoredContent(facts: new.facts, size: draft.size, sha256: new.sha256, sentSHA256: new.sentSHA256)
            let pending = try beginReplacement(of: file, content, sender, keepsQuota: owner != nil)
            do {
                for step in MediaStore.stepsOfReplacement {
                    try turn?.check()
                    try step(self)(pending, draft)
                }
                return try endReplacement(pending)
            } catch {
                // What cannot be settled either is settled later.
                try? settleReplacement(of: id)
                throw error
            }
        }
    }

    /// Finishes or takes back what a crash interrupted.
    ///
    /// - Parameter waits: whether to wait while another process deletes or replaces; otherwise it is left to that one.
    /// - Throws: the first failure; the others are done.
    public func settleReplacements(waits: Bool = true) throws {
        guard try !replacements.pending().isEmpty else { return }
        _ = try inTurn(waits: waits) {
            var attempts = IndependentSteps()
            for pending in try replacements.pending() {
                try turn?.check()
                attempts.attempt { try settle(pending) }
            }
            try attempts.end()
        }
    }

    /// Settles that of one file; with the lock of deletions.
    func settleReplacement(of id: Int) throws {
        try turn?.check()
        if let pending = try replacements.pending(of: id) { try settle(pending) }
    }

    // The steps

    static var stepsOfReplacement: [(MediaStore) -> (PendingReplacement, Draft) throws -> Void] { [placeDraft, keepFormer, exchange] }

    func beginReplacement(of file: StoredFile, _ content: StoredContent, _ sender: Sender?, keepsQuota: Bool) throws -> PendingReplacement {
        try database.write {
            if keepsQuota { try requireRoom(of: file.owner, for: content.size, insteadOf: file.size) }
            let former = try pathForFormer(of: file)
            let pending = PendingReplacement(id: file.id, path: file.path, content: content, sender: sender, formerPath: former,
                                             recycledName: try freeName(for: former))
            try replacements.insert(pending)
            return pending
        }
    }

    private func placeDraft(_ pending: PendingReplacement, _ draft: Draft) throws {
        try draft.setModified(after: uploads.file(pending.path.text))
        try uploads.remove(pending.draftPath)
        try draft.publish(as: pending.draftName, in: home(of: pending))
    }

    private func keepFormer(_ pending: PendingReplacement, _ draft: Draft) throws {
        try uploads.link(pending.path.text, into: recycleBin, as: pending.recycledName)
        try recycleBin.sync()
    }

    private func exchange(_ pending: PendingReplacement, _ draft: Draft) throws {
        let home = try home(of: pending)
        try home.rename(pending.draftName, to: pending.path.name)
        try home.sync()
    }

    private func endReplacement(_ pending: PendingReplacement) throws -> Replacement? {
        try forgetDerived(of: pending.path)
        return try database.write {
            guard let former = try insertFormer(pending) else { return nil }
            try rows.setContent(pending.content, of: pending.id)
            try senderRows.copy(of: pending.id, to: former.id)
            if let sender = pending.sender { try senderRows.replace(of: pending.id, by: sender) }
            try replacements.end(pending.id)
            try removals.note([pending.path])
            try shelves.divide()
            guard let file = try rows.any(pending.id) else { return nil }
            let replacement = Replacement(file: file, former: former)
            try tell(.replaced, { file }, more: replacement.members)
            return replacement
        }
    }

    private func insertFormer(_ pending: PendingReplacement) throws -> StoredFile? {
        guard let file = try rows.any(pending.id) else { return nil }
        try days.open(file.type.kind, at: file.createdAt)
        // Another program may have put a file there since, or an upload that looked for a name before the replacement began.
        let isTaken = try knows(pending.formerPath) || uploads.holds(pending.formerPath.text)
        let path = isTaken ? try pathForFormer(of: file) : pending.formerPath
        try waiting.begin()
        guard let id = try rows.insertFormer(of: file.id, at: path, recycledAs: pending.recycledName) else { return nil }
        try names.add(insertedRow: id)
        try countWaiting(upTo: id)
        return try rows.any(id)
    }

    // Settling

    private func settle(_ pending: PendingReplacement) throws {
        if try isExchanged(pending) { _ = try endReplacement(pending) } else { try takeBack(pending) }
    }

    /// Whether step 4 was done: before it the new bytes have their hidden name, before step 2 the bin does not have the former ones.
    private func isExchanged(_ pending: PendingReplacement) throws -> Bool {
        guard let file = try? uploads.file(pending.path.text), file.size == pending.content.size else { return false }
        return !uploads.holds(pending.draftPath) && recycleBin.holds(pending.recycledName)
    }

    private func takeBack(_ pending: PendingReplacement) throws {
        try uploads.remove(pending.draftPath)
        try openIfThere(pending.path.folder)?.sync()
        if let kept = try? recycleBin.file(pending.recycledName), let file = try? uploads.file(pending.path.text), try file.isSameOrCopy(of: kept) {
            try recycleBin.remove(pending.recycledName)
        }
        try replacements.remove(pending.id)
    }

    // Places

    private func home(of pending: PendingReplacement) throws -> Folder {
        pending.path.folder.isEmpty ? uploads : try uploads.folder(pending.path.folder)
    }

    /// A path beside the file: "name_1.png".
    private func pathForFormer(of file: StoredFile) throws -> StoredPath {
        for number in 1..<Placement.tries {
            guard let path = file.path.numbered(number) else { break }
            if try isFree(path), !uploads.holds(path.text) { return path }
        }
        throw MediaStoreError.noFreeName
    }

    /// (Numbers above 0 are ids of rows.)
    private func freeName(for path: StoredPath) throws -> String {
        for number in 0..<Placement.tries {
            let name = FlatName.of(path, number: number == 0 ? nil : -number)
            if !recycleBin.holds(name), try !knowsRecycled(name) { return name }
        }
        throw MediaStoreError.noFreeName
    }
}
