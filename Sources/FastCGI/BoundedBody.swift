// The body of a request is exactly as long as its Content-Length says. Less is a connection that broke: an upload must then
// fail, however whole its last part looks (security: a form is taken whole or not at all).

import HTTP

/// Reads at most the declared number of bytes; without a declaration, to the end of the stream.
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
