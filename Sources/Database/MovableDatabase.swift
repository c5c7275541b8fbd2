// What `imagebed move` asks of an engine beyond statements: that nobody else writes while rows are copied, which is refused by the database itself,
// whatever program writes; and the ids that were given.

/// A database whose rows can be moved to another engine's.
public protocol MovableDatabase: Database {
    /// The tables that hold rows of their own; an index's are left out.
    var tableNames: Set<String> { get throws }

    /// In a write transaction: from its commit on every change of a row is refused (`DatabaseError.Kind.moving`), also after this process has
    /// ended; or no longer. Changes that came before are committed.
    func refuseChanges(_ isOn: Bool) throws

    /// The last ids that were given, of the tables that never give one twice.
    var lastIDs: [String: Int] { get throws }

    /// In a write transaction: the next ids are above these, and above those that rows have.
    func goOn(after ids: [String: Int]) throws
}

extension DatabaseError {
    /// What the database says of a change that it refuses meanwhile.
    public static let movingWords = "the rows of this site are being moved to another database"
}

extension Database {
    /// Whether every change of a row is refused.
    public var refusesChanges: Bool { get throws { try schemaMark < 0 } }

    /// - Throws: `DatabaseError`, `.moving`, where it does: for changes that its triggers would not see.
    public func requireChanges() throws {
        guard try refusesChanges else { return }
        throw DatabaseError(.moving, message: DatabaseError.movingWords, description: "\(engine.rawValue): \(DatabaseError.movingWords)")
    }
}
