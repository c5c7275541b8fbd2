// The daily clearing away. By itself it takes nothing that anybody could ask for; an owner who wants fewer old contents says
// how many versions keep theirs, and the line of versions itself stays whole.

import Database
import Disk
import SyncRules

/// What a collection did.
public struct SyncGarbageReport {
    /// Versions whose content was given up.
    public var givenUp = 0
    /// Contents removed, and their bytes before compression.
    public var contents = 0
    public var bytes = 0
    /// Files that no row knows, left by killed processes.
    public var strays = 0
    /// Remembered fetches and answers that are too old to matter.
    public var notes = 0
}

extension SyncStore {
    /// Seconds for which a fetch is evidence of what a device may have.
    static let evidenceLifetime = 90 * 86_400

    /// - Parameters:
    ///   - keep: the newest versions whose contents stay; nil: all.
    ///   - account, key: whose versions are meant by that.
    ///   - strayAge: seconds from which a file without a row is no push in progress.
    ///   - clockJump: seconds by which the clock jumped since the last collection; what is remembered keeps its age then.
    @discardableResult
    public func collectGarbage(keep: Int? = nil, of account: String? = nil, key: FileKey? = nil, strayAge: Int = 3_600,
                               clockJump: Int? = nil) throws
        -> SyncGarbageReport {
        var report = try database.write {
            var report = SyncGarbageReport()
            if let keep { report.givenUp = try giveUp(allBut: keep, of: account, key: key) }
            try removeUnused(&report)
            let moment = now()
            if let clockJump { try keepAges(clockJump, at: moment) }
            report.notes = try fetchRows.remove(before: moment - SyncStore.evidenceLifetime)
                + deviceRows.removeUses(before: moment - SyncStore.evidenceLifetime)
                + answerRows.remove(before: moment - SyncStore.answerLifetime)
            return report
        }
        try Draft.sweep(folder)
        try removeStrays(olderThan: now() - strayAge, &report)
        return report
    }

    /// What lies in the future after a jump back is as if it was now.
    private func keepAges(_ clockJump: Int, at moment: Int) throws {
        let seconds = max(clockJump - 86_400, 0)
        try fetchRows.rejuvenate(by: seconds, now: moment)
        try deviceRows.rejuvenateUses(by: seconds, now: moment)
        try answerRows.rejuvenate(by: seconds, now: moment)
    }

    /// Versions that an open conflict speaks of keep their contents.
    private func giveUp(allBut keep: Int, of account: String?, key: FileKey?) throws -> Int {
        let count = try versionRows.giveUp(allBut: max(keep, 1), of: account, key?.text)
        try conflictRows.giveUp(allBut: max(keep, 1), of: account, key?.text)
        return count
    }

    private func removeUnused(_ report: inout SyncGarbageReport) throws {
        let unused = try contents.rows.unused()
        guard !unused.isEmpty else { return }
        try contents.rows.remove(unused.map(\.id))
        report.contents += unused.count
        report.bytes += unused.reduce(0) { $0 + $1.size }
    }

    /// Within a write, so that no push can be about to name the file; its row is gone, or was never written.
    private func removeStrays(olderThan limit: Int, _ report: inout SyncGarbageReport) throws {
        for home in try folder.entries() where home.utf8.count == 2 {
            let inner = try folder.folder(home)
            for name in try inner.entries() {
                guard let hash = ContentHash(name), let file = try? inner.file(name), file.modified <= limit else { continue }
                let isGone = try database.write {
                    guard try contents.id(of: hash) == nil, let file = try? inner.file(name), file.modified <= limit else { return false }
                    try inner.remove(name)
                    return true
                }
                if isGone { report.strays += 1 }
            }
        }
    }
}
