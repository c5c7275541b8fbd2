// Log lines on standard error with a priority. systemd's journal reads it from a prefix of each line (sd-daemon(3)); in a log file or
// on a terminal the prefix is omitted.

import Glibc

/// The operator's log.
public enum Journal {
    /// Numbers as in syslog(3).
    public enum Priority: Int, Sendable {
        /// Requires action.
        case error = 3
        /// A requested action was not done.
        case warning = 4
        /// Normal but significant.
        case notice = 5
    }

    /// Writes one or more lines in one call, so that lines of several processes do not mix. Escapes control characters except
    /// newlines: a caller whose text must be a single line has to ensure that.
    public static func write(_ text: [UInt8], _ priority: Priority) {
        let bytes = line(text, priority)
        bytes.withUnsafeBytes { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    public static func write(_ text: String, _ priority: Priority) { write(Array(text.utf8), priority) }

    /// The bytes that `write` writes, for a signal handler.
    public static func line(_ text: [UInt8], _ priority: Priority) -> [UInt8] {
        lines(Array(String(decoding: text, as: UTF8.self).withoutControlsButNewline.utf8), prefix: isOnStandardError ? "<\(priority.rawValue)>" : "")
    }

    /// Adds the prefix and a newline to each line.
    static func lines(_ text: [UInt8], prefix: String) -> [UInt8] {
        text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).flatMap { prefix.utf8 + $0 + [UInt8(ascii: "\n")] }
    }

    /// Whether standard error is connected to the journal and not redirected: `JOURNAL_STREAM` contains its device
    /// and inode (systemd.exec(5)).
    static let isOnStandardError: Bool = {
        var status = stat()
        guard let stream = getenv("JOURNAL_STREAM"), fstat(STDERR_FILENO, &status) == 0 else { return false }
        return names(String(cString: stream), device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    }()

    /// Whether "DEVICE:INODE" names that file.
    static func names(_ stream: String, device: UInt64, inode: UInt64) -> Bool {
        stream.split(separator: ":", omittingEmptySubsequences: false).map { UInt64($0) } == [device, inode]
    }
}
