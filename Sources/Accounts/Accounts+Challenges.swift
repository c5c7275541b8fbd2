// A challenge is a text that a person reads off a picture. It counts once, whether the answer is right or not, and only for the
// browser that was shown it; the database holds digests alone.

import Crypto
import HTTP
import Settings
import SQLite
import Text

extension Accounts {
    /// Seconds for which a challenge can be answered.
    public static let challengeSeconds = 600

    /// Begins a challenge and returns the cookie's value.
    public func openChallenge(answer: String) throws -> String {
        let challenge = Base64.encode(RandomBytes.make(32), .urlSafe)
        try database.write {
            try database.run("DELETE FROM challenge WHERE expires_at <= ?", now())
            try database.run("INSERT INTO challenge VALUES (?, ?, ?)", Accounts.digest(of: challenge),
                             Accounts.digest(of: challenge, answer), now() + Accounts.challengeSeconds)
        }
        return challenge
    }

    /// Ends the challenge of a request.
    ///
    /// - Returns: whether this was its answer; letter case does not count.
    public func meetsChallenge(_ request: Request, _ settings: Settings, answer: String) throws -> Bool {
        guard let challenge = SiteCookie.challenge(settings).value(of: request), challenge.utf8.count <= Accounts.keyLengthLimit,
              let expected = try takeChallenge(challenge) else { return false }
        return ConstantTime.equal(expected, Accounts.digest(of: challenge, answer))
    }

    private func takeChallenge(_ challenge: String) throws -> [UInt8]? {
        try database.write {
            try database.first("DELETE FROM challenge WHERE hash = ? AND expires_at > ? RETURNING answer_hash",
                               Accounts.digest(of: challenge), now()) { $0.blob(0) }
        }
    }

    private static func digest(of challenge: String, _ answer: String) -> [UInt8] {
        digest(of: "\(challenge) \(answer.lowercased())")
    }
}
