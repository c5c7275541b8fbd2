// read(2) and write(2) may do less than they were asked for, and a signal may interrupt them.

import Glibc

/// Bytes between memory and open files.
public enum Transfer {
    /// write(2) until all bytes are written.
    ///
    /// - Parameters:
    ///   - operation: what is told of a failure, with `path`.
    /// - Throws: `DiskError`.
    public static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ operation: String = "write", path: String) throws {
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw DiskError(operation, path) }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// pread(2) until the buffer is full or the file ends.
    ///
    /// - Returns: how many bytes that gave.
    /// - Throws: `DiskError`.
    static func read(_ descriptor: Int32, at offset: Int, into buffer: UnsafeMutableRawBufferPointer, path: String) throws -> Int {
        guard offset >= 0 else { throw DiskError("read", path, code: EINVAL) }
        var done = 0
        while done < buffer.count {
            let count = pread(descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset) + off_t(done))
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw DiskError("read", path) }
            if count == 0 { break }
            done += count
        }
        return done
    }

    /// read(2) of a pipe until its other end is closed.
    ///
    /// - Returns: nil for more bytes than the limit.
    /// - Throws: `DiskError`.
    public static func readPipe(_ descriptor: Int32, limit: Int) throws -> [UInt8]? {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while bytes.count <= limit {
            let count = Glibc.read(descriptor, &piece, piece.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw DiskError("read", "a pipe") }
            if count == 0 { return bytes }
            bytes += piece[..<count]
        }
        return nil
    }
}
