// Errors are classified by how a caller can react; the message is the engine's.

/// A failed database call, with the engine's message and the statement; it never contains bound values.
public struct DatabaseError: Error, CustomStringConvertible {
    public enum Kind: Sendable {
        /// Timeout while waiting for another writer's lock.
        case busy
        /// The disk is full.
        case full
        /// A `UNIQUE`, `CHECK`, `NOT NULL` or foreign key constraint was violated.
        case constraint
        /// The database cannot be opened.
        case unavailable
        /// A commit failed in such a way that it may nevertheless be durable.
        case unknownOutcome
        /// The database is read-only.
        case readOnly
        /// The rows are being moved to another database, or were: this one takes no changes any more.
        case moving
        /// The database file is corrupt.
        case corrupt
        case other
    }

    public let kind: Kind
    /// The engine's message.
    public let message: String
    /// The engine, its error code, its message and the statement, in one line.
    public let description: String

    public init(_ kind: Kind, message: String, description: String) {
        self.kind = kind
        self.message = message
        self.description = description
    }
}
