// Files that an administrator asks for on the command line. It is in no hurry: whatever has no index is read through.

import Database
import Media

/// Which files are asked for.
public struct FileSelection: Sendable {
    /// Only those of this account.
    public var owner: Int?
    /// Those in the recycle bin, instead of those that are not deleted.
    public var isRecycled: Bool
    /// Only those that lists do not show.
    public var isUnlisted: Bool
    public var filter: ListFilter
    /// What the original or the stored name has to hold; two characters or more.
    public var search: String?

    /// Characters that a search needs.
    public static let leastSearch = 2

    public init(owner: Int? = nil, isRecycled: Bool = false, isUnlisted: Bool = false, filter: ListFilter = .all, search: String? = nil) {
        (self.owner, self.isRecycled, self.isUnlisted, self.filter, self.search) = (owner, isRecycled, isUnlisted, filter, search)
    }

    var state: FileState { isRecycled ? .recycled : .kept }

    func holds(_ file: StoredFile) -> Bool {
        file.state == state && (owner == nil || file.owner == owner) && !(isUnlisted && file.isPublic) && filter.holds(file.type)
    }
}

extension MediaStore {
    /// Files, the newest first; none for a search of fewer than two characters.
    ///
    /// - Parameter id: those that came before this one only.
    public func files(_ selection: FileSelection, before id: Int? = nil, atMost count: Int) throws -> [StoredFile] {
        var found: [StoredFile] = []
        try eachFile(selection, before: id ?? .max) { file in
            if selection.holds(file) { found.append(file) }
            return found.count < count
        }
        return found
    }

    private func eachFile(_ selection: FileSelection, before id: Int, _ body: (StoredFile) throws -> Bool) throws {
        guard let text = selection.search else { return try rows.each(of: selection.owner, selection.state, before: id, body) }
        try names.each(text, from: id, descending: true, atMost: .max, body)
    }
}
