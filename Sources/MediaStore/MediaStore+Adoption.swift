// Files that were there before this program: an importer finds them and hands them over here, many in one transaction. No byte
// of them is read for it, so their digests stay unknown (empty) and no upload counts as a duplicate of them.

import Database
import Media

/// A file that lies in the upload folder and has no row yet.
public struct AdoptedFile: Sendable {
    public let path: StoredPath
    public let facts: MediaFacts
    public let originalName: ClientName
    /// Bytes.
    public let size: Int
    /// Seconds since 1970.
    public let createdAt: Int
    public let owner: Int?
    public let sender: Sender?
    /// Its flat name in the recycle bin, where it lies instead of at its path; nil for a file that is in its place.
    public let recycledName: String?

    public init(path: StoredPath, facts: MediaFacts, originalName: ClientName, size: Int, createdAt: Int, owner: Int?,
                sender: Sender?, recycledName: String? = nil) {
        self.path = path
        self.facts = facts
        self.originalName = originalName
        self.size = size
        self.createdAt = createdAt
        self.owner = owner
        self.sender = sender
        self.recycledName = recycledName
    }
}

/// What the database knows of a path.
public enum Standing: Sendable {
    case unknown
    /// There is the row of a file that is not in the recycle bin.
    case known(hasSender: Bool)
}

extension MediaStore {
    /// Whether any row, of a deleted file too, has this path.
    public func knows(_ path: StoredPath) throws -> Bool { try rows.knows(path) }

    public func standing(of path: StoredPath) throws -> Standing { try rows.standing(of: path) }

    /// Whether a row says of a name in the recycle bin whose it was.
    public func knowsRecycled(_ name: String) throws -> Bool { try rows.knowsRecycled(name) }

    /// Records who sent files that have a row without it, in one transaction.
    ///
    /// - Returns: how many were new.
    public func record(_ senders: [(path: StoredPath, sender: Sender)]) throws -> Int {
        try database.write {
            try senders.reduce(0) { try $0 + (senderRows.insert($1.sender, ofFileAt: $1.path) ? 1 : 0) }
        }
    }

    /// Records files in one transaction; those that have a row already are passed over. One that lies in the recycle bin has no
    /// time of deletion, so it stays there: its operator never let anything be thrown away by itself.
    ///
    /// - Returns: how many were new.
    public func adopt(_ files: [AdoptedFile]) throws -> Int {
        try database.write {
            var count = 0
            for file in files {
                if file.recycledName == nil { try makeRoom(for: file) }
                guard let id = try rows.insert(file) else { continue }
                if let sender = file.sender { try senderRows.insert(sender, of: id) }
                count += 1
            }
            try shelves.divide()
            return count
        }
    }
}

extension MediaStore {
    /// Takes over how much each address uploaded on a day ("2025-07-28"); where more is known here, that stays.
    public func count(_ counts: [(address: String, count: Int)], on day: String) throws {
        try database.write {
            for each in counts { try senderRows.setCount(each.count, on: day, from: each.address) }
        }
    }
}
