// Contents are stored once per hash and never change. Up to `border` bytes they are in the database, written in one transaction and one
// fsync with their version. Larger ones are files, published before their row, so that the write lock is not held while many bytes are
// written.
//
// The border was measured on ext4 with incompressible bytes: a row with the bytes against a synced file and a row without them (mean of
// 60): 32 KB 0.4 and 1.1 ms, 64 KB 0.6 and 1.3, 128 KB 0.8 and 1.4, 256 KB 1.5 and 1.5, 512 KB 4.1 and 3.1. Half of the break-even point,
// because the write lock is held for the row but not for the file.

import Compression
import Crypto
import Disk
import JSONText
import SyncRules

/// A content ready to be inserted: compressed, and written to disk already if it is large.
public struct PreparedContent {
    public let hash: ContentHash
    /// Bytes of the minified content.
    public let size: Int
    let storage: Storage

    enum Storage {
        case plain([UInt8]), zlib([UInt8]), file
    }
}

struct Contents {
    let rows: ContentRows
    let folder: Folder

    /// Maximum compressed size of a content in the database, in bytes; larger ones are files.
    static let border = 131_072
    /// Minimum size for compression, in bytes; below it, compression saves too little to matter.
    static let worthCompressing = 256

    /// The compression level: for few bytes a higher one saves 1 %, for many it takes longer than writing to the disk.
    static func level(_ size: Int) -> Int {
        switch size {
        case ...Deflater.wholeLimit: 3
        case ..<262_144: 6
        default: 1
        }
    }

    /// Compresses a content, and publishes it if it is large.
    func prepare(_ document: Document) throws -> PreparedContent {
        let (hash, size) = (document.hash, document.size)
        if size < Contents.worthCompressing {
            return PreparedContent(hash: hash, size: size, storage: .plain(Array(document.text.bytes)))
        }
        if size <= Deflater.wholeLimit {
            return PreparedContent(hash: hash, size: size, storage: .zlib(try Deflater.whole(document.text.bytes, level: Contents.level(size))))
        }
        let target = Packed(folder: folder)
        let deflater = try Deflater(level: Contents.level(size), sink: target.write)
        try deflater.write(document.text.bytes)
        try deflater.finish()
        guard let draft = target.draft else { return PreparedContent(hash: hash, size: size, storage: .zlib(target.few)) }
        try publish(draft, as: hash)
        return PreparedContent(hash: hash, size: size, storage: .file)
    }

    /// Inserts a content in the caller's transaction, unless it exists, and returns its id.
    func keep(_ content: PreparedContent, at moment: Int) throws -> Int {
        let (coding, bytes): (ContentCoding, [UInt8]?) = switch content.storage {
        case .plain(let bytes): (.plain, bytes)
        case .zlib(let bytes): (.zlib, bytes)
        case .file: (.file, nil)
        }
        // A collection may have removed the file between its publication and this transaction.
        if coding == .file, !folder.holds(Contents.path(of: content.hash)) { throw SyncError.contentVanished }
        return try rows.insert(content, coding, bytes, at: moment) ?? id(of: content.hash) ?? 0
    }

    func id(of hash: ContentHash) throws -> Int? { try rows.id(of: hash) }

    /// Opens a stored content.
    func open(_ id: Int) throws -> KeptContent {
        guard let row = try rows.content(id) else { throw SyncError.damaged("sync_content \(id) is missing") }
        let storage: KeptContent.Storage = switch row.coding {
        case .plain: .plain(row.bytes)
        case .zlib: .zlib(row.bytes)
        case .file: .file(try folder.file(Contents.path(of: row.hash)))
        }
        return KeptContent(id: id, hash: row.hash, size: row.size, storage: storage)
    }

    /// "ab/<64 digits>", so that no folder has more than a few thousand entries.
    static func path(of hash: ContentHash) -> String { "\(hash.text.prefix(2))/\(hash.text)" }

    private func publish(_ draft: Draft, as hash: ContentHash) throws {
        let path = Contents.path(of: hash)
        let home = try folder.folder(String(path.prefix(2)), creates: true)
        do {
            try draft.publish(as: hash.text, in: home)
        } catch let error as DiskError where error.kind == .exists {
            // The same bytes were written before; touch the file so that no collection removes it now.
            try home.file(hash.text).touch()
        }
    }

    /// Compressed bytes being written: in memory up to the border, then in a file.
    private final class Packed {
        private let folder: Folder
        private(set) var few: [UInt8] = []
        private(set) var draft: Draft?

        init(folder: Folder) { self.folder = folder }

        func write(_ bytes: UnsafeRawBufferPointer) throws {
            if let draft { return try draft.write(bytes) }
            guard few.count + bytes.count > Contents.border else { return few.append(contentsOf: bytes) }
            let draft = try Draft(in: folder)
            try few.withUnsafeBytes { try draft.write($0) }
            try draft.write(bytes)
            few = []
            self.draft = draft
        }
    }
}

/// A stored content: small ones are in memory, compressed; large ones are an open file.
public struct KeptContent {
    public let id: Int
    public let hash: ContentHash
    /// Bytes of the minified content.
    public let size: Int
    let storage: Storage

    enum Storage {
        case plain([UInt8]), zlib([UInt8]), file(File)
    }

    /// Passes exactly `size` bytes to `sink`, in pieces.
    ///
    /// - Throws: `CompressionError.damaged`; whatever `sink` throws.
    public func write(to sink: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
        switch storage {
        case .plain(let bytes): try bytes.withUnsafeBytes(sink)
        case .zlib(let bytes):
            let inflater = try Inflater(sink: sink)
            try bytes.withUnsafeBytes(inflater.write)
            try inflater.finish()
        case .file(let file):
            let inflater = try Inflater(sink: sink)
            try file.forEachPiece(inflater.write)
            try inflater.finish()
        }
    }

    /// The content as contiguous bytes, for comparison.
    func text(newDraft: @escaping () throws -> Draft) throws -> HeldText {
        let spool = Spool(sizeLimit: size, newDraft: newDraft)
        try write(to: spool.write)
        guard spool.size == size else { throw SyncError.damaged("content \(hash.text) is shorter than its row says") }
        return try spool.text()
    }
}
