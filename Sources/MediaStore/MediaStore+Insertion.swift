// The transaction that makes a file of what was published: its row, and what is counted and recorded with it. On a server uploads do not wait for each
// other's (docs/architecture.md, "Who waits for whom").

import Database
import Media
import Time

/// The row of a new file.
struct NewRow {
    let file: NewFile
    let size: Int
    let path: StoredPath
    let owner: Int?
    let key: Int?
    let sender: Sender?
    let isListed: Bool
    /// Under which it is recorded; nil for none.
    let claim: UploadClaim?
}

extension MediaStore {
    /// One upload of so many, a part of the names that may wait, and of what a slot of a segment may hold.
    static let tidyingUpload = 8

    /// - Throws: `QuotaExceeded`; `StoredMeanwhile`.
    func insert(_ new: NewRow) throws -> StoredFile {
        guard database.engine == .postgresql else { return try database.write { try insertAlone(new) } }
        let limited = new.owner.flatMap { limitedOwners.contains($0) ? $0 : nil }
        do {
            let file = try database.write(.counted(account: limited)) {
                // What this claim does not keep from others.
                guard try !rows.isAdopted(at: new.path) else { throw ClaimTooNarrow() }
                if let owner = new.owner, try hasQuota(owner) {
                    guard limited != nil else {
                        limitedOwners.insert(owner)
                        throw ClaimTooNarrow()
                    }
                    try requireRoom(of: owner, for: new.size)
                }
                let file = try insertRow(new)
                try names.letWait(insertedRow: file.id)
                return file
            }
            // (It is stored. What fails here is done by the next upload.)
            _ = try? tidy(after: file.id)
            return file
        } catch is ClaimTooNarrow {
            // (An account that has a quota no more only waits for itself.)
            return try database.write { try insertAlone(new) }
        }
    }

    private struct ClaimTooNarrow: Error {}

    /// With the whole database claimed.
    private func insertAlone(_ new: NewRow) throws -> StoredFile {
        try requireRoom(of: new.owner, for: new.size)
        // A running import may have adopted the file already.
        try rows.removeAdopted(at: new.path)
        let file = try insertRow(new)
        try names.add(insertedRow: file.id)
        try countWaiting(upTo: file.id)
        try shelves.divide()
        return file
    }

    private func insertRow(_ new: NewRow) throws -> StoredFile {
        try days.open(new.file.facts.type.kind, at: Now.seconds)
        try waiting.begin()
        let file = try rows.insert(new.file, size: new.size, at: new.path, owner: new.owner, key: new.key, isListed: new.isListed)
        if let sender = new.sender { try senderRows.insert(sender, of: file.id) }
        if let kept = try record((file.id, isDuplicate: false, isSendersOwn: true), under: new.claim) { throw StoredMeanwhile(kept: kept) }
        try tell(.uploaded) { file }
        return file
    }

    /// What one upload of many does for all of them. (Most need not even look.)
    private func tidy(after id: Int) throws {
        guard id % MediaStore.tidyingUpload == 0 else { return }
        // (Others may have seen the same, and done it meanwhile.)
        if try names.isFull(at: id) { try database.write { if try names.isFull(at: id) { try names.addWaiting() } } }
        if try slots.mayDivide() { try database.write { try shelves.divide() } }
    }
}
