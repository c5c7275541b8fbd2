// Adoption: an importer finds existing files and inserts their rows, many in one transaction. Their content is not read, so their
// digests are unknown (empty) and no upload is a duplicate of them.

import Database
import Media

/// A file in the uploads folder that has no row yet.
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
    /// Its flat name in the recycle bin if it is there; nil if it is at its path.
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

/// What an adoption inserted: rows of files, and senders.
public struct Adoption: Sendable, Equatable {
    public var files = 0
    public var senders = 0

    public init(files: Int = 0, senders: Int = 0) { (self.files, self.senders) = (files, senders) }
}

/// Whether the database knows a path.
public enum PathStatus: Sendable {
    case unknown
    /// A row has this path, and its file is not in the recycle bin.
    case known(hasSender: Bool)
}

extension MediaStore {
    /// Whether any row has this path, also that of a deleted file.
    public func knows(_ path: StoredPath) throws -> Bool { try rows.knows(path) }

    public func status(of path: StoredPath) throws -> PathStatus { try database.read { try rows.status(of: path) } }

    /// Whether a row has this name in the recycle bin.
    public func knowsRecycled(_ name: String) throws -> Bool { try rows.knowsRecycled(name) }

    /// Stores the senders of files that have a row but no sender, in one transaction.
    ///
    /// - Returns: the number of senders stored.
    public func record(_ senders: [(path: StoredPath, sender: Sender)]) throws -> Int {
        try database.write {
            try senders.reduce(0) { try $0 + (senderRows.insert($1.sender, ofFileAt: $1.path) ? 1 : 0) }
        }
    }

    /// Inserts files in one transaction; those that have a row already are skipped. One in the recycle bin gets no time of deletion, so it
    /// never expires: the replaced program did not expire it either.
    ///
    /// - Returns: what was inserted.
    @discardableResult
    public func adopt(_ files: [AdoptedFile]) throws -> Adoption {
        try database.write {
            if try rows.isAnyRecycled() { for file in files where file.recycledName == nil { try makeRoom(for: file) } }
            let (new, senders) = try files.count < MediaStore.many ? insert(files) : insertTogether(files)
            try names.add(insertedRows: new)
            if let last = new.last { try countWaiting(upTo: last.id) }
            try shelves.divide()
            return Adoption(files: new.count, senders: senders)
        }
    }

    /// From this number of rows on it is faster to count them together than one by one.
    private static let many = 64

    /// - Returns: what is derived of the new rows, in order of ids, and the number of senders stored.
    private func insert(_ files: [AdoptedFile]) throws -> (rows: [DerivingRow], senders: Int) {
        for file in files { try days.open(file.facts.type.kind, at: file.createdAt) }
        try waiting.begin()
        return try insertRows(files)
    }

    /// The same of many files: triggers would take as long as the insertion itself.
    private func insertTogether(_ files: [AdoptedFile]) throws -> (rows: [DerivingRow], senders: Int) {
        while try countWaiting() {}
        let inserted = try database.withoutTriggers { try insertRows(files) }
        try count(insertedRows: inserted.rows)
        if let last = inserted.rows.last, try waiting.first() != .max { try waiting.setFirst(last.id + 1) }
        return inserted
    }

    private func insertRows(_ files: [AdoptedFile]) throws -> (rows: [DerivingRow], senders: Int) {
        var (new, senders): ([DerivingRow], Int) = ([], 0)
        for file in files {
            let id = try rows.insert(file)
            if let id { new.append(DerivingRow(id: id, of: file)) }
            if let sender = file.sender, try insert(sender, of: id, at: file.path) { senders += 1 }
        }
        return (new, senders)
    }

    /// - Parameter id: of a row that is new; otherwise the row at the path may have a sender.
    private func insert(_ sender: Sender, of id: Int?, at path: StoredPath) throws -> Bool {
        guard let id else { return try senderRows.insert(sender, ofFileAt: path) }
        try senderRows.insert(sender, of: id)
        return true
    }

    /// What `adopt` would insert of files of which no row is known (`status`).
    public func rehearseAdoption(of files: [AdoptedFile]) throws -> Adoption {
        try files.reduce(into: Adoption()) { adoption, file in
            let isBack = try file.recycledName == nil && isBack(file, rows.recycled(from: file.path))
            if !isBack { adoption.files += 1 }
            if file.sender != nil, try !isBack || !senderRows.isSender(knownOfFileAt: file.path) { adoption.senders += 1 }
        }
    }
}

extension MediaStore {
    /// Imports the number of uploads from each address on a day ("2025-07-28"); a higher number that is stored already stays.
    public func count(_ counts: [(address: String, count: Int)], on day: String) throws {
        try database.write {
            for each in counts { try senderRows.setCount(each.count, on: day, from: each.address) }
        }
    }
}
