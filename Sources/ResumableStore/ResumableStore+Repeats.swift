// A client that did not get the answer to its first request sends that again, with the first bytes in it. What it is told of the upload is
// true for the same bytes only.

import Crypto
import Disk

extension ResumableStore {
    private static let bufferSize = 131_072

    /// Whether bytes that are sent once more, from the first on, are those of the upload, as far as both go. The lock must be held.
    ///
    /// - Parameter read: fills part of a buffer and returns the number of bytes, 0 at the end.
    /// - Throws: `ResumableRefusal.ended` if the upload's bytes are gone; what `read` throws; `DiskError`.
    public func holds(_ upload: ResumableUpload, _ read: (UnsafeMutableRawBufferPointer) throws -> Int) throws -> Bool {
        let draft = try draft(of: upload)
        let kept = UnsafeMutableRawBufferPointer.allocate(byteCount: ResumableStore.bufferSize, alignment: 64)
        defer { kept.deallocate() }
        var position = 0
        return try ResumableStore.forEachPiece(read) { sent in
            let count = min(sent.count, upload.offset - position)
            _ = try draft.read(at: position, into: UnsafeMutableRawBufferPointer(rebasing: kept[..<count]))
            position += count
            return sent.prefix(count).elementsEqual(kept.prefix(count))
        }
    }

    /// The digest of all bytes of a request.
    ///
    /// - Parameter read: as for `holds`.
    public static func sha256(of read: (UnsafeMutableRawBufferPointer) throws -> Int) throws -> [UInt8] {
        let digest = SHA256()
        _ = try forEachPiece(read) { digest.update($0); return true }
        return digest.finish()
    }

    /// - Parameter body: tells whether to go on.
    /// - Returns: whether it always did.
    private static func forEachPiece(_ read: (UnsafeMutableRawBufferPointer) throws -> Int, _ body: (UnsafeRawBufferPointer) throws -> Bool)
        throws -> Bool {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferSize, alignment: 64)
        defer { buffer.deallocate() }
        while true {
            let count = try read(buffer)
            guard count > 0 else { return true }
            guard try body(UnsafeRawBufferPointer(rebasing: buffer[..<count])) else { return false }
        }
    }
}
