// The files of the replaced site. All configuration is read before anything is changed, so that an invalid file stops an import at its
// start.

import Disk
import EasyImages
import Settings

/// The folder of an EasyImages site.
public struct OldSite {
    /// Absolute path, without symbolic links and without a trailing slash.
    public let root: String
    public let config: OldConfig
    let uploaders: PHPArray
    let tokens: PHPArray
    /// Whether there is a file of tokens.
    let hasTokenFile: Bool
    let folder: Folder

    static let configFile = "config/config.php"
    static let tokenFile = "config/api_key.php"
    static let uploaderFile = "config/config.guest.php"
    static let logFolder = "admin/logs/upload"
    static let countFolder = "admin/logs/ipcounts"

    /// - Throws: `TakeoverError`.
    public init(_ path: String) throws {
        do { root = try FileSystem.resolve(path) } catch let error as DiskError { throw TakeoverError("\(path): \(OldSite.reason(error, path))") }
        folder = try Folder(root)
        guard let config = try OldSite.array(OldSite.configFile, in: folder) else {
            throw TakeoverError("\(root) holds no EasyImages site: \(OldSite.configFile) is missing. Name the folder in which index.php lies")
        }
        self.config = OldConfig(config)
        let tokens = try OldSite.array(OldSite.tokenFile, in: folder)
        (self.tokens, hasTokenFile) = (tokens ?? PHPArray(), tokens != nil)
        uploaders = try OldSite.array(OldSite.uploaderFile, in: folder) ?? PHPArray()
        try checkStore()
    }

    /// The uploads folder, without a trailing slash.
    public var store: String { root + config.storePath.dropLast() }

    var recycleBin: String { store + "/recycle" }

    /// Names in a folder. A missing folder is no error: an old site may lack any of them.
    func files(in relative: String) throws -> [String] {
        let inner: Folder
        do { inner = try folder.folder(relative) } catch let error as DiskError where error.kind == .missing { return [] }
        return try inner.listing().filter { $0.kind == .file }.compactMap(\.name).filter { $0.hasSuffix(".php") }.map { "\(relative)/\($0)" }
    }

    /// Whether a log is larger than PHP can have written it; such a file is neither read nor copied.
    func isTooLarge(_ name: String) throws -> Bool { try file(name).map { $0.size > PHPArrayLimits().bytes } ?? false }

    /// Opens a file for reading; nil if there is none.
    func file(_ relative: String) throws -> File? { try OldSite.file(relative, in: folder) }

    private static func file(_ relative: String, in folder: Folder) throws -> File? {
        do { return try folder.file(relative) } catch let error as DiskError where error.kind == .missing { return nil }
        catch let error as DiskError where error.isForbidden {
            throw TakeoverError("\(error): let the service's user read it (chgrp and chmod g+r), or run this as its owner")
        }
    }

    private static func array(_ relative: String, in folder: Folder) throws -> PHPArray? {
        guard let file = try file(relative, in: folder) else { return nil }
        let limits = PHPArrayLimits.settings
        guard file.size <= limits.bytes, let bytes = try folder.bytes(of: relative, limit: limits.bytes) else {
            throw TakeoverError("\(folder.path)/\(relative) has more than \(limits.bytes >> 20) MB: take out of it by hand what nobody needs")
        }
        do {
            return try PHPArrayFile(bytes, limits: limits).array
        } catch {
            throw TakeoverError("\(folder.path)/\(relative): \(error). Put it right by hand; nothing of it is run")
        }
    }

    /// Also which folder is closed, and how it is opened: a panel's home, or root's, which the service's user cannot enter.
    private static func reason(_ error: DiskError, _ path: String) -> String {
        guard error.isForbidden, let closed = FileSystem.closedFolder(above: path) else { return error.reason }
        return "the service's user cannot enter \(closed): chmod o+x \(closed), or setfacl -m u:USER:x \(closed)"
    }

    private func checkStore() throws {
        let taken = config.settings(root: root).first { $0.key == "uploads_path" }
        guard let taken, taken.adjustment == nil, taken.value == config.storePath else {
            throw TakeoverError("the setting path, \"\(config.value("path").string)\", cannot be served: it is a path such as /i/, of "
                + "letters, digits, dots, minus and underscore between slashes")
        }
        do { try Settings.declaration(of: taken.key)?.check(taken.value) } catch {
            throw TakeoverError("the setting path, \"\(config.value("path").string)\", cannot be served: \(error)")
        }
        guard FileStatus(at: store)?.kind == .folder else {
            throw TakeoverError("\(store), the folder of pictures that \(OldSite.configFile) names as path, is missing")
        }
        if let refusal = FileSystem.refusal(of: [.read, .write, .enter], at: store) {
            throw TakeoverError("\(store): \(refusal.reason). The service's user must read and write the pictures: give "
                + "it the folder (chown -R), or let the service run as the user to whom it belongs")
        }
    }
}
