// Parsers read files through this protocol, so that they can be tested and fuzzed on bytes in memory.

/// A random-access byte sequence of known size, like a file read with pread(2).
public protocol ByteSource {
    /// Total bytes.
    var size: Int { get }

    /// Fills the buffer starting at `offset` and returns the number of bytes read: fewer than requested only at the end.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

/// Bytes in memory.
public struct MemorySource: ByteSource, Sendable {
    public let bytes: [UInt8]

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    public var size: Int { bytes.count }

    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard offset >= 0, offset < bytes.count else { return 0 }
        let count = min(buffer.count, bytes.count - offset)
        bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count])) }
        return count
    }
}
