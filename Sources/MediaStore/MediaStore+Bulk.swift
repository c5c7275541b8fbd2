// What is done with several files at once: by their owner, or by an administrator with anybody's. One file that fails keeps no other from
// its turn.

import Database
import Disk

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

    /// Files of one transaction, which share what has to reach the disk.
    private static let deletedAtOnce = 50

    private func delete(_ ids: some Collection<Int>, of owner: Int?, recycles: Bool) throws -> BulkOutcome {
        var (outcome, rest) = (BulkOutcome(), ids[...])
        while !rest.isEmpty {
            let batch = Array(rest.prefix(MediaStore.deletedAtOnce))
            rest = rest.dropFirst(batch.count)
            do {
                try delete(batch, of: owner, recycles: recycles, &outcome)
            } catch {
                let known = Set(outcome.done + outcome.failed.map(\.id))
                outcome.failed += batch.filter { !known.contains($0) }.map { ($0, .failed) }
                outcome.errors.append("\(error)")
            }
        }
        return outcome
    }

    private func delete(_ ids: [Int], of owner: Int?, recycles: Bool, _ outcome: inout BulkOutcome) throws {
        let files = try ids.compactMap { try rows.any($0) }.filter { owner == nil || $0.owner == owner }
        let failures = try delete(files.filter { $0.state != .recycled }.map(\.id), recycles: recycles)
        // One from the recycle bin can only be deleted for good.
        let removed = recycles ? [] : try removeRecycled(files.filter { $0.state == .recycled }, &outcome)
        let done = failures.done.union(removed), unfinished = Set(failures.failed.map(\.path)), paths = Dictionary(files.map { ($0.id, $0.path.text) }) { first, _ in first }
        for id in ids where done.contains(id) { outcome.done.append(id) }
        let told = Set(outcome.failed.map(\.id))
        for id in ids where !done.contains(id) && !told.contains(id) {
            outcome.failed.append((id, paths[id].map(unfinished.contains) ?? false ? .unfinished : .notThere))
        }
        outcome.errors += failures.failed.map { "\($0)" }
    }

    private func removeRecycled(_ files: [StoredFile], _ outcome: inout BulkOutcome) throws -> [Int] {
        guard !files.isEmpty else { return [] }
        return try inTurn {
            // (Somebody may have restored one meanwhile.)
            let recycled = try files.filter { try rows.any($0.id)?.state == .recycled }
            let failures = try removeForGood(recycled.map { (id: $0.id, name: try rows.recycledName(of: $0.id)) })
            for case (let id?, let error) in failures {
                outcome.failed.append((id, .failed))
                outcome.errors.append("\(error)")
            }
            let failed = Set(failures.compactMap(\.id))
            return recycled.map(\.id).filter { !failed.contains($0) }
        }
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
