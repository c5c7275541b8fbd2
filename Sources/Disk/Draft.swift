// A draft is a file without a visible name. It is published atomically, under a name that no other file has, or not at
// all: where the file system supports unnamed files (O_TMPFILE: ext4, xfs, btrfs, tmpfs) not even kill -9 leaves anything behind;
// elsewhere it has a name in `.incoming`, which is swept at the next start.

internal import CDisk
import Glibc
import Text
import Time

/// An unpublished file; it is removed on deinit unless `publish` was called.
public final class Draft: ByteSource {
    public let descriptor: Int32
    /// Bytes written so far.
    public private(set) var size = 0
    private let home: Folder
    private var temporaryName: String?
    /// Whether it is the copy of another draft.
    private var isCopy = false

    /// The folder of drafts on file systems without unnamed files.
    public static let incoming = ".incoming"

    /// A new empty draft in the file system of `folder`; mode 0644, because the web server's user reads published files.
    ///
    /// - Parameter named: uses a named file even where unnamed ones are supported (for tests).
    public init(in folder: Folder, named: Bool = false) throws {
        let nameless = named ? -1 : imagebed_open_nameless(folder.descriptor, 0o644)
        if nameless >= 0 {
            home = folder
            descriptor = nameless
        } else {
            guard named || errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL else {
                throw DiskError("make temporary file in", folder.path)
            }
            home = try folder.folder(Draft.incoming, creates: true)
            let name = Draft.randomName()
            descriptor = home.openBeneath(name, O_RDWR | O_CREAT | O_EXCL, mode: 0o644)
            guard descriptor >= 0 else { throw DiskError("make temporary file", home.place(name)) }
            temporaryName = name
        }
    }

    /// Opens a draft that has a name until somebody removes it, or creates an empty one, so that another process can go on with it.
    /// `publish` gives it a further name.
    ///
    /// - Parameter size: the bytes that count; the others are cut off.
    /// - Throws: `DiskError`, `isCut` if the file has fewer.
    public init(keeping name: String, in folder: Folder, size: Int) throws {
        home = folder
        descriptor = size == 0 ? folder.openBeneath(name, O_RDWR | O_CREAT, mode: 0o644) : folder.openBeneath(name, O_RDWR)
        guard descriptor >= 0 else { throw DiskError("open", folder.place(name), code: errno == ENOENT ? ENODATA : errno) }
        guard let status = FileStatus(of: descriptor), status.kind == .file, status.size >= size else {
            throw DiskError("continue", folder.place(name), code: ENODATA)
        }
        guard ftruncate(descriptor, off_t(size)) == 0, lseek(descriptor, 0, SEEK_END) == off_t(size) else {
            throw DiskError("continue", folder.place(name))
        }
        self.size = size
        if size == 0 { try folder.sync() }
    }

    deinit {
        if let temporaryName { unlinkat(home.descriptor, temporaryName, 0) }
        close(descriptor)
    }

    /// Appends bytes.
    public func write(_ bytes: UnsafeRawBufferPointer) throws {
        try Transfer.write(bytes, to: descriptor, "write temporary file in", path: home.path)
        size += bytes.count
    }

    /// Updates `size` after another process has written to `descriptor`.
    public func measure() throws {
        guard let status = FileStatus(of: descriptor) else { throw DiskError("measure temporary file in", home.path) }
        size = status.size
    }

    /// Appends zeros up to a size, which take no space where the file system has holes.
    public func enlarge(to size: Int) throws {
        guard ftruncate(descriptor, off_t(size)) == 0 else { throw DiskError("enlarge temporary file in", home.path) }
        self.size = size
    }

    /// Overwrites existing bytes; the size does not change.
    public func overwrite(at offset: Int, _ bytes: [UInt8]) throws {
        guard offset >= 0, offset <= size, bytes.count <= size - offset else {
            throw DiskError("overwrite temporary file in", home.path, code: EINVAL)
        }
        guard pwrite(descriptor, bytes, bytes.count, off_t(offset)) == bytes.count else {
            throw DiskError("overwrite temporary file in", home.path)
        }
    }

    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        try Transfer.read(descriptor, at: offset, into: buffer, path: home.path)
    }

    /// Makes the bytes durable, gives the file its name without replacing another file, and makes the name durable.
    ///
    /// Into a folder of another file system, or a mounted part of the same one (mount(8), --bind), nothing can be linked: a copy is published
    /// there.
    ///
    /// - Parameters:
    ///   - isDurable: false for files that can be made again, such as thumbnails: atomic, but not synced.
    ///   - place: the folder for the draft of a copy, in the file system of `folder`; nil for `folder` itself.
    /// - Throws: `DiskError`, kind `.exists` if the name is taken.
    public func publish(as name: String, in folder: Folder, isDurable: Bool = true, copiedIn place: Folder? = nil) throws {
        if isDurable, fsync(descriptor) != 0 { throw DiskError("sync", folder.place(name)) }
        let linked = if let temporaryName {
            linkat(home.descriptor, temporaryName, folder.descriptor, name, 0)
        } else {
            imagebed_link_nameless(descriptor, folder.descriptor, name)
        }
        guard linked == 0 else {
            guard errno == EXDEV, !isCopy else { throw DiskError("link", folder.place(name)) }
            return try copy(in: place ?? folder).publish(as: name, in: folder, isDurable: isDurable)
        }
        if let temporaryName {
            unlinkat(home.descriptor, temporaryName, 0)
            self.temporaryName = nil
        }
        if isDurable { try folder.sync() }
    }

    private func copy(in folder: Folder) throws -> Draft {
        let copy = try Draft(in: folder)
        copy.isCopy = true
        try forEachPiece(copy.write)
        return copy
    }

    /// Removes drafts in `folder` older than `age` seconds, which a killed process has left.
    @discardableResult
    public static func sweep(_ folder: Folder, olderThan age: Int = 3600) throws -> Int {
        let incoming: Folder
        do {
            incoming = try folder.folder(Draft.incoming)
        } catch let error as DiskError where error.kind == .missing { return 0 }
        let limit = Now.seconds - age
        var removed = 0
        for name in try incoming.entries() {
            guard let file = try? incoming.file(name), file.modified <= limit else { continue }
            try incoming.remove(name)
            removed += 1
        }
        return removed
    }

    private static func randomName() -> String {
        var generator = SystemRandomNumberGenerator()
        return String(generator.next(), radix: 36) + String(generator.next(), radix: 36)
    }
}
