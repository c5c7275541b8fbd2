// Conflicts: overlapping changes that a merge could not decide, stored until a user resolves them. A row lists each path with the values
// of both sides; long values are replaced by their hash, and both documents stay readable.

import Crypto
import Database
import JSONText
import SyncRules
import Text

/// A conflict to be inserted.
struct NewConflict {
    let account: Int
    let file: Int
    let device: String
    let localVersion: Int
    let remoteVersion: Int
    let savedVersion: Int
    /// The id of the pushed content; nil for a deletion.
    let local: Int?
    let isClean: Bool
    /// As in `StoredConflict.paths`.
    let paths: [UInt8]
}

/// A stored conflict.
public struct StoredConflict {
    public let id: Int
    public let fileKey: String
    public let deviceID: String
    public let deviceName: String
    /// The base version of the push; 0: unknown.
    public let localVersion: Int
    /// The head version at the time of the push.
    public let remoteVersion: Int
    /// The version that contains the result.
    public let savedVersion: Int
    /// nil if that side is a deletion.
    public let localHash: ContentHash?
    public let remoteHash: ContentHash?
    /// Whether the changes did not overlap.
    public let isClean: Bool
    /// A JSON array of `{path, base, local, remote, chosen}`.
    public let paths: [UInt8]
    /// `auto`, or the action that resolved it; nil while it is open.
    public let resolution: String?
    public let resolvedVersion: Int?
    /// Seconds since 1970.
    public let resolvedAt: Int?
    public let createdAt: Int
    let account: Int
    let file: Int
    let localID: Int?
    let choice: [UInt8]

    init(_ row: Row) throws {
        id = row.integer(0)
        fileKey = row.text(1)
        deviceID = row.text(2)
        deviceName = row.text(3)
        (localVersion, remoteVersion, savedVersion) = (row.integer(4), row.integer(5), row.integer(6))
        localHash = try ContentHash(row: row, 7)
        remoteHash = try ContentHash(row: row, 8)
        isClean = row.integer(9) != 0
        paths = Array(row.text(10).utf8)
        resolution = row.optionalText(11)
        resolvedVersion = row.optionalInteger(12)
        resolvedAt = row.optionalInteger(13)
        createdAt = row.integer(14)
        (account, file) = (row.integer(15), row.integer(16))
        localID = row.optionalInteger(17)
        choice = row.blob(18)
    }
}

/// One page of conflicts, and the number of conflicts on all pages.
public struct ConflictPage {
    public let conflicts: [StoredConflict]
    public let total: Int
}

extension SyncStore {
    /// The account's conflicts, newest first.
    ///
    /// - Parameter key: only conflicts of this file, which need not exist.
    public func conflicts(of account: Int, key: FileKey?, resolved: Bool, page: Paging) throws -> ConflictPage {
        try database.read {
            let file = try key.map { try storedFile($0, of: account)?.id ?? 0 }
            return try conflictRows.page(page, of: account, file: file, resolved: resolved)
        }
    }
}

/// The JSON text of a conflict's paths and values.
enum ConflictPaths {
    /// Maximum bytes of a value; longer ones are replaced by their hash. The second limit applies if there are very many paths.
    static let valueLimits = [1_024, 80]
    /// Maximum bytes of all entries; above it, one entry for the whole document replaces them.
    static let limit = 2_097_152

    static func json(_ overlaps: [Overlap]) -> [UInt8] {
        for valueLimit in valueLimits {
            if let text = json(overlaps, valueLimit) { return text }
        }
        return Array(#"[{"path":"","base":null,"local":null,"remote":null,"chosen":"both"}]"#.utf8)
    }

    /// One entry for a document that was deleted.
    static func deletion(of head: StoredVersion) -> [UInt8] {
        let remote: JSONValue = ["sha256": JSONValue(head.hash?.text), "size": JSONValue(head.size)]
        let entry: JSONValue = ["path": "", "base": nil, "local": nil, "remote": remote, "chosen": "local"]
        return JSONValue.array([entry]).bytes
    }

    /// One entry for a document that was restored by a push after a deletion.
    static func revival(_ push: Document) -> [UInt8] {
        let local: JSONValue = ["sha256": .string(push.hash.text), "size": JSONValue(push.size)]
        let entry: JSONValue = ["path": "", "base": nil, "local": local, "remote": nil, "chosen": "local"]
        return JSONValue.array([entry]).bytes
    }

    private static func json(_ overlaps: [Overlap], _ valueLimit: Int) -> [UInt8]? {
        var text = [UInt8(ascii: "[")]
        for overlap in overlaps {
            guard text.count + overlap.path.utf8.count < limit else { return nil }
            if text.count > 1 { text.append(UInt8(ascii: ",")) }
            text += json(overlap, valueLimit)
        }
        return text.count < limit ? text + [UInt8(ascii: "]")] : nil
    }

    private static func json(_ overlap: Overlap, _ limit: Int) -> [UInt8] {
        Array("{\"path\":".utf8) + JSONValue.string(overlap.path).bytes
            + Array(",\"base\":".utf8) + value(overlap.base, limit) + Array(",\"local\":".utf8) + value(overlap.local, limit)
            + Array(",\"remote\":".utf8) + value(overlap.remote, limit) + Array(",\"chosen\":\"\(overlap.chosen.rawValue)\"}".utf8)
    }

    /// The value, `null` if there is none, or `{"sha256": …, "size": …}` for a long one.
    private static func value(_ slice: TextSlice?, _ limit: Int) -> [UInt8] {
        guard let slice else { return Array("null".utf8) }
        guard slice.count > limit else { return slice.bytes }
        let digest = SHA256()
        slice.withBytes { digest.update($0) }
        return Array("{\"sha256\":\"\(Hexadecimal.encode(digest.finish()))\",\"size\":\(slice.count)}".utf8)
    }
}
