// The statements on the table `challenge`.

import Database

struct ChallengeRows {
    let database: any Database

    func insert(_ digest: [UInt8], answer: [UInt8], expiresAt: Int) throws {
        try database.run("INSERT INTO challenge VALUES (?, ?, ?)", digest, answer, expiresAt)
    }

    /// Removes a challenge and returns the digest of its answer; nil if there is none or it has expired.
    func take(_ digest: [UInt8], at moment: Int) throws -> [UInt8]? {
        try database.all("DELETE FROM challenge WHERE hash = ? AND expires_at > ? RETURNING answer_hash", digest, moment) { $0.blob(0) }.first
    }

    func removeExpired(_ moment: Int) throws { try database.run("DELETE FROM challenge WHERE expires_at <= ?", moment) }
}
