// The statements that give a row another path, another name, the facts of other bytes, or its place back.

import Database
import Media
import Time

extension FileRows {
    func move(_ id: Int, to path: StoredPath) throws {
        try database.write {
            try index(id) { FileNames(original: $0.original, path: path.text) }
            try database.run("UPDATE file SET path = ? WHERE id = ?", path.text, id)
        }
    }

    func rename(_ id: Int, to name: ClientName) throws {
        try database.write {
            try index(id) { FileNames(original: name.text, path: $0.stored) }
            try database.run("UPDATE file SET original_name = ? WHERE id = ?", name.text, id)
        }
    }

    /// Whether there is a row of a deleted file, whose path another file may have got.
    func isAnyRecycled() throws -> Bool { try database.has("SELECT 1 FROM file WHERE \(FileState.recycled.condition) LIMIT 1") }

    /// Keeps the index of names up to date, if it holds the row already.
    private func index(_ id: Int, _ change: (FileNames) -> FileNames) throws {
        for row in try names(of: "id = ?", [id]) { try NameIndex(database: database).replace(row.names, of: id, with: change(row.names)) }
    }

    /// Paths of one statement. (At each of its changes PostgreSQL goes through all that a transaction has made of a counter before.)
    private static let viewedAtOnce = 200
    private static let viewed = [String](repeating: "(?, ?)", count: viewedAtOnce).joined(separator: ", ")

    /// Adds to the views of the files at these paths; those that no file is at are ignored. In a transaction.
    func addViews(_ views: [StoredPath: Int]) throws {
        var rest = views[...]
        while !rest.isEmpty {
            var values = rest.prefix(Self.viewedAtOnce).flatMap { [$0.key.text, $0.value] as [any Bindable] }
            rest = rest.dropFirst(Self.viewedAtOnce)
            // (One text serves all; there is no file at an empty path.)
            while values.count < 2 * Self.viewedAtOnce { values += ["", 0] as [any Bindable] }
            _ = try database.run(
                "WITH seen (path, count) AS (VALUES \(Self.viewed)) UPDATE file SET views = views + seen.count FROM seen WHERE file.path = seen.path AND \(Self.isKept)",
                with: values)
        }
    }

    /// Inserts the row of the bytes that a file has had until now, in the recycle bin.
    ///
    /// - Returns: its id.
    func insertFormer(of id: Int, at path: StoredPath, recycledAs name: String) throws -> Int? {
        try database.insert(
            """
            INSERT INTO file (account_id, key_id, path, original_name, type, kind, size, width, height, duration, sha256, sent_sha256,
                              is_public, created_at, expires_at, state, deleted_at, recycled_name, former_of)
            SELECT account_id, key_id, ?1, original_name, type, kind, size, width, height, duration, sha256, sent_sha256,
                   is_public, created_at, expires_at, ?2, ?3, ?4, id FROM file WHERE id = ?5
            """, path.text, FileState.recycled, Now.seconds, name, id)
    }

    /// nil for a row of an unknown type.
    func content(of id: Int) throws -> StoredContent? {
        try database.first("SELECT type, size, width, height, duration, sha256, sent_sha256 FROM file WHERE id = ?", id) { row in
            MediaType(rawValue: row.text(0)).map { type in
                let facts = MediaFacts(type: type, width: row.optionalInteger(2), height: row.optionalInteger(3), duration: row.optionalReal(4))
                return StoredContent(facts: facts, size: row.integer(1), sha256: row.blob(5), sentSHA256: row.blob(6))
            }
        } ?? nil
    }

    /// Gives a row the facts of other bytes, as its next version, whatever its state. One that was imported and is nobody's stays one of which
    /// nothing is known as sent: so retention knows that it is no visitor's.
    func setContent(_ content: StoredContent, of id: Int) throws {
        let facts = content.facts
        try database.run(
            """
            UPDATE file SET type = ?, kind = ?, size = ?, width = ?, height = ?, duration = ?, sha256 = ?,
                sent_sha256 = CASE WHEN account_id IS NULL AND length(sent_sha256) = 0 THEN sent_sha256 ELSE ? END, version = version + 1
            WHERE id = ?
            """, facts.type.rawValue, facts.type.kind.rawValue, content.size, facts.width, facts.height, facts.duration, content.sha256,
            content.sentSHA256, id)
    }

    /// Marks a deleted file as kept, at its path, also one whose deletion is unfinished. Whoever brings one back that has expired means to
    /// keep it.
    ///
    /// - Returns: false if its row is gone.
    @discardableResult
    func bringBack(_ id: Int) throws -> Bool {
        try database.run(
            """
            UPDATE file SET state = ?, deleted_at = NULL, recycled_name = NULL,
                expires_at = CASE WHEN expires_at > ? THEN expires_at ELSE NULL END WHERE id = ? AND NOT \(Self.isKept)
            """, FileState.kept, Now.seconds, id) == 1
    }
}
