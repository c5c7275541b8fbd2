// A buffer for a stream of unknown length: in memory while it is small, then in an unpublished file that is mapped at the end. Contents
// are hashed while they are written, so that nothing is read twice.

import Crypto
import Disk
import JSONText
import SyncRules

/// Buffers bytes, and hashes them if they are a content.
public final class Spool {
    private var few: [UInt8] = []
    private var draft: Draft?
    private let digest: SHA256?
    private let sizeLimit: Int
    private let newDraft: () throws -> Draft

    /// Maximum bytes in memory.
    static let memoryLimit = 262_144

    /// - Parameters:
    ///   - sizeLimit: in bytes; more fail with `SyncError.tooLarge`.
    ///   - isContent: whether `document` will be called, which needs the hash.
    ///   - newDraft: creates the file for large streams.
    public init(sizeLimit: Int, isContent: Bool = true, newDraft: @escaping () throws -> Draft) {
        self.sizeLimit = sizeLimit
        digest = isContent ? SHA256() : nil
        self.newDraft = newDraft
    }

    public private(set) var size = 0

    /// Appends bytes.
    public func write(_ bytes: UnsafeRawBufferPointer) throws {
        guard bytes.count <= sizeLimit - size else { throw SyncError.tooLarge }
        size += bytes.count
        digest?.update(bytes)
        if let draft { return try draft.write(bytes) }
        guard size > Spool.memoryLimit else { return few.append(contentsOf: bytes) }
        let draft = try newDraft()
        try few.withUnsafeBytes { try draft.write($0) }
        try draft.write(bytes)
        few = []
        self.draft = draft
    }

    /// All bytes; nothing may be appended afterwards.
    public func text() throws -> HeldText {
        guard let draft else { return HeldText(few) }
        return HeldText(try draft.map())
    }

    /// All bytes with their hash; nothing may be appended afterwards.
    public func document() throws -> Document { Document(hash: try ContentHash(stored: digest?.finish() ?? []), text: try text()) }
}

/// A minified JSON document and its hash.
public struct Document {
    public let hash: ContentHash
    public let text: HeldText

    public var size: Int { text.bytes.count }

    public init(hash: ContentHash, text: HeldText) {
        self.hash = hash
        self.text = text
    }
}

extension HeldText {
    /// The bytes of a mapped file.
    public convenience init(_ mapping: Mapping) { self.init(mapping.bytes) { withExtendedLifetime(mapping) {} } }
}
