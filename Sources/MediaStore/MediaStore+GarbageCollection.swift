// The file part of the daily `imagebed gc`: deletes expired files from the recycle bin, finishes interrupted deletions, and moves files
// without a row to the recycle bin. Those are not removed at once: after the restore of an old backup they may be users' pictures. If
// there are many of them, they are not moved without the operator's confirmation.

import Database
import Disk
import Media
import Time

/// The result of a collection.
public struct GarbageReport: Sendable {
    /// Files deleted from the recycle bin, and their bytes.
    public var removed = 0
    public var freedBytes = 0
    /// Files without a row, moved to the recycle bin.
    public var strays = 0
    /// Temporary files of killed processes that were removed.
    public var drafts = 0
    /// Files without a row that were not touched because there are too many: in the uploads folder, and expired ones in the recycle bin.
    public var heldStrays = 0
    public var heldRecycled = 0
    /// Seconds by which the clock differs from what is plausible after the last collection; nil if it does not.
    public var clockJump: Int?
    /// Errors, one a line.
    public var failures: [String] = []

    public init() {}

    /// Runs a step, and records its error; one that stops several steps only once.
    public mutating func attempt(_ step: (inout GarbageReport) throws -> Void) {
        do { try step(&self) } catch {
            if failures.last != "\(error)" { failures.append("\(error)") }
        }
    }
}

/// Limits of a collection.
public struct GarbageRules: Sendable {
    /// Days until a deleted file expires; 0 deletes all.
    public var recycleDays: Int
    /// Minimum age in seconds of a file without a row; a younger one may be an upload in progress.
    public var strayAge = 3600
    /// false if another program's data folder was taken over: files without a row belong to its operator there, and stay.
    public var ownsTree = true
    /// Whether the operator confirmed that the clock is right and that many files have no row.
    public var isConfirmed = false

    public init(recycleDays: Int, strayAge: Int = 3600, ownsTree: Bool = true, isConfirmed: Bool = false) {
        (self.recycleDays, self.strayAge, self.ownsTree, self.isConfirmed) = (recycleDays, strayAge, ownsTree, isConfirmed)
    }
}

extension MediaStore {
    /// Number of files without a row that needs no confirmation; 1 % of the files with a row, if that is more. Above it the database is
    /// probably an old one.
    public static let fewStrays = 20

    /// The same for a number of files with a row; also for rows without a file, above which the tree is probably not mounted.
    public static func few(of known: Int) -> Int { max(fewStrays, known / 100) }

    /// - Parameter now: seconds since 1970.
    /// - Throws: `DatabaseError`. Errors of the file system are in the report, and do not stop the collection.
    public func collectGarbage(_ rules: GarbageRules, now: Int = Now.seconds) throws -> GarbageReport {
        var report = GarbageReport()
        try clearFiles(rules, now, &report)
        while try countSomeWaiting() {}
        try addUpSlots()
        try forgetOldCounts()
        try forgetKeys(at: now)
        try replacements.removeEnded(before: now - 86_400)
        return report
    }

    private func countSomeWaiting() throws -> Bool {
        try beforeStep()
        return try database.write {
            let isMore = try countWaiting()
            try shelves.divide()
            return isMore
        }
    }

    private func clearFiles(_ rules: GarbageRules, _ now: Int, _ report: inout GarbageReport) throws {
        report.clockJump = try settleClock(now, rules)
        report.attempt { _ in try settleReplacements() }
        report.attempt { report in
            if let failures = UnfinishedDeletion.summary(try finishDeletions()) { report.failures.append(failures) }
        }
        for folder in [uploads, recycleBin] { report.attempt { $0.drafts += try Draft.sweep(folder) } }
        let known = try rows.keptCount()
        let most = rules.isConfirmed ? Int.max : MediaStore.few(of: known)
        if rules.ownsTree { report.attempt { try putAsideStrays(olderThan: now - rules.strayAge, atMost: most, &$0) } }
        let limit = now - rules.recycleDays * 86_400
        report.attempt { try emptyRecycleBin(before: limit, &$0) }
        if rules.ownsTree, try rules.isConfirmed || rules.recycleDays == 0 || (counters.value(MediaStore.clockJumpedAt) ?? limit) <= limit {
            report.attempt { try removeStrays(before: limit, atMost: most, &$0) }
        }
    }

    /// Files are removed and moved like deleted ones: nobody restores or deletes one meanwhile.
    private func inTurns<Item>(_ items: [Item], _ report: inout GarbageReport, _ step: (Item, inout GarbageReport) throws -> Void) throws {
        for start in stride(from: 0, to: items.count, by: MediaStore.collectedAtOnce) {
            try beforeStep()
            try inTurn {
                for item in items[start..<min(start + MediaStore.collectedAtOnce, items.count)] {
                    try turn?.check()
                    report.attempt { try step(item, &$0) }
                }
            }
        }
    }

    private static let collectedAtOnce = 200

    /// Deletes only what this program moved there: in an imported recycle bin the other files belong to the operator.
    private func emptyRecycleBin(before limit: Int, _ report: inout GarbageReport) throws {
        try inTurns(rows.recycled(until: limit), &report) { file, report in
            // (Somebody may have restored it since, and deleted it again, by the same name.)
            guard let row = try rows.any(file.id), row.state == .recycled, row.deletedAt ?? .max <= limit,
                  try rows.recycledName(of: file.id) == file.name else { return }
            if let name = file.name { try remove(name, &report) }
            try rows.removeRecycled(file.id)
        }
    }

    /// Expired files in the recycle bin that have no row; their age counts from when they were moved there.
    private func removeStrays(before limit: Int, atMost most: Int, _ report: inout GarbageReport) throws {
        let due = try recycleBin.entries().filter { name in
            guard MediaStore.isStray(name), let file = try? recycleBin.file(name), file.changed <= limit else { return false }
            return try !knowsRecycled(name)
        }
        guard due.count <= most else {
            report.heldRecycled = due.count
            return
        }
        // (Another process may just have been putting one there.)
        try inTurns(due, &report) { name, report in if try !knowsRecycled(name) { try remove(name, &report) } }
    }

    private func remove(_ name: String, _ report: inout GarbageReport) throws {
        guard let file = try? recycleBin.file(name) else { return }
        try recycleBin.remove(name)
        report.removed += 1
        report.freedBytes += file.size
    }

    /// Whether a name in the recycle bin is the flat form of a path that this program generates, such as "2024_04_0123456789ab.jpg".
    private static func isStray(_ name: String) -> Bool {
        var parts = name.split(separator: "_", omittingEmptySubsequences: false)
        if parts.first == ExpiringFolder.name[...] { parts.removeFirst() }
        if parts.first == "videos" { parts.removeFirst() }
        guard parts.count == 3, parts[0].utf8.count == 4, Int(parts[0]) != nil, parts[1].utf8.count == 2, Int(parts[1]) != nil
        else { return false }
        return parts[2].split(separator: ".").first.flatMap { NewFileName(String($0)) } != nil
    }

    /// All or none. Looks only at folders and names that this program generates, so that imported files are not touched.
    private func putAsideStrays(olderThan limit: Int, atMost most: Int, _ report: inout GarbageReport) throws {
        var strays: [StoredPath] = []
        var count = 0
        for home in try monthFolders() {
            try beforeStep()
            report.attempt { report in
                let folder = try uploads.folder(home)
                // (A month may be a mount, for which a copy is made in it.)
                report.drafts += try Draft.sweep(folder)
                for name in try folder.entries() {
                    guard let path = StoredPath("\(home)/\(name)"), try isStray(path, in: folder, olderThan: limit) else { continue }
                    count += 1
                    if count <= most { strays.append(path) }
                }
            }
        }
        guard count <= most else {
            report.heldStrays = count
            return
        }
        // (Somebody may have taken it up since.)
        try inTurns(strays, &report) { path, report in
            guard try !knows(path) else { return }
            try uploads.move(path.text, to: recycleBin, as: FlatName.of(path, number: nil))
            report.strays += 1
        }
    }

    /// Some files in the newest folders that this program made and no row knows: a sample of what a collection puts aside.
    ///
    /// - Parameters:
    ///   - limit: when they last changed at the latest, in seconds since 1970.
    ///   - count: how many names are looked at.
    public func strays(olderThan limit: Int, inNewest folders: Int, lookingAt count: Int) throws -> [StoredPath] {
        var found: [StoredPath] = []
        var rest = count
        for home in try monthFolders().sorted(by: { $0.suffix(7) > $1.suffix(7) }).prefix(folders) {
            let folder = try uploads.folder(home)
            let names = try folder.entries().prefix(rest)
            rest -= names.count
            found += try names.compactMap { StoredPath("\(home)/\($0)") }.filter { try isStray($0, in: folder, olderThan: limit) }
        }
        return found
    }

    private func isStray(_ path: StoredPath, in folder: Folder, olderThan limit: Int) throws -> Bool {
        guard path.name.split(separator: ".").first.flatMap({ NewFileName(String($0)) }) != nil, let file = try? folder.file(path.name),
              file.changed <= limit else { return false }
        return try !knows(path)
    }

    /// Where the folders of years lie that this program makes.
    private static let placesOfMonths = ["", "videos/", "\(ExpiringFolder.name)/", "\(ExpiringFolder.name)/videos/"]

    private func monthFolders() throws -> [String] {
        try MediaStore.placesOfMonths.flatMap { base -> [String] in
            guard let root = base.isEmpty ? uploads : try? uploads.folder(base) else { return [] }
            return try root.entries().filter { $0.utf8.count == 4 && Int($0) != nil }.flatMap { year in
                try root.folder(year).entries().filter { $0.utf8.count == 2 && Int($0) != nil }.map { "\(base)\(year)/\($0)" }
            }
        }
    }
}
