// The statements on the table `sync_content`.

import Database
import SyncRules

/// How a content is stored: the values of the column `coding`.
enum ContentCoding: Int, Bindable {
    case plain = 0, zlib = 1
    /// Compressed, in a file in the folder `json`.
    case file = 2

    /// An SQL condition for contents that are files.
    static let isFile = "coding = \(file.rawValue)"
}

struct ContentRows {
    let database: any Database

    private static let batch = 1_000

    func id(of hash: ContentHash) throws -> Int? {
        try database.first("SELECT id FROM sync_content WHERE hash = ?", hash.bytes) { $0.integer(0) }
    }

    func content(_ id: Int) throws -> (hash: ContentHash, size: Int, coding: ContentCoding, bytes: [UInt8])? {
        try database.first("SELECT hash, size, coding, bytes FROM sync_content WHERE id = ?", id) {
            (try ContentHash(stored: $0.blob(0)), $0.integer(1), ContentCoding(rawValue: $0.integer(2)) ?? .file, $0.blob(3))
        }
    }

    /// - Parameter bytes: nil if the content is a file.
    /// - Returns: its id; nil if the content exists already.
    func insert(_ content: PreparedContent, _ coding: ContentCoding, _ bytes: [UInt8]?, at moment: Int) throws -> Int? {
        try database.insert(
            """
            INSERT INTO sync_content (hash, size, coding, bytes, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING
            """, content.hash.bytes, content.size, coding, bytes, moment)
    }

    func count() throws -> Int { try database.first("SELECT COUNT(*) FROM sync_content") { $0.integer(0) } ?? 0 }

    func fileCount() throws -> Int {
        try database.first("SELECT COUNT(*) FROM sync_content WHERE \(ContentCoding.isFile)") { $0.integer(0) } ?? 0
    }

    func isFile(_ hash: ContentHash) throws -> Bool {
        try database.has("SELECT 1 FROM sync_content WHERE hash = ? AND \(ContentCoding.isFile)", hash.bytes)
    }

    func forEach(_ body: (Int, ContentHash) throws -> Void) throws {
        try forEach(in: "SELECT id, hash FROM sync_content WHERE id > ? ORDER BY id LIMIT ?", body)
    }

    func forEachFile(_ body: (Int, ContentHash) throws -> Void) throws {
        try forEach(in: "SELECT id, hash FROM sync_content WHERE id > ? AND \(ContentCoding.isFile) ORDER BY id LIMIT ?", body)
    }

    /// Reads in batches, so that `body` may change rows.
    private func forEach(in query: String, _ body: (Int, ContentHash) throws -> Void) throws {
        var last = 0
        while true {
            let rows = try database.all(query, last, Self.batch) { ($0.integer(0), try ContentHash(stored: $0.blob(1))) }
            for (id, hash) in rows { try body(id, hash) }
            guard let end = rows.last, rows.count == Self.batch else { return }
            last = end.0
        }
    }

    // Garbage collection

    func unused() throws -> [(id: Int, size: Int)] {
        try database.all(
            """
            SELECT id, size FROM sync_content WHERE id NOT IN (
                SELECT content_id FROM sync_version WHERE content_id IS NOT NULL
                UNION SELECT pushed_id FROM sync_version WHERE pushed_id IS NOT NULL
                UNION SELECT pushed_id FROM sync_device_file WHERE pushed_id IS NOT NULL
                UNION SELECT local_id FROM sync_conflict WHERE local_id IS NOT NULL)
            """) { (id: $0.integer(0), size: $0.integer(1)) }
    }

    /// For each row removed, the engine checks the foreign keys that refer to it.
    func remove(_ ids: [Int]) throws {
        for (number, reference) in Self.references.enumerated() { try database.run("CREATE INDEX sync_collection_\(number) ON \(reference)") }
        for id in ids { try database.run("DELETE FROM sync_content WHERE id = ?", id) }
        for number in Self.references.indices { try database.run("DROP INDEX sync_collection_\(number)") }
    }

    /// The columns that refer to contents and have no index, because pushes would have to maintain it.
    private static let references = ["sync_version (content_id)", "sync_device_file (pushed_id)", "sync_conflict (local_id)"]
}
