// The folders of a site that a backup contains: everything that cannot be generated again. Not thumbnails, files for the web server,
// pieces of incomplete uploads, logs and locks.

import Disk
import Site

/// A folder of the site, which has the same name in a backup.
enum Area: String, CaseIterable {
    case uploads, recycle, json, easyimages
    case oldRoot = "old-root"

    /// The folder in the site; nil if the site has none. If `uploads` or `recycle` is a link to a replaced site's folder, that folder.
    func folder(in data: DataFolder) throws -> Folder? {
        do { return try Folder(path(in: data)) } catch let error as DiskError where error.isAbsent { return nil }
    }

    func path(in data: DataFolder) -> String {
        switch self {
        case .uploads: data.uploads
        case .recycle: data.recycleBin
        case .json: data.json
        case .easyimages: data.easyImages
        case .oldRoot: data.oldRoot
        }
    }

    /// Files that the web server serves are world-readable; the configuration of a replaced site is private.
    var fileMode: UInt32 { self == .easyimages ? 0o600 : 0o644 }
}

/// A recursive walk through a folder; symbolic links are not followed.
struct Walk {
    /// Called for each file with its path relative to the start.
    let visit: (_ path: String, _ folder: Folder, _ name: String) throws -> Void
    /// Called for what is skipped: links, devices, names that a manifest cannot contain.
    var passOver: (_ path: String) throws -> Void = { _ in }
    /// Whether folders that this process may not read are skipped too.
    var passesOverClosed = false
    /// A folder to skip.
    var except: Folder?

    private static let depthLimit = 32

    func enter(_ folder: Folder, at place: String = "", depth: Int = 0) throws {
        for entry in try folder.listing() {
            let path = place + entry.shown
            guard let name = entry.name, !name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f }) else {
                try passOver(path)
                continue
            }
            switch entry.kind {
            case .file: try visit(path, folder, name)
            case .folder where name == Draft.incoming: continue
            case .folder where depth < Walk.depthLimit:
                // It may have been removed meanwhile.
                do {
                    guard let inner = try Walk.open(name, in: folder), !inner.isSame(as: except) else { continue }
                    try enter(inner, at: path + "/", depth: depth + 1)
                } catch let error as DiskError where passesOverClosed && error.isClosed && error.path == "\(folder.path)/\(name)" {
                    try passOver(path)
                }
            default: try passOver(path)
            }
        }
    }

    private static func open(_ name: String, in folder: Folder) throws -> Folder? {
        do { return try folder.folder(name) } catch let error as DiskError where error.isAbsent { return nil }
    }
}
