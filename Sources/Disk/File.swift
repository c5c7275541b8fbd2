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
    public let identity: FileIdentity

    init(adopting descriptor: Int32, path: String) throws {
        self.descriptor = descriptor
        self.path = path
        let found = FileStatus(of: descriptor)
        guard let status = found, status.kind == .file else {
            let code = found == nil ? errno : ENOENT
            close(descriptor)
            throw DiskError("open", path, code: code)
        }
        identity = status.identity
        size = status.size
        (modified, modifiedNanoseconds, changed) = (status.modified, status.modifiedNanoseconds, status.changed)
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

    /// SEEK_DATA of lseek(2), which Glibc's module does not have.
    private static let seekData: Int32 = 3

    /// Where bytes were written at or after an offset, as far as the file system tells: what it never gave room to is passed over.
    public func dataOffset(from offset: Int) -> Int {
        let found = lseek(descriptor, off_t(offset), File.seekData)
        if found >= 0 { return Int(found) }
        return errno == ENXIO ? max(offset, size) : offset
    }

    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        try Transfer.read(descriptor, at: offset, into: buffer, path: path)
    }
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
