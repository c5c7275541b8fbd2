// Passwords are never command line arguments, which every user of the machine can read in the process list.

import Accounts
import Process

/// A password that was entered or generated.
struct Password {
    let text: String
    let isMadeUp: Bool

    static let given = Option("--password-stdin", nil, "read the password from standard input")
    static let generated = Option("--generate-password", nil, "make a password up, as without either option")

    init(_ invocation: Invocation) throws {
        guard !invocation.has(Password.given) || !invocation.has(Password.generated) else {
            throw CommandFailure(.usage, "\(Password.given.name) and \(Password.generated.name) contradict each other")
        }
        isMadeUp = !invocation.has(Password.given)
        text = isMadeUp ? RandomPassword.make() : try Password.fromInput()
    }

    /// Reads the first line of standard input; prompts on a terminal, without echo.
    static func fromInput() throws -> String {
        let line = try StandardInput.isTerminal ? asked() : firstLine()
        guard let text = String(validating: line, as: UTF8.self) else {
            throw CommandFailure(.usage, "the password on standard input is not UTF-8")
        }
        return text
    }

    private static func asked() throws -> [UInt8] {
        let line = try StandardInput.hidden {
            Output.remark("Password:")
            defer { Output.remark("") }
            return try firstLine()
        }
        return try line ?? firstLine()
    }

    /// Maximum bytes of the line; imported passwords may be longer than new ones.
    private static let lineLimit = 4096

    private static func firstLine() throws -> [UInt8] {
        guard let line = StandardInput.line(limit: lineLimit) else {
            throw CommandFailure(.usage, "the password on standard input has more than \(lineLimit) bytes")
        }
        return line
    }
}
