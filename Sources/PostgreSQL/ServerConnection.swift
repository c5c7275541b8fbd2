// How this project uses PostgreSQL: a connection that is made at the first need and kept, and nothing on it that outlives a transaction (no
// setting, no lock of the session), so that pgbouncer may lend its connections for one transaction each. Only where nobody lends them are
// statements kept prepared (`PreparedStatements`).

import Database
import Time

/// A connection to PostgreSQL. It has one owner and is used on one thread.
public final class ServerConnection: Database {
    let library: Library
    let words: String
    private let patience: Int?
    private var link: Link?
    private var isInTransaction = false
    private var isReading = false
    /// Whether the last transaction failed only because of others at the same time.
    private var isRepeatable = false
    private var texts: [String: StatementText] = [:]

    /// Seconds that the server may take for an answer, unless said otherwise.
    public static let usualPatience = 30

    /// Seconds more for the server to end what takes longer, so that the connection can still be used.
    private static let grace = 2

    /// Milliseconds to wait for another writer's lock, twice: the server's clock goes on while a machine stands still, with who waits and
    /// who writes. Once it goes on, the first wait is over; the second one is whole.
    private static let lockTimeout = 3_000

    /// How often a transaction is tried that failed because of others at the same time.
    private static let tries = 4

    /// Loads libpq. Nothing is connected yet.
    ///
    /// - Parameters:
    ///   - words: where the database is, as libpq understands it: "host=db1,db2 dbname=imagebed".
    ///   - patience: seconds that an answer may take; nil for a command that takes as long as it needs.
    /// - Throws: `DatabaseError`, `.unavailable` where libpq is not installed.
    public init(_ words: String, patience: Int? = usualPatience) throws {
        library = try Library()
        self.words = words
        self.patience = patience
    }

    public var engine: Engine { .postgresql }

    /// Executes one or several statements without values, as they stand, in one transaction.
    public func execute(_ script: String) throws { try write { _ = try inTransaction { try $0.execute(script) } } }

    public func run(_ text: String, with values: [any Bindable]) throws -> Int { try answer(text, values).changes }

    public func insert(_ text: String, with values: [any Bindable]) throws -> Int? {
        let answer = try answer(text + " RETURNING id", values)
        return answer.next() ? answer.integer(0) : nil
    }

    public func each(_ text: String, with values: [any Bindable], _ body: (Row) throws -> Bool) throws {
        let answer = try answer(text, values)
        while answer.next() { guard try body(Row(answer)) else { return } }
    }

    private func answer(_ text: String, _ values: [any Bindable]) throws -> Answer {
        let statement = translated(text)
        if isReading, !statement.isQuery {
            throw DatabaseError(.other, message: "a change within a read transaction", description: "a change within a read transaction: \(text)")
        }
        if isInTransaction { return try inTransaction { try $0.execute(statement, Parameters(values)) } }
        // A change takes its turn among the others'.
        guard statement.isQuery else { return try write { try answer(text, values) } }
        return try once { try $0.execute(statement, Parameters(values)) }
    }

    private func translated(_ text: String) -> StatementText {
        if let known = texts[text] { return known }
        let statement = StatementText(text)
        texts[text] = statement
        return statement
    }

    /// nil: the server does not tell it.
    public var moment: Moment? { nil }

    public var schemaMark: Int {
        get throws {
            // (Within a transaction a statement that fails would end it.)
            if isInTransaction, try !has("SELECT 1 FROM pg_class WHERE oid = to_regclass('schema_version')") { return 0 }
            do {
                return try first("SELECT version FROM schema_version") { $0.integer(0) } ?? 0
            } catch is DatabaseError where link?.lastState == Self.noTable { return 0 }
        }
    }

    private static let noTable = "42P01"

    // Transactions

    /// What joins a transaction has only what that one claims.
    public func write<Value>(_ claim: Claim, _ body: () throws -> Value) throws -> Value {
        if isInTransaction { return try body() }
        return try repeating { try writeOnce(claim, body) }
    }

    private func repeating<Value>(_ transaction: () throws -> Value) throws -> Value {
        for _ in 1..<Self.tries {
            do { return try transaction() } catch is DatabaseError where isRepeatable {}
        }
        return try transaction()
    }

    private func writeOnce<Value>(_ claim: Claim, _ body: () throws -> Value) throws -> Value {
        isRepeatable = false
        let ticket = try begin(claim)
        isInTransaction = true
        defer { isInTransaction = false }
        do {
            let value = try body()
            try commit(ticket)
            return value
        } catch {
            noteWhetherRepeatable()
            rollBack()
            throw error
        }
    }

    /// To be called before the transaction is rolled back.
    private func noteWhetherRepeatable() { isRepeatable = link.map { DatabaseError.repeatable.contains($0.lastState) } ?? false }

    public func read<Value>(_ body: () throws -> Value) throws -> Value {
        if isInTransaction { return try body() }
        return try repeating { try readOnce(body) }
    }

    private func readOnce<Value>(_ body: () throws -> Value) throws -> Value {
        isRepeatable = false
        _ = try once { try $0.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY\(timeLimit)") }
        (isInTransaction, isReading) = (true, true)
        // (There is nothing to be committed.)
        defer {
            (isInTransaction, isReading) = (false, false)
            rollBack()
        }
        do { return try body() } catch {
            noteWhetherRepeatable()
            throw error
        }
    }

    /// So that the server itself ends what takes too long, and works on nothing for which nobody waits any more.
    private var timeLimit: String { patience.map { "; SET LOCAL statement_timeout = \($0 * 1_000)" } ?? "" }

    /// Reads see their own moments: a write would have to begin a transaction of its own in any case.
    public func sharingSnapshot<Value>(_ body: () throws -> Value) rethrows -> Value { try body() }

    /// The triggers ask for this setting, which is the transaction's (`SchemaText`).
    public func withoutTriggers<Value>(_ body: () throws -> Value) throws -> Value {
        precondition(isInTransaction, "triggers are left out within a transaction")
        try setTriggers(false)
        let value = try body()
        try setTriggers(true)
        return value
    }

    private func setTriggers(_ isOn: Bool) throws {
        _ = try inTransaction { try $0.execute("SET LOCAL imagebed.triggers = '\(isOn ? "on" : "off")'") }
    }

    private func begin(_ claim: Claim) throws -> Ticket {
        do { return try beginOnce(claim) } catch let error as DatabaseError where error.kind == .busy { return try beginOnce(claim) }
    }

    /// One round trip. What follows sees all that was committed before the locks came.
    private func beginOnce(_ claim: Claim) throws -> Ticket {
        let limit = patience.map { _ in "\(timeLimit); SET LOCAL idle_in_transaction_session_timeout = \(Self.longestSilence)" } ?? ""
        do {
            return try Ticket(once {
                try $0.execute("BEGIN; SET LOCAL lock_timeout = \(Self.lockTimeout)\(limit); \(claim.locks); \(Ticket.request)")
            })
        } catch {
            rollBack()
            throw error
        }
    }

    private func commit(_ ticket: Ticket) throws {
        do {
            let answer = try inTransaction { try $0.execute("COMMIT") }
            // A transaction in which a statement failed is rolled back without an error.
            guard answer.command == "COMMIT" else {
                throw DatabaseError(state: "25P02", "a statement of the transaction failed before", in: "COMMIT")
            }
        } catch let error as DatabaseError where link == nil {
            try findOutcome(ticket, error)
        }
    }

    private func rollBack() {
        guard let link else { return }
        if (try? link.execute("ROLLBACK")) == nil { self.link = nil }
    }

    // The connection

    func connected() throws -> Link {
        if let link, !link.isLost { return link }
        link = nil
        let made = try Link(words, patience: patience.map { ($0 + Self.grace) * 1_000_000 }, library: library)
        link = made
        return made
    }

    /// Where nothing has begun: with a new connection once more if the old one proves to be lost, and again where a prepared statement was.
    private func once(_ body: (Link) throws -> Answer) throws -> Answer {
        let former = link
        do { return try inTransaction(body) } catch where former.map(Self.mayHaveFailedBy) ?? false {
            return try inTransaction(body)
        }
    }

    /// Whether the connection was at fault. (One that was given up because an answer took too long was not, and the server may still be at work.)
    private static func mayHaveFailedBy(_ link: Link) -> Bool {
        link.isLost ? !link.isOutOfTime : PreparedStatements.lost.contains(link.lastState)
    }

    /// Within a transaction no other connection will do.
    private func inTransaction(_ body: (Link) throws -> Answer) throws -> Answer {
        let used = try isInTransaction ? held() : connected()
        do { return try body(used) } catch {
            if used.isLost { link = nil }
            throw error
        }
    }

    private func held() throws -> Link {
        guard let link else { throw DatabaseError(state: "08006", "the connection was lost in this transaction", in: "") }
        return link
    }
}
