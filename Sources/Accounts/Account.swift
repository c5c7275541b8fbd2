// Accounts as callers of this module see them.

import Database
import Settings
import Text

/// What an account may do beyond its own files.
public enum Role: String, CaseIterable, Sendable {
    case admin, user
}

/// How much an account may store.
public struct Quota: Sendable, Equatable {
    /// nil for no limit.
    public let bytes: Int?
    public let files: Int?

    public static let none = Quota(bytes: nil, files: nil)
    /// What a limit can be.
    public static let byteLimits = 0...(1 << 50)
    public static let fileLimits = 0...1_000_000_000

    public init(bytes: Int?, files: Int?) { (self.bytes, self.files) = (bytes, files) }
}

/// One account; its password hash never leaves this library.
public struct Account: Sendable {
    public let id: Int
    public let name: String
    public let role: Role
    /// Seconds since 1970.
    public let createdAt: Int
    /// Seconds since 1970; nil while the account is enabled.
    public let disabledAt: Int?
    /// Expiry in seconds since 1970; nil if it never expires.
    public let expiresAt: Int?
    /// Whether the SHA-256 of its password is accepted in place of the password, as EasyImages' pages send it: until the password itself
    /// is entered once.
    public let takesDigest: Bool
    /// A known weakness of its password.
    public let weakness: PasswordWeakness?
    /// Seconds since 1970; nil unless it was registered and waits for an administrator. It is disabled until then.
    public let waitingSince: Int?
    /// Of its pages; nil if it chose none.
    public let language: Language?
    /// The form of links that its pages show first; nil if it chose none.
    public let linkFormat: LinkFormat?
    public let quota: Quota

    /// Whether it was deleted for good; its row stays because files and versions refer to it.
    public var isDeleted: Bool { name == Accounts.nameOfDeleted(id) }

    static let columns = "id, name, role, created_at, disabled_at, expires_at, takes_digest, weakness, waiting_since, language, link_format, "
        + "byte_limit, file_limit"
    static let columnCount = 13

    init(_ row: Row) throws {
        id = row.integer(0)
        name = row.text(1)
        guard let role = Role(rawValue: row.text(2)) else { throw AccountsError.unreadableRow("account \(row.integer(0))") }
        self.role = role
        createdAt = row.integer(3)
        disabledAt = row.optionalInteger(4)
        expiresAt = row.optionalInteger(5)
        takesDigest = row.integer(6) != 0
        weakness = row.optionalText(7).flatMap(PasswordWeakness.init(rawValue:))
        waitingSince = row.optionalInteger(8)
        language = row.optionalText(9).flatMap(Language.init(tag:))
        linkFormat = row.optionalText(10).flatMap(LinkFormat.init(rawValue:))
        quota = Quota(bytes: row.optionalInteger(11), files: row.optionalInteger(12))
    }
}

/// Why an account or a key cannot be created or changed.
public enum AccountsError: Error, Equatable, CustomStringConvertible {
    case nameTaken(String)
    case noAccount(String)
    case noKey(Int)
    case badPassword(PasswordFault)
    /// crypt(3) failed.
    case noHash
    case badKeyName
    /// The account has as many usable keys as it may have.
    case tooManyKeys
    /// The account does not wait for an administrator.
    case notWaiting(String)
    /// As many accounts wait as may wait.
    case tooManyWaiting
    case noScope
    /// A limit of a quota is out of `Quota.byteLimits` or `Quota.fileLimits`.
    case badQuota
    /// The last usable administrator account cannot be disabled, ended or made another's.
    case lastAdmin(String)
    case unreadableRow(String)

    public var description: String {
        switch self {
        case .nameTaken(let name): "there is an account \"\(name)\" already"
        case .noAccount(let name): "there is no account \"\(name)\""
        case .noKey(let id): "there is no API key with the id \(id)"
        case .badPassword(let fault): fault.description
        case .noHash: "this system's crypt(3) makes no yescrypt hashes: install libcrypt1 again"
        case .badKeyName: "the name of a key has 1 to 100 bytes on one line, not only blanks, and no direction marks"
        case .tooManyKeys: "an account has at most \(Accounts.keyCountLimit) API keys: revoke one first"
        case .notWaiting(let name): "\"\(name)\" does not wait for approval"
        case .tooManyWaiting: "\(Accounts.waitingLimit) accounts wait for approval already: approve or refuse some first"
        case .noScope: "a key needs at least one scope: \(Scope.allCases.map(\.rawValue).joined(separator: ", "))"
        case .badQuota: "a quota has 0 to \(Quota.byteLimits.upperBound) bytes and 0 to \(Quota.fileLimits.upperBound) files"
        case .lastAdmin(let name): "\"\(name)\" is the last admin that can be used: first make another one, whose account ends no earlier"
        case .unreadableRow(let row): "the database's row of \(row) makes no sense"
        }
    }
}
