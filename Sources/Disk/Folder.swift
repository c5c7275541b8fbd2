// A folder is an open descriptor, and the kernel resolves every name below it with RESOLVE_BENEATH and RESOLVE_NO_SYMLINKS:
// no text that reaches this type can name a file outside the folder (CVE-2022-48161 was such a bug).

internal import CDisk
import Glibc
import Time

/// An open folder; paths are relative to it, and never lead out of it or through a symbolic link.
public final class Folder {
    let descriptor: Int32
    /// Paths are split by bytes: as Characters, a slash and a following combining mark would be one.
    static let slash = UInt8(ascii: "/")
    /// For messages to the operator.
    public let path: String

    /// Opens an existing folder.
    public init(_ path: String) throws {
        let opened = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else { throw DiskError("open folder", path) }
        descriptor = opened
        self.path = path
    }

    private init(adopting descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { close(descriptor) }

    /// The folder at a relative path ("2024/04"); creates missing ones if `creates` is true.
    ///
    /// - Parameter isDurable: false for folders whose contents can be made again, which need not survive a power failure.
    public func folder(_ relative: String, creates: Bool = false, isDurable: Bool = true) throws -> Folder {
        let opened = openBeneath(relative, O_RDONLY | O_DIRECTORY)
        if opened >= 0 { return Folder(adopting: opened, path: place(relative)) }
        guard creates, errno == ENOENT else { throw DiskError("open folder", place(relative)) }
        var current = self
        for name in relative.utf8.split(separator: Folder.slash) {
            current = try current.childFolder(String(Substring(name)), isDurable: isDurable)
        }
        return current
    }

    private func childFolder(_ name: String, isDurable: Bool) throws -> Folder {
        if mkdirat(descriptor, name, 0o755) == 0 {
            if isDurable { try sync() }
        } else if errno != EEXIST {
            throw DiskError("make folder", place(name))
        }
        let opened = openBeneath(name, O_RDONLY | O_DIRECTORY)
        guard opened >= 0 else { throw DiskError("open folder", place(name)) }
        return Folder(adopting: opened, path: place(name))
    }

    /// Opens a regular file for reading.
    public func file(_ relative: String) throws -> File {
        let opened = openBeneath(relative, O_RDONLY | O_NONBLOCK)
        guard opened >= 0 else { throw DiskError("open", place(relative)) }
        return try File(adopting: opened, path: place(relative))
    }

    /// Whether a regular file exists at the path.
    public func holds(_ relative: String) -> Bool { (try? file(relative)) != nil }

    /// Locks a file with flock(2), and creates it if missing; the lock is released with the returned object.
    /// (Only its owner can open the file, and so lock it; a folder could be locked by everyone who may read it.)
    ///
    /// - Parameters:
    ///   - waits: whether to wait while another process holds the lock.
    ///   - patience: maximum seconds to wait.
    /// - Returns: nil if `waits` is false and another process holds the lock.
    /// - Throws: `DiskError`, kind `.held` if it was not released in time.
    public func lock(_ name: String, waits: Bool = true, patience: Int = Lock.patience) throws -> Lock? {
        let end = Now.monotonicMicroseconds + (waits ? patience * 1_000_000 : 0)
        // (A lease, fcntl(2), would keep this process waiting to open it.)
        repeat {
            let opened = openBeneath(name, O_RDWR | O_CREAT | O_NONBLOCK, mode: 0o600)
            if opened >= 0 { return try Lock(adopting: opened, path: place(name), until: waits ? end : nil) }
            guard errno == EWOULDBLOCK else { throw DiskError("open lock", place(name)) }
            if waits { pause(microseconds: 10_000) }
        } while Now.monotonicMicroseconds < end
        if waits { throw DiskError("lock", place(name), code: ETIMEDOUT) }
        return nil
    }

    /// Removes a file; a missing one is not an error.
    ///
    /// - Parameter isDurable: true for a file that nobody may see again after a power cut.
    public func remove(_ relative: String, isDurable: Bool = false) throws {
        try inParent(of: relative) { folder, name in
            if unlinkat(folder.descriptor, name, 0) == 0 {
                if isDurable { try folder.sync() }
            } else if errno != ENOENT {
                throw DiskError("remove", place(relative))
            }
        }
    }

    /// Removes a folder that contains only files; a missing one is not an error.
    ///
    /// - Parameter isDurable: as for `remove`.
    public func removeFolder(_ relative: String, isDurable: Bool = false) throws {
        let doomed: Folder
        do { doomed = try folder(relative) } catch let error as DiskError where error.kind == .missing { return }
        for entry in try doomed.entries() { try doomed.remove(entry) }
        try inParent(of: relative) { folder, name in
            if unlinkat(folder.descriptor, name, AT_REMOVEDIR) == 0 {
                if isDurable { try folder.sync() }
            } else if errno != ENOENT {
                throw DiskError("remove folder", place(relative))
            }
        }
    }

    /// Moves a file to another folder without replacing anything, durably on both sides. An interrupted move can be repeated, and two
    /// processes may do the same move. Into another file system the file is copied, with its time of modification.
    ///
    /// - Parameter drafts: the folder for the draft of a copy, one that is swept, in the file system of `target`; nil for `target` itself.
    /// - Throws: `DiskError`, kind `.missing` if the file is in neither folder, `.exists` if another file has the name.
    public func move(_ relative: String, to target: Folder, as name: String, copiedIn drafts: Folder? = nil) throws {
        try link(relative, into: target, as: name, copiedIn: drafts)
        try target.sync()
        try inParent(of: relative) { folder, source in
            guard unlinkat(folder.descriptor, source, 0) == 0 || errno == ENOENT else { throw DiskError("remove", place(relative)) }
            try folder.sync()
        }
    }

    /// The first half of a move, not durable yet: for many files, call `sync` once, then remove them here.
    ///
    /// - Throws: as `move`.
    public func link(_ relative: String, into target: Folder, as name: String, copiedIn drafts: Folder? = nil) throws {
        try inParent(of: relative) { folder, source in
            guard linkat(folder.descriptor, source, target.descriptor, name, 0) != 0 else { return }
            let code = errno
            // (Also between a folder and a part of its own file system that is mounted elsewhere.)
            if code == EXDEV { return try folder.copy(source, into: target, as: name, by: Draft(in: drafts ?? target)) }
            // Another process may have done this step or the whole move already.
            let refusal = DiskError("move to \(target.path)/\(name)", place(relative), code: code)
            guard [EEXIST, ENOENT].contains(code), let there = try? target.file(name) else { throw refusal }
            if code == EEXIST, let here = try? folder.file(source), try !there.isSameOrCopy(of: here) { throw refusal }
        }
    }

    private func copy(_ name: String, into target: Folder, as newName: String, by draft: Draft) throws {
        try draft.fill(from: file(name))
        try draft.publish(as: newName, in: target)
    }

    /// The names in this folder, without `.` and `..`, in no particular order.
    public func entries() throws -> [String] {
        guard let stream = fdopendir(dup(descriptor)) else { throw DiskError("list", path) }
        defer { closedir(stream) }
        rewinddir(stream)
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// Makes the folder's entries durable: fsync(2) of a file does not cover its name.
    public func sync() throws {
        guard fsync(descriptor) == 0 else { throw DiskError("sync folder", path) }
    }

    /// Bytes that an unprivileged process can still write on this file system.
    public func freeBytes() throws -> Int { try bytes { $0.f_bavail } }

    /// Total bytes of this file system.
    public func totalBytes() throws -> Int { try bytes { $0.f_blocks } }

    private func bytes(_ blocks: (statvfs) -> fsblkcnt_t) throws -> Int {
        var status = statvfs()
        guard fstatvfs(descriptor, &status) == 0 else { throw DiskError("ask free space", path) }
        return Int(clamping: UInt64(blocks(status)).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
    }

    func openBeneath(_ relative: String, _ flags: Int32, mode: UInt64 = 0) -> Int32 {
        imagebed_open_beneath(descriptor, relative, UInt64(UInt32(bitPattern: flags)), mode)
    }

    private func inParent(of relative: String, _ body: (Folder, String) throws -> Void) throws {
        guard let slash = relative.utf8.lastIndex(of: Folder.slash) else { return try body(self, relative) }
        let parent: Folder
        do {
            parent = try folder(String(relative[..<slash]))
        } catch let error as DiskError where error.kind == .missing { return }
        try body(parent, String(relative[relative.utf8.index(after: slash)...]))
    }

    func openBeneath(_ relative: UnsafePointer<CChar>, _ flags: Int32) -> Int32 {
        imagebed_open_beneath(descriptor, relative, UInt64(UInt32(bitPattern: flags)), 0)
    }

    func place(_ relative: String) -> String { "\(path)/\(relative)" }
}
