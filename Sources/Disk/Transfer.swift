// read(2) and write(2) may transfer fewer bytes than requested, and signals may interrupt them.

import Glibc

/// Transfers bytes between memory and open files.
public enum Transfer {
    /// Repeats write(2) until all bytes are written.
    ///
    /// - Parameters:
    ///   - operation: for the error message, together with `path`.
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

    /// Repeats pread(2) until the buffer is full or the file ends.
    ///
    /// - Returns: the number of bytes read.
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

    /// Reads a pipe until its other end is closed.
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
