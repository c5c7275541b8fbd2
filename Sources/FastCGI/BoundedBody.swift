// A request body has exactly the length in Content-Length. If less arrives, the connection broke, and the upload must
// fail, even if its last part looks complete: a form is processed completely or not at all.

import HTTP

/// Reads at most the declared number of bytes; without a declared length, to the end of the stream.
final class BoundedBody: BodyStream {
    private var left: Int?
    private let source: (UnsafeMutableRawBufferPointer) -> Int

    init(limit: Int?, source: @escaping (UnsafeMutableRawBufferPointer) -> Int) {
        left = limit
        self.source = source
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard let left else { return source(buffer) }
        if left == 0 || buffer.isEmpty { return 0 }
        let count = source(UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(left)))
        guard count > 0 else {
            throw Problem(.badRequest, says: "Request body cut short", because: "\(left) bytes of the declared length are missing")
        }
        self.left = left - count
        return count
    }
}
