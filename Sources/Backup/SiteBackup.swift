// An online backup of a site. The order of its steps makes it consistent:
//
// 1. The database is copied from one snapshot. Every upload that was answered before it has its row in the copy, and its file existed
//    before its row.
// 2. The files are taken after the database, so no row of the copy is newer than they are. Files that were uploaded after the snapshot
//    have no row in the copy and are left to the next backup.
// 3. Files may have been deleted since the snapshot. So each row of the copy is compared with what was taken, and a missing file is
//    looked up by the site's current row: a picture in the recycle bin is taken from there. If that row is gone too, the picture was
//    deleted permanently, and its row is removed from the copy.
// 4. Database, secret and files are synced, then the manifest replaces the previous one atomically, and only then are files removed that
//    are not part of the backup any more. Until then the previous backup is unchanged.
//
// Files are hard-linked if the backup is on the same file system: the site never writes to a published file (uploads and contents are
// written as drafts and then linked, small files are replaced), so linked bytes do not change.

import Database
import Disk
import MediaStore
import Site
import SQLite
import SyncStore
import Time

/// The result of a backup.
public struct BackupReport: Sendable {
    /// Number of backups made into the folder.
    public var number = 0
    /// Files in the backup without database and secret, and their bytes.
    public var files = 0
    public var bytes = 0
    /// New or changed files: hard-linked, or copied.
    public var linked = 0
    public var copied = 0
    /// Files that were unchanged.
    public var kept = 0
    /// Files of the previous backup that are not part of this one.
    public var removed = 0
    /// Files named by the site's database that do not exist, as paths in the data folder.
    public var missing: [String] = []
    /// Names that were skipped: links, devices, names that are not UTF-8.
    public var passedOver: [String] = []
}

/// One backup into one folder.
public final class SiteBackup {
    let site: Site
    let target: BackupFolder
    let progress: ProgressReport
    let files: BackupFiles
    /// The site's database.
    private let file: Connection
    var report = BackupReport()
    /// Minimum age in seconds of a file without a row; a younger one may be an upload in progress. The same as in `imagebed gc`.
    static let strayAge = 3_600
    private static let attempts = 5

    /// - Parameters:
    ///   - path: an existing, writable folder outside the data folder.
    ///   - copies: copies files even if they could be linked.
    /// - Throws: `BackupError`.
    public init(_ site: Site, into path: String, copies: Bool = false, progress: @escaping ProgressReport = { _ in }) throws {
        guard let file = site.database as? Connection else {
            throw BackupError("the rows of this site are in \(try DatabasePlace(of: site.data)): back them up with pg_dump and the files with the "
                + "tools of the machine, as docs/cluster.md says")
        }
        self.site = site
        self.file = file
        self.progress = progress
        target = try BackupFolder(path)
        files = BackupFiles(target, links: !copies)
    }

    /// - Throws: `BackupError`, `DiskError` (kind `.full` if the disk is full), `DatabaseError`; the previous backup is unchanged then.
    public func run() throws -> BackupReport {
        try checkSecret()
        try target.finishFormer()
        try checkSpace()
        report.number = (target.current?.manifest.number ?? 0) + 1
        files.changed = "changed-\(report.number)"
        for _ in 0..<SiteBackup.attempts {
            let copy = try copyDatabase()
            (report.missing, report.passedOver) = ([], [])
            try takeFiles(named: Names(copy.database))
            guard try takeLatecomers(of: copy.database) else { continue }
            try complete(copy)
            return report
        }
        throw BackupError("contents of JSON files were given up (imagebed json gc) again and again while the backup was made: try again later")
    }

    private func copyDatabase() throws -> DatabaseCopy {
        let copy = try DatabaseCopy(of: file, as: target.path(database)) { [progress] in
            progress(BackupProgress(part: .database, done: $0.done, total: $0.total))
        }
        // (What comes back from it is a site that works.)
        try MoveBack.takeChanges(copy.database)
        let complaints = try copy.database.complaints(atMost: 1)
        guard complaints.isEmpty else {
            throw BackupError("the site's database is damaged (\(complaints.joined())): imagebed doctor says what to do. The former backup "
                + "was left as it is")
        }
        return copy
    }

    private var database: String { "imagebed-\(report.number).db" }
    private var secret: String { "secret-\(report.number)" }

    /// A different secret means a different site, for example one set up anew after a loss: it must not replace the needed backup.
    private func checkSecret() throws {
        guard let former = target.current?.manifest.secret,
              try Manifest.Sealed(DataFolder.secretName, in: Folder(site.data.path)).sha256 != former.sha256 else { return }
        throw BackupError("\(target.folder.path) holds the backup of a site with another secret: restore that site, or name another folder")
    }

    private func checkSpace() throws {
        let database = try file.size
        let isLinked = files.links && target.folder.device == site.uploads.device
        let files = try isLinked ? 0 : max(0, RecordedFileRows(site.database).room(inBlocksOf: DiskSpace.block) - (target.current?.room ?? 0))
        let free = try target.folder.freeBytes()
        guard database + files <= free else {
            throw BackupError("\(target.folder.path) has \(free >> 20) MB free, and the backup needs about \((database + files) >> 20) MB more")
        }
    }

    private func complete(_ copy: DatabaseCopy) throws {
        try copy.finish()
        try target.folder.replace(secret, with: Folder(site.data.path).bytes(of: DataFolder.secretName, limit: 4_096) ?? [], mode: 0o600)
        let manifest = Manifest(
            number: report.number, made: Now.seconds, schema: try copy.database.schemaVersion,
            database: try Manifest.Sealed(database, in: target.folder), secret: try Manifest.Sealed(secret, in: target.folder))
        var doomed: [String] = []
        let names = Names(copy.database)
        try target.folder.syncFileSystem()
        (report.files, report.bytes) = try manifest.write(to: target.folder) { line in
            try target.forEachFile { area, path, file in
                let place = "\(area.rawValue)/\(path)"
                guard try belongs(area, path, names) else { return doomed.append(place) }
                try line(files.changedFile(place)?.size ?? file.size, place)
            }
        }
        try target.removeFormer(doomed, current: manifest)
        (report.linked, report.copied, report.kept) = (files.linked, files.copied, max(0, report.files - files.linked - files.copied))
        report.removed = doomed.count
    }

    /// Whether a file of the backup folder is part of this backup.
    private func belongs(_ area: Area, _ path: String, _ names: Names) throws -> Bool {
        if area != .easyimages, area != .oldRoot, try names.know(area, path) { return true }
        guard area != .json, let home = try area.folder(in: site.data) else { return false }
        return home.holds(path)
    }
}

/// The files named by the rows of the copied database.
struct Names {
    private let files: RecordedFileRows
    private let contents: ContentFileRows

    init(_ database: any Database) {
        files = RecordedFileRows(database)
        contents = ContentFileRows(database)
    }

    func know(_ area: Area, _ path: String) throws -> Bool {
        switch area {
        case .uploads: try files.knows(path: path)
        case .recycle: try files.knows(recycled: path)
        case .json: try contents.knows(path)
        case .easyimages, .oldRoot: true
        }
    }
}
