// The backup folder belongs to the owner of the data folder and is closed to others, because it contains the secret. Root can create it
// anywhere; the backup itself is made without root's rights, so that no link in the uploads folder reaches files that only root may read.

import Backup
import Disk
import Process
import Site

enum BackupPlace {
    /// Creates the folder, if it is missing, for the owner of the data folder.
    ///
    /// - Returns: its absolute path without symbolic links.
    static func make(_ path: String, for data: DataFolder) throws -> String {
        guard let status = FileStatus(at: data.path) else { return path }
        // Checked first, so that no folder is created for nothing.
        let names = path.split(separator: "/")
        if let name = names.last, let parent = try? FileSystem.resolve(names.dropLast().reduce(path.hasPrefix("/") ? "/" : "./") { $0 + $1 + "/" }) {
            try refuse("\(parent)/\(name)", within: data)
        }
        try makeFolder(path, mode: 0o700, owner: User(id: status.owner, group: status.group))
        return (try? FileSystem.resolve(path)) ?? path
    }

    /// An existing folder is not changed.
    private static func makeFolder(_ path: String, mode: UInt32, owner: User) throws {
        guard try FileSystem.makeFolder(path, mode: mode), User.isRoot else { return }
        try FileSystem.giveFolder(path, to: owner.id, owner.group, mode: mode)
    }

    /// Rejects a folder that is unsuitable for a backup; runs as the user who will write it.
    static func check(_ path: String, for data: DataFolder) throws {
        try refuse(path, within: data)
        if let refusal = FileSystem.refusal(of: [.read, .write, .enter], at: path) {
            throw CommandFailure(.failed, "\(path): \(refusal.reason) for \(ServiceUser.current), to whom the data belongs: "
                + "name a folder that it can reach, such as /var/backups/imagebed, or give it this one (chown)")
        }
    }

    private static func refuse(_ path: String, within data: DataFolder) throws {
        for folder in [data.path, data.uploads, data.recycleBin].compactMap({ try? FileSystem.resolve($0) }) where (path + "/").hasPrefix(folder + "/") {
            throw CommandFailure(.usage, "\(path) lies within \(folder), which is to be backed up: name a folder outside of it")
        }
    }

    /// Creates the data folder for a restore, if it is missing, with the backup's owner (who owned the data) and closed to others, as an
    /// installation does. Then drops root's rights and continues as that owner.
    static func makeData(_ data: DataFolder, from backup: String) throws {
        if User.isRoot, let status = FileStatus(at: "\(backup)/\(SiteRestore.manifest)") {
            try makeFolder(data.path, mode: 0o750, owner: User(id: status.owner, group: status.group))
        }
        try ServiceUser.become(ownerOf: data)
    }

    static func readAdvice(_ path: String) -> String {
        " for \(ServiceUser.current), to whom the data folder belongs: chown -R \(ServiceUser.current) \(path), and see that it can "
            + "reach the folder"
    }
}

extension ServiceUser {
    static var current: String { name(of: User.currentID) }
}
