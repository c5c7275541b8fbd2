// SQLite makes files beside its database (-wal, -shm). Made by root they would lock the responders out of their own site; and the
// service's user can put links and pipes anywhere in the data folder. So root becomes that user before it touches anything in it.

import Confinement
import Disk
import Process
import Site

enum ServiceUser {
    static let help = "Run as root, imagebed first becomes the user to whom the site belongs."

    /// Gives up root for the service's user: whom the installation recorded, else the owner of the data folder. Does nothing for anybody
    /// else than root, or where the folder is root's own.
    static func become(ownerOf data: DataFolder) throws {
        guard User.isRoot, let user = try account(of: data), user.id != 0 else { return }
        do { try user.become() } catch let error as DiskError {
            throw CommandFailure(.failed, "cannot become \(name(of: user.id)), to whom \(data.path) belongs: \(error.reason)")
        }
        // What setuid leaves depends on fs.suid_dumpable (proc(5)).
        Confinement.hideMemory()
    }

    /// The service's user and its own group, which may read the log of views.
    static func account(of data: DataFolder) throws -> User? {
        if let recorded = data.serviceUser {
            guard let user = User(named: recorded) else {
                throw CommandFailure(.failed, "there is no user \(recorded), as whom this site was installed: run install.sh again")
            }
            return user
        }
        return FileStatus(at: data.path).map { User($0.owner) ?? User(id: $0.owner, group: $0.group) }
    }

    /// Who should be asked to do what this process may not do.
    static func owner(of data: DataFolder) -> String? {
        guard let owner = FileStatus(at: data.path)?.owner, owner != User.currentID else { return nil }
        return name(of: owner)
    }

    static func name(of user: UInt32) -> String { User.name(of: user) ?? "user \(user)" }
}
