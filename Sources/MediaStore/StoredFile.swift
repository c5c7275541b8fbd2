// A row of `file`, as callers of this module see it.

import Database
import Media
import Text

/// A stored file and its metadata.
public struct StoredFile: Sendable {
    public let id: Int
    public let path: StoredPath
    public let originalName: String
    public let type: MediaType
    /// Bytes on disk.
    public let size: Int
    /// Pixels after orientation; nil if unknown.
    public let width: Int?
    public let height: Int?
    /// Seconds, videos only.
    public let duration: Double?
    public let sha256: [UInt8]
    public let views: Int
    /// Seconds since 1970.
    public let createdAt: Int
    /// Whether lists show it to everybody.
    public let isPublic: Bool
    /// The account that uploaded it; nil for a visitor's.
    public let owner: Int?
    /// How often its bytes were replaced.
    public let version: Int
    /// Seconds since 1970; nil for a file that is not deleted, or whose time of deletion is unknown.
    public let deletedAt: Int?
    /// When it is to be gone, in seconds since 1970; nil for a file that stays.
    public let expiresAt: Int?
    let state: FileState

    /// What pages call it: its original name, which searches find and which can be changed; the last part of its path if that name shows nothing.
    public var shownName: String { originalName.showsNothing ? path.name : originalName }

    /// Whether it is in the recycle bin, or was.
    public var isRecycled: Bool { state == .recycled }

    static let columns = """
        id, path, original_name, type, size, width, height, duration, sha256, views, created_at, is_public, account_id, state, deleted_at, version,
        expires_at
        """
    static let columnCount = columns.split(separator: ",").count

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
        isPublic = row.integer(11) != 0
        owner = row.optionalInteger(12)
        state = FileState(rawValue: row.integer(13)) ?? .kept
        deletedAt = row.optionalInteger(14)
        version = row.integer(15)
        expiresAt = row.optionalInteger(16)
    }
}

/// Errors other than those of the disk and the database.
public enum MediaStoreError: Error, CustomStringConvertible {
    /// A row's path or type is invalid.
    case unreadableRow(id: Int)
    /// No free name was found: all names tried are taken, or the random number generator is broken.
    case noFreeName
    /// A file was uploaded or restored while its folder was deleted.
    case inUse

    public var description: String {
        switch self {
        case .unreadableRow(let id): "table file, row \(id): path or type is not valid; correct or delete the row"
        case .noFreeName: "no free file name was found"
        case .inUse: "a row says that it is there"
        }
    }
}
