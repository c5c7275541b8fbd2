// The log of attempts to sign in, for the operator. It never holds what was entered: people type passwords into the field for the name.

import Database

/// How an attempt to sign in ended.
public enum SignInResult: String, Bindable, CaseIterable, Sendable {
    case signedIn = "signed in"
    /// Unknown name or wrong password.
    case refused
    /// The right password of an account that has expired.
    case expired
    /// The right password of an account that waits for an administrator.
    case waiting
    /// The text of a picture was asked for, and was missing or wrong.
    case code
    case tooMany = "too many"
}

/// An attempt to sign in.
public struct LoggedSignIn: Sendable {
    public let id: Int
    /// Seconds since 1970.
    public let triedAt: Int
    /// nil for a word of another version.
    public let result: SignInResult?
    /// The account's name; nil if none is known.
    public let account: String?
    public let browser: Browser

    init(_ row: Row) {
        (id, triedAt, result) = (row.integer(0), row.integer(1), SignInResult(rawValue: row.text(2)))
        account = row.optionalText(3)
        browser = Browser(userAgent: row.text(5), address: row.text(4))
    }
}

/// What the log is searched for.
public enum SignInSearch: LogSearch, Equatable {
    case everything
    /// As `IPAddress` writes it.
    case address(String)
    case account(Int)
}

/// A part of the log of attempts to sign in.
public typealias SignInLogRequest = LogRequest<SignInSearch>

extension Accounts {
    /// Rows that are kept at most, so that a flood of attempts does not fill the disk; the oldest go first.
    static let signInLimit = 1_000_000

    /// Adds an attempt to the log. Of attempts over the limits one a minute is noted for each network.
    ///
    /// - Parameter network: whose attempts are counted together.
    public func note(_ result: SignInResult, of account: Account?, in browser: Browser, network: String) throws {
        guard try result != .tooMany || mayTry("log of too many", who: network, limit: 1, window: 60) else { return }
        try database.write {
            let id = try signInRows.insert(result, of: account?.id, browser, at: now())
            // (These ids never have a large gap: `SiteSchema.passOverIDs`.)
            try signInRows.remove(upToID: id - Accounts.signInLimit)
        }
    }

    /// A part of the log.
    public func signInLog(_ request: SignInLogRequest) throws -> RowPart<LoggedSignIn> {
        try RowPart(size: request.size, readingAtMost: request.size + 2) { take in
            try signInRows.each(request, atMost: request.size + 1) { take($0, RowPosition(key: $0.triedAt, id: $0.id), true) }
        }
    }

    /// When the oldest attempt of the log was, in seconds since 1970; nil for an empty log.
    public func signInLogBeginning() throws -> Int? { try signInRows.beginning() }

    /// Removes attempts before a moment, in seconds since 1970.
    public func forgetSignIns(before moment: Int) throws { try signInRows.remove(before: moment) }

    /// The key with an id, also a revoked one.
    public func key(_ id: Int) throws -> APIKey? { try keyRows.key(id) }
}
