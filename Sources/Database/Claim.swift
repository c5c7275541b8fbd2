// The scope of a write transaction's lock. SQLite allows one writer at a time and ignores it. An engine with concurrent writers
// serializes those whose claims are equal. There each statement of a transaction with a claim other than `.whole` sees what others have
// committed by then: whatever it relies on must be of its claim, or be kept by a constraint (docs/architecture.md, "Who waits for whom").

/// What a write transaction locks.
public enum Claim: Sendable {
    /// The whole database: the default.
    case whole
    /// Nothing but the rows that it changes: for changes that are right in any order.
    case rows
    /// Rows of `file` that are inserted or marked, with the slots of counters that this process adds to. With an account also what its files come
    /// to, which only those change who claim the same.
    case counted(account: Int?)
    /// One synchronized file of an account.
    case sync(account: Int, key: String)
    /// One row of `file`, by its id.
    case file(Int)
    /// One path below the uploads folder.
    case path(String)
    /// Any other named thing; names are unique within a kind.
    case key(StaticString, String)
}
