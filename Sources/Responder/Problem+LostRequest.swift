// A web server that buffers a whole request body may run out of space. It can report that it failed, but not why; so it asks this program
// with a parameter that no client can set. Such a request has the original path, but no body.

import Disk
import HTTP
import Process
import Site

extension Request {
    /// Bytes of the body that could not be buffered, from its Content-Length; nil for an ordinary request.
    var lostBytes: Int? { parameters["IMAGEBED_LOST_REQUEST"].map { Int($0) ?? 0 } }
}

extension Problem {
    /// With fewer free bytes there is no space for any body.
    private static let least = 1 << 20

    /// The default folders for nginx's buffered bodies in the builds of Debian and nginx.org (`nginx -V`).
    private static let bodies = ["/var/lib/nginx", "/var/cache/nginx"]

    /// - Parameter run: the folder below which nginx buffers bodies when the site runs in the foreground; Apache
    ///   buffers them in the folder for temporary files.
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
