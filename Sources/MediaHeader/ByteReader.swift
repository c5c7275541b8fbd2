// All parsers read a file through this type: a buffer of at most 256 KB, and never beyond the end. Reading past the end
// throws an error about the file; it does not crash.

import Media
import Text

/// Reads numbers and byte ranges at any offset of a source; only the parts that are requested are fetched.
final class ByteReader {
    let source: any ByteSource
    let size: Int
    private let buffer: UnsafeMutableRawBufferPointer
    private var start = 0
    private var count = 0

    /// Bytes to fetch for a number or a short header that is not in the buffer.
    private static let peek = 512

    init(_ source: any ByteSource, capacity: Int = 65_536) {
        self.source = source
        size = source.size
        buffer = .allocate(byteCount: max(capacity, ByteReader.peek), alignment: 16)
    }

    deinit { buffer.deallocate() }

    /// The error for a malformed file.
    static func damaged(_ because: String) -> MediaRefusal { MediaRefusal(.damaged, because: because) }

    /// Exactly `length` bytes from `offset`; at most the capacity. Valid until the next call.
    func bytes(at offset: Int, _ length: Int) throws -> UnsafeRawBufferPointer {
        guard offset >= 0, length >= 0, offset <= size, length <= size - offset else {
            throw ByteReader.damaged("ends early: \(length) bytes wanted at \(offset) of \(size)")
        }
        try fetch(at: offset, atLeast: length, ahead: ByteReader.peek)
        let index = offset - start
        guard index + length <= count else { throw ByteReader.damaged("ends early at \(offset)") }
        return UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[index..<index + length])
    }

    /// As many buffered bytes from `offset` as available, for sequential reading; valid until the next call.
    ///
    /// Fewer than `least` bytes mean the end of the file; at most `most` are fetched.
    func piece(at offset: Int, atLeast least: Int = 1, atMost most: Int = .max) throws -> UnsafeRawBufferPointer {
        guard offset >= 0, offset < size else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        try fetch(at: offset, atLeast: min(least, size - offset), ahead: min(most, buffer.count))
        let index = offset - start
        guard index < count else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[index..<count])
    }

    private func fetch(at offset: Int, atLeast length: Int, ahead: Int) throws {
        if offset >= start, offset - start + length <= count { return }
        precondition(length <= buffer.count, "a piece is never longer than the buffer")
        let wanted = min(max(length, ahead), buffer.count, size - offset)
        start = offset
        count = 0
        count = try source.read(at: offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]))
    }
}

/// Binary numbers.
extension ByteReader {
    func byte(at offset: Int) throws -> Int { Int(try bytes(at: offset, 1)[0]) }

    func big16(at offset: Int) throws -> Int { try bytes(at: offset, 2).big16(0) }
    func big32(at offset: Int) throws -> Int { try bytes(at: offset, 4).big32(0) }
    func big64(at offset: Int) throws -> UInt64 { UInt64(bigEndian: try bytes(at: offset, 8).loadUnaligned(as: UInt64.self)) }

    func little16(at offset: Int) throws -> Int { try bytes(at: offset, 2).little16(0) }
    func little24(at offset: Int) throws -> Int { try bytes(at: offset, 3).little24(0) }
    func little32(at offset: Int) throws -> Int { try bytes(at: offset, 4).little32(0) }
    func little64(at offset: Int) throws -> UInt64 {
        UInt64(littleEndian: try bytes(at: offset, 8).loadUnaligned(as: UInt64.self))
    }
}

/// Numbers within a buffer; the caller checks the bounds.
extension UnsafeRawBufferPointer {
    func big16(_ at: Int) -> Int { Int(UInt16(bigEndian: loadUnaligned(fromByteOffset: at, as: UInt16.self))) }
    func big32(_ at: Int) -> Int { Int(UInt32(bigEndian: loadUnaligned(fromByteOffset: at, as: UInt32.self))) }
    func little16(_ at: Int) -> Int { Int(UInt16(littleEndian: loadUnaligned(fromByteOffset: at, as: UInt16.self))) }
    func little24(_ at: Int) -> Int { little16(at) | Int(self[at + 2]) << 16 }
    func little32(_ at: Int) -> Int { Int(UInt32(littleEndian: loadUnaligned(fromByteOffset: at, as: UInt32.self))) }

    /// Whether an ASCII text is at `offset`; false if it would extend beyond the end.
    func holds(_ text: StaticString, at offset: Int = 0) -> Bool {
        guard offset >= 0, offset <= count, text.utf8CodeUnitCount <= count - offset else { return false }
        return text.withUTF8Buffer { $0.elementsEqual(self[offset..<offset + $0.count]) }
    }
}
