// Compares the rows of a site with its files, and its files with its rows. The site may be in use: mismatches are checked again before
// they are reported.

import Crypto
import Disk
import MediaStore
import Site
import SyncStore
import Time

/// The result of a check.
public struct CheckReport: Sendable {
    /// Number of rows compared, and of files found.
    public var rows = 0
    public var files = 0
    /// Missing files of rows, as paths in the data folder.
    public var missing: [String] = []
    /// Files whose size, or SHA-256 if that was requested, differs from their row.
    public var damaged: [String] = []
    /// Files below `uploads` without a row, on a site whose uploads folder is its own.
    public var unknown: [String] = []

    public var isWhole: Bool { missing.isEmpty && damaged.isEmpty && unknown.isEmpty }
}

/// One check.
public final class SiteCheck {
    private let site: Site
    private let readsContents: Bool
    private let strayAge: Int
    private let rows: RecordedFileRows
    private let recycleBin: Folder
    private let count: ProgressCount
    private var report = CheckReport()

    /// - Parameters:
    ///   - readsContents: compares SHA-256 too, which reads every file.
    ///   - strayAge: minimum age in seconds of a file without a row; a younger one may be an upload in progress.
    public init(_ site: Site, readsContents: Bool = false, strayAge: Int = 3_600, progress: @escaping ProgressReport = { _ in }) throws {
        self.site = site
        self.readsContents = readsContents
        self.strayAge = strayAge
        rows = RecordedFileRows(site.database)
        recycleBin = try Folder(site.data.recycleBin)
        count = ProgressCount(.check, of: try rows.total().count * 2 + site.sync.contentCount(), progress)
    }

    public func run() throws -> CheckReport {
        try checkRows()
        try checkContents()
        try checkFiles()
        return report
    }

    private func checkRows() throws {
        var suspects: [RecordedFile] = []
        try rows.forEach { row in
            count.step()
            report.rows += 1
            if try fault(of: row) != nil { suspects.append(row) }
        }
        let faulty = try Retry.settle(suspects) { row in
            guard let now = try rows.file(row.id) else { return true }
            return try fault(of: now) == nil
        }
        for row in try faulty.compactMap({ try rows.file($0.id) }) {
            guard let place = row.placeInBackup else { continue }
            switch try fault(of: row) {
            case .missing: report.missing.append(place)
            case .damaged: report.damaged.append(place)
            case nil: continue
            }
        }
    }

    private enum Fault { case missing, damaged }

    private func fault(of row: RecordedFile) throws -> Fault? {
        let file: File? = switch row.place {
        case .uploads(let path): try SiteBackup.open(path, in: site.uploads)
        case .recycled(let name): try SiteBackup.open(name, in: recycleBin)
        case .leaving, .gone: nil
        }
        guard let file else { return row.isLeaving || row.place == .gone ? nil : .missing }
        guard file.size == row.size else { return .damaged }
        guard readsContents, !row.sha256.isEmpty else { return nil }
        let digest = SHA256()
        try file.forEachPiece { digest.update($0) }
        return digest.finish() == row.sha256 ? nil : .damaged
    }

    private func checkContents() throws {
        let contents = ContentFileRows(site.database)
        try contents.forEach { path in
            report.rows += 1
            guard !site.sync.folder.holds(path), try contents.knows(path) else { return }
            report.missing.append("\(Area.json.rawValue)/\(path)")
        }
        guard readsContents else { return }
        try site.sync.checkContents { hash, isWhole in
            count.step()
            let place = "\(Area.json.rawValue)/\(hash.prefix(2))/\(hash)"
            if !isWhole, !report.missing.contains(place) { report.damaged.append(place) }
        }
    }

    private func checkFiles() throws {
        let youngest = Now.seconds - strayAge
        var walk = Walk(visit: { [self] path, folder, name in
            count.step()
            report.files += 1
            guard site.data.ownsFiles, try !rows.knows(path: path), let file = try SiteBackup.open(name, in: folder),
                  file.changed <= youngest else { return }
            report.unknown.append("\(Area.uploads.rawValue)/\(path)")
        })
        walk.except = recycleBin
        walk.passesOverClosed = true
        try walk.enter(site.uploads)
        // Files without a row in the recycle bin were moved there by a collection.
        try Walk(visit: { [self] _, _, _ in report.files += 1 }).enter(recycleBin)
        try Walk(visit: { [self] _, _, _ in report.files += 1 }).enter(site.sync.folder)
    }
}
