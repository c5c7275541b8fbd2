// How much an account may store. It is asked when a file comes, so that nothing is done in vain, and again in the transaction that inserts the
// file's row: of two uploads at the same time the second one sees the first.

/// The account of an upload stores as much as it may.
public enum QuotaExceeded: Error, Equatable, Sendable {
    case files(used: Int, limit: Int)
    /// - Parameter more: of the file that does not fit.
    case bytes(used: Int, more: Int, limit: Int)
}

/// What an account stores, and its limits; nil for none.
struct OwnerQuota {
    private(set) var files: Int
    private(set) var bytes: Int
    let fileLimit: Int?
    let byteLimit: Int?

    var isAny: Bool { fileLimit != nil || byteLimit != nil }

    /// The same with more files that are stored.
    func with(_ numbers: OwnerNumbers) -> OwnerQuota {
        var quota = self
        quota.files += numbers.files
        quota.bytes += numbers.bytes
        return quota
    }

    /// - Throws: `QuotaExceeded`.
    func require(_ more: Int) throws {
        if let fileLimit, files >= fileLimit { throw QuotaExceeded.files(used: files, limit: fileLimit) }
        if let byteLimit, more > byteLimit - bytes { throw QuotaExceeded.bytes(used: bytes, more: more, limit: byteLimit) }
    }

    /// The same for a file in the place of another; one that is not larger fits in any case.
    ///
    /// - Throws: `QuotaExceeded`.
    func require(_ more: Int, insteadOf former: Int) throws {
        guard more > former, let byteLimit, more - former > byteLimit - bytes else { return }
        throw QuotaExceeded.bytes(used: bytes, more: more, limit: byteLimit)
    }
}

extension MediaStore {
    /// Checks that one more file fits into an account's quota.
    ///
    /// - Parameters:
    ///   - owner: nil for a visitor, who has none.
    ///   - bytes: of the file.
    /// - Throws: `QuotaExceeded`.
    public func requireRoom(of owner: Int?, for bytes: Int) throws {
        guard let owner else { return }
        try quota(of: owner)?.require(bytes)
    }

    /// Checks that a file fits in the place of one with so many bytes.
    ///
    /// - Throws: `QuotaExceeded`.
    func requireRoom(of owner: Int?, for bytes: Int, insteadOf former: Int) throws {
        guard let owner else { return }
        try quota(of: owner)?.require(bytes, insteadOf: former)
    }

    /// Whether anything is limited.
    func hasQuota(_ owner: Int) throws -> Bool { try rows.quota(of: owner)?.isAny ?? false }

    /// nil where nothing is limited.
    private func quota(of owner: Int) throws -> OwnerQuota? {
        guard try hasQuota(owner) else { return nil }
        return try database.read { try rows.quota(of: owner)?.with(waiting.numbers(of: owner)) }
    }
}
