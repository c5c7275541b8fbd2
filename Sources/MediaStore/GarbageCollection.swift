// What the daily `imagebed gc` does for files: empties the recycle bin, finishes what crashes interrupted, and puts aside
// files that no row knows. Those are moved, not removed: after the restore of an old backup they may be somebody's pictures.

import Disk
import Media
import SQLite

/// What a collection did.
public struct GarbageReport: Sendable {
    /// Files removed from the recycle bin, and their bytes.
    public var removed = 0
    public var freedBytes = 0
    /// Files without a row, moved to the recycle bin.
    public var strays = 0
    /// Temporary files of killed processes.
    public var drafts = 0
}

extension MediaStore {
    /// - Parameters:
    ///   - recycleDays: how long a deleted file stays; 0 removes all.
    ///   - strayAge: seconds from which a file without a row is no upload in progress.
    ///   - ownsTree: false where the folders were another program's: what no row knows is its operator's there, and stays.
    public func collectGarbage(recycleDays: Int, strayAge: Int = 3600, ownsTree: Bool = true) throws -> GarbageReport {
        var report = GarbageReport()
        try finishDeletions()
        report.drafts = try Draft.sweep(uploads)
        if ownsTree { report.strays = try putAsideStrays(olderThan: SiteTime.now.seconds - strayAge) }
        try emptyRecycleBin(before: SiteTime.now.seconds - recycleDays * 86_400, ownsTree: ownsTree, &report)
        try database.write { try Shelves(database: database).divide() }
        try forgetOldCounts()
        return report
    }

    /// Only what this program put there: another's recycle bin, which an import takes over, is the operator's own.
    private func emptyRecycleBin(before limit: Int, ownsTree: Bool, _ report: inout GarbageReport) throws {
        let doomed = try database.all("SELECT id, recycled_name FROM file WHERE state = 2 AND deleted_at <= ?", limit) {
            ($0.integer(0), $0.optionalText(1))
        }
        for (id, name) in doomed {
            if let name, let file = try? recycleBin.file(name) {
                try recycleBin.remove(name)
                report.removed += 1
                report.freedBytes += file.size
            }
            try database.run("DELETE FROM file WHERE id = ?", id)
        }
        guard ownsTree else { return }
        for name in try recycleBin.entries() where MediaStore.isStray(name) {
            guard let file = try? recycleBin.file(name), file.changed <= limit, try database.first(
                "SELECT 1 FROM file WHERE recycled_name = ?", name, make: { _ in true }) == nil else { continue }
            try recycleBin.remove(name)
            report.removed += 1
            report.freedBytes += file.size
        }
    }

    /// Whether a name in the recycle bin is the flat one of a path of this program's own form, such as "2024_04_0123456789ab.jpg".
    private static func isStray(_ name: String) -> Bool {
        var parts = name.split(separator: "_", omittingEmptySubsequences: false)
        if parts.first == "videos" { parts.removeFirst() }
        guard parts.count == 3, parts[0].utf8.count == 4, Int(parts[0]) != nil, parts[1].utf8.count == 2, Int(parts[1]) != nil
        else { return false }
        return parts[2].split(separator: ".").first.flatMap { NewFileName(String($0)) } != nil
    }

    /// Looks only at folders and names of this program's own form, so that an imported tree is left alone.
    private func putAsideStrays(olderThan limit: Int) throws -> Int {
        var strays = 0
        for home in try monthFolders() {
            let folder = try uploads.folder(home)
            for name in try folder.entries() {
                guard name.split(separator: ".").first.flatMap({ NewFileName(String($0)) }) != nil, let path = StoredPath("\(home)/\(name)"),
                      let file = try? folder.file(name), file.changed <= limit,
                      try database.first("SELECT 1 FROM file WHERE path = ?", path.text, make: { _ in true }) == nil
                else { continue }
                try folder.move(name, to: recycleBin, as: FlatName.of(path, number: nil))
                strays += 1
            }
        }
        return strays
    }

    private func monthFolders() throws -> [String] {
        try ["", "videos/"].flatMap { base -> [String] in
            guard let root = base.isEmpty ? uploads : try? uploads.folder(base) else { return [] }
            return try root.entries().filter { $0.utf8.count == 4 && Int($0) != nil }.flatMap { year in
                try root.folder(year).entries().filter { $0.utf8.count == 2 && Int($0) != nil }.map { "\(base)\(year)/\($0)" }
            }
        }
    }
}
