// How a file leaves: its row says so first, then the file goes, then the row is done with. A crash in between is finished at
// the next start. Nothing in the recycle bin is ever replaced, so a second file of the same name gets a name of its own there.

import Disk
import Media
import SQLite

extension MediaStore {
    /// Deletes the file that a delete link names: its URL is gone when this returns.
    ///
    /// - Parameter recycles: false removes it for good.
    /// - Returns: nil when the token is unknown or was used before.
    public func delete(token: String, recycles: Bool = true) throws -> StoredFile? {
        guard let id = deleteLinks.id(of: token) else { return nil }
        return try delete(id, recycles: recycles)
    }

    /// Where the file of a delete link was that has been used; nil for a token that never was one, and when nothing remembers it.
    public func formerPath(deleteToken token: String) throws -> StoredPath? {
        guard let id = deleteLinks.id(of: token) else { return nil }
        return try database.first("SELECT path FROM file WHERE id = ? AND state <> 0", id) { $0.text(0) }.flatMap { StoredPath($0) }
    }

    /// Deletes a file.
    ///
    /// - Returns: nil when somebody else was quicker.
    public func delete(_ id: Int, recycles: Bool = true) throws -> StoredFile? {
        let doomed: StoredFile? = try database.write {
            guard let file = try file(id) else { return nil }
            try database.run("UPDATE file SET state = 1, deleted_at = ? WHERE id = ?", SiteTime.now.seconds, id)
            return file
        }
        if let doomed { try recycles ? recycle([doomed]) : remove(doomed) }
        return doomed
    }

    /// Carries on where a crash interrupted deletions; called at start.
    public func finishDeletions() throws {
        let unfinished = try database.all("SELECT \(StoredFile.columns) FROM file WHERE state = 1") { try StoredFile($0) }
        try recycle(unfinished)
    }

    /// Brings a file back from the recycle bin to where it was.
    ///
    /// - Parameter name: its flat name there.
    /// - Returns: nil when no row knows the name, the file is gone, or its old place is taken.
    public func restore(_ name: String) throws -> StoredFile? {
        try database.write {
            guard let file = try database.first(
                "SELECT \(StoredFile.columns) FROM file WHERE recycled_name = ? AND state = 2 ORDER BY id DESC", name,
                make: { try StoredFile($0) }), recycleBin.holds(name), !uploads.holds(file.path.text) else { return nil }
            let folder = file.path.folder.isEmpty ? uploads : try uploads.folder(file.path.folder, creates: true)
            try recycleBin.move(name, to: folder, as: file.path.name)
            try database.run("UPDATE file SET state = 0, deleted_at = NULL, recycled_name = NULL WHERE id = ?", file.id)
            return file
        }
    }

    /// Moves files to the recycle bin whose rows say that they are deleted: many at a time, because what takes long is to wait for the disk.
    func recycle(_ files: [StoredFile]) throws {
        for start in stride(from: 0, to: files.count, by: MediaStore.recycledAtOnce) {
            let batch = files[start..<min(start + MediaStore.recycledAtOnce, files.count)]
            let named = try batch.map { (id: $0.id, name: try linkIntoRecycleBin($0)) }
            try recycleBin.sync()
            for file in batch { try uploads.remove(file.path.text) }
            for folder in Set(batch.map(\.path.folder)) { try (folder.isEmpty ? uploads : openIfThere(folder))?.sync() }
            for file in batch { try forgetDerived(of: file.path) }
            try database.write {
                for (id, name) in named { try database.run("UPDATE file SET state = 2, recycled_name = ? WHERE id = ?", name, id) }
            }
        }
    }

    private static let recycledAtOnce = 200

    /// - Returns: its name there: the flat one, with the file's number where another file has that.
    private func linkIntoRecycleBin(_ file: StoredFile) throws -> String {
        let (flat, own) = (FlatName.of(file.path, number: nil), FlatName.of(file.path, number: file.id))
        // A deletion that was interrupted may have come as far as the second name.
        for name in recycleBin.holds(own) ? [own, flat] : [flat, own] {
            do {
                try uploads.link(file.path.text, into: recycleBin, as: name)
                return name
            } catch let error as DiskError where error.kind == .exists {
                continue
            } catch let error as DiskError where error.kind == .missing {
                // Somebody removed it by hand. It was to go, so that is no reason to stop.
                return name
            }
        }
        throw MediaStoreError.noFreeName
    }

    func openIfThere(_ folder: String) throws -> Folder? {
        do { return try uploads.folder(folder) } catch let error as DiskError where error.kind == .missing { return nil }
    }

    private func remove(_ file: StoredFile) throws {
        try uploads.remove(file.path.text)
        try forgetDerived(of: file.path)
        try database.run("DELETE FROM file WHERE id = ?", file.id)
    }

    /// What was made from a picture goes with it, the small picture too that EasyImages kept in its cache folder: under the flat name
    /// or, when it was made at the upload, under the date and the name alone.
    func forgetDerived(of path: StoredPath) throws {
        try whenRemoved(path)
        var names = [path.flat]
        if let dated = StoredPath(path.text.split(separator: "/").suffix(4).joined(separator: "/")), dated != path,
           try file(at: dated) == nil { names.append(dated.flat) }
        for name in names where name.utf8.count <= StoredPath.maximumPartLength { try uploads.remove("cache/" + name) }
    }
}
