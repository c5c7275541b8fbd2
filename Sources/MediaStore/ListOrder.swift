// The sort orders of the public list.

/// The sort key of a list; ties are broken by id, so the order is total.
public enum ListOrder: String, CaseIterable, Sendable {
    case createdAt = "created_at"
    case views
    case fileSize = "file_size"

    /// The column of `file`.
    var column: String { part.column }

    /// The same order of a list in parts.
    var part: PartOrder {
        switch self {
        case .createdAt: .time
        case .views: .views
        case .fileSize: .size
        }
    }
}
