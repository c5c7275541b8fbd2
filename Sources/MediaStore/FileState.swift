// The numbers of the column `state`, for values and for SQL alike.

import Database


/// What a row of `file` says of where its file is.
enum FileState: Int, Bindable {
    /// At its path.
    case kept = 0
    /// Deleted; the file is on its way out, which another call may have to finish.
    case leaving = 1
    /// Deleted; in the recycle bin, unless somebody took it out there by hand.
    case recycled = 2

    /// SQL that is true for rows in this state. The number stands in it as it is: SQLite takes no partial index for a bound value.
    var condition: String { "state = \(rawValue)" }

    /// SQL that is true for rows that every list shows.
    static let isListed = "\(kept.condition) AND is_public = 1"
}
