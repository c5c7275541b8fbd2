// What of a site is worth keeping beside its database and its secret: what cannot be made again. Not thumbnails, nor files for the web
// server, nor pieces of uploads that go on, nor logs and locks.

import Disk
import Site

/// A folder of the site, and of the same name in a backup.
enum Area: String, CaseIterable {
    case uploads, recycle, json, easyimages

    /// The folder in the site; nil where this site has none. `uploads` and `recycle` of a site that took over another one's are names
    /// for folders elsewhere, and those are meant.
    func folder(in data: DataFolder) throws -> Folder? {
        do { return try Folder(path(in: data)) } catch let error as DiskError where error.isAbsent { return nil }
    }

    func path(in data: DataFolder) -> String {
        switch self {
        case .uploads: data.uploads
        case .recycle: data.recycleBin
        case .json: data.json
        case .easyimages: data.easyImages
        }
    }

    /// Files for the web server are everybody's to read; what is kept of an old site's configuration is nobody else's.
    var fileMode: UInt32 { self == .easyimages ? 0o600 : 0o644 }
}

/// A walk through everything that lies in a folder; links are never followed.
struct Walk {
    /// Called for each file with its path below the start.
    let visit: (_ path: String, _ folder: Folder, _ name: String) throws -> Void
    /// Called for what is passed over: links, devices, names that cannot stand in a list.
    var passOver: (_ path: String) throws -> Void = { _ in }
    /// Whether folders that this process may not read are passed over too.
    var passesOverClosed = false
    /// A folder that is not entered.
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
                // Somebody may have taken it away since.
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
