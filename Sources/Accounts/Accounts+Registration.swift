// Registration: who may is a setting. A taken name has to be told, so attempts are counted: nobody learns many names from here.

/// The outcome of a registration.
public enum RegistrationOutcome: Sendable {
    /// The account can be used at once.
    case open(Account)
    /// The account can be used when an administrator has approved it.
    case waiting(Account)
    case nameTaken
    /// - Parameter seconds: until this address may try again.
    case tooMany(seconds: Int)
}

extension Accounts {
    /// Limits for registrations from one address.
    public static let registrationsOfAddress = [AttemptLimit(5, within: 3600)]
    /// How many accounts wait at most.
    static let waitingLimit = 500

    /// Makes an account for somebody who asks for it.
    ///
    /// - Parameters:
    ///   - address: whose attempts are limited; those that the rules for passwords refuse do not count.
    ///   - needsApproval: whether an administrator has to approve it.
    /// - Throws: `AccountsError.badPassword`, `.tooManyWaiting`.
    public func register(_ name: AccountName, password: String, from address: String, needsApproval: Bool) throws -> RegistrationOutcome {
        try requireChoosable(password, name: name.text, .user)
        let seconds = try wait("register", who: address, Accounts.registrationsOfAddress)
        guard seconds == 0 else { return .tooMany(seconds: seconds) }
        guard try account(named: name.text) == nil else { return .nameTaken }
        let hash = try PasswordDigest(ofAny: password).slowHash()
        return try database.write { try insert(name, hash, needsApproval: needsApproval) }
    }

    /// Signs in who has just registered. Nothing was guessed, so no attempt is counted and none is taken back, as `logIn` does.
    ///
    /// - Returns: the value of the session's cookie.
    public func openFirstSession(of account: Account, from address: String, days: Int, in browser: Browser) throws -> String {
        try database.write {
            try remember(address, of: account)
            return try openSession(of: account, days: days, in: browser)
        }
    }

    /// Somebody else may have taken the name meanwhile.
    private func insert(_ name: AccountName, _ hash: String, needsApproval: Bool) throws -> RegistrationOutcome {
        guard try account(named: name.text) == nil else { return .nameTaken }
        try rows.insert(name, hash: hash, .user, at: now(), expiresAt: nil, takesDigest: false, nil)
        let account = try known(name.text)
        guard needsApproval else { return .open(account) }
        guard try rows.waitingCount() < Accounts.waitingLimit else { throw AccountsError.tooManyWaiting }
        try rows.letWait(account.id, since: now())
        return .waiting(try known(name.text))
    }

    /// Opens an account that waits.
    ///
    /// - Throws: `AccountsError.noAccount`, `.notWaiting`.
    public func approve(_ name: String) throws {
        try database.write { try rows.open(waitingAccount(name).id) }
    }

    /// Removes an account that waits; its name is free again.
    ///
    /// - Throws: `AccountsError.noAccount`, `.notWaiting`.
    public func refuse(_ name: String) throws {
        try database.write { try rows.removeWaiting(waitingAccount(name).id) }
    }

    private func waitingAccount(_ name: String) throws -> Account {
        let account = try known(name)
        guard account.waitingSince != nil else { throw AccountsError.notWaiting(name) }
        return account
    }
}
