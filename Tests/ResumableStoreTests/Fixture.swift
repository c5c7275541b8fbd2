// A store of resumable uploads in a temporary folder, with a clock of its own.

import Crypto
import Database
import Disk
import Media
@testable import ResumableStore
import SiteTestSupport
import Testing
import TestSupport

/// A store on a folder of its own, with a clock that stands where the test puts it.
final class Fixture {
    let temporary = TemporaryFolder()
    let databases: TestDatabase
    var database: any Database { databases.connection }
    let folder: Folder
    private(set) var store: ResumableStore!
    var time = 1_700_000_000

    init() throws {
        databases = try TestDatabase()
        folder = try Folder(temporary.path)
        store = ResumableStore(database: recorded(databases.connection), uploads: folder, locks: folder, secret: [1, 2, 3], now: { [unowned self] in time })
    }

    func begin(_ length: Int = 10, key: String? = nil, name: String = "a.png", of sender: String = "anna", limit: Int = 1 << 30) throws -> UploadID {
        let id = store.id(for: key, of: sender)
        _ = try store.begin(id, NewUpload(name: ClientName(name), dialect: .v1, metadata: "", length: length), of: sender, quota: sender,
                            byteLimit: limit)
        return id
    }

    /// Appends a text, which comes in pieces of `piece` bytes.
    @discardableResult
    func append(_ text: String, to id: UploadID, _ checksum: Checksum? = nil, breaksAfter: Int = .max, piece: Int = 4,
                check: (Draft) throws -> Void = { _ in }) throws -> ResumableUpload {
        var upload = try store.upload(id, of: "anna")
        var rest = Array(text.utf8)[...]
        var sent = 0
        try store.receive(&upload, into: store.draft(of: upload), checksum, from: { buffer in
            guard sent < breaksAfter else { throw Broken() }
            let count = min(piece, rest.count)
            buffer.copyBytes(from: rest.prefix(count))
            (rest, sent) = (rest.dropFirst(count), sent + count)
            return count
        }, check: check)
        return upload
    }

    func text(of id: UploadID) throws -> String {
        var bytes: [UInt8] = []
        try store.draft(of: store.upload(id, of: "anna")).forEachPiece { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    var files: [String] { get throws { try store.folder()?.entries() ?? [] } }

    struct Broken: Error {}
}
