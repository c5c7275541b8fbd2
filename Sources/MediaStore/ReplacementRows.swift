// The statements on the table `replacement`. A row is written before anything else is done, and says so when all is done; it stays for a day
// after that, so that a backup that is being made learns of the replacement.

import Database
import Media
import Time

struct ReplacementRows {
    let database: any Database

    private static let columns = """
        file_id, former_path, replacement.recycled_name, replacement.type, replacement.size, replacement.width, replacement.height, replacement.duration,
        replacement.sha256, replacement.sent_sha256, address, port, user_agent, way, path
        """

    func insert(_ new: PendingReplacement) throws {
        let (content, facts, sender) = (new.content, new.content.facts, new.sender)
        try remove(new.id)
        try database.run(
            """
            INSERT INTO replacement (file_id, former_path, recycled_name, type, size, width, height, duration, sha256, sent_sha256, address, port,
                                     user_agent, way) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, new.id, new.formerPath.text, new.recycledName, facts.type.rawValue, content.size, facts.width, facts.height, facts.duration,
            content.sha256, content.sentSHA256, sender?.address, sender?.port, sender?.userAgent, sender?.way)
    }

    /// Those that are not finished.
    func pending() throws -> [PendingReplacement] {
        try database.all(
            "SELECT \(Self.columns) FROM replacement JOIN file ON file.id = file_id WHERE replaced_at IS NULL ORDER BY file_id"
        ) { PendingReplacement($0) }.compactMap { $0 }
    }

    func pending(of file: Int) throws -> PendingReplacement? {
        try database.first(
            "SELECT \(Self.columns) FROM replacement JOIN file ON file.id = file_id WHERE replaced_at IS NULL AND file_id = ?", file
        ) { PendingReplacement($0) } ?? nil
    }

    /// Whether no row has a path, and none that is not finished has chosen it for the former bytes of its file.
    func isFree(_ path: StoredPath) throws -> Bool {
        try !database.has("SELECT 1 FROM file WHERE path = ?1 UNION ALL SELECT 1 FROM replacement WHERE replaced_at IS NULL AND former_path = ?1",
                          path.text)
    }

    /// All, also those that are finished.
    func files() throws -> [Int] { try database.all("SELECT file_id FROM replacement ORDER BY file_id") { $0.integer(0) } }

    func end(_ file: Int) throws { try database.run("UPDATE replacement SET replaced_at = ? WHERE file_id = ?", Now.seconds, file) }

    func remove(_ file: Int) throws { try database.run("DELETE FROM replacement WHERE file_id = ?", file) }

    /// Removes those that were finished before a moment, in seconds since 1970.
    func removeEnded(before moment: Int) throws { try database.run("DELETE FROM replacement WHERE replaced_at < ?", moment) }
}

extension PendingReplacement {
    /// nil if the row holds what this program never writes.
    fileprivate init?(_ row: Row) {
        guard let formerPath = StoredPath(row.text(1)), let type = MediaType(rawValue: row.text(3)), let path = StoredPath(row.text(14))
        else { return nil }
        let facts = MediaFacts(type: type, width: row.optionalInteger(5), height: row.optionalInteger(6), duration: row.optionalReal(7))
        let sender = row.optionalText(10).map { Sender(address: $0, port: row.optionalInteger(11), userAgent: row.text(12), way: row.text(13)) }
        self.init(id: row.integer(0), path: path, content: StoredContent(facts: facts, size: row.integer(4), sha256: row.blob(8), sentSHA256: row.blob(9)),
                  sender: sender, formerPath: formerPath, recycledName: row.text(2))
    }
}
