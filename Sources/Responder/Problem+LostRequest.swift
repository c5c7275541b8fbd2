// A web server that waits with a body until it is whole may find no room for it. It can say that it failed, but not why; then it asks
// here, with a parameter of its own that no client can set, and nothing of the request but its address.

import Disk
import HTTP
import Process
import Site

extension Request {
    /// Bytes of the body that the web server could not take in, as far as the client announced them; nil for an ordinary request.
    var lostBytes: Int? { parameters["IMAGEBED_LOST_REQUEST"].map { Int($0) ?? 0 } }
}

extension Problem {
    /// Fewer free bytes than these are no room for any body.
    private static let least = 1 << 20

    /// Where nginx keeps bodies unless it is told otherwise: as Debian and as nginx.org build it (`nginx -V`).
    private static let bodies = ["/var/lib/nginx", "/var/cache/nginx"]

    /// - Parameter run: the folder below which nginx keeps bodies when the site runs in the foreground; Apache keeps those without a length
    ///   in the folder for temporary files.
    static func lost(_ bytes: Int, run: String, failure: String) -> Problem {
        for folder in [run, Environment["TMPDIR"] ?? "/tmp"] + bodies {
            guard let free = try? Folder(folder).freeBytes(), free < max(bytes, least) else { continue }
            let length = bytes > 0 ? "of \(bytes) bytes" : "of unknown length"
            return .noSpace(because: "the web server had no room for a request \(length): \(free) bytes are free on the file system of "
                + "\(folder). Free space there")
        }
        return Problem(.internalServerError, says: failure, because: "the web server could not take the request in; its error log tells why")
    }
}
