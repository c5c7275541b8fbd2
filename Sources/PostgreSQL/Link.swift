// One connection of libpq. Each call waits for the server no longer than it may, which libpq by itself does not limit.

internal import CPostgreSQL
import Database
import Glibc
import Time

/// The owner of a connection to the server; it closes it at deinit.
final class Link {
    private let library: Library
    private let handle: OpaquePointer
    /// Microseconds that an answer may take; nil: any time.
    private let patience: Int?
    /// Whether it was given up here, whatever libpq thinks of it.
    private var isGivenUp = false
    /// Whether that was because an answer took too long.
    private(set) var isOutOfTime = false
    private var statements = PreparedStatements()
    private var ownsBackend: Bool?
    /// The state of the error that the server told last, if the last call failed so.
    private(set) var lastState = ""

    /// What is said of a connection unless its own words say otherwise: in seconds, a server that is not there, and one that is there no more.
    private static let defaults = [
        ("connect_timeout", "5"), ("keepalives", "1"), ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
        ("tcp_user_timeout", "15000"), ("gssencmode", "disable"), ("fallback_application_name", "imagebed"),
    ]

    /// - Parameter words: libpq's, for example "host=db1,db2 dbname=imagebed".
    /// - Throws: `DatabaseError`, mostly `.unavailable`.
    init(_ words: String, patience: Int?, library: Library) throws {
        // What comes later takes the place of what came before, also where it stands in `words`.
        let pairs = Link.defaults + [("dbname", words), ("client_encoding", "UTF8")]
        guard let handle = Link.connect(pairs, by: library) else {
            throw DatabaseError(state: "", "out of memory", in: "")
        }
        (self.library, self.handle, self.patience) = (library, handle, patience)
        guard !isLost else { throw failure(in: "connect") }
        imagebed_pq_ignore_notices([library.functions], handle)
    }

    deinit { library.functions.finish(handle) }

    private static func connect(_ pairs: [(key: String, value: String)], by library: Library) -> OpaquePointer? {
        let words = (pairs.map(\.key) + pairs.map(\.value)).map { strdup($0) }
        defer { words.forEach { free($0) } }
        let pointers = words.map { UnsafePointer($0) }
        let (keys, values) = (Array(pointers[..<pairs.count]) + [nil], Array(pointers[pairs.count...]) + [nil])
        return library.functions.connect(keys, values, 1)
    }

    /// Whether nothing more can be asked of it.
    var isLost: Bool { isGivenUp || library.functions.status(handle) != 0 }

    /// Executes one statement with values.
    func execute(_ statement: StatementText, _ parameters: Parameters) throws -> Answer {
        if !statement.dependsOnValues, let name = try prepared(statement.text, parameters.types) {
            let isSent = parameters.withPlaces {
                library.functions.send_query_prepared(handle, name, parameters.count, $0, parameters.lengths, parameters.formats, 1)
            }
            return try answer(isSent: isSent == 1, to: statement.text)
        }
        let isSent = parameters.withPlaces {
            library.functions.send_query_params(handle, statement.text, parameters.count, parameters.types, $0, parameters.lengths, parameters.formats, 1)
        }
        return try answer(isSent: isSent == 1, to: statement.text)
    }

    /// The name of a statement that is prepared, from its second time on; nil where it is not.
    private func prepared(_ text: String, _ types: [UInt32]) throws -> String? {
        switch statements.next(text, types) {
        case .unprepared: return nil
        case .prepared(let name): return name
        case .toPrepare(let name, let isPrepared):
            guard try hasOwnBackend() else {
                statements = PreparedStatements(most: 0)
                return nil
            }
            do {
                if isPrepared { try execute("DEALLOCATE \(name)") }
                _ = try answer(isSent: library.functions.send_prepare(handle, name, text, Int32(types.count), types) == 1, to: text)
            } catch {
                // (As where the table was locked for too long.)
                statements = PreparedStatements(most: 0)
                throw error
            }
            return name
        }
    }

    /// Whether the process of the server is the one that was there at the beginning. Who lends connections for a transaction each tells a
    /// number of its own then (https://www.pgbouncer.org/features.html), and keeps no statements for whom it lends them to.
    private func hasOwnBackend() throws -> Bool {
        if let ownsBackend { return ownsBackend }
        let answer = try execute("SELECT pg_backend_pid()::text")
        let owns = answer.next() && answer.text(0) == String(library.functions.backend(handle))
        ownsBackend = owns
        return owns
    }

    /// Executes one or several statements without values, in one round trip.
    ///
    /// - Returns: the answer to the last one, with values as texts.
    @discardableResult
    func execute(_ script: String) throws -> Answer {
        try answer(isSent: library.functions.send_query(handle, script) == 1, to: script)
    }

    private func answer(isSent: Bool, to text: String) throws -> Answer {
        lastState = ""
        guard isSent else { throw failure(in: text) }
        let deadline = patience.map { Now.monotonicMicroseconds + $0 }
        var (last, failed): (Answer?, Answer?) = (nil, nil)
        while let next = try result(before: deadline, to: text) {
            if next.isFailure, failed == nil { failed = next }
            last = next
        }
        if let failed { throw failure(failed, in: text) }
        guard let last else { throw failure(in: text) }
        return last
    }

    private func result(before deadline: Int?, to text: String) throws -> Answer? {
        while library.functions.is_busy(handle) != 0 {
            guard waitForBytes(before: deadline) else {
                (isGivenUp, isOutOfTime) = (true, true)
                throw DatabaseError(state: "", "the server has not answered in time", in: text)
            }
            guard library.functions.consume_input(handle) == 1 else {
                isGivenUp = true
                throw failure(in: text)
            }
        }
        return library.functions.get_result(handle).map { Answer($0, of: library) }
    }

    /// false: the time is over.
    private func waitForBytes(before deadline: Int?) -> Bool {
        while true {
            let left = deadline.map { $0 - Now.monotonicMicroseconds }
            if let left, left <= 0 { return false }
            var entry = pollfd(fd: library.functions.socket(handle), events: Int16(POLLIN), revents: 0)
            let milliseconds = left.map { Int32(clamping: $0 / 1_000 + 1) } ?? -1
            guard poll(&entry, 1, milliseconds) <= 0 else { return true }
        }
    }

    private func failure(_ answer: Answer, in text: String) -> DatabaseError {
        lastState = answer.part(.state)
        // What this server can do now it could do after all that follows.
        if lastState == DatabaseError.readOnlyState { isGivenUp = true }
        if PreparedStatements.lost.contains(lastState) { statements = PreparedStatements(most: 0) }
        return DatabaseError(state: lastState, answer.part(.message), in: text)
    }

    private func failure(in text: String) -> DatabaseError {
        DatabaseError(state: "", Library.text(library.functions.error_message(handle)), in: text)
    }
}
