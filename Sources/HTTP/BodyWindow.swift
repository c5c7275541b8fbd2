// The piece of a body that is in memory: bytes come in behind, and leave in front once it is known what they are. Its size
// never changes, whatever is sent.

import Text

/// A window that moves over a body from start to end.
final class BodyWindow {
    private let body: any BodyStream
    private let buffer: UnsafeMutableRawBufferPointer
    private var start = 0
    private var end = 0

    /// - Parameter prefix: bytes to be seen before the body's first.
    init(over body: any BodyStream, length: Int, prefix: [UInt8]) {
        self.body = body
        buffer = .allocate(byteCount: max(length, prefix.count), alignment: 64)
        buffer.copyBytes(from: prefix)
        end = prefix.count
    }

    deinit { buffer.deallocate() }

    /// How many bytes are there.
    var count: Int { end - start }

    /// The byte that far from the window's front; it must be there.
    subscript(offset: Int) -> UInt8 { buffer[start + offset] }

    /// The window's first bytes, valid until it moves.
    func first(_ length: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: buffer[start..<start + length])
    }

    func drop(_ length: Int) { start += length }

    /// Reads more behind what is there; false at the end of the body.
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

    /// Where the pattern stands, which begins with CR; or else, `isWhole` being false, where its beginning
    /// may stand at the window's end. Line ends are rare in pictures, so this runs at the speed of memchr.
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
