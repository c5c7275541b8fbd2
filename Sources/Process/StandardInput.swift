// What is typed, or what another program wrote for this one.

import Glibc

public enum StandardInput {
    public static var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    /// The bytes up to the end of a line; nothing behind it is taken.
    ///
    /// - Returns: nil for more bytes than the limit.
    public static func line(limit: Int) -> [UInt8]? {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while read(STDIN_FILENO, &byte, 1) == 1, byte != UInt8(ascii: "\n") {
            line.append(byte)
            guard line.count <= limit else { return nil }
        }
        return line
    }

    /// Does something while a terminal does not show what is typed.
    ///
    /// - Returns: nil, with nothing done, where that cannot be had.
    public static func hidden<Value>(_ body: () throws -> Value) rethrows -> Value? {
        var shown = termios()
        guard tcgetattr(STDIN_FILENO, &shown) == 0 else { return nil }
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown) }
        return try body()
    }
}
