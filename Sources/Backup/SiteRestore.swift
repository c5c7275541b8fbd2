// Restores a backup into an empty data folder. Files are copied, not linked, so that the backup cannot be changed through the site. The
// database is renamed to its final name last, so that no program opens an incomplete site.

import Database
import Disk
import Site

/// One restore.
public final class SiteRestore {
    private let source: BackupFolder
    private let backup: ReadManifest
    private let data: DataFolder
    private let progress: ProgressReport

    /// The name of a file that every complete backup has.
    public static let manifest = Manifest.name

    /// Files in the manifest that are missing in the backup, or have another size.
    public private(set) var lost: [String] = []

    public var files: Int { backup.files }
    /// When the backup was made, in seconds since 1970.
    public var made: Int { backup.manifest.made }

    /// Checks everything that could prevent the restore; nothing is written.
    ///
    /// - Throws: `BackupError`.
    public init(_ path: String, into data: DataFolder, progress: @escaping ProgressReport = { _ in }) throws {
        source = try BackupFolder(path, isRead: true)
        self.data = data
        self.progress = progress
        guard let current = source.current else {
            throw BackupError("\(path) holds no finished backup (\(path)/\(Manifest.name) is missing): name the folder that was given to "
                + "imagebed backup")
        }
        backup = current
        try checkEmpty()
        let manifest = backup.manifest
        guard manifest.schema <= SiteSchema.known else { throw OtherSchema(found: manifest.schema, needed: SiteSchema.known) }
        for sealed in [manifest.database, manifest.secret] {
            guard try Manifest.Sealed(sealed.name, in: source.folder) == sealed else {
                throw BackupError("\(path)/\(sealed.name) is not what the manifest says: the backup is damaged, restore another one")
            }
        }
        let (needed, free) = (backup.room + manifest.database.size, try freeBytes())
        guard needed <= free else {
            throw BackupError("\(data.path) has \(free >> 20) MB free, and the backup needs \(needed >> 20) MB")
        }
    }

    private func checkEmpty() throws {
        let folder: Folder
        do { folder = try Folder(data.path) } catch let error as DiskError where error.isAbsent { return }
        guard let found = try folder.listing().first(where: { $0.shown != "lost+found" }) else { return }
        if folder.holds(DataFolder.unfinishedRestore) {
            throw BackupError("an earlier restore into \(data.path) was not finished: begin anew with find \(data.path) -mindepth 1 -delete "
                + "and then this command")
        }
        throw BackupError("\(data.path) is not empty (\(found.shown)): stop the site, move the folder away (mv \(data.path) \(data.path).old), "
            + "and try again")
    }

    private func freeBytes() throws -> Int {
        if FileSystem.exists(data.path) { return try Folder(data.path).freeBytes() }
        guard let slash = data.path.lastIndex(of: "/") else { return try Folder(".").freeBytes() }
        return try Folder(String(data.path[...slash])).freeBytes()
    }

    /// - Throws: `DiskError`, `DatabaseError`; the next restore then explains how to start again.
    public func run() throws {
        try FileSystem.makeFolder(data.path)
        let root = try Folder(data.path)
        try root.replace(DataFolder.unfinishedRestore, with: [], mode: 0o600)
        try copy(backup.manifest.secret.name, to: root, as: DataFolder.secretName, mode: 0o600)
        try data.makeFolders()
        try copyFiles(to: root)
        try root.syncFileSystem()
        try copy(backup.manifest.database.name, to: root, as: DataFolder.databaseName, mode: 0o600)
        try root.syncFileSystem()
        // Until the mark is gone nobody opens the site.
        try SiteSchema.passOverIDs(data)
        try root.syncFileSystem()
        try root.remove(DataFolder.unfinishedRestore)
        try root.sync()
    }

    private func copyFiles(to root: Folder) throws {
        let count = ProgressCount(.files, of: backup.files, progress)
        var open: (path: String, folder: Folder)?
        try backup.forEach { size, place in
            count.step()
            guard let area = Area(rawValue: String(Substring(place.utf8.prefix { $0 != UInt8(ascii: "/") }))) else { return }
            let (path, name) = BackupFiles.split(place)
            if open.map({ !$0.path.utf8.elementsEqual(path.utf8) }) ?? true { open = (path, try folder(path, area, in: root)) }
            let file = try file(place)
            if file?.size != size { lost.append(place) }
            guard let open, let file else { return }
            try copy(file, to: open.folder, as: name, mode: area.fileMode)
        }
    }

    private func folder(_ path: String, _ area: Area, in root: Folder) throws -> Folder {
        if area == .easyimages { try FileSystem.makeFolder(data.easyImages, mode: 0o700) }
        return try root.folder(path, creates: true, isDurable: false)
    }

    private func file(_ place: String) throws -> File? {
        try SiteBackup.open("\(backup.manifest.changed)/\(place)", in: source.folder) ?? SiteBackup.open(place, in: source.folder)
    }

    private func copy(_ name: String, to root: Folder, as newName: String, mode: UInt32) throws {
        try copy(source.folder.file(name), to: root, as: newName, mode: mode)
    }

    private func copy(_ file: File, to folder: Folder, as name: String, mode: UInt32) throws {
        let draft = try Draft(in: folder)
        try draft.fill(from: file)
        try draft.setMode(mode)
        try draft.publish(as: name, in: folder, isDurable: false)
    }
}
