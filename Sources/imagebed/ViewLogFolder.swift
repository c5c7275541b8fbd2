// The folder of the log of views, for its owner: root if the site is installed, because the web server's master process runs as root and
// follows a link at the log's path. The program that counts views only reads there.

import Disk
import Glibc
import Process
import Site

final class ViewLogFolder {
    static let current = DataFolder.viewLogName
    /// The current log after the two rotated ones, which may still be written to and have to be counted.
    static let names = [current + ".2", current + ".1", current]
    /// Size in bytes above which the log is rotated.
    private static let lengthLimit = 16 << 20

    private let path: String
    private let descriptor: Int32

    /// - Returns: nil if there is no such folder, or users other than that of this process may change it.
    init?(_ path: String) {
        self.path = path
        descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0, let status = FileStatus(of: descriptor), status.owner == User.currentID, status.permissions & 0o022 == 0 else { return nil }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    static func path(of data: DataFolder) -> String {
        String(data.viewLog[..<(data.viewLog.lastIndex(of: "/") ?? data.viewLog.startIndex)])
    }

    /// Sets the mode of the folder.
    func open(to mode: UInt32) throws {
        guard fchmod(descriptor, mode) == 0 else { throw DiskError("change the mode of", path) }
    }

    /// Creates the log if it is missing, with this user and group if they are given.
    func makeLog(mode: UInt32, owner: User? = nil) throws {
        if !isThere(ViewLogFolder.current) {
            let draft = try makeDraft(mode: mode, owner: nil)
            // (The web server may have created it meanwhile.)
            guard linkat(descriptor, draft, descriptor, ViewLogFolder.current, 0) == 0 || errno == EEXIST else { throw error("make", ViewLogFolder.current) }
            unlinkat(descriptor, draft, 0)
        }
        let log = try open(ViewLogFolder.current)
        defer { close(log.descriptor) }
        guard let owner, log.status.owner != owner.id || log.status.group != owner.group || log.status.permissions & 0o777 != mode else { return }
        guard fchown(log.descriptor, owner.id, owner.group) == 0, fchmod(log.descriptor, mode) == 0 else {
            throw error("give to the web server", ViewLogFolder.current)
        }
    }

    /// Rotates a long log and makes the web server reopen it. The log's path always exists. If the web server still writes to a rotated
    /// file,
    /// it is signaled again and the log is not rotated: files are deleted after two more rotations.
    ///
    /// - Parameter data: the site whose log it is.
    /// - Returns: whether the log was rotated.
    func rotate(for data: DataFolder) throws -> Bool {
        let lock = FileLock(on: descriptor)
        guard lock.take() else { return false }
        defer { lock.release() }
        guard !tellWebServers(of: data), isThere(ViewLogFolder.current), try putAside() else { return false }
        _ = tellWebServers(of: data)
        return true
    }

    /// - Returns: whether a web server had a rotated file open.
    private func tellWebServers(of data: DataFolder) -> Bool {
        let aside = ViewLogFolder.names.dropLast().compactMap { try? open($0) }
        defer { for file in aside { close(file.descriptor) } }
        return WebServerProcess.reopenLogs(aside.map(\.status.identity), of: data)
    }

    private func putAside() throws -> Bool {
        let log = try open(ViewLogFolder.current)
        defer { close(log.descriptor) }
        guard log.status.size > ViewLogFolder.lengthLimit else { return false }
        let draft = try makeDraft(mode: log.status.permissions & 0o644, owner: User(id: log.status.owner, group: log.status.group))
        let (older, newer) = (ViewLogFolder.names[0], ViewLogFolder.names[1])
        guard renameat(descriptor, newer, descriptor, older) == 0 || errno == ENOENT,
              linkat(descriptor, ViewLogFolder.current, descriptor, newer, 0) == 0,
              renameat(descriptor, draft, descriptor, ViewLogFolder.current) == 0 else { throw error("put aside", ViewLogFolder.current) }
        return true
    }

    private func makeDraft(mode: UInt32, owner: User?) throws -> String {
        let name = ViewLogFolder.current + ".new"
        unlinkat(descriptor, name, 0)
        let made = openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard made >= 0 else { throw error("make", name) }
        defer { close(made) }
        let head = ViewLogFile.makeHead()
        try head.withUnsafeBytes { try Transfer.write($0, to: made, "make", path: "\(path)/\(name)") }
        guard owner.map({ fchown(made, $0.id, $0.group) == 0 }) ?? true, fchmod(made, mode) == 0 else { throw error("make", name) }
        return name
    }

    private func isThere(_ name: String) -> Bool {
        var status = stat()
        return fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0
    }

    /// Opens a regular file in this folder; fails for anything else with that name.
    private func open(_ name: String) throws -> (descriptor: Int32, status: FileStatus) {
        let opened = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard opened >= 0 else { throw error("open", name) }
        guard let status = FileStatus(of: opened), status.kind == .file else {
            close(opened)
            throw DiskError("open", "\(path)/\(name)", code: EINVAL)
        }
        return (opened, status)
    }

    private func error(_ operation: String, _ name: String) -> DiskError { DiskError(operation, "\(path)/\(name)") }
}
