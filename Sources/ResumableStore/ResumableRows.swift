// The statements on the table `resumable_upload`.

import Database

struct ResumableRows {
    let database: any Database

    private static let isOpen = "state = \(ResumableUpload.State.receiving.rawValue)"

    func upload(_ digest: [UInt8]) throws -> ResumableUpload? {
        try database.first("SELECT \(ResumableUpload.columns) FROM resumable_upload WHERE hash = ?", digest) { ResumableUpload($0) }
    }

    /// - Parameter quota: whose limits it counts for.
    func insert(_ upload: ResumableUpload, quota: String) throws {
        try database.run(
            """
            INSERT INTO resumable_upload (hash, sender, quota, name, dialect, metadata, length, position, state, ends_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, upload.digest, upload.sender, quota, upload.new.name.text, upload.new.dialect, upload.new.metadata, upload.new.length,
            upload.offset, upload.state, upload.endsAt)
    }

    func update(_ upload: ResumableUpload) throws {
        try database.run("UPDATE resumable_upload SET position = ?, state = ?, status = ?, answer = ?, ends_at = ? WHERE hash = ?",
                         upload.offset, upload.state, upload.refusal?.status, upload.refusal?.answer, upload.endsAt, upload.digest)
    }

    func remove(_ digest: [UInt8]) throws { try database.run("DELETE FROM resumable_upload WHERE hash = ?", digest) }

    /// Number and bytes of unfinished uploads that count for a limit.
    func open(of quota: String, at moment: Int) throws -> (count: Int, bytes: Int) {
        try database.first("SELECT COUNT(*), COALESCE(SUM(length), 0) FROM resumable_upload WHERE quota = ? AND \(Self.isOpen) AND ends_at > ?",
                           quota, moment) { ($0.integer(0), $0.integer(1)) } ?? (0, 0)
    }

    /// Unfinished uploads that count for a limit and have no byte, the oldest first.
    ///
    /// - Parameter end: of those that end then or before.
    func untouched(of quota: String, at moment: Int, endingBy end: Int) throws -> [ResumableUpload] {
        try database.all(
            """
            SELECT \(ResumableUpload.columns) FROM resumable_upload
            WHERE quota = ? AND \(Self.isOpen) AND position = 0 AND ends_at > ? AND ends_at <= ? ORDER BY ends_at, hash
            """, quota, moment, end) { ResumableUpload($0) }
    }

    /// Bytes that all unfinished uploads will still bring.
    func missingBytes(at moment: Int) throws -> Int {
        try database.first("SELECT COALESCE(SUM(length - position), 0) FROM resumable_upload WHERE \(Self.isOpen) AND ends_at > ?", moment) {
            $0.integer(0)
        } ?? 0
    }

    /// Those that have ended, and those that end later than any can: the clock was set back.
    func ended(at moment: Int, latest: Int) throws -> [ResumableUpload] {
        try database.all("SELECT \(ResumableUpload.columns) FROM resumable_upload WHERE ends_at <= ? OR ends_at > ?", moment, latest) {
            ResumableUpload($0)
        }
    }
}
