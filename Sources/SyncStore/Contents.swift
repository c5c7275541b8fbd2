// Contents are kept once for each hash and never changed. Up to the border they lie in the database, where one transaction
// and one sync take them along with their version; beyond it in files, written before the row as uploads are, so that the
// write lock is never held while many bytes go to the disk.
//
// The border was measured on ext4 with bytes that do not compress, a row with the bytes against a synced file and a row without
// (mean of 60 each): 32 KB 0.4 against 1.1 ms, 64 KB 0.6 against 1.3, 128 KB 0.8 against 1.4, 256 KB 1.5 against 1.5, 512 KB
// 4.1 against 3.1. Half of where both are alike, because the write lock is held for the row and not for the file.

import Compression
import Crypto
import Disk
import JSONText
import SyncRules

/// A content that is ready to be recorded: compressed, and on disk already if it is large.
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

    /// Bytes after compression; what is longer becomes a file.
    static let border = 131_072
    /// Bytes; below this, compression gains nothing that a database page would notice.
    static let worthCompressing = 256

    /// How hard is tried: with few bytes more effort finds one in a hundred less, and with many it takes longer than the disk.
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

    /// Records a content inside the caller's transaction, and returns its id; one that is known stays as it is.
    func keep(_ content: PreparedContent, at moment: Int) throws -> Int {
        let (coding, bytes): (ContentCoding, [UInt8]?) = switch content.storage {
        case .plain(let bytes): (.plain, bytes)
        case .zlib(let bytes): (.zlib, bytes)
        case .file: (.file, nil)
        }
        // A collection may have taken the file away between its publication and this transaction.
        if coding == .file, !folder.holds(Contents.path(of: content.hash)) { throw SyncError.contentVanished }
        return try rows.insert(content, coding, bytes, at: moment) ?? id(of: content.hash) ?? 0
    }

    func id(of hash: ContentHash) throws -> Int? { try rows.id(of: hash) }

    /// Opens a kept content.
    func open(_ id: Int) throws -> KeptContent {
        guard let row = try rows.content(id) else { throw SyncError.damaged("sync_content \(id) is missing") }
        let storage: KeptContent.Storage = switch row.coding {
        case .plain: .plain(row.bytes)
        case .zlib: .zlib(row.bytes)
        case .file: .file(try folder.file(Contents.path(of: row.hash)))
        }
        return KeptContent(id: id, hash: row.hash, size: row.size, storage: storage)
    }

    /// "ab/<64 digits>", so that no folder holds more than a few thousand names.
    static func path(of hash: ContentHash) -> String { "\(hash.text.prefix(2))/\(hash.text)" }

    private func publish(_ draft: Draft, as hash: ContentHash) throws {
        let path = Contents.path(of: hash)
        let home = try folder.folder(String(path.prefix(2)), creates: true)
        do {
            try draft.publish(as: hash.text, in: home)
        } catch let error as DiskError where error.kind == .exists {
            // Somebody wrote the same bytes before; they are young again, so that no collection takes them away now.
            try home.file(hash.text).touch()
        }
    }

    /// Compressed bytes on their way: in memory up to the border.
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

/// A content that is kept; small ones are in memory, compressed, large ones an open file.
public struct KeptContent {
    public let id: Int
    public let hash: ContentHash
    /// Bytes of the minified content.
    public let size: Int
    let storage: Storage

    enum Storage {
        case plain([UInt8]), zlib([UInt8]), file(File)
    }

    /// Hands on exactly `size` bytes, in pieces.
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

    /// The content at one place, to be compared with others.
    func text(newDraft: @escaping () throws -> Draft) throws -> HeldText {
        let spool = Spool(sizeLimit: size, newDraft: newDraft)
        try write(to: spool.write)
        guard spool.size == size else { throw SyncError.damaged("content \(hash.text) is shorter than its row says") }
        return try spool.text()
    }
}
