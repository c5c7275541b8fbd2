// The name of a content: clients compare it. The rules know it as text; the database keeps its 32 bytes.

import Crypto
import SyncRules

extension ContentHash {
    /// The 32 bytes.
    var bytes: [UInt8] { Hexadecimal.decode(text) ?? [] }

    /// - Parameter bytes: a SHA-256.
    init(bytes: [UInt8]) throws {
        guard bytes.count == SHA256.length, let hash = ContentHash(Hexadecimal.encode(bytes)) else {
            throw SyncError.damaged("a content hash of \(bytes.count) bytes")
        }
        self = hash
    }
}
