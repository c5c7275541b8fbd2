// What is done with several files at once: by their owner, or by an administrator with anybody's. One file that fails keeps no other from
// its turn.

import Database

/// An action on several files.
public enum BulkAction: String, CaseIterable, Sendable {
    case recycle, delete, restore, publish, hide
}

/// Why an action was not done with a file.
public enum BulkFailure: String, Sendable {
    /// There is no such file, it is not the account's, or it is not in a state for the action.
    case notThere = "no such file"
    /// It counts as deleted, and the rest is done by the next deletion or collection.
    case unfinished
    /// It does not fit into the account's quota.
    case overQuota = "quota exceeded"
    /// The machine failed; another try may work.
    case failed
}

/// What became of each file.
public struct BulkOutcome: Sendable {
    public internal(set) var done: [Int] = []
    public internal(set) var failed: [(id: Int, failure: BulkFailure)] = []
    /// What the machine said, for the log.
    public internal(set) var errors: [String] = []
}

extension MediaStore {
    /// Maximum files of one action.
    public static let bulkLimit = 1_000

    /// - Parameters:
    ///   - ids: those beyond `bulkLimit` are left out.
    ///   - owner: whose files; nil for anybody's.
    public func carryOut(_ action: BulkAction, on ids: [Int], of owner: Int?) throws -> BulkOutcome {
        var seen: Set<Int> = []
        let ids = ids.filter { seen.insert($0).inserted }.prefix(MediaStore.bulkLimit)
        switch action {
        case .recycle, .delete: return try delete(ids, of: owner, recycles: action == .recycle)
        case .restore: return try restore(ids, of: owner)
        case .publish, .hide: return try setPublic(action == .publish, ids, of: owner)
        }
    }

    private func setPublic(_ isPublic: Bool, _ ids: some Sequence<Int>, of owner: Int?) throws -> BulkOutcome {
        var outcome = BulkOutcome()
        try database.write {
            for id in ids { try rows.setPublic(isPublic, id, of: owner) ? outcome.done.append(id) : outcome.failed.append((id, .notThere)) }
            try shelves.divide()
        }
        return outcome
    }

    private func delete(_ ids: some Sequence<Int>, of owner: Int?, recycles: Bool) throws -> BulkOutcome {
        var outcome = BulkOutcome()
        for id in ids {
            do {
                // One from the recycle bin can only be deleted for good.
                if let file = try rows.any(id), owner == nil || file.owner == owner, try remove(file, recycles: recycles) {
                    outcome.done.append(id)
                } else {
                    outcome.failed.append((id, .notThere))
                }
            } catch {
                outcome.failed.append((id, error is UnfinishedDeletion ? .unfinished : .failed))
                outcome.errors.append("\(error)")
            }
        }
        return outcome
    }

    private func remove(_ file: StoredFile, recycles: Bool) throws -> Bool {
        guard file.state == .recycled else { return try delete(file.id, recycles: recycles) != nil }
        guard !recycles, let name = try rows.recycledName(of: file.id) else { return false }
        return try removeRecycled(name)
    }

    private func restore(_ ids: some Sequence<Int>, of owner: Int?) throws -> BulkOutcome {
        var outcome = BulkOutcome()
        for id in ids {
            do {
                let file = try rows.any(id)
                if let file, owner == nil || file.owner == owner, let name = try rows.recycledName(of: id), try restore(name, keepsQuota: owner != nil)?.id == id {
                    outcome.done.append(id)
                } else {
                    outcome.failed.append((id, .notThere))
                }
            } catch is QuotaExceeded {
                outcome.failed.append((id, .overQuota))
            } catch {
                outcome.failed.append((id, .failed))
                outcome.errors.append("\(error)")
            }
        }
        return outcome
    }
}
