// An account's own files.

/// Totals of the files that an account has and has not deleted.
public struct OwnerNumbers: Sendable, Equatable {
    public let files: Int
    public let bytes: Int
    public let views: Int

    static let none = OwnerNumbers(files: 0, bytes: 0, views: 0)
}

extension MediaStore {
    public func numbers(of owner: Int) throws -> OwnerNumbers { try rows.numbers(of: owner) ?? .none }

    /// The account's newest files, also those that no list shows.
    public func newest(of owner: Int, atMost count: Int) throws -> [StoredFile] { try rows.newest(of: owner, atMost: count) }
}
