// The scope of a write transaction's lock. SQLite allows one writer at a time and ignores it. An engine with concurrent writers
// serializes those whose claims are equal.

/// What a write transaction locks.
public enum Claim: Sendable {
    /// The whole database: the default.
    case whole
    /// One synchronized file of an account.
    case sync(account: Int, key: String)
    /// One row of `file`, by its id.
    case file(Int)
    /// One path below the uploads folder.
    case path(String)
    /// Any other named thing; names are unique within a kind.
    case key(StaticString, String)
}
