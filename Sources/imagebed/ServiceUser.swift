// SQLite makes files beside its database (-wal, -shm). Made by root they would lock the responders out of their own site; and the
// service's user can put links and pipes anywhere in the data folder. So root becomes that user before it touches anything in it.

import Confinement
import Glibc
import Site

enum ServiceUser {
    static let help = "Run as root, imagebed first becomes the user to whom the site belongs."

    /// Gives up root for the service's user: whom the installation recorded, else the owner of the data folder. Does nothing for anybody
    /// else than root, or where the folder is root's own.
    static func become(ownerOf data: DataFolder) throws {
        guard geteuid() == 0, let user = try account(of: data), user.id != 0 else { return }
        var group = user.group
        guard setgroups(1, &group) == 0, setgid(group) == 0, setuid(user.id) == 0, setuid(0) != 0 else {
            throw CommandFailure(.failed, "cannot become \(name(of: user.id)), to whom \(data.path) belongs: "
                + String(cString: strerror(errno)))
        }
        // What setuid leaves depends on fs.suid_dumpable (proc(5)).
        Confinement.hideMemory()
    }

    /// The service's user and its own group, which may read the log of views.
    static func account(of data: DataFolder) throws -> (id: uid_t, group: gid_t)? {
        if let recorded = data.serviceUser {
            guard let entry = getpwnam(recorded)?.pointee else {
                throw CommandFailure(.failed, "there is no user \(recorded), as whom this site was installed: run install.sh again")
            }
            return (entry.pw_uid, entry.pw_gid)
        }
        var status = stat()
        guard stat(data.path, &status) == 0 else { return nil }
        return (status.st_uid, getpwuid(status.st_uid)?.pointee.pw_gid ?? status.st_gid)
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
