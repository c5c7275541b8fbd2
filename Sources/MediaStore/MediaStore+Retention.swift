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

    /// When an upload has to go at the latest, in seconds since 1970; nil if none is too old.
    func oldestKept(_ now: Int) -> Int? { days > 0 ? now - days * 86_400 : nil }

    /// Whether these are too many or too large together.
    func excludes(_ all: (files: Int, bytes: Int)) -> Bool { files > 0 && all.files > files || bytes > 0 && all.bytes > bytes }
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
        let gone = try removeOld(limits, now) + removeSurplus(limits)
        try counters.set(MediaStore.retainedAt, to: now)
        return gone
    }

    /// One walk through the rows, like the count of all: a younger one keeps nothing that stands behind it.
    private func removeOld(_ limits: Retention, _ now: Int) throws -> Int {
        guard let moment = limits.oldestKept(now) else { return 0 }
        let uploads = AnonymousRows(database: database)
        return try retire(limits) { try uploads.uploaded(until: moment, after: $0, atMost: MediaStore.retiredAtOnce) }
    }

    private func removeSurplus(_ limits: Retention) throws -> Int {
        guard limits.counts else { return 0 }
        let uploads = AnonymousRows(database: database)
        var all = try uploads.total()
        return try retire(limits) { last in
            guard limits.excludes(all) else { return [] }
            return try uploads.oldest(after: last, atMost: MediaStore.retiredAtOnce).prefix { upload in
                guard limits.excludes(all) else { return false }
                all = (all.files - 1, all.bytes - upload.size)
                return true
            }.map(\.id)
        }
    }

    /// - Parameter next: returns the next ones behind an id; none at the end.
    private func retire(_ limits: Retention, _ next: (Int) throws -> [Int]) throws -> Int {
        var (gone, last) = (0, 0)
        while case let ids = try next(last), let end = ids.last {
            try beforeStep()
            let outcome = try delete(ids, recycles: limits.recycles, as: .expired)
            gone += outcome.done.count
            if let failure = outcome.failed.first { throw failure }
            last = end
        }
        return gone
    }
}
