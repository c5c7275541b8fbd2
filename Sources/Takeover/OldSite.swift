// The files of the replaced site. All configuration is read before anything is changed, so that an invalid file stops an import at its
// start.

import Disk
import EasyImages

/// The folder of an EasyImages site.
public struct OldSite {
    /// Absolute path, without symbolic links and without a trailing slash.
    public let root: String
    public let config: OldConfig
    let uploaders: PHPArray
    let tokens: PHPArray
    let folder: Folder

    static let configFile = "config/config.php"
    static let tokenFile = "config/api_key.php"
    static let uploaderFile = "config/config.guest.php"
    static let logFolder = "admin/logs/upload"
    static let countFolder = "admin/logs/ipcounts"

    /// - Throws: `TakeoverError`.
    public init(_ path: String) throws {
        do { root = try FileSystem.resolve(path) } catch let error as DiskError { throw TakeoverError("\(path): \(error.reason)") }
        folder = try Folder(root)
        guard let config = try OldSite.array(OldSite.configFile, in: folder) else {
            throw TakeoverError("\(root) holds no EasyImages site: \(OldSite.configFile) is missing. Name the folder in which index.php lies")
        }
        self.config = OldConfig(config)
        tokens = try OldSite.array(OldSite.tokenFile, in: folder) ?? PHPArray()
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

    func bytes(of relative: String) throws -> [UInt8]? { try OldSite.bytes(of: relative, in: folder) }

    func array(_ relative: String) throws -> PHPArray? { try OldSite.array(relative, in: folder) }

    private static func bytes(of relative: String, in folder: Folder) throws -> [UInt8]? {
        do {
            return try folder.bytes(of: relative, limit: PHPArrayLimits().bytes)
        } catch let error as DiskError where error.isForbidden {
            throw TakeoverError("\(error): let the service's user read it (chgrp and chmod g+r), or run this as its owner")
        }
    }

    private static func array(_ relative: String, in folder: Folder) throws -> PHPArray? {
        guard let bytes = try bytes(of: relative, in: folder) else { return nil }
        do {
            return try PHPArrayFile(bytes).array
        } catch {
            throw TakeoverError("\(folder.path)/\(relative): \(error). Put it right by hand; nothing of it is run")
        }
    }

    private func checkStore() throws {
        let taken = config.settings(root: root).first { $0.key == "uploads_path" }
        guard let taken, taken.adjustment == nil, taken.value == config.storePath else {
            throw TakeoverError("the setting path, \"\(config.value("path").string)\", cannot be served: it is a path such as /i/, of "
                + "letters, digits, dots, minus and underscore between slashes")
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
