// A replacement that has begun: all that is needed to finish it after a crash.

import Media

/// What a row knows of the bytes of its file.
struct StoredContent: Equatable {
    let facts: MediaFacts
    /// Bytes.
    let size: Int
    let sha256: [UInt8]
    let sentSHA256: [UInt8]
}

/// A file that gets other bytes under its path.
struct PendingReplacement {
    /// The file's id, and its path.
    let id: Int
    let path: StoredPath
    /// What it gets.
    let content: StoredContent
    let sender: Sender?
    /// The path that the former bytes have as a file of their own, and their name in the recycle bin.
    let formerPath: StoredPath
    let recycledName: String

    /// The name of the new bytes, in the folder of the path, until they are in their place. No stored file begins with a dot, and web servers
    /// send none that does.
    var draftName: String { ".replacing-\(id)" }

    /// Below the uploads folder.
    var draftPath: String { path.folder.isEmpty ? draftName : "\(path.folder)/\(draftName)" }
}
