// The one way in which the readers see a file: through a buffer of at most 256 KB, and never beyond the end. Asking for
// bytes that are not there is an error of the file, not a trap of the program.

import Media
import Text

/// Reads numbers and pieces at any offset of a source; big files cost only the pieces that are looked at.
final class ByteReader {
    let source: any ByteSource
    let size: Int
    private let buffer: UnsafeMutableRawBufferPointer
    private var start = 0
    private var count = 0

    /// Bytes fetched for a number or a short header, when it is not in the buffer already.
    private static let peek = 512

    init(_ source: any ByteSource, capacity: Int = 65_536) {
        self.source = source
        size = source.size
        buffer = .allocate(byteCount: max(capacity, ByteReader.peek), alignment: 16)
    }

    deinit { buffer.deallocate() }

    /// The file is not what it says it is.
    static func damaged(_ because: String) -> MediaRefusal { MediaRefusal(.damaged, because: because) }

    /// Exactly `length` bytes from `offset` on, which must not be more than the capacity; valid until the next call.
    func bytes(at offset: Int, _ length: Int) throws -> UnsafeRawBufferPointer {
        guard offset >= 0, length >= 0, offset <= size, length <= size - offset else {
            throw ByteReader.damaged("ends early: \(length) bytes wanted at \(offset) of \(size)")
        }
        try fetch(at: offset, atLeast: length, ahead: ByteReader.peek)
        let index = offset - start
        guard index + length <= count else { throw ByteReader.damaged("ends early at \(offset)") }
        return UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[index..<index + length])
    }

    /// What the buffer holds from `offset` on, or as much as fits, for reading on and on; valid until the next call.
    ///
    /// Fewer than `least` bytes mean the end of the file; no more than `most` are fetched.
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

/// Numbers as files hold them.
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

/// Numbers within a piece; the caller has made sure that they are there.
extension UnsafeRawBufferPointer {
    func big16(_ at: Int) -> Int { Int(UInt16(bigEndian: loadUnaligned(fromByteOffset: at, as: UInt16.self))) }
    func big32(_ at: Int) -> Int { Int(UInt32(bigEndian: loadUnaligned(fromByteOffset: at, as: UInt32.self))) }
    func little16(_ at: Int) -> Int { Int(UInt16(littleEndian: loadUnaligned(fromByteOffset: at, as: UInt16.self))) }
    func little24(_ at: Int) -> Int { little16(at) | Int(self[at + 2]) << 16 }
    func little32(_ at: Int) -> Int { Int(UInt32(littleEndian: loadUnaligned(fromByteOffset: at, as: UInt32.self))) }

    /// Whether the bytes at `offset` are those of an ASCII text; false when it would reach beyond the end.
    func holds(_ text: StaticString, at offset: Int = 0) -> Bool {
        guard offset >= 0, offset <= count, text.utf8CodeUnitCount <= count - offset else { return false }
        return text.withUTF8Buffer { $0.elementsEqual(self[offset..<offset + $0.count]) }
    }
}
