// A key as the form for a new one describes it. Texts are checked where they are used; here they only get their types.

import Accounts
import HTTP
import Words

/// A key that somebody wants.
public struct KeyWish: Sendable {
    public let once: FormOnce
    public let name: String
    public let scopes: Set<Scope>
    /// Which of the offered numbers of days was chosen, 0 for no end; and the day that was entered instead, as it was sent.
    let days: String, until: String
    /// When it stops to work; nil if that was not understood, or is not within the limits.
    public let end: KeyEnd?

    /// - Throws: `Problem` 400 for a form without its random value, or with a scope that does not exist.
    public init(_ form: Query) throws {
        guard let once = form.first("once").flatMap(FormOnce.init) else { throw Problem(.badRequest, says: "The form has no value \"once\"") }
        self.once = once
        name = form.first("name") ?? ""
        scopes = Set(try (form.all("scope[]") + form.all("scope")).map(KeyWish.scope))
        (days, until) = (form.first("days") ?? "", form.first("until") ?? "")
        end = until.isEmpty ? KeyEnd(days: days) : KeyEnd(until: until)
    }

    private static func scope(_ word: String) throws -> Scope {
        guard let scope = Scope(rawValue: word) else {
            throw Problem.invalid("scope", word, mustBe: Scope.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return scope
    }
}

/// Why a key was not created.
public enum KeyFault: Sendable {
    case name, scopes, date, tooMany

    /// nil for an error of another kind.
    public init?(_ error: AccountsError) {
        switch error {
        case .badKeyName: self = .name
        case .noScope: self = .scopes
        case .tooManyKeys: self = .tooMany
        default: return nil
        }
    }
}

extension KeyWords {
    /// Why a key was not created.
    public func text(for fault: KeyFault) -> String {
        switch fault {
        case .name: badName
        case .scopes: noScope
        case .date: badDate(limit: Accounts.keyDaysLimit)
        case .tooMany: tooMany(limit: Accounts.keyCountLimit)
        }
    }
}
