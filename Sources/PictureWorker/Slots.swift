// Limits concurrent workers and their total memory across all responders. Each running job holds a lock
// file that contains its memory need; the kernel releases the lock whatever happens to its owner, and the content of an unlocked file
// is ignored.

import Disk
import Time

/// The purpose of a job.
public enum PictureDemand: String, CaseIterable, Sendable {
    /// For an upload in progress; one slot is reserved for uploads, and they have priority.
    case upload
    /// For a visitor.
    case viewing
}

/// A counting semaphore across processes, with a memory budget, made of flock(2).
struct Slots {
    let folder: Folder
    /// At least 2.
    let count: Int
    /// Seconds to wait for a free slot: as long as another job may run.
    var patience = 15.0

    init(folder: Folder, count: Int, patience: Double = 15) {
        (self.folder, self.count, self.patience) = (folder, max(2, count), patience)
    }

    /// Acquires a slot; it is released with the returned lock.
    ///
    /// - Parameters:
    ///   - need: bytes that the job needs.
    ///   - budget: bytes that all jobs together may use.
    /// - Throws: `PictureFailure.busy` if none became free in time.
    func take(_ need: Int = 0, of budget: Int = .max, for demand: PictureDemand = .upload) throws -> Lock {
        guard need <= budget else {
            throw PictureFailure.busy(because: "this picture needs \(need >> 20) MB of memory, and all of them may take \(budget >> 20) MB: "
                + "set picture_memory higher if the machine has more, or decode_max_pixels lower")
        }
        let limit = Now.monotonicSeconds + patience
        // The first waiter holds the "front" lock and is served before all others, so that small jobs cannot starve a large one.
        var front: Lock?
        while true {
            front = try front ?? folder.lock("front-\(demand)", waits: false)
            if front != nil, let slot = try takeFree(need, of: budget, for: demand, until: limit) { return slot }
            guard Now.monotonicSeconds < limit else {
                throw PictureFailure.busy(because: "other pictures took all \(count) slots, or the \(need >> 20) MB of memory that this one needs of "
                    + "\(budget >> 20) MB, for \(Int(patience)) s. If it happens often, the machine needs more processors or memory, or set less "
                    + "work for uploads (convert_format, convert_quality)")
            }
            pause(microseconds: 10_000)
        }
    }

    /// - Parameter limit: as `Now.monotonicSeconds` tells the time.
    private func takeFree(_ need: Int, of budget: Int, for demand: PictureDemand, until limit: Double) throws -> Lock? {
        if demand == .viewing, try folder.lock("front-\(PictureDemand.upload)", waits: false) == nil { return nil }
        let ledger = try lockLedger(until: limit)
        return try withExtendedLifetime(ledger) {
            var free: Lock?
            var taken = 0
            for number in 0..<count {
                // The last slot is reserved for uploads, which use it first.
                let isOpen = demand == .upload || number < count - 1
                guard let slot = try folder.lock("\(number)", waits: false) else {
                    taken += try memory(of: number)
                    continue
                }
                if isOpen { free = slot }
            }
            guard let free, taken <= budget - need else { return nil }
            try free.write("\(need)")
            return free
        }
    }

    /// The ledger is locked only briefly, unless a process outside keeps it.
    private func lockLedger(until limit: Double) throws -> Lock? {
        do {
            return try folder.lock("ledger", patience: Int(max(0, limit - Now.monotonicSeconds).rounded(.up)))
        } catch let error as DiskError where error.kind == .held {
            throw PictureFailure.busy(because: "another process has kept \(error.path) locked for \(Int(patience)) s: end that process")
        }
    }

    /// The memory need that the holder of a slot recorded; 0 if there is none (an earlier version wrote nothing).
    private func memory(of number: Int) throws -> Int {
        try folder.bytes(of: "\(number)", limit: 32).flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
    }
}
