// SQLite creates files beside its database (-wal, -shm); if they belonged to root, responders could not open the database. Also, the
// service's user can put links and pipes into the data folder. So root switches to that user before it accesses anything there.

import Confinement
import Disk
import Process
import Site

enum ServiceUser {
    static let help = "Run as root, imagebed first becomes the user to whom the site belongs."

    /// Drops root's rights and continues as the service's user: the one recorded by the installation, else the owner of the data folder.
    /// Does nothing if the process is not root, or root owns the folder.
    static func become(ownerOf data: DataFolder) throws {
        guard User.isRoot, let user = try account(of: data), user.id != 0 else { return }
        do { try user.become() } catch let error as DiskError {
            throw CommandFailure(.failed, "cannot become \(name(of: user.id)), to whom \(data.path) belongs: \(error.reason)")
        }
        // After setuid, whether a core dump is possible depends on fs.suid_dumpable (proc(5)).
        Confinement.hideMemory()
    }

    /// The service's user with its own group, which may read the log of views.
    static func account(of data: DataFolder) throws -> User? {
        if let recorded = data.serviceUser {
            guard let user = User(named: recorded) else {
                throw CommandFailure(.failed, "there is no user \(recorded), as whom this site was installed: run install.sh again")
            }
            return user
        }
        return FileStatus(at: data.path).map { User($0.owner) ?? User(id: $0.owner, group: $0.group) }
    }

    /// The user with the rights that this process lacks, for messages.
    static func owner(of data: DataFolder) -> String? {
        guard let owner = FileStatus(at: data.path)?.owner, owner != User.currentID else { return nil }
        return name(of: owner)
    }

    static func name(of user: UInt32) -> String { User.name(of: user) ?? "user \(user)" }
}
