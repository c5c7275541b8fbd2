// The retention of uploads without an account: the oldest go when they are too old, too many or too large together. They go where deleted
// files go, so that a limit set by mistake loses nothing at once. What was imported from a replaced site is nobody's upload here, and stays.

import Database
import Disk
import Media
import Time

/// How much of the uploads without an account is kept.
public struct Retention: Sendable {
    /// 0 for no limit, as in the others.
    private let days: Int
    private let files: Int
    private let bytes: Int
    /// Whether what goes is put into the recycle bin.
    let recycles: Bool

    public init(days: Int, files: Int, bytes: Int, recycles: Bool) { (self.days, self.files, self.bytes, self.recycles) = (days, files, bytes, recycles) }

    var keepsAll: Bool { days == 0 && files == 0 && bytes == 0 }
    /// Whether all uploads have to be counted.
    var counts: Bool { files > 0 || bytes > 0 }

    /// Whether the oldest upload has to go.
    ///
    /// - Parameter all: number and bytes of all that are there.
    func excludes(_ oldest: AnonymousUpload, of all: (files: Int, bytes: Int), at now: Int) -> Bool {
        days > 0 && oldest.createdAt <= now - days * 86_400 || files > 0 && all.files > files || bytes > 0 && all.bytes > bytes
    }
}

extension MediaStore {
    /// Seconds between two looks: no index serves them, so that other uploads need not pay for one.
    public static let pauseOfRetention = 600
    private static let retiredAtOnce = 200
    /// The name in the table `counter`: when it was last looked, in seconds since 1970.
    static let retainedAt = "retained_at"

    /// Removes what is beyond the limits, the oldest first.
    ///
    /// - Parameter isDue: whether it is looked in any case; otherwise if the last time is long enough ago.
    /// - Returns: how many files went.
    /// - Throws: `DatabaseError`; the first `UnfinishedDeletion`, whose row is marked.
    public func retain(_ limits: Retention, isDue: Bool = true, now: Int = Now.seconds) throws -> Int {
        guard !limits.keepsAll else { return 0 }
        let last = try counters.value(MediaStore.retainedAt) ?? 0
        guard isDue || !(last..<last + MediaStore.pauseOfRetention).contains(now) else { return 0 }
        let gone = try removeSurplus(limits, now)
        try counters.set(MediaStore.retainedAt, to: now)
        return gone
    }

    private func removeSurplus(_ limits: Retention, _ now: Int) throws -> Int {
        let uploads = AnonymousRows(database: database)
        var all = limits.counts ? try uploads.total() : (files: 0, bytes: 0)
        var (gone, last) = (0, 0)
        while true {
            let oldest = try uploads.oldest(after: last, atMost: MediaStore.retiredAtOnce)
            let surplus = oldest.prefix { upload in
                guard limits.excludes(upload, of: all, at: now) else { return false }
                all = (all.files - 1, all.bytes - upload.size)
                return true
            }
            let outcome = try delete(surplus.map(\.id), recycles: limits.recycles, as: .expired)
            gone += outcome.done.count
            if let failure = outcome.failed.first { throw failure }
            guard let end = surplus.last?.id, surplus.count == oldest.count else { return gone }
            last = end
        }
    }
}
