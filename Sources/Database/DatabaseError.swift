// What goes wrong is told apart by what can be done about it; the words are those of the engine.

/// A failed call into the database: what it said, and the statement that was running; bound values are never part of it.
public struct DatabaseError: Error, CustomStringConvertible {
    public enum Kind: Sendable {
        /// Somebody else has been writing for longer than a writer waits.
        case busy
        /// The disk is full.
        case full
        /// A `UNIQUE`, `CHECK`, `NOT NULL` or foreign key rule was broken.
        case constraint
        /// The database cannot be opened.
        case unavailable
        /// The end of a write failed in such a way that it may have been kept, or may be found to have been later.
        case unknownOutcome
        /// The database does not allow writing.
        case readOnly
        /// What is stored contradicts itself.
        case corrupt
        case other
    }

    public let kind: Kind
    /// The engine's words.
    public let message: String
    /// The engine, its number for the error, its words and the statement, in one line.
    public let description: String

    public init(_ kind: Kind, message: String, description: String) {
        self.kind = kind
        self.message = message
        self.description = description
    }
}
