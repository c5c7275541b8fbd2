// The folder of a backup belongs to the user to whom the data belongs, and nobody else may look into it: it holds the secret. Root can
// make it anywhere; the work itself is done without root's rights, so that no link in a tree of pictures reaches what only root may read.

import Backup
import Disk
import Glibc
import Site

enum BackupPlace {
    /// Makes the folder where it is missing, for the owner of the data.
    ///
    /// - Returns: its path, absolute and without links.
    static func make(_ path: String, for data: DataFolder) throws -> String {
        var status = stat()
        guard stat(data.path, &status) == 0 else { return path }
        // What would be refused is not made first.
        let names = path.split(separator: "/")
        if let name = names.last, let parent = realPath(names.dropLast().reduce(path.hasPrefix("/") ? "/" : "./") { $0 + $1 + "/" }) {
            try refuse("\(parent)/\(name)", within: data)
        }
        try makeFolder(path, mode: 0o700, owner: status)
        return realPath(path) ?? path
    }

    /// One that is there stays as it is.
    private static func makeFolder(_ path: String, mode: mode_t, owner: stat) throws {
        guard mkdir(path, mode) == 0 else {
            guard errno == EEXIST else { throw DiskError("make folder", path) }
            return
        }
        guard geteuid() == 0 else { return }
        let made = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        defer { if made >= 0 { close(made) } }
        guard made >= 0, fchown(made, owner.st_uid, owner.st_gid) == 0, fchmod(made, mode) == 0 else {
            throw DiskError("give to user \(owner.st_uid)", path)
        }
    }

    /// Refuses a folder that a backup cannot lie in, as the user who will write it.
    static func check(_ path: String, for data: DataFolder) throws {
        try refuse(path, within: data)
        guard access(path, R_OK | W_OK | X_OK) == 0 else {
            throw CommandFailure(.failed, "\(path): \(String(cString: strerror(errno))) for \(ServiceUser.current), to whom the data belongs: "
                + "name a folder that it can reach, such as /var/backups/imagebed, or give it this one (chown)")
        }
    }

    private static func refuse(_ path: String, within data: DataFolder) throws {
        for folder in [data.path, data.uploads, data.recycleBin].compactMap(realPath) where (path + "/").hasPrefix(folder + "/") {
            throw CommandFailure(.usage, "\(path) lies within \(folder), which is to be backed up: name a folder outside of it")
        }
    }

    /// Makes the data folder of a site that is to be restored, where it is missing: for the user to whom the backup belongs, which is the
    /// one to whom the data belonged, and closed to others as an installation makes it. Then gives up root for the owner of the data.
    static func makeData(_ data: DataFolder, from backup: String) throws {
        var status = stat()
        if geteuid() == 0, stat("\(backup)/\(SiteRestore.manifest)", &status) == 0 { try makeFolder(data.path, mode: 0o750, owner: status) }
        try ServiceUser.become(ownerOf: data)
    }

    static func readAdvice(_ path: String) -> String {
        " for \(ServiceUser.current), to whom the data folder belongs: chown -R \(ServiceUser.current) \(path), and see that it can "
            + "reach the folder"
    }

    private static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

extension ServiceUser {
    static var current: String { name(of: geteuid()) }
}
