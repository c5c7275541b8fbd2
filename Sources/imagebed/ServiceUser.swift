// SQLite makes files beside its database (-wal, -shm). Made by root they would lock the responders out of their own site, so
// root becomes the owner of the data folder before it touches anything in it.

import Confinement
import Glibc
import House

enum ServiceUser {
    static let help = "Run as root, imagebed first becomes the user to whom the data folder belongs."

    /// Gives up root for the owner of the data folder; does nothing for anybody else, or where the folder is root's own.
    static func become(ownerOf data: DataFolder) throws {
        var status = stat()
        guard geteuid() == 0, stat(data.path, &status) == 0, status.st_uid != 0 else { return }
        var group = status.st_gid
        guard setgroups(1, &group) == 0, setgid(group) == 0, setuid(status.st_uid) == 0, setuid(0) != 0 else {
            throw CommandFailure(.failed, "cannot become \(name(of: status.st_uid)), the owner of \(data.path): "
                + String(cString: strerror(errno)))
        }
        // What setuid leaves depends on fs.suid_dumpable (proc(5)).
        Confinement.hideMemory()
    }

    /// Who should be asked to do what this process may not do.
    static func owner(of data: DataFolder) -> String? {
        var status = stat()
        guard stat(data.path, &status) == 0, status.st_uid != geteuid() else { return nil }
        return name(of: status.st_uid)
    }

    static func name(of user: uid_t) -> String {
        getpwuid(user).map { String(cString: $0.pointee.pw_name) } ?? "user \(user)"
    }
}
