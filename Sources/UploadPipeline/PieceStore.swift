// Chunked uploads. EasyImages used the client's `name` as a folder, so that a client could read and write any file. Here the folder
// name is an HMAC of the name and of what tells senders apart, so that nobody can add pieces to the upload of another sender. Number,
// size and age of pieces are limited.

import Crypto
import Disk
import Text
import Time

/// The position of a piece in a file.
public struct Piece: Sendable, Equatable {
    /// From 0.
    public let number: Int
    public let count: Int

    public static let countLimit = 512

    /// nil unless number and count are valid and the count is within the limit.
    public init?(number: Int, of count: Int) {
        guard (1...Piece.countLimit).contains(count), (0..<count).contains(number) else { return nil }
        self.number = number
        self.count = count
    }
}

/// Stores pieces until the file is complete.
public final class PieceStore {
    private let folder: Folder
    private let secret: [UInt8]

    /// Maximum incomplete files, of one sender and of all.
    static let senderLimit = 16
    static let limit = 256
    /// Seconds after the last piece until an incomplete file is removed.
    static let age = 6 * 3600

    public init(folder: Folder, secret: [UInt8]) {
        self.folder = folder
        self.secret = secret
    }

    /// Why a piece is rejected.
    public enum Refusal: Error { case tooMany, tooLarge }

    /// Stores a piece; the same piece again replaces the earlier one.
    ///
    /// - Parameters:
    ///   - upload: what all pieces of the file have in common, and those of no other file. Texts of the client are only part of a key.
    ///   - sender: whoever begins the file; may have up to `senderLimit` incomplete ones. Another sender may continue it.
    ///   - sizeLimit: total bytes of all pieces.
    /// - Returns: all pieces in order if the file is now complete; they are then removed from the store. Otherwise nil.
    /// - Throws: `Refusal`, `DiskError`.
    public func take(_ draft: Draft, _ piece: Piece, of upload: [String], sender: [String], sizeLimit: Int) throws -> [File]? {
        guard let lock = try folder.lock("lock") else { return nil }
        defer { withExtendedLifetime(lock) {} }
        let key = try name(of: key(of: upload + ["\(piece.count)"]), sender: key(of: sender))
        let home = try folder.folder(key, creates: true, isDurable: false)
        try home.remove("\(piece.number)")
        // After a power cut a piece may be missing, but not be half there: the file would be put together of it.
        try draft.sync()
        try draft.publish(as: "\(piece.number)", in: home, isDurable: false, copiedIn: folder)
        let pieces = (0..<piece.count).compactMap { try? home.file("\($0)") }
        guard pieces.reduce(0, { $0 + $1.size }) <= sizeLimit else {
            try folder.removeFolder(key)
            throw Refusal.tooLarge
        }
        guard pieces.count == piece.count else { return nil }
        // The files stay open after their names are removed.
        try folder.removeFolder(key)
        return pieces
    }

    /// Removes incomplete files that are too old.
    ///
    /// - Parameter waits: false to leave it to the next call if another process is at work there.
    public func sweep(waits: Bool = true) throws {
        guard let lock = try folder.lock("lock", waits: waits) else { return }
        defer { withExtendedLifetime(lock) {} }
        try Draft.sweep(folder)
        let limit = Now.seconds - PieceStore.age
        for name in try keys() {
            let pieces = try folder.folder(name)
            let newest = try pieces.entries().compactMap { try? pieces.file($0).modified }.max() ?? 0
            if newest <= limit { try folder.removeFolder(name) }
        }
    }

    /// The name of an incomplete file's folder: who began it, and the file.
    private func name(of upload: String, sender: String) throws -> String {
        let keys = try keys()
        if let known = keys.first(where: { $0.hasSuffix("-" + upload) }) { return known }
        let mine = keys.filter { $0.hasPrefix(sender + "-") }
        guard mine.count < PieceStore.senderLimit, keys.count < PieceStore.limit else { throw Refusal.tooMany }
        return sender + "-" + upload
    }

    private func keys() throws -> [String] { try folder.entries().filter { $0 != "lock" && !$0.hasPrefix(".") } }

    private func key(of words: [String]) -> String {
        // Length-prefixed, so that different lists never give the same text.
        let text = "pieces" + words.map { "\($0.utf8.count):\($0)" }.joined()
        return Hexadecimal.encode(Array(HMACSHA256.authenticate(Array(text.utf8), key: secret).prefix(16)))
    }
}
