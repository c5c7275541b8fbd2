// The numbers of a site for programs that watch it, all of them at hand: nothing is counted for them.

import Disk
import MediaStore
import PictureWorker
import SyncStore

/// A file system with data of the site.
public struct DiskSpace: Sendable {
    /// "data" or "uploads", which may lie on another one.
    public let folder: String
    /// Bytes.
    public let free: Int
    public let size: Int
}

/// What a program that watches the site reads at one moment.
public struct SiteMetrics: Sendable {
    public let version: String
    public let requests: [RequestCounts]
    public let pictures: [(outcome: PictureOutcome, count: Int)]
    /// Microseconds, as in `SiteCounters`.
    public let waited: Int
    public let queue: PictureQueue
    public let pushes: [(result: PushResult, count: Int)]
    public let refusals: [(limit: FairUseLimit, count: Int)]
    public let disks: [DiskSpace]
    public let files: [TypeTotal]
    public let statistics: SiteStatistics
    public let accounts: Int
    /// Seconds since 1970; those that never ran are left out.
    public let ends: [(work: TimedWork, at: Int)]
}

extension Site {
    /// - Throws: `DatabaseError`; `DiskError`.
    public func metrics() throws -> SiteMetrics {
        SiteMetrics(
            version: Release.number, requests: counters.requests, pictures: counters.pictures, waited: counters.waited, queue: try worker.queue(),
            pushes: counters.pushes, refusals: counters.refusals, disks: try [DiskSpace("data", data.path), DiskSpace("uploads", data.uploads)], files: try store.typeTotals(),
            statistics: try store.statistics(), accounts: try accounts.count(),
            ends: try TimedWork.allCases.compactMap { work in try lastEnd(of: work).map { (work: work, at: $0) } })
    }
}

extension DiskSpace {
    fileprivate init(_ name: String, _ path: String) throws {
        let folder = try Folder(path)
        self.init(folder: name, free: try folder.freeBytes(), size: try folder.totalBytes())
    }
}
