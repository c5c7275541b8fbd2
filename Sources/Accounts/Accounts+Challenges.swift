// A challenge is a text that a person reads off a picture. It counts once, whether the answer is right or not, and only for the
// browser that was shown it; the database holds digests alone.

import Crypto
import Database
import HTTP
import Settings
import Text

extension Accounts {
    /// Seconds for which a challenge can be answered.
    public static let challengeSeconds = 600

    /// Begins a challenge and returns the cookie's value.
    public func openChallenge(answer: String) throws -> String {
        let challenge = Base64.encode(RandomBytes.make(32), .urlSafe)
        try database.write {
            try challengeRows.removeExpired(now())
            try challengeRows.insert(Accounts.digest(of: challenge), answer: Accounts.digest(of: challenge, answer),
                                     expiresAt: now() + Accounts.challengeSeconds)
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
        try database.write { try challengeRows.take(Accounts.digest(of: challenge), at: now()) }
    }

    private static func digest(of challenge: String, _ answer: String) -> [UInt8] {
        digest(of: "\(challenge) \(answer.lowercased())")
    }
}
