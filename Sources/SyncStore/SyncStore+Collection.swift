// Daily garbage collection. By default it removes only what can no longer be requested. An owner can limit the number of versions that
// keep their contents; the version numbers stay without gaps.

import Database
import Disk
import SyncRules

/// The result of a collection.
public struct SyncGarbageReport {
    /// Versions whose content was dropped.
    public var givenUp = 0
    /// Contents removed, and their uncompressed bytes.
    public var contents = 0
    public var bytes = 0
    /// Files without a row, left by killed processes.
    public var strays = 0
    /// Expired fetches and responses.
    public var notes = 0
}

extension SyncStore {
    /// How long a fetch counts as evidence of what a device has, in seconds.
    static let evidenceLifetime = 90 * 86_400

    /// - Parameters:
    ///   - keep: the number of newest versions that keep their contents; nil: all.
    ///   - account, key: limit `keep` to an account and a file.
    ///   - strayAge: minimum age of a file without a row in seconds; a younger one may belong to a push in progress.
    ///   - clockJump: seconds by which the clock jumped since the last collection; fetches and responses keep their age then.
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

    /// After a jump back, times in the future are set to now.
    private func keepAges(_ clockJump: Int, at moment: Int) throws {
        let seconds = max(clockJump - 86_400, 0)
        try fetchRows.rejuvenate(by: seconds, now: moment)
        try deviceRows.rejuvenateUses(by: seconds, now: moment)
        try answerRows.rejuvenate(by: seconds, now: moment)
    }

    /// Versions that an open conflict refers to keep their contents.
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

    /// Runs in a write transaction, so that no concurrent push can refer to the file; its row was removed or never written.
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
