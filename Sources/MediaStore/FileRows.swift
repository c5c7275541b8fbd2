// The statements on the table `file`, except those for lists (FileRows+Lists.swift) and those that compare all rows with a folder
// (RecordedFileRows.swift).

import Database
import Media
import Time

struct FileRows {
    let database: any Database

    static let isKept = FileState.kept.condition

    /// Whether a file's time is not over at a moment.
    static func isOn(_ moment: String) -> String { "(expires_at IS NULL OR expires_at > \(moment))" }

    private static let isLeaving = FileState.leaving.condition
    private static let isRecycled = FileState.recycled.condition
    static let columns = StoredFile.columns

    // Texts that every upload or every file of an import needs are put together once, as static properties.

    // Lookups

    func file(_ id: Int) throws -> StoredFile? {
        try database.first("SELECT \(Self.columns) FROM file WHERE id = ? AND \(Self.isKept)", id) { try StoredFile($0) }
    }

    func file(at path: StoredPath) throws -> StoredFile? {
        try database.first("SELECT \(Self.columns) FROM file WHERE path = ? AND \(Self.isKept)", path.text) { try StoredFile($0) }
    }

    /// A file that is not deleted, or whose deletion is unfinished.
    func deletable(_ id: Int) throws -> StoredFile? {
        try database.first("SELECT \(Self.columns) FROM file WHERE id = ? AND NOT \(Self.isRecycled)", id) { try StoredFile($0) }
    }

    func deletable(at path: StoredPath) throws -> StoredFile? {
        try database.first("SELECT \(Self.columns) FROM file WHERE path = ? AND NOT \(Self.isRecycled)", path.text) { try StoredFile($0) }
    }

    /// The path of a deleted file.
    func formerPath(of id: Int) throws -> StoredPath? {
        try database.first("SELECT path FROM file WHERE id = ? AND NOT \(Self.isKept)", id) { $0.text(0) }.flatMap { StoredPath($0) }
    }

    /// Whether any row has this path, also that of a deleted file.
    func knows(_ path: StoredPath) throws -> Bool { try database.has("SELECT 1 FROM file WHERE path = ?", path.text) }

    /// Whether a row has this name in the recycle bin.
    func knowsRecycled(_ name: String) throws -> Bool {
        try database.has("SELECT 1 FROM file WHERE recycled_name = ? AND \(Self.isRecycled)", name)
    }

    private static let status = """
        SELECT file_id IS NOT NULL FROM file LEFT JOIN upload_record ON file_id = file.id WHERE path = ? AND NOT \(isRecycled)
        """

    func status(of path: StoredPath) throws -> PathStatus {
        let hasSender = try database.first(Self.status, path.text) { $0.integer(0) != 0 }
        return hasSender.map { .known(hasSender: $0) } ?? .unknown
    }

    /// The owner's picture that was uploaded with the same bytes, and of which the same bytes are stored; one uploaded with this key is
    /// preferred.
    func duplicate(of new: NewFile, of owner: Int, _ key: Int?) throws -> KeptFile? {
        try database.first(
            """
            SELECT \(Self.columns), (CASE WHEN ?3 IS NULL OR key_id = ?3 THEN 1 ELSE 0 END) AS is_own FROM file
            WHERE account_id = ?1 AND sent_sha256 = ?2 AND sha256 = ?4 AND \(Self.isKept) AND kind = 'image' AND expires_at IS NULL
            ORDER BY is_own DESC, id
            """, owner, new.sentSHA256, key, new.sha256
        ) { KeptFile(file: try StoredFile($0), isDuplicate: true, isSendersOwn: $0.integer(StoredFile.columnCount) != 0) }
    }

    /// The last file that was moved to the recycle bin under this name.
    func recycled(as name: String) throws -> StoredFile? {
        try database.first("SELECT \(Self.columns) FROM file WHERE recycled_name = ? AND \(Self.isRecycled) ORDER BY id DESC", name) {
            try StoredFile($0)
        }
    }

    private static let recycledFrom = "SELECT id, size, recycled_name FROM file WHERE path = ? AND \(isRecycled)"

    func recycled(from path: StoredPath) throws -> (id: Int, size: Int, name: String?)? {
        try database.first(Self.recycledFrom, path.text) {
            (id: $0.integer(0), size: $0.integer(1), name: $0.optionalText(2))
        }
    }

    /// Files deleted at or before `moment`, without those whose time of deletion is unknown.
    func recycled(until moment: Int) throws -> [(id: Int, name: String?)] {
        try database.all("SELECT id, recycled_name FROM file WHERE \(Self.isRecycled) AND deleted_at <= ?", moment) {
            (id: $0.integer(0), name: $0.optionalText(1))
        }
    }

    func isAnyLeaving(after id: Int) throws -> Bool { try database.has("SELECT 1 FROM file WHERE \(Self.isLeaving) AND id > ?", id) }

    /// Unfinished deletions in order of ids.
    func leaving(after id: Int, below folder: StoredPath?, atMost count: Int) throws
        -> [(id: Int, pending: Result<PendingDeletion, UnfinishedDeletion>)] {
        let paths = folder.map(Self.paths)
        return try database.all(
            """
            SELECT \(Self.columns), recycled_name FROM file WHERE \(Self.isLeaving) AND id > ?1 AND (?2 IS NULL OR path > ?2 AND path < ?3)
            ORDER BY id LIMIT ?4
            """, id, paths?.first, paths?.end, count
        ) { row in
            let recycles = row.optionalText(StoredFile.columnCount) != PendingDeletion.forGood
            let pending = Result { PendingDeletion(file: try StoredFile(row), recycles: recycles) }
            return (row.integer(0), pending.mapError { UnfinishedDeletion(path: row.text(1), cause: $0) })
        }
    }

    /// The range of paths below a folder: "0" is the character after "/".
    private static func paths(below folder: StoredPath) -> (first: String, end: String) { (folder.text + "/", folder.text + "0") }

    /// A file in whatever state.
    func any(_ id: Int) throws -> StoredFile? {
        try database.first("SELECT \(Self.columns) FROM file WHERE id = ?", id) { try StoredFile($0) }
    }

    func any(at path: StoredPath) throws -> StoredFile? {
        try database.first("SELECT \(Self.columns) FROM file WHERE path = ?", path.text) { try StoredFile($0) }
    }

    /// The newest first.
    ///
    /// - Parameter body: returns whether to go on.
    func each(of owner: Int?, _ state: FileState, before id: Int, _ body: (StoredFile) throws -> Bool) throws {
        try database.each(
            "SELECT \(Self.columns) FROM file WHERE id < ?1 AND state = ?2 AND (?3 IS NULL OR account_id = ?3) ORDER BY id DESC",
            with: [id, state, owner]) { try body(StoredFile($0)) }
    }

    /// Rows in whatever state, the newest first.
    func newest(from id: Int, atMost count: Int) throws -> [StoredFile] {
        try database.all("SELECT \(Self.columns) FROM file WHERE id >= ? ORDER BY id DESC LIMIT ?", id, count) { try StoredFile($0) }
    }

    /// The name in the recycle bin of a file that is being restored.
    func leavingName(of id: Int) throws -> String? {
        try database.first("SELECT recycled_name FROM file WHERE id = ? AND \(Self.isLeaving)", id) { $0.optionalText(0) } ?? nil
    }

    /// Its name in the recycle bin; nil if it is not there.
    func recycledName(of id: Int) throws -> String? {
        try database.first("SELECT recycled_name FROM file WHERE id = ? AND \(Self.isRecycled)", id) { $0.optionalText(0) } ?? nil
    }

    // Insertion

    /// - Returns: nil if a row with its path exists.
    func insert(_ file: AdoptedFile) throws -> Int? {
        try database.insert(
            """
            INSERT INTO file (account_id, path, original_name, type, kind, size, width, height, duration, sha256, sent_sha256,
                              created_at, state, recycled_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (path) DO NOTHING
            """, file.owner, file.path.text, file.originalName.text, file.facts.type.rawValue, file.facts.type.kind.rawValue,
            file.size, file.facts.width, file.facts.height, file.facts.duration, [] as [UInt8], [] as [UInt8], file.createdAt,
            file.recycledName == nil ? FileState.kept : .recycled, file.recycledName)
    }

    private static let isAdopted = "path = ? AND \(isKept) AND length(sha256) = 0"

    /// Whether an import has the file of a path already.
    func isAdopted(at path: StoredPath) throws -> Bool { try !names(of: Self.isAdopted, [path.text]).isEmpty }

    /// Removes the row of an adopted file; in a transaction.
    func removeAdopted(at path: StoredPath) throws { try removeRows(where: Self.isAdopted, path.text) }

    /// - Parameter owner: whose file it has to be; nil for anybody's.
    /// - Returns: false if there is no such file.
    func setPublic(_ isPublic: Bool, _ id: Int, of owner: Int?) throws -> Bool {
        try database.run("UPDATE file SET is_public = ?1 WHERE id = ?2 AND (?3 IS NULL OR account_id = ?3) AND \(Self.isKept) AND \(Self.isOn("?4"))",
                         isPublic, id, owner, Now.seconds) == 1
    }

    // Deletion

    /// - Parameter name: stored in the column `recycled_name` until the deletion is finished.
    func beginDeletion(of id: Int, as name: String?, at now: Int = Now.seconds) throws {
        try database.run("UPDATE file SET state = ?, deleted_at = COALESCE(deleted_at, ?), recycled_name = ? WHERE id = ?",
                         FileState.leaving, now, name, id)
    }

    /// What marks a row as deleted. Values: 1 the state, 2 the time, 3 the end up to which a file goes for good, 4 the mark for that.
    static let marks = "state = ?1, deleted_at = ?2, recycled_name = CASE WHEN expires_at <= ?3 THEN ?4 END"

    func beginDeletion(below folder: StoredPath, at now: Int, endedBy end: Int) throws {
        let paths = Self.paths(below: folder)
        try database.run("UPDATE file SET \(Self.marks) WHERE path > ?5 AND path < ?6 AND \(Self.isKept)",
                         FileState.leaving, now, end, PendingDeletion.forGood, paths.first, paths.end)
    }

    func endDeletion(of id: Int, recycledAs name: String?) throws {
        try database.run("UPDATE file SET state = ?, recycled_name = ? WHERE id = ?", FileState.recycled, name, id)
    }

    /// Adds seconds to the times of deletion, up to `now`.
    func rejuvenate(by seconds: Int, now: Int) throws {
        try database.run(
            """
            UPDATE file SET deleted_at = CASE WHEN deleted_at + ?1 < ?2 THEN deleted_at + ?1 ELSE ?2 END
            WHERE \(Self.isRecycled) AND deleted_at IS NOT NULL
            """, seconds, now)
    }

    func remove(_ id: Int) throws { try database.write { try removeRows(where: "id = ?", id) } }

    /// Removes the row, unless the file was restored meanwhile.
    func removeRecycled(_ id: Int) throws { try database.write { try removeRows(where: "id = ? AND \(Self.isRecycled)", id) } }

    func removeRecycled(as name: String) throws {
        try database.write { try removeRows(where: "recycled_name = ? AND \(Self.isRecycled)", name) }
    }

    func removeAllRecycled() throws { try database.write { try removeRows(where: Self.isRecycled) } }

    /// Removes rows, and their names from the index of names.
    private func removeRows(where condition: String, _ values: any Bindable...) throws {
        let rows = try names(of: condition, values)
        guard !rows.isEmpty else { return }
        for row in rows {
            try NameIndex(database: database).remove(row.id, row.names)
            try database.run("DELETE FROM file WHERE id = ?", row.id)
        }
    }

    func names(of condition: String, _ values: [any Bindable]) throws -> [(id: Int, names: FileNames)] {
        var found: [(Int, FileNames)] = []
        try database.each("SELECT id, original_name, path FROM file WHERE \(condition)", with: values) { row in
            found.append((row.integer(0), FileNames(original: row.text(1), path: row.text(2))))
            return true
        }
        return found
    }
}
