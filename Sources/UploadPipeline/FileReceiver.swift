// Streams a file from a form to disk and hashes it on the way, so that it is not read again for that.

import Crypto
import Disk
import HTTP
import Media

/// An uploaded file before its content has been checked.
public struct ReceivedFile {
    public let draft: Draft
    public let originalName: ClientName
    public let sha256: [UInt8]
    /// nil unless requested.
    public let md5: [UInt8]?

    /// A file that was received before, by other processes perhaps; it is read to hash it.
    public init(_ draft: Draft, named name: ClientName, wantsMD5: Bool) throws {
        let (sha256, md5) = (SHA256(), wantsMD5 ? MD5() : nil)
        try draft.forEachPiece { bytes in
            sha256.update(bytes)
            md5?.update(bytes)
        }
        self.init(draft: draft, originalName: name, sha256: sha256.finish(), md5: md5?.finish())
    }

    init(draft: Draft, originalName: ClientName, sha256: [UInt8], md5: [UInt8]?) {
        (self.draft, self.originalName, self.sha256, self.md5) = (draft, originalName, sha256, md5)
    }

    /// The same file with another client name.
    public func named(_ name: ClientName) -> ReceivedFile {
        ReceivedFile(draft: draft, originalName: name, sha256: sha256, md5: md5)
    }
}

/// The result of receiving a file part.
public enum ReceivedPart {
    case file(ReceivedFile)
    /// No bytes: browsers send this if no file was chosen.
    case empty
    /// More bytes than the limit; the value is the full size. Nothing is kept.
    case tooLarge(Int)
}

/// Receives files.
public struct FileReceiver {
    /// Bytes.
    public let sizeLimit: Int
    let wantsMD5: Bool
    let newDraft: () throws -> Draft

    public init(sizeLimit: Int, wantsMD5: Bool = false, newDraft: @escaping () throws -> Draft) {
        self.sizeLimit = sizeLimit
        self.wantsMD5 = wantsMD5
        self.newDraft = newDraft
    }

    /// Receives the current part of a form.
    ///
    /// - Throws: `Problem`, `DiskError`.
    public func receive(named name: ClientName, from reader: MultipartReader) throws -> ReceivedPart {
        let target = HashingDraft(limit: sizeLimit, wantsMD5: wantsMD5, newDraft)
        try reader.readPart(target.write)
        return target.finish(named: name)
    }

    /// Concatenates the pieces of a file, in order.
    ///
    /// - Throws: `DiskError`.
    public func join(_ pieces: [File], named name: ClientName) throws -> ReceivedPart {
        let target = HashingDraft(limit: sizeLimit, wantsMD5: wantsMD5, newDraft)
        for piece in pieces { try piece.forEachPiece(target.write) }
        return target.finish(named: name)
    }
}

/// Writes bytes to a draft and hashes them; beyond the limit they are only counted.
private final class HashingDraft {
    private let limit: Int
    private let newDraft: () throws -> Draft
    private var draft: Draft?
    private var size = 0
    private let sha256 = SHA256()
    private let md5: MD5?

    init(limit: Int, wantsMD5: Bool, _ newDraft: @escaping () throws -> Draft) {
        self.limit = limit
        self.newDraft = newDraft
        md5 = wantsMD5 ? MD5() : nil
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        size += bytes.count
        guard size <= limit else { return draft = nil }
        let draft = try draft ?? newDraft()
        self.draft = draft
        try draft.write(bytes)
        sha256.update(bytes)
        md5?.update(bytes)
    }

    func finish(named name: ClientName) -> ReceivedPart {
        guard size <= limit else { return .tooLarge(size) }
        guard let draft else { return .empty }
        return .file(ReceivedFile(draft: draft, originalName: name, sha256: sha256.finish(), md5: md5?.finish()))
    }
}
