// The interface between services and the database. One module per engine implements it; services never import such a module, so that
// another engine can be used without changing them.

/// A database connection. It has one owner and is used on one thread.
public protocol Database: AnyObject {
    /// Which one it is, for the few statements that are an engine's own.
    var engine: Engine { get }

    /// Executes a statement and discards its rows.
    ///
    /// - Parameter values: bound to the `?` in order.
    /// - Returns: the number of rows changed.
    func run(_ text: String, with values: [any Bindable]) throws -> Int

    /// Executes a statement that inserts one row into a table with a column `id`.
    ///
    /// - Returns: the `id` of the new row; nil if a conflicting row kept it from being inserted.
    func insert(_ text: String, with values: [any Bindable]) throws -> Int?

    /// Executes a query and calls `body` for each row until it returns false.
    func each(_ text: String, with values: [any Bindable], _ body: (Row) throws -> Bool) throws

    /// Runs `body` in a write transaction that locks `claim` from its start, and rolls back if it throws. A nested call joins the
    /// transaction that is open. The engine may retry `body`, so it must have no side effects outside the database.
    func write<Value>(_ claim: Claim, _ body: () throws -> Value) throws -> Value

    /// Runs `body`, within a write transaction, without the triggers of tables, for many rows at once: the caller does in the same transaction
    /// what they would have done.
    func withoutTriggers<Value>(_ body: () throws -> Value) throws -> Value

    /// Runs `body`, which changes nothing, in a read transaction: all its queries see the same snapshot.
    func read<Value>(_ body: () throws -> Value) throws -> Value

    /// Lets what `body` reads share one snapshot, and lets a write that follows continue in that transaction if no other
    /// connection has written since: one transaction instead of three. If one has, the write sees a newer state than the reads, as it
    /// would without this call.
    func sharingSnapshot<Value>(_ body: () throws -> Value) rethrows -> Value

    /// Keeps every other process that shares the database, on whatever machine, from `work` until the answer is let go. Not called twice for
    /// one work. (Processes of one machine take turns by a file's lock before.)
    ///
    /// - Parameter patience: seconds to wait; nil for not at all.
    /// - Returns: nil if it does not wait and another machine has the lock.
    /// - Throws: `DatabaseError`, `.busy` if the wait was in vain.
    func lock(_ work: ExclusiveWork, patience: Int?) throws -> (any HeldLock)?

    /// A marker of the current state. nil if the engine cannot provide one; the caller must compare the data itself then.
    var moment: Moment? { get throws }

    /// The number of migrations that were applied; 0 for an empty database.
    var schemaVersion: Int { get throws }

    /// The same number, negative while every change of a row is refused (`MovableDatabase`).
    var schemaMark: Int { get throws }

    /// Lets the ids of tables that never give one twice go on behind a gap. It is durable when this returns.
    ///
    /// - Throws: `DatabaseError`, `.busy` where others write for too long.
    func passOver(_ gap: IDGap) throws
}

extension Database {
    public var schemaMark: Int { get throws { try schemaVersion } }

    /// Executes a statement and returns the number of rows changed.
    @discardableResult @inlinable
    public func run(_ text: String, _ values: any Bindable...) throws -> Int { try run(text, with: values) }

    /// All rows of a query, each converted by `make`.
    @inlinable
    public func all<Value>(_ text: String, _ values: any Bindable..., make: (Row) throws -> Value) throws -> [Value] {
        var found: [Value] = []
        try each(text, with: values) { row in
            found.append(try make(row))
            return true
        }
        return found
    }

    /// The first row of a query, converted by `make`; nil if there is none.
    @inlinable
    public func first<Value>(_ text: String, _ values: any Bindable..., make: (Row) throws -> Value) throws -> Value? {
        var found: Value?
        try each(text, with: values) { row in
            found = try make(row)
            return false
        }
        return found
    }

    /// Whether a query returns a row.
    @inlinable
    public func has(_ text: String, _ values: any Bindable...) throws -> Bool {
        var isFound = false
        try each(text, with: values) { _ in
            isFound = true
            return false
        }
        return isFound
    }

    /// Executes a statement that inserts one row and returns its `id`; nil if a conflicting row kept it from being inserted.
    @inlinable
    public func insert(_ text: String, _ values: any Bindable...) throws -> Int? { try insert(text, with: values) }

    /// A write transaction that locks the whole database.
    @discardableResult @inlinable
    public func write<Value>(_ body: () throws -> Value) throws -> Value { try write(.whole, body) }

    /// Runs a query, `body`, while nobody writes: of a table whose ids the engine gives, no row comes up later below one that is seen here. On a
    /// server transactions end in another order than that of the ids of their rows.
    @inlinable
    public func settled<Value>(_ body: () throws -> Value) throws -> Value {
        try engine == .sqlite ? body() : write(.whole, body)
    }
}

/// A marker of the database's state; two are equal if nothing was written between them.
public struct Moment: Equatable, Sendable {
    /// Changes when another connection writes.
    public let others: Int
    /// Changes when this connection writes.
    public let own: Int

    public init(others: Int, own: Int) {
        self.others = others
        self.own = own
    }
}
