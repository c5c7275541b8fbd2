// The orders of the public list.

/// What a list can be sorted by; ties are broken by id, so an order is total.
public enum ListOrder: String, CaseIterable, Sendable {
    case createdAt = "created_at"
    case views
    case fileSize = "file_size"

    /// The column of `file`.
    var column: String { self == .fileSize ? "size" : rawValue }
}
