// Deletions by an administrator beside single pictures: a folder, the recycle bin, and files without a row. The kernel resolves paths
// beneath the uploads folder, so nothing outside can be reached; symbolic links are removed and never followed.

import Disk
import Media
import Time

extension MediaStore {
    /// Deletes all files of a folder and its subfolders, and the folders; all files go to the recycle bin, but those whose time is over.
    ///
    /// - Returns: false if there is no such folder.
    /// - Throws: `UnfinishedDeletion` if a file cannot be moved; all others are, and another call continues.
    public func deleteFolder(_ folder: StoredPath) throws -> Bool {
        guard let doomed = try openIfThere(folder.text) else { return false }
        var attempts = IndependentSteps()
        // From here on the files count as deleted, whenever the rest is done.
        let now = Now.seconds
        try rows.beginDeletion(below: folder, at: now, endedBy: certainEnd(now))
        for failure in try finishDeletions(below: folder).prefix(1) { attempts.fail(failure) }
        try putAside(doomed, folder.text, depth: 0, &attempts)
        if let failure = attempts.failure { throw failure as? UnfinishedDeletion ?? UnfinishedDeletion(path: folder.text, cause: failure) }
        try uploads.removeFolder(folder.text)
        return true
    }

    /// Deletes permanently all files of a folder that holds no uploads, such as a cache; the folder stays.
    ///
    /// - Returns: false if there is no such folder.
    public func empty(_ folder: StoredPath) throws -> Bool {
        guard let folder = try openIfThere(folder.text) else { return false }
        var attempts = IndependentSteps()
        try clear(folder, depth: 0, &attempts)
        try attempts.end()
        return true
    }

    /// Deletes permanently all files in the recycle bin.
    public func emptyRecycleBin() throws {
        var attempts = IndependentSteps()
        try clear(recycleBin, depth: 0, &attempts)
        try attempts.end()
        try recycleBin.sync()
        try rows.removeAllRecycled()
    }

    /// Deletes permanently one file in the recycle bin, by its flat name.
    ///
    /// - Returns: false if there is none.
    public func removeRecycled(_ name: String) throws -> Bool {
        try inTurn {
            guard recycleBin.holds(name) else { return false }
            if let failure = try removeForGood([(id: rows.recycled(as: name)?.id, name: name)]).first { throw failure.error }
            return true
        }
    }

    /// Deletes files of the recycle bin for good, also those that somebody has removed there by hand; in turn. What is interrupted goes on like
    /// any unfinished deletion: a row whose file is gone could neither be restored nor removed.
    ///
    /// - Parameter files: the id of the row, if there is one, and the name in the bin, if there is a file.
    /// - Returns: those that stay.
    func removeForGood(_ files: [(id: Int?, name: String?)]) throws -> [(id: Int?, error: any Error)] {
        try database.write { try rows.beginDeletion(of: files.compactMap(\.id), as: PendingDeletion.forGood, at: Now.seconds) }
        var failed: [(id: Int?, error: any Error)] = []
        let removed = try files.filter { file in
            try turn?.check()
            do {
                if let name = file.name, !name.isEmpty { try recycleBin.remove(name) }
                return true
            } catch {
                failed.append((file.id, error))
                return false
            }
        }
        try recycleBin.sync()
        try database.write {
            for file in removed {
                if let id = file.id { try rows.remove(id) }
                if let name = file.name { try rows.removeRecycled(as: name) }
            }
        }
        return failed
    }

    /// Deletes permanently a file that has no row.
    ///
    /// - Returns: false if there is none.
    public func removeUnknown(_ path: StoredPath) throws -> Bool {
        guard uploads.holds(path.text) else { return false }
        // Before the file itself, so that a call after a failure finds the file and tries again.
        try forgetDerived(of: path)
        try removals.note([path])
        try uploads.remove(path.text, isDurable: true)
        try forgetDerived(of: path)
        try removals.note([path])
        return true
    }

    /// Moves a file without a row from another folder to its path, and inserts its row.
    ///
    /// - Parameters:
    ///   - name: its flat name.
    ///   - place: the folder that contains it.
    /// - Returns: false if the path is taken, or a row reserves it for another file.
    public func bringBack(_ name: String, from place: Folder, as file: AdoptedFile) throws -> Bool {
        guard try !knows(file.path), !uploads.holds(file.path.text) else { return false }
        let home = file.path.folder.isEmpty ? uploads : try uploads.folder(file.path.folder, creates: true)
        try place.move(name, to: home, as: file.path.name, copiedIn: uploads)
        return try database.write {
            guard try adopt([file]).files == 1 else { return false }
            try tell(.restored) { try rows.file(at: file.path) }
            return true
        }
    }

    /// Moves files without a row to the recycle bin; one that cannot have a name there is removed. A folder with a failure stays.
    private func putAside(_ folder: Folder, _ place: String, depth: Int, _ attempts: inout IndependentSteps) throws {
        var linked: [(name: String, path: StoredPath)] = []
        for entry in try folder.listing() {
            guard let name = entry.name else { continue }
            attempts.attempt {
                if entry.kind == .folder {
                    guard depth < MediaStore.deepest else { return }
                    var inner = IndependentSteps()
                    try putAside(folder.folder(name), "\(place)/\(name)", depth: depth + 1, &inner)
                    try inner.end()
                    try folder.removeFolder(name)
                } else if entry.kind == .file, let path = StoredPath("\(place)/\(name)") {
                    // A file whose deletion has just failed, or that was uploaded meanwhile, has a row.
                    if try deletable(at: path) != nil { throw UnfinishedDeletion(path: path.text, cause: MediaStoreError.inUse) }
                    try linkIntoRecycleBin(name, of: folder, path)
                    linked.append((name, path))
                } else {
                    try folder.remove(name)
                }
            }
        }
        guard !linked.isEmpty else { return }
        try recycleBin.sync()
        // Before they are gone, because nobody finds them again after a failure, and after that, when nothing is derived from them any more.
        try removals.note(linked.map(\.path))
        for (name, path) in linked {
            attempts.attempt {
                try folder.remove(name)
                try forgetDerived(of: path)
            }
        }
        attempts.attempt { try removals.note(linked.map(\.path)) }
    }

    private func linkIntoRecycleBin(_ name: String, of folder: Folder, _ path: StoredPath) throws {
        for number in 0..<Placement.tries {
            do {
                // Numbers above 0 are ids of rows.
                return try folder.link(name, into: recycleBin, as: FlatName.of(path, number: number == 0 ? nil : -number))
            } catch let error as DiskError where error.kind == .exists { continue }
        }
        throw MediaStoreError.noFreeName
    }

    private func clear(_ folder: Folder, depth: Int, _ attempts: inout IndependentSteps) throws {
        for entry in try folder.listing() {
            guard let name = entry.name else { continue }
            attempts.attempt {
                guard entry.kind == .folder else { return try folder.remove(name) }
                guard depth < MediaStore.deepest else { return }
                var inner = IndependentSteps()
                try clear(folder.folder(name), depth: depth + 1, &inner)
                try inner.end()
                try folder.removeFolder(name)
            }
        }
    }

    /// Maximum depth of nested folders.
    private static let deepest = 32
}
