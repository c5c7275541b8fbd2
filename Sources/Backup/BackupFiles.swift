// Takes files into the backup. A file that is there already is kept if it is the same inode, or has the same size and time. The kernel
// resolves names beneath open folders, so symbolic links in the tree cannot lead outside.

import Disk

final class BackupFiles {
    private let target: BackupFolder
    let links: Bool
    var changed = ""
    private(set) var linked = 0
    private(set) var copied = 0
    private var open: (path: String, folder: Folder)?

    init(_ target: BackupFolder, links: Bool) {
        self.target = target
        self.links = links
    }

    /// Takes a file to a path in the backup ("uploads/2024/04/a.jpg").
    func take(_ file: File, to place: String) throws {
        if let there = taken(place) {
            if there.isSame(as: file) || there.looksLike(file) { return }
            if let there = changedFile(place) {
                if there.isSame(as: file) || there.looksLike(file) { return }
                try target.folder.remove("\(changed)/\(place)")
            }
            return try put(file, at: "\(changed)/\(place)")
        }
        try put(file, at: place)
    }

    /// Size of this backup's file at a path; nil if there is none.
    func size(of place: String) -> Int? { (changedFile(place) ?? taken(place))?.size }

    /// The file at a path, if it differs from that of the previous backup.
    func changedFile(_ place: String) -> File? { try? target.folder.file("\(changed)/\(place)") }

    private func taken(_ place: String) -> File? { try? target.folder.file(place) }

    private func put(_ file: File, at place: String) throws {
        let (path, name) = BackupFiles.split(place)
        let home = try folder(path)
        if links, try home.link(file, as: name) {
            linked += 1
        } else {
            let draft = try Draft(in: home)
            try draft.fill(from: file)
            // A name without its content would look complete to the next backup after a power cut; the name itself need not be durable yet.
            try draft.sync()
            try draft.publish(as: name, in: home, isDurable: false)
            copied += 1
        }
    }

    private func folder(_ path: String) throws -> Folder {
        if let open, open.path.utf8.elementsEqual(path.utf8) { return open.folder }
        let folder = try target.folder.folder(path, creates: true, isDurable: false)
        // Files of a killed backup; this process holds the lock.
        try Draft.sweep(folder, olderThan: 0)
        open = (path, folder)
        return folder
    }

    static func split(_ place: String) -> (folder: String, name: String) {
        guard let slash = place.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", place) }
        return (String(place[..<slash]), String(place[place.utf8.index(after: slash)...]))
    }
}
