// What the kernel tells of itself and of processes stands in files that have no size (proc(5)).

import Glibc

public enum SystemFile {
    /// The beginning of such a file; what is no UTF-8 becomes U+FFFD.
    ///
    /// - Parameter limit: bytes.
    /// - Returns: nil where there is none, or this process may not know.
    public static func text(_ path: String, limit: Int) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: limit)
        var done = 0
        while done < limit {
            let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + done, limit - done) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            done += count
        }
        return String(decoding: bytes.prefix(done), as: UTF8.self)
    }
}
