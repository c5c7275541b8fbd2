// A row is a view of the cursor's current position, so it is valid only inside the closure that received it. Columns are read through
// a class, not a protocol: one virtual call, and no existential box for each row.

/// The position of a running statement. Each engine's module overrides all members.
open class Cursor {
    public init() {}

    open func isNull(_ column: Int) -> Bool { fatalError("a cursor of no engine") }
    open func integer(_ column: Int) -> Int { fatalError("a cursor of no engine") }
    open func real(_ column: Int) -> Double { fatalError("a cursor of no engine") }
    open func text(_ column: Int) -> String { fatalError("a cursor of no engine") }
    open func bytes(_ column: Int) -> [UInt8] { fatalError("a cursor of no engine") }
}

/// The current row of a query; columns count from 0.
public struct Row {
    @usableFromInline let cursor: Cursor

    public init(_ cursor: Cursor) { self.cursor = cursor }

    @inlinable
    public func isNull(_ column: Int) -> Bool { cursor.isNull(column) }

    /// An integer; 0 for NULL.
    @inlinable
    public func integer(_ column: Int) -> Int { cursor.integer(column) }

    @inlinable
    public func optionalInteger(_ column: Int) -> Int? { isNull(column) ? nil : integer(column) }

    @inlinable
    public func optionalReal(_ column: Int) -> Double? { isNull(column) ? nil : cursor.real(column) }

    /// A text; empty for NULL.
    @inlinable
    public func text(_ column: Int) -> String { cursor.text(column) }

    @inlinable
    public func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

    /// Bytes; none for NULL.
    @inlinable
    public func blob(_ column: Int) -> [UInt8] { cursor.bytes(column) }
}
