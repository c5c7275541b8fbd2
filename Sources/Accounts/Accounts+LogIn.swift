// Login with name and password. Neither the answer nor its timing tells an attacker why it failed, and attempts from one address are
// limited. When many addresses try one account, all unknown ones must solve a CAPTCHA; addresses from which the account has logged in
// before are exempt, so that its owner cannot be locked out.

import Crypto
import Database
import Text

/// The result of a login.
public enum LoginOutcome: Sendable {
    /// - Parameter session: the value of the new session's cookie.
    case welcome(Account, session: String)
    /// The password is right, but the account has expired.
    case expired(Account)
    /// The password is right, but the account waits for an administrator.
    case waiting(Account)
    /// The name is unknown, the password is wrong or was changed meanwhile, or the account is disabled.
    case refused
}

extension Accounts {
    /// Limits for attempts from one address; none if any number is allowed.
    var loginsOfAddress: [AttemptLimit] {
        get throws {
            let count = try attemptsAMinute()
            return count == 0 ? []
                : [AttemptLimit(count, within: 60), AttemptLimit(4 * count, within: 3600), AttemptLimit(12 * count, within: 86_400)]
        }
    }

    /// Limits for attempts on one account from all unknown addresses together; above them a CAPTCHA is required.
    public static let loginsOfName = [AttemptLimit(10, within: 60), AttemptLimit(100, within: 3600)]

    /// Counts an attempt. Returns the seconds until this address may try again; 0 if it may now.
    public func waitToLogIn(from address: String) throws -> Int { try wait("login", who: address, loginsOfAddress) }

    /// Whether a login needs a CAPTCHA. Counts the attempt if the address is unknown.
    public func needsChallenge(_ name: String, from address: String) throws -> Bool {
        if try isKnown(address, to: name) { return false }
        return try wait("login name", who: Accounts.counted(name), Accounts.loginsOfName) > 0
    }

    /// Checks a name and a password. The SHA-256 of the password in hexadecimal, as EasyImages' pages send it, is accepted too, but only
    /// for accounts whose password was never entered here.
    ///
    /// - Parameters:
    ///   - address: the attempt was counted by `waitToLogIn(from:)` and `needsChallenge(_:from:)`; a right password reverts that.
    ///   - days: how long the session lasts.
    ///   - browser: for the list of the account's sessions.
    public func logIn(_ name: String, typed: String, from address: String, days: Int, in browser: Browser = .unknown) throws -> LoginOutcome {
        guard let match = try match(name, PasswordReading.all(of: typed), waiting: true) else { return .refused }
        guard match.account.waitingSince == nil else { return .waiting(match.account) }
        return try letIn(match, typed: typed, from: address, days: days, in: browser)
    }

    /// Writes nothing if the password was changed or the account disabled during the comparison: a new password ends all sessions, so no
    /// session of the old one may begin after it.
    func letIn(_ match: PasswordMatch, typed: String, from address: String, days: Int, in browser: Browser = .unknown) throws -> LoginOutcome {
        // The list of common passwords is a file: read it before the write lock is taken.
        let learns = match.reading.isPlain && match.account.takesDigest
        let weakness = learns ? weakness(of: typed, name: match.account.name) : nil
        return try database.write {
            guard let account = try current(match) else { return .refused }
            try takeBack("login", who: address, loginsOfAddress)
            if try !isKnown(address, to: account.name) { try takeBack("login name", who: Accounts.counted(account.name), Accounts.loginsOfName) }
            if learns { try rows.setTyped(weakness, of: account.id) }
            if let end = account.expiresAt, end < now() { return .expired(account) }
            try remember(address, of: account)
            return .welcome(account, session: try openSession(of: account, days: days, in: browser))
        }
    }

    /// Hashed, because users enter passwords in the name field by mistake.
    private static func counted(_ name: String) -> String { Hexadecimal.encode(SHA256.hash(Array(name.lowercased().utf8))) }
}
