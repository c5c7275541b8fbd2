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

    private func recycle(_ file: StoredFile) throws {
        var name = MediaStore.recycledName(of: file.path)
        do {
            do {
                try uploads.move(file.path.text, to: recycleBin, as: name)
            } catch let error as DiskError where error.kind == .exists {
                name = MediaStore.recycledName(of: file.path, number: file.id)
                try uploads.move(file.path.text, to: recycleBin, as: name)
            }
        } catch let error as DiskError where error.kind == .missing {
            // Somebody removed it by hand. It was to go, so that is no reason to stop.
        }
        try whenRemoved(file.path)
        try database.run("UPDATE file SET state = 2, recycled_name = ? WHERE id = ?", name, file.id)
    }

    private func remove(_ file: StoredFile) throws {
        try uploads.remove(file.path.text)
        try whenRemoved(file.path)
        try database.run("DELETE FROM file WHERE id = ?", file.id)
    }

    /// The flat name in the recycle bin: "2024_04_name.jpg", as EasyImages has it; "2024_04_name~7.jpg" where that is taken.
    static func recycledName(of path: StoredPath, number: Int? = nil) -> String {
        let flat = String(decoding: path.text.utf8.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
        let length = 255 - 24
        let bounded = flat.utf8.count <= length ? flat : "~" + String(decoding: flat.utf8.suffix(length), as: UTF8.self)
        guard let number else { return bounded }
        guard let dot = bounded.utf8.lastIndex(of: UInt8(ascii: ".")) else { return "\(bounded)~\(number)" }
        return "\(bounded[..<dot])~\(number)\(bounded[dot...])"
    }
}
