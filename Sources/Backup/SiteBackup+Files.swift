// The files of a backup: first everything that lies in the site's folders, then what its rows name and was not found there.

import Database
import Disk
import MediaStore
import Site
import SyncStore
import Time

extension SiteBackup {
    /// Takes what a row names, and what no row knows once it is too old for an upload that is going on.
    func takeFiles(named names: Names) throws {
        let (youngest, now) = (Now.seconds - SiteBackup.strayAge, ProgressCount(.files, of: try expected(), progress))
        for area in Area.allCases {
            guard let home = try area.folder(in: site.data) else { continue }
            var walk = Walk(visit: { [self] path, folder, name in
                now.step()
                let place = "\(area.rawValue)/\(path)"
                let file: File
                do { file = try folder.file(name) } catch let error as DiskError where error.isClosed {
                    return report.passedOver.append(place)
                } catch let error as DiskError where error.kind == .missing {
                    // It may have been moved since it was listed; then it is one of the latecomers.
                    return
                }
                guard try names.know(area, path) || area != .json && (file.changed <= youngest || files.size(of: place) != nil) else { return }
                try files.take(file, to: place)
            }, passOver: { [self] in report.passedOver.append("\(area.rawValue)/\($0)") })
            // The recycle bin of an old site lies within its tree.
            walk.passesOverClosed = true
            if area == .uploads { walk.except = try Area.recycle.folder(in: site.data) }
            try walk.enter(home)
        }
    }

    private func expected() throws -> Int {
        try RecordedFileRows(site.database).total().count + ContentFileRows(site.database).count()
    }

    /// - Returns: nil where there is none that this process can read: one such file keeps nothing else from being looked at.
    static func open(_ name: String, in folder: Folder) throws -> File? {
        do { return try folder.file(name) } catch let error as DiskError where error.kind == .missing || error.isClosed { return nil }
    }

    /// Takes what the copied rows name and the walk did not meet.
    ///
    /// - Returns: false when the copy names contents that were given up since: then another copy is needed.
    func takeLatecomers(of copy: any Database) throws -> Bool {
        let now = ProgressCount(.check, of: try expected(), progress)
        var isWhole = true
        try ContentFileRows(copy).forEach { path in
            now.step()
            let place = "\(Area.json.rawValue)/\(path)"
            guard isWhole, files.size(of: place) == nil else { return }
            if let file = try SiteBackup.open(path, in: site.sync.folder) { return try files.take(file, to: place) }
            if try ContentFileRows(site.database).knows(path) { report.missing.append(place) } else { isWhole = false }
        }
        guard isWhole else { return false }
        var late: [RecordedFile] = []
        try RecordedFileRows(copy).forEach { row in
            now.step()
            guard let place = row.placeInBackup else { return }
            // A name may have been another picture's in the former backup.
            if files.size(of: place) != row.size { late.append(row) }
        }
        let recycleBin = try Folder(site.data.recycleBin)
        let lost = try Patience.settle(late) { try settle($0, in: RecordedFileRows(copy), recycleBin) }
        report.missing += lost.filter { !$0.isLeaving }.compactMap(\.placeInBackup)
        return true
    }

    /// Finds the file of a row of the copy by what the site's own row says now.
    ///
    /// - Returns: false when it is not there.
    private func settle(_ row: RecordedFile, in copy: RecordedFileRows, _ recycleBin: Folder) throws -> Bool {
        guard let now = try RecordedFileRows(site.database).file(row.id) else {
            try copy.forget(row.id)
            return true
        }
        let file: File? = switch now.place {
        case .uploads(let path), .leaving(let path): try SiteBackup.open(path, in: site.uploads)
        case .recycled(let name): try SiteBackup.open(name, in: recycleBin)
        case .gone: nil
        }
        guard let file, let place = row.placeInBackup else { return false }
        try files.take(file, to: place)
        return true
    }
}

/// Row and file change one after the other, so that for a moment they do not match. Whoever finds that looks again, for as long as a
/// writer may wait for the database.
enum Patience {
    private static let turns = 60
    private static let interval = 100_000

    /// - Returns: what is not settled when the time is over.
    static func settle<Row>(_ rows: [Row], _ isSettled: (Row) throws -> Bool) throws -> [Row] {
        var open = rows
        for turn in 0..<turns {
            open = try open.filter { try !isSettled($0) }
            if open.isEmpty { break }
            if turn < turns - 1 { pause(microseconds: interval) }
        }
        return open
    }
}

extension RecordedFile {
    /// Where its file belongs, in a backup and in a data folder; nil for one that is nowhere.
    var placeInBackup: String? {
        switch place {
        case .uploads(let path), .leaving(let path): "\(Area.uploads.rawValue)/\(path)"
        case .recycled(let name): "\(Area.recycle.rawValue)/\(name)"
        case .gone: nil
        }
    }

    var isLeaving: Bool { if case .leaving = place { true } else { false } }
}

/// Counts steps of a known number.
final class ProgressCount {
    private let part: BackupProgress.Part
    private let total: Int
    private let report: ProgressReport
    private var done = 0

    init(_ part: BackupProgress.Part, of total: Int, _ report: @escaping ProgressReport) {
        self.part = part
        self.total = total
        self.report = report
    }

    func step() {
        done += 1
        if done % 100 == 0 { report(BackupProgress(part: part, done: min(done, total), total: total)) }
    }
}
