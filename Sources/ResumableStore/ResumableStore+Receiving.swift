// Bytes are synced in steps while they arrive, so that a killed process or a broken connection costs no more than one step. With a checksum
// nothing counts before it was compared.

import Crypto
import Disk

/// The checksum of one request's bytes.
public enum Checksum: Sendable, Equatable {
    case sha1([UInt8]), sha256([UInt8])

    /// The names of the algorithms, as the protocol has them.
    public static let algorithms = ["sha1", "sha256"]

    /// nil for an unknown algorithm or a digest of the wrong length.
    public init?(_ algorithm: String, _ digest: [UInt8]) {
        switch (algorithm, digest.count) {
        case ("sha1", SHA1.length): self = .sha1(digest)
        case ("sha256", SHA256.length): self = .sha256(digest)
        default: return nil
        }
    }
}

extension ResumableStore {
    /// The type of a file is checked as soon as so many bytes are there.
    public static let checkedWithin = 65_536
    /// Bytes between two syncs of one request.
    static let step = 16 << 20

    /// Appends a request's bytes; what counts of them is durable when this returns or throws. The lock must be held.
    ///
    /// - Parameters:
    ///   - draft: the synced bytes so far.
    ///   - read: fills part of a buffer and returns the number of bytes, 0 at the end.
    ///   - check: called with the first `checkedWithin` bytes or more of a file; what it throws ends the request.
    /// - Throws: `ResumableRefusal.tooLong`, `.otherSum`; what `read` and `check` throw; `DiskError`.
    public func receive(_ upload: inout ResumableUpload, into draft: Draft, _ checksum: Checksum?,
                        from read: (UnsafeMutableRawBufferPointer) throws -> Int, check: (Draft) throws -> Void) throws {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 131_072, alignment: 64)
        defer { buffer.deallocate() }
        let digest = checksum.map(RunningSum.init)
        do {
            while true {
                let count = try read(buffer)
                guard count > 0 else { break }
                let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
                guard count <= upload.new.length - draft.size else { throw ResumableRefusal.tooLong }
                try draft.write(bytes)
                digest?.update(bytes)
                if checksum == nil, draft.size >= nextStep(of: upload) { try take(draft, &upload, check) }
            }
        } catch {
            if checksum == nil, !(error is ResumableRefusal), upload.offset < draft.size { try? record(draft, of: &upload) }
            throw error
        }
        guard digest?.matches ?? true else { throw ResumableRefusal.otherSum }
        if upload.offset < draft.size { try take(draft, &upload, check) }
    }

    private func nextStep(of upload: ResumableUpload) -> Int {
        upload.offset < ResumableStore.checkedWithin ? ResumableStore.checkedWithin : upload.offset + ResumableStore.step
    }

    private func take(_ draft: Draft, _ upload: inout ResumableUpload, _ check: (Draft) throws -> Void) throws {
        let isFirst = upload.offset < ResumableStore.checkedWithin && draft.size >= ResumableStore.checkedWithin
        try record(draft, of: &upload)
        if isFirst { try check(draft) }
    }
}

/// A checksum that is being computed.
private final class RunningSum {
    private let expected: Checksum
    private let sha1 = SHA1()
    private let sha256 = SHA256()

    init(_ expected: Checksum) { self.expected = expected }

    func update(_ bytes: UnsafeRawBufferPointer) {
        switch expected {
        case .sha1: sha1.update(bytes)
        case .sha256: sha256.update(bytes)
        }
    }

    /// Must be called once, at the end.
    var matches: Bool {
        switch expected {
        case .sha1(let digest): sha1.finish() == digest
        case .sha256(let digest): sha256.finish() == digest
        }
    }
}
