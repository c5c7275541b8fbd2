// Size and integrity of a database.

import Database

extension Connection {
    /// Bytes, without the write-ahead log.
    public var size: Int {
        get throws { try first("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") { $0.integer(0) } ?? 0 }
    }

    /// Up to `count` errors that `PRAGMA quick_check` reports; empty if the database is sound.
    public func complaints(atMost count: Int) throws -> [String] {
        let answer = try all("PRAGMA quick_check(\(count))") { $0.text(0) }
        return answer == ["ok"] ? [] : answer
    }
}
