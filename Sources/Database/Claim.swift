// SQLite lets one write at a time, whatever it claims. An engine that lets several do so orders those that claim the same.

/// What a write must have to itself.
public enum Claim: Sendable {
    /// Everything: what nobody has looked at more closely.
    case whole
    /// One synchronised file of an account.
    case sync(account: Int, key: String)
    /// One row of `file`, by its id.
    case file(Int)
    /// One path below the folder of uploads.
    case path(String)
    /// Anything else that has a name, within a kind.
    case key(StaticString, String)
}
