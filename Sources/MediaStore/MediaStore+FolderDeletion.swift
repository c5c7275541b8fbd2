// What an administrator may take away beside single pictures: a folder of them, what lies in the recycle bin, and files that no row
// knows. Paths are looked up below the tree by the kernel, so that nothing outside is ever reached; links are taken away and never
// followed.

import Disk
import Media
import Time

extension MediaStore {
    /// Deletes all files of a folder and of those in it, and the folders; everything goes to the recycle bin.
    ///
    /// - Returns: false when there is no such folder.
    /// - Throws: `UnfinishedDeletion`, where something cannot be moved; everything else is, and another call goes on.
    public func deleteFolder(_ folder: StoredPath) throws -> Bool {
        guard let doomed = try openIfThere(folder.text) else { return false }
        var attempts = Attempts()
        // From here on they are deleted, whenever that is finished.
        try rows.beginDeletion(below: folder)
        for failure in try finishDeletions(below: folder).prefix(1) { attempts.fail(failure) }
        try putAside(doomed, folder.text, depth: 0, &attempts)
        if let failure = attempts.failure { throw failure as? UnfinishedDeletion ?? UnfinishedDeletion(path: folder.text, cause: failure) }
        try uploads.removeFolder(folder.text)
        return true
    }

    /// Removes for good all files of a folder that holds no pictures of its own; the folder stays.
    ///
    /// - Returns: false when there is no such folder.
    public func empty(_ folder: StoredPath) throws -> Bool {
        guard let folder = try openIfThere(folder.text) else { return false }
        var attempts = Attempts()
        try clear(folder, depth: 0, &attempts)
        try attempts.end()
        return true
    }

    /// Removes for good what lies in the recycle bin.
    public func emptyRecycleBin() throws {
        var attempts = Attempts()
        try clear(recycleBin, depth: 0, &attempts)
        try attempts.end()
        try rows.removeAllRecycled()
    }

    /// Removes for good a file of the recycle bin, by its flat name.
    ///
    /// - Returns: false when there is none.
    public func removeRecycled(_ name: String) throws -> Bool {
        guard recycleBin.holds(name) else { return false }
        try recycleBin.remove(name)
        try rows.removeRecycled(as: name)
        return true
    }

    /// Removes for good a file that no row knows.
    ///
    /// - Returns: false when there is none.
    public func removeUnknown(_ path: StoredPath) throws -> Bool {
        guard uploads.holds(path.text) else { return false }
        // First too, so that there is something for another call to do when it fails.
        try forgetDerived(of: path)
        try uploads.remove(path.text)
        try forgetDerived(of: path)
        return true
    }

    /// Moves a file back to its place that was put aside without a row, and records it.
    ///
    /// - Parameters:
    ///   - name: its flat name.
    ///   - place: the folder where it lies.
    /// - Returns: false when its place is taken, or a row says that something else belongs there.
    public func bringBack(_ name: String, from place: Folder, as file: AdoptedFile) throws -> Bool {
        guard try !knows(file.path), !uploads.holds(file.path.text) else { return false }
        let home = file.path.folder.isEmpty ? uploads : try uploads.folder(file.path.folder, creates: true)
        try place.move(name, to: home, as: file.path.name)
        return try adopt([file]) == 1
    }

    /// Moves what no row knows into the recycle bin; what cannot have a name there is removed. A folder in which something failed stays.
    private func putAside(_ folder: Folder, _ place: String, depth: Int, _ attempts: inout Attempts) throws {
        var linked: [(name: String, path: StoredPath)] = []
        for entry in try folder.listing() {
            guard let name = entry.name else { continue }
            attempts.attempt {
                if entry.kind == .folder {
                    guard depth < MediaStore.deepest else { return }
                    var inner = Attempts()
                    try putAside(folder.folder(name), "\(place)/\(name)", depth: depth + 1, &inner)
                    try inner.end()
                    try folder.removeFolder(name)
                } else if entry.kind == .file, let path = StoredPath("\(place)/\(name)") {
                    // One whose deletion failed just now, or that came meanwhile, is not unknown.
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
        for (name, path) in linked {
            attempts.attempt {
                try folder.remove(name)
                try forgetDerived(of: path)
            }
        }
    }

    private func linkIntoRecycleBin(_ name: String, of folder: Folder, _ path: StoredPath) throws {
        for number in 0..<Placement.tries {
            do {
                // Numbers above 0 are those of rows.
                return try folder.link(name, into: recycleBin, as: FlatName.of(path, number: number == 0 ? nil : -number))
            } catch let error as DiskError where error.kind == .exists { continue }
        }
        throw MediaStoreError.noFreeName
    }

    private func clear(_ folder: Folder, depth: Int, _ attempts: inout Attempts) throws {
        for entry in try folder.listing() {
            guard let name = entry.name else { continue }
            attempts.attempt {
                guard entry.kind == .folder else { return try folder.remove(name) }
                guard depth < MediaStore.deepest else { return }
                var inner = Attempts()
                try clear(folder.folder(name), depth: depth + 1, &inner)
                try inner.end()
                try folder.removeFolder(name)
            }
        }
    }

    /// Folders within folders.
    private static let deepest = 32
}
