// A file as it came out of the form: on disk already, and hashed while it was written, so that nobody reads it again for that.

import Crypto
import Disk
import Media

/// An uploaded file before anybody has looked into it.
public struct ReceivedFile {
    public let draft: Draft
    public let originalName: ClientName
    public let sha256: [UInt8]
}

/// Writes a file part to a draft and hashes it on the way.
final class HashingDraft {
    let draft: Draft
    private let hash = SHA256()

    init(_ draft: Draft) { self.draft = draft }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        try draft.write(bytes)
        hash.update(bytes)
    }

    func finish(named name: [UInt8]) -> ReceivedFile {
        ReceivedFile(draft: draft, originalName: ClientName(bytes: name), sha256: hash.finish())
    }
}
