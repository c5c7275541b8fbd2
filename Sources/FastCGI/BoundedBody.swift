// A request body has exactly the length in Content-Length. If less arrives, the connection broke, and the upload must
// fail, even if its last part looks complete: a form is processed completely or not at all.

import HTTP

/// Reads at most the declared number of bytes; without a declared length, to the end of the stream.
final class BoundedBody: BodyStream {
    private var left: Int?
    private let source: (UnsafeMutableRawBufferPointer) -> Int

    /// - Parameter source: reads bytes; 0 at the end of the stream, -1 if it broke off.
    init(limit: Int?, source: @escaping (UnsafeMutableRawBufferPointer) -> Int) {
        left = limit
        self.source = source
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard let left else {
            let count = source(buffer)
            guard count >= 0 else { throw BoundedBody.cut("the connection broke off before the end of the stream") }
            return count
        }
        if left == 0 || buffer.isEmpty { return 0 }
        let count = source(UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(left)))
        guard count > 0 else {
            throw BoundedBody.cut("\(left) bytes of the declared length are missing",
                                  detail: "The body ended \(left) bytes before the length that its Content-Length names; send the whole request once more.")
        }
        self.left = left - count
        return count
    }

    private static func cut(_ because: String, detail: String = "The connection broke off before the end of the body; send the whole request once more.")
        -> Problem {
        Problem(.badRequest, says: "Request body cut short", detail: detail, because: because)
    }
}
