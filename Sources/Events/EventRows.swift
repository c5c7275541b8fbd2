// The statements on the table `event`.

import Database
import JSONText

struct EventRows {
    let database: any Database

    private static let columns = "id, kind, happened_at, owner, path, data"

    func insert(_ kind: EventKind, _ subject: EventSubject, owner: String?, at moment: Int) throws {
        let data = String(decoding: JSONValue.object(subject.members).bytes, as: UTF8.self)
        try database.run("INSERT INTO event (kind, happened_at, owner, path, data) VALUES (?, ?, ?, ?, ?)",
                         kind.rawValue, moment, owner, subject.path, data)
    }

    func name(ofAccount id: Int) throws -> String? { try database.first("SELECT name FROM account WHERE id = ?", id) { $0.text(0) } }

    /// The first event after one. (A kind of a later version is passed over.)
    func next(after id: Int) throws -> StoredEvent? {
        var found: StoredEvent?
        try database.each("SELECT \(Self.columns) FROM event WHERE id > ? ORDER BY id", with: [id]) { row in
            found = StoredEvent(row)
            return found == nil
        }
        return found
    }

    /// The last ones, the newest first.
    func newest(atMost count: Int) throws -> [StoredEvent] {
        try database.all("SELECT \(Self.columns) FROM event ORDER BY id DESC LIMIT ?", count) { StoredEvent($0) }.compactMap { $0 }
    }

    func count(after id: Int, upTo last: Int = .max) throws -> Int {
        try database.first("SELECT COUNT(*) FROM event WHERE id > ? AND id <= ?", id, last) { $0.integer(0) } ?? 0
    }

    /// 0 if there is none.
    func lastID() throws -> Int { try database.first("SELECT COALESCE(MAX(id), 0) FROM event") { $0.integer(0) } ?? 0 }

    /// The last event that is not among the newest ones; nil if there are fewer.
    func last(butNewest count: Int) throws -> Int? {
        try database.first("SELECT id FROM event ORDER BY id DESC LIMIT 1 OFFSET ?", count) { $0.integer(0) }
    }

    /// The first event of a moment or later; nil if all are older.
    func first(since moment: Int) throws -> Int? {
        try database.first("SELECT id FROM event WHERE happened_at >= ? ORDER BY id LIMIT 1", moment) { $0.integer(0) }
    }

    /// The last of the oldest events, as many as may be removed at once; nil if there is none.
    func ending(first count: Int, upTo last: Int) throws -> Int? {
        try database.first("SELECT MAX(id) FROM (SELECT id FROM event WHERE id <= ? ORDER BY id LIMIT ?) oldest", last, count) {
            $0.optionalInteger(0)
        } ?? nil
    }

    func remove(upTo id: Int) throws -> Int { try database.run("DELETE FROM event WHERE id <= ?", id) }
}

extension StoredEvent {
    fileprivate init?(_ row: Row) {
        guard let kind = EventKind(rawValue: row.text(1)) else { return nil }
        self.init(id: row.integer(0), kind: kind, happenedAt: row.integer(2), owner: row.optionalText(3), path: row.optionalText(4), data: row.text(5))
    }
}
