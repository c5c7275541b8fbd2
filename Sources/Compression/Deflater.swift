// JSON is repetitive, and every version is kept, so contents are stored compressed. Input and output are streamed, so memory use
// does not depend on the size.

internal import CZlib

/// Writes a zlib stream (RFC 1950) with a quarter of a megabyte of memory.
public final class Deflater {
    private let stream: UnsafeMutablePointer<z_stream>
    private let piece: UnsafeMutableRawBufferPointer
    private let sink: (UnsafeRawBufferPointer) throws -> Void

    /// - Parameters:
    ///   - level: 1 (fast) to 9 (small).
    ///   - sink: receives the compressed bytes, in pieces.
    public init(level: Int = 6, sink: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        self.sink = sink
        piece = .allocate(byteCount: 65_536, alignment: 16)
        // deflateInit2 with a window of 32 KB and a hash table of the same order.
        guard imagebed_deflate_init(stream, Int32(level), 15, 8) == Z_OK else { throw CompressionError.outOfMemory }
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

extension Deflater {
    /// For input up to this size a window of 4 KB compresses equally well and initializes ten times as fast.
    public static let wholeLimit = 8_192

    /// Compresses a short byte string in one call.
    ///
    /// - Parameter bytes: at most `wholeLimit`.
    public static func whole(_ bytes: UnsafeRawBufferPointer, level: Int) throws -> [UInt8] {
        // zlib stores a pointer to its stream, so it must not move.
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        defer { stream.deallocate() }
        stream.initialize(to: z_stream())
        guard imagebed_deflate_init(stream, Int32(level), 12, 5) == Z_OK else { throw CompressionError.outOfMemory }
        defer { deflateEnd(stream) }
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
        stream.pointee.avail_in = UInt32(bytes.count)
        let room = Int(deflateBound(stream, UInt(bytes.count)))
        return try [UInt8](unsafeUninitializedCapacity: room) { made, count in
            stream.pointee.next_out = made.baseAddress
            stream.pointee.avail_out = UInt32(room)
            guard deflate(stream, Z_FINISH) == Z_STREAM_END else { throw CompressionError.damaged }
            count = room - Int(stream.pointee.avail_out)
        }
    }
}
