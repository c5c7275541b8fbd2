// Lines on standard error, and how urgent they are: systemd's journal reads a priority off the start of each line (sd-daemon(3)).
// Anywhere else, such as in a log file or on a terminal, that would be a blemish, and is left out.

import Glibc

/// Where lines for the operator go.
public enum Journal {
    /// As syslog(3) counts them.
    public enum Priority: Int, Sendable {
        /// Somebody should do something.
        case error = 3
        /// Something that was asked for did not happen.
        case warning = 4
        /// Worth keeping.
        case notice = 5
    }

    /// Writes one line, or several, at once, so that those of several processes do not mix. Control characters are escaped, but not
    /// the ends of lines: where a text must be one line, its writer sees to it.
    public static func write(_ text: [UInt8], _ priority: Priority) {
        let bytes = line(text, priority)
        bytes.withUnsafeBytes { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    public static func write(_ text: String, _ priority: Priority) { write(Array(text.utf8), priority) }

    /// The bytes that `write` writes, for a signal handler.
    public static func line(_ text: [UInt8], _ priority: Priority) -> [UInt8] {
        lines(Array(String(decoding: text, as: UTF8.self).withoutControlsButNewline.utf8), prefix: isOnStandardError ? "<\(priority.rawValue)>" : "")
    }

    /// Each line with its prefix and an end.
    static func lines(_ text: [UInt8], prefix: String) -> [UInt8] {
        text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).flatMap { prefix.utf8 + $0 + [UInt8(ascii: "\n")] }
    }

    /// Whether this process's standard error is what its service manager connected to the journal, and no redirection of it:
    /// `JOURNAL_STREAM` names device and inode (systemd.exec(5)).
    static let isOnStandardError: Bool = {
        var status = stat()
        guard let stream = getenv("JOURNAL_STREAM"), fstat(STDERR_FILENO, &status) == 0 else { return false }
        return names(String(cString: stream), device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    }()

    /// Whether "DEVICE:INODE" is that file.
    static func names(_ stream: String, device: UInt64, inode: UInt64) -> Bool {
        stream.split(separator: ":", omittingEmptySubsequences: false).map { UInt64($0) } == [device, inode]
    }
}
