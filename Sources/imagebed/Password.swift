// Passwords never stand on a command line, where every user of the machine could read them in the process list.

import Accounts
import Glibc

/// A password that was brought or made up.
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

    /// The first line of standard input; a terminal is asked and does not show what is typed.
    static func fromInput() throws -> String {
        let line = try isatty(STDIN_FILENO) == 1 ? asked() : firstLine()
        guard let text = String(validating: line, as: UTF8.self) else {
            throw CommandFailure(.usage, "the password on standard input is not UTF-8")
        }
        return text
    }

    private static func asked() throws -> [UInt8] {
        var shown = termios()
        guard tcgetattr(STDIN_FILENO, &shown) == 0 else { return try firstLine() }
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
            Output.remark("")
        }
        Output.remark("Password:")
        return try firstLine()
    }

    /// Bytes: what is chosen here has fewer, an imported one may have more than that.
    private static let lineLimit = 4096

    private static func firstLine() throws -> [UInt8] {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while read(STDIN_FILENO, &byte, 1) == 1, byte != UInt8(ascii: "\n") {
            line.append(byte)
            guard line.count <= lineLimit else {
                throw CommandFailure(.usage, "the password on standard input has more than \(lineLimit) bytes")
            }
        }
        return line
    }
}
