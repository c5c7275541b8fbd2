// What has expired is hidden at once, by the clock; the sweep that removes it (MediaStore+Expiry.swift) comes within a minute.

import Media
import Time

extension StoredFile {
    /// Whether its time is over.
    public var hasExpired: Bool { ends(by: Now.seconds) }

    /// - Parameter moment: seconds since 1970.
    func ends(by moment: Int) -> Bool { expiresAt.map { $0 <= moment } ?? false }

    var unlessExpired: StoredFile? { hasExpired ? nil : self }
}

extension MediaStore {
    /// Whether what lies at a path, if anything still does, is that of a file which has expired or is being deleted. Only paths of files that
    /// expire are looked up.
    public func isOver(_ path: StoredPath) throws -> Bool {
        guard path.isExpiring, let row = try rows.any(at: path) else { return false }
        return row.state != .kept || row.hasExpired
    }
}
