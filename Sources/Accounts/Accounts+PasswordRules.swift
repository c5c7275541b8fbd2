// Rules for a new password (NIST SP 800-63B, section 5.1.1.2: a minimum length, no common password, no rules about kinds of
// characters). They do not apply to imported passwords, which stay valid.

/// Why a new password is rejected.
public enum PasswordFault: Error, Equatable, CustomStringConvertible {
    case length(Role)
    case hasNUL
    /// It equals the account's name.
    case isName
    case isCommon

    public var description: String {
        switch self {
        case .length(let role):
            let limits = Accounts.passwordLength(role)
            return "\(role == .admin ? "an admin's" : "a") password has \(limits.lowerBound) to \(limits.upperBound) characters"
        case .hasNUL: return "a password has no NUL in it"
        case .isName: return "the account's name is no password"
        case .isCommon: return "this password is one of the most common, which are tried first: choose another"
        }
    }
}

/// A known weakness of an imported password, which is accepted nevertheless.
public enum PasswordWeakness: String, Sendable {
    /// Shorter than the minimum for new passwords.
    case short
    /// It equals the account's name.
    case name
    case common

    /// A phrase that follows "the password is".
    public var words: String {
        switch self {
        case .short: "shorter than \(Accounts.passwordLength(.user).lowerBound) characters"
        case .name: "the account's name"
        case .common: "one of the most common"
        }
    }
}

/// How hard a password is to guess.
public enum PasswordStrength: String, Sendable {
    case weak, fair, good, strong

    /// Estimated from the kinds of characters and the number of those that neither repeat nor continue a sequence such as `abc`.
    public init(of password: String) {
        let characters = password.unicodeScalars.map { Int($0.value) }
        let steps = zip(characters, characters.dropFirst()).map { abs($0 - $1) }
        let unexpected = 1 + steps.count { $0 > 1 }
        let effective = min(unexpected, 2 * Set(characters).count)
        switch effective * PasswordStrength.bitsEach(characters) {
        case ..<40: self = .weak
        case ..<60: self = .fair
        case ..<90: self = .good
        default: self = .strong
        }
    }

    /// Bits per character, if all of its kind are equally likely.
    private static func bitsEach(_ characters: [Int]) -> Int {
        let isMixed = Set(characters.map(kind)).count > 1
        return characters.contains { $0 > 0x7F } ? 8 : isMixed ? 5 : characters.allSatisfy { kind($0) == 0 } ? 3 : 4
    }

    /// 0 for digits, 1 and 2 for letters, 3 for others.
    private static func kind(_ character: Int) -> Int {
        switch character {
        case 0x30...0x39: 0
        case 0x41...0x5A: 1
        case 0x61...0x7A: 2
        default: 3
        }
    }
}

extension Accounts {
    /// Allowed length of a new password in Unicode code points; nothing is truncated.
    public static func passwordLength(_ role: Role) -> ClosedRange<Int> { (role == .admin ? 12 : 8)...128 }

    /// The weakness of a password; nil if it has none.
    public func weakness(of password: String, name: String) -> PasswordWeakness? {
        if password.unicodeScalars.count < Accounts.passwordLength(.user).lowerBound { return .short }
        if password.lowercased() == name.lowercased() { return .name }
        return commonPasswords.contains(password) ? .common : nil
    }

    /// - Throws: `AccountsError.badPassword`.
    func requireChoosable(_ password: String, name: String, _ role: Role) throws {
        func refuse(_ fault: PasswordFault, when isSo: Bool) throws { if isSo { throw AccountsError.badPassword(fault) } }
        try refuse(.hasNUL, when: password.utf8.contains(0))
        try refuse(.length(role), when: !Accounts.passwordLength(role).contains(password.unicodeScalars.count))
        try refuse(.isName, when: password.lowercased() == name.lowercased())
        try refuse(.isCommon, when: commonPasswords.contains(password))
    }
}
