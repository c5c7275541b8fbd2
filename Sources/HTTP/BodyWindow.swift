// The part of a body that is in memory: bytes are appended at the end and dropped at the front once they have been parsed. Its size
// is constant, whatever is sent.

import Text

/// A sliding window over a body.
final class BodyWindow {
    private let body: any BodyStream
    private let buffer: UnsafeMutableRawBufferPointer
    private var start = 0
    private var end = 0

    /// - Parameter prefix: bytes that precede the body.
    init(over body: any BodyStream, length: Int, prefix: [UInt8]) {
        self.body = body
        buffer = .allocate(byteCount: max(length, prefix.count), alignment: 64)
        buffer.copyBytes(from: prefix)
        end = prefix.count
    }

    deinit { buffer.deallocate() }

    /// The number of bytes in the window.
    var count: Int { end - start }

    /// The byte at an offset from the front of the window; must exist.
    subscript(offset: Int) -> UInt8 { buffer[start + offset] }

    /// The first bytes of the window, valid until it moves.
    func first(_ length: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: buffer[start..<start + length])
    }

    func drop(_ length: Int) { start += length }

    /// Appends more bytes; false at the end of the body.
    func fill() throws -> Bool {
        if start > 0 {
            buffer.copyMemory(from: first(count))
            end -= start
            start = 0
        }
        let length = try body.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[end...]))
        end += length
        return length > 0
    }

    func begins(with pattern: [UInt8]) -> Bool { first(count).holds(pattern) }

    /// Searches for a pattern that begins with CR. `isWhole` is false if only its beginning
    /// matches at the end of the window. CR is rare in pictures, so this is as fast as memchr.
    func find(_ pattern: [UInt8], from offset: Int = 0) -> (offset: Int, isWhole: Bool) {
        let bytes = first(count)
        var place = offset
        while let found = bytes.firstIndex(of: 13, from: place) {
            let length = min(pattern.count, count - found)
            if bytes.holds(pattern, first: length, at: found) { return (found, length == pattern.count) }
            place = found + 1
        }
        return (count, false)
    }
}
