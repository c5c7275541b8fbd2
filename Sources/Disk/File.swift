// Reading: a regular file held open.

import Glibc
import Text

/// A regular file open for reading.
public final class File: ByteSource {
    public let descriptor: Int32
    public let size: Int
    /// Modification time in seconds since 1970.
    public let modified: Int
    /// Nanoseconds of the modification time.
    let modifiedNanoseconds: Int
    /// Seconds since 1970 of the last change of the bytes, the name or the mode.
    public let changed: Int
    public let path: String
    /// Device and inode: the same for all names of a file.
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

    /// A file by absolute path, following links: for paths from an operator, never for text from a client.
    public convenience init(at path: String) throws {
        // Without O_NONBLOCK, open would wait for the writer of a named pipe.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw DiskError("open", path) }
        try self.init(adopting: descriptor, path: path)
    }

    deinit { close(descriptor) }

    /// Whether both are the same file, under any name.
    public func isSame(as other: File) -> Bool { identity == other.identity }

    /// SEEK_DATA of lseek(2), which Swift's Glibc module lacks.
    private static let seekData: Int32 = 3

    /// The start of data at or after an offset: skips holes, if the file system reports them.
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
    /// Passes all bytes to `body`, in order, in pieces of up to 64 KB.
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
