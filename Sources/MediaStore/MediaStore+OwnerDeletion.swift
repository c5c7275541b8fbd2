// The files of an account that is deleted, within the time of a request. They are marked while the account is still there, so that an
// interrupted deletion can be done again, and moved to the recycle bin when it is gone.

import Time

/// The files that went with their account.
public struct DiscardedFiles: Sendable {
    public let count: Int
    /// How many of them are not in the recycle bin yet. The next program that starts moves them, or the daily collection.
    public let left: Int
    /// Why some could not be moved, for the log; nil if none failed.
    public let failure: String?

    public static let none = DiscardedFiles(count: 0, left: 0, failure: nil)
}

/// There are too many files for one request. The account is still there, and the request can be repeated.
public struct FilesLeft: Error, Sendable {
    public let count: Int
}

extension MediaStore {
    /// Seconds of one request for marking files, which takes about 20 microseconds each, and for moving them.
    private static let discardTime = 20.0
    private static let movingTime = 10.0

    /// Marks the files of an account that is about to be deleted.
    ///
    /// - Returns: how many.
    /// - Throws: `FilesLeft`.
    public func discardFilesInTime(of owner: Int) throws -> Int {
        let end = Now.monotonicSeconds + MediaStore.discardTime
        let count = try discardFiles(of: owner) { Now.monotonicSeconds > end }
        let left = try numbers(of: owner).files
        guard left == 0 else { throw FilesLeft(count: left) }
        return count
    }

    /// Moves the files of a deleted account to the recycle bin, with those that one of its keys has uploaded meanwhile: no key opens anything
    /// any more. No failure of this is one of the request.
    ///
    /// - Parameter count: how many were marked before.
    public func moveDiscardedFiles(of owner: Int, marked count: Int) -> DiscardedFiles {
        let end = Now.monotonicSeconds + MediaStore.movingTime
        do {
            let late = try discardFiles(of: owner)
            let failure = UnfinishedDeletion.summary(try finishDeletions { Now.monotonicSeconds > end })
            return DiscardedFiles(count: count + late, left: try leavingCount(of: owner), failure: failure)
        } catch {
            return DiscardedFiles(count: count, left: count, failure: "files of a deleted account are not in the recycle bin yet: \(error)")
        }
    }
}
