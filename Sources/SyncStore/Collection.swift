// The daily clearing away. By itself it takes nothing that anybody could ask for; an owner who wants fewer old contents says
// how many versions keep theirs, and the line of versions itself stays whole.

import Disk
import SQLite
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
        var report = SyncGarbageReport()
        try database.write {
            if let keep { report.givenUp = try giveUp(allBut: keep, of: account, key: key) }
            try removeUnused(&report)
            let moment = now()
            if let clockJump { try keepAges(clockJump, at: moment) }
            report.notes = try database.run("DELETE FROM sync_fetch WHERE fetched_at < ?", moment - SyncStore.evidenceLifetime)
                + database.run("DELETE FROM sync_identity WHERE used_at < ?", moment - SyncStore.evidenceLifetime)
                + database.run("DELETE FROM sync_answer WHERE made_at < ?", moment - SyncStore.answerLifetime)
        }
        try Draft.sweep(folder)
        try removeStrays(olderThan: now() - strayAge, &report)
        return report
    }

    /// What lies in the future after a jump back is as if it was now.
    private func keepAges(_ clockJump: Int, at moment: Int) throws {
        for column in ["sync_fetch SET fetched_at", "sync_identity SET used_at", "sync_answer SET made_at"] {
            let name = column.split(separator: " ")[2]
            try database.run("UPDATE \(column) = MIN(\(name) + ?, ?)", max(clockJump - 86_400, 0), moment)
        }
    }

    /// Versions that an open conflict speaks of keep their contents.
    private func giveUp(allBut keep: Int, of account: String?, key: FileKey?) throws -> Int {
        let files = """
            SELECT f.id FROM sync_file f JOIN account a ON a.id = f.account_id
            WHERE (?2 IS NULL OR a.name = ?2) AND (?3 IS NULL OR f.file_key = ?3)
            """
        let old = """
            file_id IN (\(files)) AND version <= (SELECT MAX(h.version) FROM sync_version h WHERE h.file_id = sync_version.file_id) - MAX(?1, 1)
            AND NOT EXISTS (SELECT 1 FROM sync_conflict c WHERE c.file_id = sync_version.file_id AND c.resolution IS NULL
                            AND version IN (c.local_version, c.remote_version, c.saved_version))
            """
        let count = try database.run(
            "UPDATE sync_version SET kind = 2, content_id = NULL, pushed_id = NULL WHERE kind = 0 AND \(old)", keep, account, key?.text)
        try database.run(
            """
            UPDATE sync_conflict SET local_id = NULL WHERE resolution IS NOT NULL AND local_id IS NOT NULL AND file_id IN (\(files))
            AND saved_version <= (SELECT MAX(version) FROM sync_version h WHERE h.file_id = sync_conflict.file_id) - MAX(?1, 1)
            """, keep, account, key?.text)
        return count
    }

    private func removeUnused(_ report: inout SyncGarbageReport) throws {
        let unused = try database.all(
            """
            SELECT id, size FROM sync_content WHERE id NOT IN (
                SELECT content_id FROM sync_version WHERE content_id IS NOT NULL
                UNION SELECT pushed_id FROM sync_version WHERE pushed_id IS NOT NULL
                UNION SELECT pushed_id FROM sync_device_file WHERE pushed_id IS NOT NULL
                UNION SELECT local_id FROM sync_conflict WHERE local_id IS NOT NULL)
            """
        ) { (id: $0.integer(0), size: $0.integer(1)) }
        guard !unused.isEmpty else { return }
        // For each content that goes, SQLite looks whether anything still names it.
        for (number, reference) in SyncStore.references.enumerated() { try database.run("CREATE INDEX sync_collection_\(number) ON \(reference)") }
        for content in unused {
            try database.run("DELETE FROM sync_content WHERE id = ?", content.id)
            report.contents += 1
            report.bytes += content.size
        }
        for number in SyncStore.references.indices { try database.run("DROP INDEX sync_collection_\(number)") }
    }

    /// What names contents and has no index for it, because pushes would have to keep it up.
    private static let references = ["sync_version (content_id)", "sync_device_file (pushed_id)", "sync_conflict (local_id)"]

    /// Under the write lock, so that no push can be about to name the file; its row is gone, or was never written.
    private func removeStrays(olderThan limit: Int, _ report: inout SyncGarbageReport) throws {
        for home in try folder.entries() where home.utf8.count == 2 {
            let inner = try folder.folder(home)
            for name in try inner.entries() {
                guard let hash = ContentHash(name), let file = try? inner.file(name), file.modified <= limit else { continue }
                try database.write {
                    guard try contents.id(of: hash) == nil, let file = try? inner.file(name), file.modified <= limit else { return }
                    try inner.remove(name)
                    report.strays += 1
                }
            }
        }
    }
}
