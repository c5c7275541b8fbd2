// The check of `imagebed doctor` for a site that replaced an EasyImages site: its pictures are in another folder, and the stored old
// configuration files must be private.

import Disk
import Site
import Takeover

extension Doctor {
    static let checkTakeover: @Sendable (DataFolder) -> [Finding] = { data in
        guard let store = data.takenOverStore else {
            guard FileSystem.exists(data.easyImages) else { return [] }
            // After a restore the pictures are in the data folder itself.
            if let own = try? Folder(data.uploads).entries(), own.contains(where: { $0 != Draft.incoming }) {
                return [.ok("old site", "its pictures are in \(data.uploads)")]
            }
            return [.problem("old site", "\(data.uploads) does not lead to the old site's pictures any more",
                             advice: "imagebed import easyimages DIR makes the link again")]
        }
        if let closed = FileSystem.closedFolder(above: store) {
            return [.problem("old site", "the service's user cannot enter \(closed), so it has none of the pictures in \(store)",
                             advice: "chmod o+x \(closed), or setfacl -m u:USER:x \(closed) for that user and the web server's")]
        }
        guard !isAway(store) else {
            return [.problem("old site", "\(data.uploads) leads to \(store), which is not there", advice: "bring that folder back, or mount it")]
        }
        guard FileSystem.exists(data.easyImages) else {
            return [.warning("old site", "\(data.easyImages) is missing: old delete links open nothing, and there is no way back to PHP",
                             advice: "imagebed import easyimages DIR")]
        }
        // Days, months and years of the usual layout.
        let links = LinkedFolders.find(in: store, depth: 3)
        guard links.isEmpty else {
            return [.warning("old site", "no link is followed, and \(links.map(\.path).prefix(3).joined(separator: ", ")) leads to a folder: "
                             + "what is in there is not served, nor is anything stored there",
                             advice: "imagebed import easyimages DIR --dry-run says what to do about each of \(links.count)")]
        }
        let open = openFiles(in: data.easyImages)
        guard open.isEmpty else {
            return [.problem("old site", "everybody on this machine can read \(open.joined(separator: ", "))",
                             advice: "chmod -R go= \(data.easyImages)")]
        }
        return [.ok("old site", "its pictures are in \(store)")]
    }
}

/// Whether the folder of a replaced site is missing; false for a site that replaced none.
func isAway(_ store: String?) -> Bool {
    guard let store else { return false }
    return FileStatus(at: store)?.kind != .folder
}

/// The folder if others can enter it, and the files in it that they can read.
private func openFiles(in path: String, depth: Int = 0) -> [String] {
    guard let status = FileStatus(at: path), status.permissions & 0o007 != 0 else { return [] }
    if status.kind == .file { return [path] }
    guard depth < 5, let entries = try? Folder(path).listing() else { return [] }
    return (depth == 0 ? [path] : []) + entries.flatMap { openFiles(in: "\(path)/\($0.shown)", depth: depth + 1) }
}
