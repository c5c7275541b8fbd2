// An account's own files.

import Time

/// Totals of the files that an account has and has not deleted.
public struct OwnerNumbers: Sendable, Equatable {
    public let files: Int
    public let bytes: Int
    public let views: Int

    static let none = OwnerNumbers(files: 0, bytes: 0, views: 0)

    static func + (one: OwnerNumbers, other: OwnerNumbers) -> OwnerNumbers {
        OwnerNumbers(files: one.files + other.files, bytes: one.bytes + other.bytes, views: one.views + other.views)
    }
}

extension MediaStore {
    public func numbers(of owner: Int) throws -> OwnerNumbers { try database.read { try (rows.numbers(of: owner) ?? .none) + waiting.numbers(of: owner) } }

    /// Marks all files of an account as deleted, in batches, so that other requests can write between them. They move to the recycle bin when
    /// the deletions are finished.
    ///
    /// - Parameters:
    ///   - batch: how many in one transaction.
    ///   - isTimeOver: asked before each batch.
    /// - Returns: how many.
    public func discardFiles(of owner: Int, batch: Int = 500, isTimeOver: () -> Bool = { false }) throws -> Int {
        var count = 0
        let now = Now.seconds, end = try certainEnd(now)
        while !isTimeOver(), case let marked = try rows.beginDeletion(ofOwner: owner, atMost: batch, at: now, endedBy: end), marked > 0 {
            count += marked
        }
        return count
    }

    /// How many files of an account are marked as deleted and have not been moved yet.
    public func leavingCount(of owner: Int) throws -> Int { try rows.leavingCount(of: owner) }

    /// How many files were uploaded with a key, those in the recycle bin too; and when the last one was, in seconds since 1970.
    public func uploads(withKey key: Int) throws -> (count: Int, last: Int?) { try rows.uploads(withKey: key) }

    /// The account's newest files, also those that no list shows.
    public func newest(of owner: Int, atMost count: Int) throws -> [StoredFile] { try rows.newest(of: owner, atMost: count) }
}
