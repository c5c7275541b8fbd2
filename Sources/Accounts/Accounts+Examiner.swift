// An account for a few seconds, with which `imagebed doctor` tries what users do. It has no password, no administrator's rights and a key
// that ends by itself, and its rows are removed: nothing of it is to stay.

import Crypto
import Database
import Text

/// An examiner's account and its key.
public struct Examiner: Sendable {
    public let id: Int
    public let key: String

    /// How the name of an examiner begins; nobody can register, add or import such a name.
    static let start = "(doctor "
    /// Whether an account of this name is an examiner.
    public static func isName(_ name: String) -> Bool { name.hasPrefix(start) }
    /// Seconds after which it ends by itself.
    static let lifetime = 600
}

extension Accounts {
    /// Makes an examiner, whose key may do all that a user's key may.
    public func openExaminer() throws -> Examiner {
        try database.write {
            let name = "\(Examiner.start)\(Hexadecimal.encode(RandomBytes.make(8))))"
            let end = now() + Examiner.lifetime
            try rows.insertExaminer(name, at: now(), expiresAt: end)
            let key = try createKey(of: name, name: "doctor", scopes: Set(Scope.allCases), expiresAt: end).key
            return Examiner(id: try known(name).id, key: key)
        }
    }

    /// Examiners of doctors that were killed.
    public func endedExaminers() throws -> [Int] { try rows.examiners(endedBefore: now()) }

    /// Ends an examiner's key at once.
    public func disarmExaminer(_ id: Int) throws { try keyRows.removeAll(ofExaminer: id) }

    /// Removes an examiner, whose files and JSON are gone by then.
    public func removeExaminer(_ id: Int) throws {
        try database.write {
            try keyRows.removeAll(ofExaminer: id)
            try rows.removeExaminer(id)
        }
    }
}
