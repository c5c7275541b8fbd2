// CAPTCHA: a text in an image. A challenge can be answered once, right or wrong, and only by the browser that received its cookie. The
// database holds digests only.

import Crypto
import Database
import HTTP
import Text

extension Accounts {
    /// How long a challenge is valid, in seconds.
    public static let challengeSeconds = 600

    private static let challengesAMinute = 60

    /// Counts a request for a challenge.
    ///
    /// - Throws: `Problem` 429 above the limit.
    public func limitChallenges(for network: String) throws {
        guard try mayTry("captcha", who: network, limit: Accounts.challengesAMinute, window: 60) else {
            throw Problem(.tooManyRequests, says: "Too many requests", detail: "Too many pictures with letters were asked for; ask again in 60 seconds.",
                          headers: [("Retry-After", "60")])
        }
    }

    /// Creates a challenge and returns the cookie's value.
    public func openChallenge(answer: String) throws -> String {
        let challenge = Base64.encode(RandomBytes.make(32), .urlSafe)
        try database.write {
            try challengeRows.removeExpired(now())
            try challengeRows.insert(Accounts.digest(of: challenge), answer: Accounts.digest(of: challenge, answer),
                                     expiresAt: now() + Accounts.challengeSeconds)
        }
        return challenge
    }

    /// Removes a challenge.
    ///
    /// - Parameter challenge: the cookie's value.
    /// - Returns: whether the answer is right; letter case is ignored.
    public func meetsChallenge(_ challenge: String?, answer: String) throws -> Bool {
        guard let challenge, challenge.utf8.count <= Accounts.keyLengthLimit,
              let expected = try takeChallenge(challenge) else { return false }
        return ConstantTime.equal(expected, Accounts.digest(of: challenge, answer))
    }

    private func takeChallenge(_ challenge: String) throws -> [UInt8]? {
        try database.write { try challengeRows.take(Accounts.digest(of: challenge), at: now()) }
    }

    private static func digest(of challenge: String, _ answer: String) -> [UInt8] {
        digest(of: "\(challenge) \(answer.lowercased())")
    }
}
