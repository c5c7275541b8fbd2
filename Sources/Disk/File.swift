// Reading side: a regular file held open.

import Glibc
import Text

/// A regular file open for reading.
public final class File: ByteSource {
    public let descriptor: Int32
    public let size: Int
    /// Seconds since 1970 of the last change of the bytes.
    public let modified: Int
    /// The nanoseconds of that second.
    let modifiedNanoseconds: Int
    /// Seconds since 1970 of the last change of the bytes, the name or the mode.
    public let changed: Int
    public let path: String
    /// Which file it is, by whatever name.
    let identity: Identity

    struct Identity: Equatable {
        let device: UInt
        let inode: UInt
    }

    init(adopting descriptor: Int32, path: String) throws {
        self.descriptor = descriptor
        self.path = path
        var status = stat()
        let isKnown = fstat(descriptor, &status) == 0
        guard isKnown, status.st_mode & S_IFMT == S_IFREG else {
            let code = isKnown ? ENOENT : errno
            close(descriptor)
            throw DiskError("open", path, code: code)
        }
        identity = Identity(device: UInt(status.st_dev), inode: UInt(status.st_ino))
        size = Int(status.st_size)
        modified = Int(status.st_mtim.tv_sec)
        modifiedNanoseconds = Int(status.st_mtim.tv_nsec)
        changed = Int(status.st_ctim.tv_sec)
    }

    /// A file that an operator named by its absolute path, wherever links lead; nothing that a client sent is opened so.
    public convenience init(at path: String) throws {
        // A named pipe would wait for its writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw DiskError("open", path) }
        try self.init(adopting: descriptor, path: path)
    }

    deinit { close(descriptor) }

    /// Whether both are one file, by two names.
    public func isSame(as other: File) -> Bool { identity == other.identity }

    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        try readFully(descriptor, at: offset, into: buffer, path: path)
    }
}

/// pread(2) until the buffer is full or the file ends.
func readFully(_ descriptor: Int32, at offset: Int, into buffer: UnsafeMutableRawBufferPointer, path: String) throws -> Int {
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

extension ByteSource {
    /// Hands all bytes on, front to back, in pieces of up to 64 KB.
    public func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
        defer { buffer.deallocate() }
        var offset = 0
        while offset < size {
            let count = try read(at: offset, into: buffer)
            guard count > 0 else { return }
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            offset += count
        }
    }
}
