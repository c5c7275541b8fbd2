// The replaced site's configuration files are stored in DATA/easyimages (mode 0700): the database has only digests of tokens and
// passwords, so an export needs these files. The key of old delete links is derived from the administrator's stored password.

import Compression
import Disk
import EasyImages
import Site

struct KeptFiles {
    let path: String

    init(_ data: DataFolder) { path = data.easyImages }

    /// Whether an import has stored the settings.
    var hasSettings: Bool { FileSystem.exists("\(path)/\(OldSite.configFile)") }

    /// The name of the file with the path of the replaced site.
    static let rootFile = "site"

    /// Stores the bytes of a file under the same name.
    ///
    /// - Returns: false if they were stored already.
    @discardableResult
    func keep(_ relative: String, _ bytes: [UInt8]) throws -> Bool {
        let (folder, name) = try home(of: relative, creates: true)
        if try folder.bytes(of: name, limit: .max) == bytes { return false }
        try folder.replace(name, with: bytes, mode: 0o600)
        return true
    }

    /// Stores files of any size under the same names. What `file` does not find is left out.
    func keep(_ names: [String], _ file: (String) throws -> File?) throws {
        var folders: [Folder] = []
        for name in names {
            guard let new = try file(name) else { continue }
            let (folder, last) = try home(of: name, creates: true)
            let isKept = try (try? folder.file(last)).map { try $0.hasSameBytes(as: new) } ?? false
            if !isKept { try folder.replace(last, with: new, mode: 0o600, isNameDurable: false) }
            if !folders.contains(where: { $0.isSame(as: folder) }) { folders.append(folder) }
        }
        // (Also the names of an import that was interrupted.)
        for folder in folders { try folder.sync() }
    }

    /// Opens a file for reading; nil if there is none.
    func file(_ relative: String) throws -> File? {
        guard FileSystem.exists("\(path)/\(relative)") else { return nil }
        let (folder, name) = try home(of: relative, creates: false)
        return try folder.file(name)
    }

    func bytes(of relative: String) throws -> [UInt8]? {
        guard FileSystem.exists("\(path)/\(relative)") else { return nil }
        let (folder, name) = try home(of: relative, creates: false)
        return try folder.bytes(of: name, limit: PHPArrayLimits().bytes)
    }

    func files(in relative: String) throws -> [String] {
        guard FileSystem.exists("\(path)/\(relative)") else { return [] }
        return try Folder(path).folder(relative).listing().compactMap(\.name).filter { $0.hasSuffix(".php") }.map { "\(relative)/\($0)" }
    }

    func keepDeleteKey(ofPassword stored: String) throws {
        try keep(DataFolder.oldDeleteKey, Array("\(CRC32.checksum(Array(stored.utf8)))".utf8))
    }

    private func home(of relative: String, creates: Bool) throws -> (Folder, String) {
        if creates { try FileSystem.makeFolder(path, mode: 0o700) }
        let root = try Folder(path)
        guard let slash = relative.lastIndex(of: "/") else { return (root, relative) }
        return (try root.folder(String(relative[..<slash]), creates: creates), String(relative[relative.index(after: slash)...]))
    }
}
