// What is kept of the replaced program's files (DATA/easyimages, mode 0700): tokens and passwords are only digests in the
// database, so a return to PHP needs their texts from here. The key of old delete links follows from the admin's stored password.

import Compression
import Disk
import EasyImages
import Site

struct KeptFiles {
    let path: String

    init(_ data: DataFolder) { path = data.easyImages }

    /// Whether an import came as far as keeping the settings.
    var hasSettings: Bool { FileSystem.exists("\(path)/\(OldSite.configFile)") }

    /// Where the replaced site lay.
    static let rootFile = "site"

    /// Keeps the bytes of a file under the same name.
    ///
    /// - Returns: false when they were the same before.
    @discardableResult
    func keep(_ relative: String, _ bytes: [UInt8]) throws -> Bool {
        let (folder, name) = try home(of: relative, creates: true)
        if try folder.bytes(of: name, limit: .max) == bytes { return false }
        try folder.replace(name, with: bytes, mode: 0o600)
        return true
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
