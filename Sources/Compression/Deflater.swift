// JSON repeats itself, and every version is kept, so contents are stored compressed. Bytes go in and come out in pieces:
// memory does not grow with the content.

internal import CZlib

/// A zlib stream (RFC 1950) being written; it takes a quarter of a megabyte whatever goes through.
public final class Deflater {
    private let stream: UnsafeMutablePointer<z_stream>
    private let piece: UnsafeMutableRawBufferPointer
    private let sink: (UnsafeRawBufferPointer) throws -> Void

    private static let smallSize = 8_192

    /// - Parameters:
    ///   - level: 1 (fast) to 9 (small).
    ///   - size: how many bytes will come; for a few, a small window does as well and is made ten times as fast.
    ///   - sink: takes the compressed bytes, in pieces.
    public init(level: Int = 6, size: Int = .max, sink: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        self.sink = sink
        let isSmall = size <= Deflater.smallSize
        piece = .allocate(byteCount: isSmall ? 8_192 : 65_536, alignment: 16)
        // deflateInit2: windows of 4 KB and 32 KB, hash tables to match.
        guard imagebed_deflate_init(stream, Int32(level), isSmall ? 12 : 15, isSmall ? 5 : 8) == Z_OK else { throw CompressionError.outOfMemory }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
        piece.deallocate()
    }

    /// Appends bytes.
    public func write(_ bytes: UnsafeRawBufferPointer) throws { try run(bytes, Z_NO_FLUSH) }

    /// Ends the stream.
    public func finish() throws { try run(UnsafeRawBufferPointer(start: nil, count: 0), Z_FINISH) }

    private func run(_ bytes: UnsafeRawBufferPointer, _ flush: Int32) throws {
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
        stream.pointee.avail_in = UInt32(bytes.count)
        repeat {
            stream.pointee.next_out = piece.bindMemory(to: UInt8.self).baseAddress
            stream.pointee.avail_out = UInt32(piece.count)
            guard deflate(stream, flush) != Z_STREAM_ERROR else { throw CompressionError.damaged }
            let made = piece.count - Int(stream.pointee.avail_out)
            if made > 0 { try sink(UnsafeRawBufferPointer(rebasing: piece[..<made])) }
        } while stream.pointee.avail_out == 0
    }
}
