// The folder of a backup:
//
//     manifest            the list of files, written last
//     imagebed-N.db       the database of backup number N, usable without other files
//     secret-N            the key of delete links
//     uploads/ recycle/ json/ easyimages/ old-root/     as in the site
//     changed-N/          see Manifest.changed
//     lock

import Disk
import Text

/// A backup folder, opened and locked.
final class BackupFolder {
    let folder: Folder
    private let lock: Lock?
    /// The manifest of the previous backup.
    private(set) var current: ReadManifest?

    /// - Parameter isRead: for a restore, which may read from a read-only disk.
    /// - Throws: `BackupError`.
    init(_ path: String, isRead: Bool = false) throws {
        folder = try Folder(path)
        if !isRead { try BackupFolder.check(folder) }
        lock = try BackupFolder.lock(folder, isRead: isRead)
        current = try ReadManifest(in: folder)
    }

    /// Files that are not part of a backup are removed from the folder, so it must be a backup (complete or not), or empty.
    private static func check(_ folder: Folder) throws {
        if folder.holds(Manifest.name) { return }
        let names = try folder.listing().map(\.shown).filter { $0 != "lost+found" }
        guard let other = names.first(where: { !isOwn($0) }) ?? (names.contains("lock") ? nil : names.first) else { return }
        throw BackupError("\(folder.path) holds something else (\(other)): name an empty folder, or that of an earlier backup")
    }

    private static func lock(_ folder: Folder, isRead: Bool) throws -> Lock? {
        let lock: Lock?
        do { lock = try folder.lock("lock", waits: false) } catch let error as DiskError {
            guard isRead else { throw error }
            return nil
        }
        guard lock != nil else { throw BackupError("another backup or restore is at work on \(folder.path): wait for it") }
        return lock
    }

    func path(_ name: String) -> String { "\(folder.path)/\(name)" }

    /// Whether a backup may have created this name.
    private static func isOwn(_ name: String) -> Bool {
        name == "lock" || name == Draft.incoming || name == Manifest.name + ".new" || Area(rawValue: name) != nil
            || isNumbered(name) || name.hasPrefix(".secret-")
    }

    private static func isNumbered(_ name: String) -> Bool {
        ["imagebed-", "secret-", "changed-"].contains { name.hasPrefix($0) && name.utf8.dropFirst($0.utf8.count).first?.isDigit == true }
    }

    /// Finishes the steps of the previous backup that follow its manifest, and removes the files of an incomplete one.
    func finishFormer() throws {
        try removeFormer([], current: current?.manifest)
        try Draft.sweep(folder, olderThan: 0)
    }

    /// Moves changed files to their paths, and removes what is not part of the current backup.
    func removeFormer(_ doomed: [String], current: Manifest?) throws {
        if let current, let changed = try? folder.folder(current.changed) {
            try Walk(visit: { path, _, _ in try self.folder.rename("\(current.changed)/\(path)", to: path) }).enter(changed)
        }
        for path in doomed { try folder.remove(path) }
        for entry in try folder.listing() where BackupFolder.isNumbered(entry.shown) {
            guard entry.kind == .folder else {
                if entry.shown != current?.database.name && entry.shown != current?.secret.name { try folder.remove(entry.shown) }
                continue
            }
            let inner = try folder.folder(entry.shown)
            try Walk(visit: { _, folder, name in try folder.remove(name) }).enter(inner)
        }
        try folder.removeEmptyFolders()
    }

    /// Calls `body` for every file in the folders of files.
    func forEachFile(_ body: (Area, String, File) throws -> Void) throws {
        for area in Area.allCases {
            let home: Folder
            do { home = try folder.folder(area.rawValue) } catch let error as DiskError where error.kind == .missing { continue }
            try withoutActuallyEscaping(body) { body in
                try Walk(visit: { path, folder, name in try body(area, path, folder.file(name)) }).enter(home)
            }
        }
    }
}
