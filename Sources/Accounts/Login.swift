// Logging in by name and password. Whoever guesses learns nothing from the answer, neither from its words nor from the time it
// takes, and may not guess often: from one address, or at one name.

import Crypto
import SQLite

/// What came of an attempt to log in.
public enum LoginOutcome: Sendable {
    case welcome(Account)
    /// The password is right; the account's time is over.
    case expired(Account)
    /// The name is unknown, the password is wrong, or the account is shut.
    case refused
    /// Too many attempts: seconds until the next.
    case wait(Int)
}

extension Accounts {
    /// Attempts from one address: five a minute, and fewer the longer it goes on.
    public static let loginsOfAddress = [
        AttemptLimit(5, within: 60), AttemptLimit(20, within: 3600), AttemptLimit(60, within: 86_400),
    ]

    /// Attempts at one name from all addresses together. Looser, because with these a stranger keeps the owner out.
    public static let loginsOfName = [AttemptLimit(10, within: 60), AttemptLimit(100, within: 3600)]

    /// Seconds until this address may try again; 0 when it may now. The attempt counts.
    public func waitToLogIn(from address: String) throws -> Int { try wait("login", who: address, Accounts.loginsOfAddress) }

    /// Tries a name and what was typed as its password, or its SHA-256 in hexadecimal, as the replaced program's pages send it.
    ///
    /// - Parameter address: what `waitToLogIn(from:)` has counted; a right password takes it back.
    public func logIn(_ name: String, typed: String, from address: String) throws -> LoginOutcome {
        // What is typed as a name may be a password: it is not kept as it is.
        let who = Hexadecimal.encode(SHA256.hash(Array(name.lowercased().utf8)))
        let seconds = try wait("login name", who: who, Accounts.loginsOfName)
        guard seconds == 0 else { return .wait(seconds) }
        guard let account = try account(named: name, openedByAnyOf: PasswordDigest.readings(of: typed)) else { return .refused }
        try takeBack("login", who: address, Accounts.loginsOfAddress)
        try takeBack("login name", who: who, Accounts.loginsOfName)
        if let end = account.expiresAt, end < now() { return .expired(account) }
        return .welcome(account)
    }

    private func account(named name: String, openedByAnyOf digests: [PasswordDigest]) throws -> Account? {
        for digest in digests {
            if let account = try account(named: name, digest) { return account }
        }
        return nil
    }
}
