// Results go to standard output, so that a script can take them as they are; everything else to standard error.

import Disk
import Glibc

/// Standard output or standard error; where nobody reads them any more, nothing is lost that anybody wants.
public enum StandardOutput: Int32 {
    case results = 1
    case remarks = 2

    public var isTerminal: Bool { isatty(rawValue) == 1 }

    /// Whether what is written is thrown away: the stream is the null device.
    public var leadsNowhere: Bool {
        var (output, null) = (stat(), stat())
        return fstat(rawValue, &output) == 0 && stat("/dev/null", &null) == 0 && output.st_rdev == null.st_rdev
            && output.st_mode & S_IFMT == S_IFCHR
    }

    public func write(_ text: String) { Array(text.utf8).withUnsafeBytes(write) }

    public func write(_ bytes: UnsafeRawBufferPointer) { try? Transfer.write(bytes, to: rawValue, path: "standard output") }
}
