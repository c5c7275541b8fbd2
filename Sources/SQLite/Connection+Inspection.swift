// What a database says of itself.

import Database

extension Connection {
    /// Bytes, without those of its log.
    public var size: Int {
        get throws { try first("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") { $0.integer(0) } ?? 0 }
    }

    /// What contradicts itself in it (`PRAGMA quick_check`), so much at most; nothing where it is sound.
    public func complaints(atMost count: Int) throws -> [String] {
        let answer = try all("PRAGMA quick_check(\(count))") { $0.text(0) }
        return answer == ["ok"] ? [] : answer
    }
}
