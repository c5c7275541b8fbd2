// The values of the column `state`, for bound values and for SQL text.

import Database


/// Where the file of a row is.
enum FileState: Int, Bindable {
    /// Below `uploads/`, at its path.
    case kept = 0
    /// Deleted, but the file may still exist: the deletion is unfinished.
    case leaving = 1
    /// Deleted; in the recycle bin, unless somebody removed it there by hand.
    case recycled = 2

    /// An SQL condition for this state. The number is literal because SQLite uses no partial index for a bound value.
    var condition: String { "state = \(rawValue)" }

    /// An SQL condition for the rows that every list shows.
    static let isListed = "\(kept.condition) AND is_public = 1"
}
