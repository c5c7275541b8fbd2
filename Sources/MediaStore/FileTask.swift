// An action on all files of a list, which is done in pieces.

/// What an administrator is doing with all files of a list.
public struct FileTask: Sendable {
    public let action: BulkAction
    /// The list, in the words of its page.
    public let filter: String
    /// Of the newest file when it began: later ones are not touched.
    let lastID: Int
    /// Files that there were when it began; nil if they were too many to be counted.
    public let total: Int?
    /// Seconds since 1970.
    public let startedAt: Int
    public internal(set) var done = 0
    /// Files with which it could not be done, although they are there.
    public internal(set) var failed = 0
    public internal(set) var isOver = false
    /// Where it goes on; nil is the beginning of the list.
    var position: ListPosition?
}

/// How many files a list has.
public struct FileCount: Equatable, Sendable {
    public let files: Int
    /// false if there are more.
    public let isWhole: Bool

    public init(files: Int, isWhole: Bool) { (self.files, self.isWhole) = (files, isWhole) }
}
