// Symbolic links to folders in the picture tree. Whoever may write to the tree, such as a fault in PHP, can make one, and make it lead
// anywhere; so neither the programs (Disk.Folder) nor the web servers (disable_symlinks, Options None) follow any. An operator may have moved a
// year to another disk by one. A mount in its place, which only root can make, is followed by all of them, and by PHP.

import Disk
import EasyImages
import Site

/// A link to a folder.
public struct LinkedFolder: Sendable, Equatable {
    /// Absolute path of the link.
    public let path: String
    /// The folder to which it leads, without links.
    public let target: String
}

public enum LinkedFolders {
    /// Maximum number that are looked for.
    private static let countLimit = 200
    /// System folders that hold no pictures, and their subfolders.
    private static let system = ["/bin", "/boot", "/dev", "/etc", "/lib", "/proc", "/root", "/run", "/sbin", "/sys"]

    /// All links to folders in a picture tree, down to a depth; not those of the recycle bin and of suspected pictures, of which nothing is served.
    public static func find(in store: String, depth: Int = 32) -> [LinkedFolder] {
        var found: [LinkedFolder] = []
        guard let tree = try? Folder(store) else { return [] }
        visit(tree, isTop: true, depth: depth, &found)
        return found
    }

    private static func visit(_ folder: Folder, isTop: Bool, depth: Int, _ found: inout [LinkedFolder]) {
        for entry in (try? folder.listing()) ?? [] where found.count < countLimit {
            if isTop && [DateFolder.recycleBin, DateFolder.suspects].contains(entry.shown) { continue }
            if folder.isLinkToFolder(entry) {
                let path = "\(folder.path)/\(entry.shown)"
                found.append(LinkedFolder(path: path, target: (try? FileSystem.resolve(path)) ?? "another folder"))
            } else if entry.kind == .folder, depth > 1, let name = entry.name, let inner = try? folder.folder(name) {
                visit(inner, isTop: false, depth: depth - 1, &found)
            }
        }
    }

    /// - Throws: `TakeoverError` with all links, and what to do about each.
    static func check(_ data: DataFolder, _ oldSite: OldSite) throws {
        let found = find(in: oldSite.store)
        guard !found.isEmpty else { return }
        var seen: [String: String] = [:]
        let lines = found.map { link in
            defer { seen[link.target] = seen[link.target] ?? link.path }
            return "\(shown(link.path)) leads to \(shown(link.target)): " + advice(about: link, data, oldSite, former: seen[link.target])
        }
        let more = found.count < countLimit ? [] : ["There may be more: find \(quoted(oldSite.store)) -type l"]
        throw TakeoverError("folders of the picture tree are symbolic links. Their pictures would be gone: no link in the tree is followed, "
            + "because a visitor who gets a fault of PHP to make one could read any file by it. Put them right as root, then import again; "
            + "nothing was changed.", details: lines.flatMap { $0.split(separator: "\n").map(String.init) } + more)
    }

    private static func advice(about link: LinkedFolder, _ data: DataFolder, _ oldSite: OldSite, former: String?) -> String {
        let (path, target) = (quoted(link.path), quoted(link.target))
        guard (link.path + link.target).unicodeScalars.allSatisfy({ isVisible($0) && $0 != "\u{FFFD}" }) else {
            return "one of the names holds characters that cannot be typed; find \(quoted(oldSite.store)) -type l finds it"
        }
        if let former { return "so does \(shown(former)), and a picture has one address: rm \(path)" }
        if lies(link.path, in: link.target) { return "a loop: rm \(path)" }
        if lies(link.target, in: oldSite.store) {
            return "that is in the tree already, and a picture has one address. To keep that of the link: rm \(path) && mv \(target) \(path); "
                + "else rm \(path)"
        }
        guard !isPrivate(link.target, data, oldSite) else { return "what is there must not be served: rm \(path)" }
        return "rm \(path) && mkdir \(path) && mount --bind \(target) \(path), and the line\n    "
            + "\(field(link.target)) \(field(link.path)) none bind 0 0\n  in /etc/fstab; or, to have it in the tree: rm \(path) && mv \(target) \(path)"
    }

    /// Whether a folder holds files of the old site or of this one, or the system's.
    private static func isPrivate(_ target: String, _ data: DataFolder, _ oldSite: OldSite) -> Bool {
        let own = [oldSite.root, (try? FileSystem.resolve(data.path)) ?? data.path]
        return own.contains { lies($0, in: target) } || (own + system).contains { lies(target, in: $0) }
    }

    private static func lies(_ path: String, in folder: String) -> Bool { "\(path)/".hasPrefix(folder == "/" ? "/" : "\(folder)/") }

    /// For a shell.
    private static func quoted(_ path: String) -> String { "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'" }

    /// For fstab(5).
    private static func field(_ path: String) -> String {
        path.unicodeScalars.reduce(into: "") { $0 += $1 == " " ? "\\040" : String($1) }
    }

    /// For a terminal.
    private static func shown(_ path: String) -> String {
        String(String.UnicodeScalarView(path.unicodeScalars.map { isVisible($0) ? $0 : "\u{FFFD}" }))
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        ![.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
    }
}
