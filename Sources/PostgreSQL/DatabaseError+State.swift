// Maps PostgreSQL's codes of errors (https://www.postgresql.org/docs/current/errcodes-appendix.html) to `DatabaseError.Kind`.

import Database

extension DatabaseError {
    /// - Parameters:
    ///   - state: five characters, of which the first two are the class; empty if the server did not answer.
    ///   - statement: the statement that failed; empty if there was none.
    init(state: String, _ message: String, in statement: String) {
        // One line, for logs: statements and some messages span several lines.
        let (message, line) = (DatabaseError.line(message), DatabaseError.line(statement))
        self.init(DatabaseError.kind(ofState: state), message: message,
                  description: "PostgreSQL \(state.isEmpty ? "" : "\(state) ")(\(message))" + (line.isEmpty ? "" : " in: \(line)"))
    }

    private static func line(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

    /// The server's states after which a transaction is repeated: it failed only because of others at the same time, or a statement was not
    /// prepared any more.
    static let repeatable = Set(["40001", "40P01"]).union(PreparedStatements.lost)

    /// The server that answers became a standby, or the connection goes to one.
    static let readOnlyState = "25006"

    /// What the triggers of `refuseChanges` raise.
    static let movingState = "IBMOV"

    private static func kind(ofState state: String) -> Kind {
        switch state {
        // Without an answer; connections that are refused or lost; of another server's process that ended; a transaction that said nothing for too long; too many; a stop of the server.
        // Where another server became the primary, this one takes no writes: the next connection finds the other.
        case "", readOnlyState, "25P03", "53300", "57P01", "57P02", "57P03", "57P04", "57P05": .unavailable
        case _ where state.hasPrefix("08") || state.hasPrefix("28") || state == "3D000": .unavailable
        // Another one's lock, or the time that a statement may take.
        case "55P03", "57014", "40001", "40P01": .busy
        case "53100": .full
        case _ where state.hasPrefix("23"): .constraint
        case "XX001", "XX002": .corrupt
        case movingState: .moving
        case "40003", "08007": .unknownOutcome
        default: .other
        }
    }
}
