// The checks of `imagebed doctor` that need only files: they work if the site cannot be opened.

import Disk
import Site

extension Doctor {
    /// Folders that are missing, not writable or not accessible.
    static let checkFolders: @Sendable (DataFolder) -> [Finding] = { data in
        // If the file system of a replaced site is not mounted, the links to it are right, and no folder must be created.
        let pictures = isAway(data.takenOverStore) ? [] : [data.uploads, data.recycleBin]
        let folders = pictures + [data.thumbnails, data.run, data.web]
        let bad = folders.compactMap { folder -> Finding? in
            guard let refusal = FileSystem.refusal(of: [.read, .write, .enter], at: folder) else { return nil }
            return .problem("folders", "\(folder): \(refusal.reason)",
                            advice: refusal.isAbsent ? "imagebed setup --data \(data.path)"
                                : "chown and chmod u+rwx it for the service's user")
        }
        let served = [data.path, data.uploads, data.thumbnails]
        let closed = (foldersOnTheWay(data) + served).filter { FileStatus(at: $0).map { $0.permissions & 0o011 == 0 } ?? false }
        let unreachable = closed.map {
            Finding.warning("folders", "only its owner can enter \($0), so the web server cannot send files from it",
                            advice: "chmod a+x \($0)")
        }
        let findings = bad + unreachable
        return findings.isEmpty ? [.ok("folders", "all there below \(data.path), and writable")] : findings
    }

    /// A new secret would invalidate all existing delete links, so none is created automatically.
    static let checkSecret: @Sendable (DataFolder) -> [Finding] = { data in
        guard let refusal = FileSystem.refusal(at: data.secret) else { return [.ok("secret", data.secret)] }
        return [.problem("secret", "\(data.secret): \(refusal.reason). Without it the site does not work, and with another "
                         + "one the links that delete or hide pictures, handed out so far, end",
                         advice: "bring it back from a backup (cp BACKUP/secret-N \(data.secret), with the owner of \(data.path) and mode 600), or "
                             + "imagebed setup --new-secret --data \(data.path)")]
    }

    /// Files that must be private.
    static let checkModes: @Sendable (DataFolder) -> [Finding] = { data in
        let files = [data.secret, data.clusterFile, data.database, data.database + "-wal", data.database + "-shm"]
        let open = files.filter { FileStatus(at: $0).map { $0.permissions & 0o007 != 0 } ?? false }
        guard open.isEmpty else {
            return [.problem("modes", "everybody on this machine can read \(open.joined(separator: ", "))",
                             advice: "chmod 600 \(open.joined(separator: " "))")]
        }
        return [.ok("modes", "secret and database are closed to others")]
    }

    /// All programs of the site are in the same folder as this one.
    static let checkExecutables: @Sendable (DataFolder) -> [Finding] = { _ in
        let home = Site.folderOfThisProgram
        let missing = ["upload", "list", "del", "thumb", "stats", "picture"].filter { FileSystem.refusal(of: .enter, at: "\(home)/\($0)") != nil }
        guard missing.isEmpty else {
            return [.problem("programs", "\(missing.joined(separator: ", ")) missing in \(home)",
                             advice: "install the site's programs again")]
        }
        return [.ok("programs", "all there in \(home)")]
    }
}

/// What the web server of an installed site must enter to send files. (`install.sh run` starts one that has the rights of the site.)
private func foldersOnTheWay(_ data: DataFolder) -> [String] {
    guard InstalledSite.here?.data == data.path else { return [] }
    let ways = FileSystem.folders(above: data.path) + FileSystem.folders(above: data.takenOverStore ?? "/")
    return Set(ways).sorted()
}
