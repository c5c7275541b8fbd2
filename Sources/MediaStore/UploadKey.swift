// The name that a client gives an upload, so that it may repeat it without storing a second file.

import Crypto
import Disk
import Media

/// A client's key for one upload, as the database stores it: it stands nowhere as it was sent.
public struct UploadKey: Sendable {
    /// Who may use it: the same text of two senders is two keys.
    let sender: String
    let digest: [UInt8]
    /// The digest of where the request comes from; empty if that does not matter.
    let origin: [UInt8]

    /// - Parameter origin: of senders who are not told apart otherwise: the delete link is told again there only. nil: everywhere.
    public init(_ text: String, of sender: String, from origin: String? = nil) {
        (self.sender, digest) = (sender, SHA256.hash(Array(text.utf8)))
        self.origin = origin.map { SHA256.hash(Array($0.utf8)) } ?? []
    }

    /// The byte of the lock file.
    var lockOffset: Int { ByteLock.offset(for: SHA256.hash(Array("\(sender)\n".utf8) + digest)) }
}

/// A key that one request works under. Others with the same key are refused until it is released, also by the end of the process.
public final class UploadClaim {
    let key: UploadKey
    /// The digest of the request.
    let request: [UInt8]
    /// What an earlier request with this key has stored; nil if this is the first.
    public let earlier: KeptFile?
    private let lock: ByteLock

    init(_ key: UploadKey, request: [UInt8], earlier: KeptFile?, lock: ByteLock) {
        (self.key, self.request, self.earlier, self.lock) = (key, request, earlier, lock)
    }
}

/// Why a key cannot be claimed.
public enum UploadKeyRefusal: Error, Equatable {
    /// Another request works under it.
    case inUse
    /// It was used for another file or name.
    case otherUpload
    /// Its file was deleted.
    case fileDeleted
}
