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
        if let doomed { try recycles ? recycle(doomed) : remove(doomed) }
        return doomed
    }

    /// Carries on where a crash interrupted deletions; called at start.
    public func finishDeletions() throws {
        let unfinished = try database.all("SELECT \(StoredFile.columns) FROM file WHERE state = 1") { try StoredFile($0) }
        for file in unfinished { try recycle(file) }
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

    func recycle(_ file: StoredFile) throws {
        var name = FlatName.of(file.path, number: nil)
        do {
            do {
                try uploads.move(file.path.text, to: recycleBin, as: name)
            } catch let error as DiskError where error.kind == .exists {
                name = FlatName.of(file.path, number: file.id)
                try uploads.move(file.path.text, to: recycleBin, as: name)
            }
        } catch let error as DiskError where error.kind == .missing {
            // Somebody removed it by hand. It was to go, so that is no reason to stop.
        }
        try forgetDerived(of: file.path)
        try database.run("UPDATE file SET state = 2, recycled_name = ? WHERE id = ?", name, file.id)
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
