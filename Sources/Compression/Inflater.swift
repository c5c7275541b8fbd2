// Decompression. The input was written by this program, but the disk may have corrupted it: truncation, trailing bytes
// and a wrong checksum are errors; the content is never silently shorter.

internal import CZlib

/// Reads a zlib stream (RFC 1950).
public final class Inflater {
    private let stream: UnsafeMutablePointer<z_stream>
    private let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
    private let sink: (UnsafeRawBufferPointer) throws -> Void
    private var isAtEnd = false

    /// - Parameter sink: receives the decompressed bytes, in pieces.
    public init(sink: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        self.sink = sink
        guard imagebed_inflate_init(stream) == Z_OK else { throw CompressionError.outOfMemory }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        piece.deallocate()
    }

    /// Appends compressed bytes.
    ///
    /// - Throws: `CompressionError.damaged`; errors of the sink.
    public func write(_ bytes: UnsafeRawBufferPointer) throws {
        guard !bytes.isEmpty else { return }
        guard !isAtEnd else { throw CompressionError.damaged }
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
        stream.pointee.avail_in = UInt32(bytes.count)
        repeat {
            stream.pointee.next_out = piece.bindMemory(to: UInt8.self).baseAddress
            stream.pointee.avail_out = UInt32(piece.count)
            let code = inflate(stream, Z_NO_FLUSH)
            guard [Z_OK, Z_STREAM_END, Z_BUF_ERROR].contains(code) else { throw CompressionError.damaged }
            let made = piece.count - Int(stream.pointee.avail_out)
            if made > 0 { try sink(UnsafeRawBufferPointer(rebasing: piece[..<made])) }
            isAtEnd = code == Z_STREAM_END
        } while !isAtEnd && (stream.pointee.avail_in > 0 || stream.pointee.avail_out == 0)
        guard stream.pointee.avail_in == 0 else { throw CompressionError.damaged }
    }

    /// Must be called after the last byte.
    ///
    /// - Throws: `CompressionError.damaged` if the stream is incomplete.
    public func finish() throws {
        guard isAtEnd else { throw CompressionError.damaged }
    }
}
