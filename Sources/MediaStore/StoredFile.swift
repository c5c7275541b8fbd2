// A row of `file`, as the rest of the program sees it.

import Database
import Media

/// A kept file and what is known of it.
public struct StoredFile: Sendable {
    public let id: Int
    public let path: StoredPath
    public let originalName: String
    public let type: MediaType
    /// Bytes on disk.
    public let size: Int
    /// Pixels after orientation; nil when the file does not tell.
    public let width: Int?
    public let height: Int?
    /// Seconds, videos only.
    public let duration: Double?
    public let sha256: [UInt8]
    public let views: Int
    /// Seconds since 1970.
    public let createdAt: Int

    static let columns = "id, path, original_name, type, size, width, height, duration, sha256, views, created_at"
    static let columnCount = 11

    init(_ row: Row) throws {
        guard let path = StoredPath(row.text(1)), let type = MediaType(rawValue: row.text(3)) else {
            throw MediaStoreError.unreadableRow(id: row.integer(0))
        }
        id = row.integer(0)
        self.path = path
        originalName = row.text(2)
        self.type = type
        size = row.integer(4)
        width = row.optionalInteger(5)
        height = row.optionalInteger(6)
        duration = row.optionalReal(7)
        sha256 = row.blob(8)
        views = row.integer(9)
        createdAt = row.integer(10)
    }
}

/// What can go wrong beside the disk and the database themselves.
public enum MediaStoreError: Error, CustomStringConvertible {
    /// A row's path or type is not one that this program writes.
    case unreadableRow(id: Int)
    /// No free name was found: a folder is full of it, or the random numbers are broken.
    case noFreeName
    /// It came, or came back, while its folder was deleted.
    case inUse

    public var description: String {
        switch self {
        case .unreadableRow(let id): "table file, row \(id): path or type is not valid; correct or delete the row"
        case .noFreeName: "no free file name was found"
        case .inUse: "a row says that it is there"
        }
    }
}
