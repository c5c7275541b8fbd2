// The files of a backup: first everything in the site's folders, then files named by rows that were not found there.

import Database
import Disk
import MediaStore
import Site
import SyncStore
import Time

extension SiteBackup {
    /// Takes files that have a row, and files without a row that are too old to be an upload in progress.
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
                    // It may have been moved since it was listed; it is handled by `takeLatecomers` then.
                    return
                }
                guard try names.know(area, path) || area != .json && (file.changed <= youngest || files.size(of: place) != nil) else { return }
                try files.take(file, to: place)
            }, passOver: { [self] in report.passedOver.append("\(area.rawValue)/\($0)") })
            // The recycle bin of a replaced site is inside its uploads folder.
            walk.passesOverClosed = true
            if area == .uploads { walk.except = try Area.recycle.folder(in: site.data) }
            try walk.enter(home)
        }
    }

    private func expected() throws -> Int {
        try RecordedFileRows(site.database).total().count + ContentFileRows(site.database).count()
    }

    /// - Returns: nil if it does not exist or cannot be read: one such file must not stop the backup.
    static func open(_ name: String, in folder: Folder) throws -> File? {
        do { return try folder.file(name) } catch let error as DiskError where error.kind == .missing || error.isClosed { return nil }
    }

    /// Takes the files named by rows of the copy that were not found in the folders.
    ///
    /// - Returns: false if the copy names contents that were dropped since then: another copy is needed.
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
            // The path may have been another picture's in the previous backup.
            if files.size(of: place) != row.size { late.append(row) }
        }
        let recycleBin = try Folder(site.data.recycleBin)
        let lost = try Retry.settle(late) { try settle($0, in: RecordedFileRows(copy), recycleBin) }
        report.missing += lost.filter { !$0.isLeaving }.compactMap(\.placeInBackup)
        try takeReplaced(RecordedFileRows(copy))
        return true
    }

    /// Takes the files that were replaced since the copy was made as they are now, and gives their rows in the copy the same facts: both may be
    /// of the same size.
    private func takeReplaced(_ copy: RecordedFileRows) throws {
        let rows = RecordedFileRows(site.database)
        _ = try Retry.settle(rows.replaced()) { id in
            guard let former = try copy.file(id), let now = try rows.file(id), case .uploads(let path) = now.place, former.sha256 != now.sha256
            else { return true }
            guard let file = try SiteBackup.open(path, in: site.uploads), file.size == now.size, let place = former.placeInBackup else { return false }
            try files.take(file, to: place)
            try copy.follow(rows, id)
            return true
        }
    }

    /// Finds the file of a row in the copy with the help of the site's current row.
    ///
    /// - Returns: false if it was not found.
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

/// Row and file change one after the other, so for a moment they do not match. Comparisons are retried for as long as a writer may wait
/// for the database.
enum Retry {
    private static let turns = 60
    private static let interval = 100_000

    /// - Returns: what does not match after the timeout.
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
    /// The path of its file in a backup and in a data folder; nil if it has none.
    var placeInBackup: String? {
        switch place {
        case .uploads(let path), .leaving(let path): "\(Area.uploads.rawValue)/\(path)"
        case .recycled(let name): "\(Area.recycle.rawValue)/\(name)"
        case .gone: nil
        }
    }

    var isLeaving: Bool { if case .leaving = place { true } else { false } }
}

/// Progress of a step whose total is known.
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
