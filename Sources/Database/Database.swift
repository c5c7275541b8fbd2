// What services know of the database. Behind it stands a door to one engine; no service imports that, so that a site's rows can move to
// another engine without them.

/// One connection, one owner, one thread.
public protocol Database: AnyObject {
    /// Runs a statement for its effect.
    ///
    /// - Parameter values: what its `?` stand for, in their order.
    /// - Returns: the number of rows that it changed.
    func run(_ text: String, with values: [any Bindable]) throws -> Int

    /// Hands on the rows of a statement until `body` returns false.
    func each(_ text: String, with values: [any Bindable], _ body: (Row) throws -> Bool) throws

    /// Runs `body` in one transaction that has what it claims from its start; any error undoes it whole. A call inside another joins it.
    /// `body` may run again when the engine asks for it, so it changes nothing but rows.
    func write<Value>(_ claim: Claim, _ body: () throws -> Value) throws -> Value

    /// Compares rows with one moment of the database, however many queries `body` makes.
    func read<Value>(_ body: () throws -> Value) throws -> Value

    /// Lets the reads of `body` share one moment of the database, and its write go on from there where nobody else has written
    /// since: one transaction instead of three. Where somebody has, the write stands on a later moment than the reads, as it
    /// does without this.
    func sharingSnapshot<Value>(_ body: () throws -> Value) rethrows -> Value

    /// nil where the engine cannot tell; then the state itself is to be compared.
    var moment: Moment? { get throws }
}

extension Database {
    /// Runs a statement for its effect and returns the number of rows that it changed.
    @discardableResult @inlinable
    public func run(_ text: String, _ values: any Bindable...) throws -> Int { try run(text, with: values) }

    /// All rows of a query, each made into a value by `make`.
    @inlinable
    public func all<Value>(_ text: String, _ values: any Bindable..., make: (Row) throws -> Value) throws -> [Value] {
        var found: [Value] = []
        try each(text, with: values) { row in
            found.append(try make(row))
            return true
        }
        return found
    }

    /// The first row of a query made into a value, or nil where there is none.
    @inlinable
    public func first<Value>(_ text: String, _ values: any Bindable..., make: (Row) throws -> Value) throws -> Value? {
        var found: Value?
        try each(text, with: values) { row in
            found = try make(row)
            return false
        }
        return found
    }

    /// Whether a query has a row.
    @inlinable
    public func has(_ text: String, _ values: any Bindable...) throws -> Bool {
        var isFound = false
        try each(text, with: values) { _ in
            isFound = true
            return false
        }
        return isFound
    }

    /// Runs an insert that ends with `RETURNING` and one integer.
    ///
    /// - Returns: that integer; nil where nothing was inserted because of a row that is there.
    @inlinable
    public func insert(_ text: String, _ values: any Bindable...) throws -> Int? {
        var id: Int?
        // To its end: what a statement changes is certain only then.
        try each(text, with: values) { row in
            id = row.integer(0)
            return true
        }
        return id
    }

    /// A write that has the whole database to itself.
    @discardableResult @inlinable
    public func write<Value>(_ body: () throws -> Value) throws -> Value { try write(.whole, body) }
}

/// A moment of the database; two are equal when nothing at all was written between them.
public struct Moment: Equatable, Sendable {
    /// Another number when another connection has written anything.
    public let others: Int
    /// Another number when this connection has.
    public let own: Int

    public init(others: Int, own: Int) {
        self.others = others
        self.own = own
    }
}
