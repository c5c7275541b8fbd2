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
    public func collectGarbage(recycleDays: Int, strayAge: Int = 3600) throws -> GarbageReport {
        var report = GarbageReport()
        try finishDeletions()
        report.drafts = try Draft.sweep(uploads)
        report.strays = try putAsideStrays(olderThan: SiteTime.now.seconds - strayAge)
        try emptyRecycleBin(before: SiteTime.now.seconds - recycleDays * 86_400, &report)
        try database.write { try Shelves(database: database).divide() }
        return report
    }

    private func emptyRecycleBin(before limit: Int, _ report: inout GarbageReport) throws {
        for name in try recycleBin.entries() {
            guard let file = try? recycleBin.file(name), file.changed <= limit else { continue }
            try recycleBin.remove(name)
            report.removed += 1
            report.freedBytes += file.size
        }
        try database.run("DELETE FROM file WHERE state = 2 AND deleted_at <= ?", limit)
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
                try folder.move(name, to: recycleBin, as: MediaStore.recycledName(of: path))
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
