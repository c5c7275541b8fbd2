// Logging in by name and password. Whoever guesses learns nothing from the answer, neither from its words nor from the time it
// takes, and may not guess often from one address. Many addresses together are made to read a picture for each guess, and cannot
// keep the owner out: an address from where the account was used before is not counted with them.

import Crypto
import Database
import Text

/// What came of an attempt to log in.
public enum LoginOutcome: Sendable {
    /// - Parameter session: the value of the cookie of the session that has begun.
    case welcome(Account, session: String)
    /// The password is right; the account's time is over.
    case expired(Account)
    /// The name is unknown, the password is wrong or no longer right, or the account is shut.
    case refused
}

extension Accounts {
    /// Attempts from one address: five a minute, and fewer the longer it goes on.
    public static let loginsOfAddress = [
        AttemptLimit(5, within: 60), AttemptLimit(20, within: 3600), AttemptLimit(60, within: 86_400),
    ]

    /// Attempts at one name from all strange addresses together, until those must read a picture.
    public static let loginsOfName = [AttemptLimit(10, within: 60), AttemptLimit(100, within: 3600)]

    /// Seconds until this address may try again; 0 when it may now. The attempt counts.
    public func waitToLogIn(from address: String) throws -> Int { try wait("login", who: address, Accounts.loginsOfAddress) }

    /// Whether an attempt at a name needs the text of a picture, because strangers have tried it too often. A stranger's attempt counts.
    public func needsChallenge(_ name: String, from address: String) throws -> Bool {
        if try isKnown(address, to: name) { return false }
        return try wait("login name", who: Accounts.counted(name), Accounts.loginsOfName) > 0
    }

    /// Tries a name and what was typed as its password, or its SHA-256 in hexadecimal, as the replaced program's pages send it and as
    /// only accounts take it whose password was never typed here.
    ///
    /// - Parameters:
    ///   - address: what `waitToLogIn(from:)` and `needsChallenge(_:from:)` have counted; a right password takes it back.
    ///   - days: how long the session lasts.
    public func logIn(_ name: String, typed: String, from address: String, days: Int) throws -> LoginOutcome {
        guard let match = try match(name, PasswordReading.all(of: typed)) else { return .refused }
        return try letIn(match, typed: typed, from: address, days: days)
    }

    /// Nothing of a sign-in is written when its password was changed or its account shut while it was compared: a new password ends
    /// the sessions that there are, and none of the old one may begin after it.
    func letIn(_ match: PasswordMatch, typed: String, from address: String, days: Int) throws -> LoginOutcome {
        // The list of common passwords is a file: it is read before anybody has to wait.
        let learns = match.reading.isPlain && match.account.takesDigest
        let weakness = learns ? weakness(of: typed, name: match.account.name) : nil
        return try database.write {
            guard let account = try current(match) else { return .refused }
            try takeBack("login", who: address, Accounts.loginsOfAddress)
            if try !isKnown(address, to: account.name) { try takeBack("login name", who: Accounts.counted(account.name), Accounts.loginsOfName) }
            if learns { try rows.setTyped(weakness, of: account.id) }
            if let end = account.expiresAt, end < now() { return .expired(account) }
            try remember(address, of: account)
            return .welcome(account, session: try openSession(of: account, days: days))
        }
    }

    /// What is typed as a name may be a password: it is not kept as it is.
    private static func counted(_ name: String) -> String { Hexadecimal.encode(SHA256.hash(Array(name.lowercased().utf8))) }
}
