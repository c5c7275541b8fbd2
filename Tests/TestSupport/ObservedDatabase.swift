// A database that tells a test what it is told.

import Database

/// Calls `observe` with each statement and its values before it runs.
public final class ObservedDatabase: MovableDatabase {
    private let database: any Database
    private let observe: (String, [any Bindable]) -> Void

    public init(_ database: any Database, observe: @escaping (String, [any Bindable]) -> Void) {
        (self.database, self.observe) = (database, observe)
    }

    public var engine: Engine { database.engine }

    public func run(_ text: String, with values: [any Bindable]) throws -> Int {
        observe(text, values)
        return try database.run(text, with: values)
    }

    public func insert(_ text: String, with values: [any Bindable]) throws -> Int? {
        observe(text, values)
        return try database.insert(text, with: values)
    }

    public func each(_ text: String, with values: [any Bindable], _ body: (Row) throws -> Bool) throws {
        observe(text, values)
        try database.each(text, with: values, body)
    }

    public func write<Value>(_ claim: Claim, _ body: () throws -> Value) throws -> Value { try database.write(claim, body) }
    public func withoutTriggers<Value>(_ body: () throws -> Value) throws -> Value { try database.withoutTriggers(body) }
    public func read<Value>(_ body: () throws -> Value) throws -> Value { try database.read(body) }
    public func sharingSnapshot<Value>(_ body: () throws -> Value) rethrows -> Value { try database.sharingSnapshot(body) }
    public func lock(_ work: ExclusiveWork, patience: Int?) throws -> (any HeldLock)? { try database.lock(work, patience: patience) }
    public var moment: Moment? { get throws { try database.moment } }
    public var schemaVersion: Int { get throws { try database.schemaVersion } }
    public var schemaMark: Int { get throws { try database.schemaMark } }
    public func passOver(_ gap: IDGap) throws { try database.passOver(gap) }
}

extension ObservedDatabase {
    private var movable: any MovableDatabase {
        guard let database = database as? any MovableDatabase else { preconditionFailure("a database of no engine") }
        return database
    }

    public var tableNames: Set<String> { get throws { try movable.tableNames } }
    public var lastIDs: [String: Int] { get throws { try movable.lastIDs } }
    public func refuseChanges(_ isOn: Bool) throws { try movable.refuseChanges(isOn) }
    public func goOn(after ids: [String: Int]) throws { try movable.goOn(after: ids) }
}
