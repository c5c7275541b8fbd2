// The names and paths inside the data folder, which are defined only here.

import Crypto
import Disk
import Process
import Text

/// The data folder of a site.
public struct DataFolder: Sendable {
    public let path: String

    public init(_ path: String) { self.path = path }

    /// The folder in the environment variable `IMAGEBED_DATA`.
    public static func ofThisProcess() throws -> DataFolder {
        guard let path = Environment["IMAGEBED_DATA"], !path.isEmpty else {
            throw SetupError.noDataFolder
        }
        return DataFolder(path)
    }

    public static let databaseName = "imagebed.db"
    public static let secretName = "secret"

    public var database: String { "\(path)/\(DataFolder.databaseName)" }
    /// What says where the database is, if it is not here; missing on most sites.
    public var clusterFile: String { "\(path)/\(ClusterFile.name)" }
    /// The file without which there is no site here.
    public var mark: String { FileSystem.exists(clusterFile) ? secret : database }
    /// The copy of the database that was made before the migration from this schema version.
    public func copyOfDatabase(before schema: Int) -> String { "\(database).before-\(schema)" }
    /// 32 random bytes in hexadecimal, mode 0600: the MAC key of all delete links.
    public var secret: String { "\(path)/\(DataFolder.secretName)" }
    /// A marker file that exists while a backup is being restored.
    public static let unfinishedRestore = ".restore-unfinished"
    /// A folder, or a link to the uploads folder of a replaced site; the same applies to the recycle bin.
    public var uploads: String { path(of: .uploads) }
    public var recycleBin: String { path(of: .recycleBin) }
    public var thumbnails: String { path(of: .thumbnails) }
    public var json: String { path(of: .json) }
    public var pieces: String { path(of: .pieces) }
    public var run: String { path(of: .run) }
    /// The web server's access log of served files, from which views are counted: where the installation put it, else in the data folder.
    public var viewLog: String { installed("IMAGEBED_VIEW_LOG") ?? ownViewLog }
    /// The log's path when the site runs in the foreground, and in earlier versions.
    public var ownViewLog: String { "\(path)/\(DataFolder.ownViewLogName)" }
    public static let ownViewLogName = "\(Name.logs.rawValue)/\(viewLogName)"
    public static let viewLogName = "views.log"
    /// The service's user as recorded by the installation; nil for a site that is not installed.
    public var serviceUser: String? { installed("IMAGEBED_USER") }

    /// The value of an environment variable, if the environment describes this data folder.
    private func installed(_ name: String) -> String? {
        guard Environment["IMAGEBED_DATA"] == path, let value = Environment[name], !value.isEmpty else { return nil }
        return value
    }
    public var web: String { path(of: .web) }
    public static let valuesName = "values"
    /// See `WebValues`. Other users' processes must treat its content as untrusted.
    public var webValues: String { "\(web)/\(DataFolder.valuesName)" }
    /// An empty marker file that exists until changed values were applied.
    public static let changedValuesName = "changed"
    /// A file with the address that the installation gave to the site.
    public static let usualAddressName = "usual-address"

    /// A file with delete and hidden links (mode 0600), for the time when another program serves the files.
    public static let givenLinksName = "given-links.tsv"
    public var givenLinks: String { "\(path)/\(DataFolder.givenLinksName)" }

    /// Files of a replaced EasyImages site that the import stored.
    public var easyImages: String { "\(path)/easyimages" }
    /// A file in it: the decimal digits of the CRC-32 of the old administrator's stored password, the key of old delete links.
    public static let oldDeleteKey = "delete-key"

    /// Copies of the static files that a replaced site had beside its pictures, which the web server sends; missing on other sites.
    public var oldRoot: String { "\(path)/\(DataFolder.oldRootName)" }
    public static let oldRootName = "old-root"

    /// The target of the link `uploads`, on a site that replaced another one.
    public var takenOverStore: String? { FileSystem.linkTarget(of: uploads) }

    /// Whether the uploads folder is a link to that of a replaced site.
    public var isTakenOver: Bool { takenOverStore != nil }

    /// Whether this program created everything in the uploads folder. False for the files of a replaced site, in their old place or, after
    /// a restore, in the data folder.
    public var ownsFiles: Bool { !isTakenOver && !FileSystem.exists(easyImages) }

    /// Creates the missing folders and, for a new site, the secret. Does not change what exists.
    ///
    /// - Parameter replacesSecret: creates a new secret for an existing site too, which invalidates its delete links.
    /// - Throws: as `requireWhole`.
    public func create(replacesSecret: Bool = false) throws {
        try FileSystem.makeFolder(path)
        try requireWhole(butSecret: replacesSecret)
        let root = try Folder(path)
        try makeFolders()
        if replacesSecret {
            try root.replace(DataFolder.secretName, with: DataFolder.newSecret, mode: 0o600)
        } else if !FileSystem.exists(secret) {
            let draft = try Draft(in: root)
            try DataFolder.newSecret.withUnsafeBytes { try draft.write($0) }
            try draft.setMode(0o600)
            try draft.publish(as: DataFolder.secretName, in: root)
        }
    }

    /// Checks, without changing anything, that nothing is missing that cannot be created again.
    ///
    /// - Throws: `SetupError.unfinishedRestore`; `SetupError.noSecret` for a site without its secret, `.badSecret`, `.closedSecret`; `DiskError`.
    public func requireWhole(butSecret: Bool = false) throws {
        guard FileSystem.exists(path) else { return }
        let root = try Folder(path)
        guard !root.holds(DataFolder.unfinishedRestore) else { throw SetupError.unfinishedRestore(path) }
        let hasSecret = FileSystem.exists(database) || FileSystem.exists(secret)
        if hasSecret && !butSecret { _ = try readSecret() }
    }

    private static var newSecret: [UInt8] { Array(Hexadecimal.encode(RandomBytes.make(32)).utf8) }

    /// Creates the missing folders.
    public func makeFolders() throws {
        let root = try Folder(path)
        for name in Name.allCases where !FileSystem.exists(path(of: name)) { _ = try root.folder(name.rawValue, creates: true) }
    }

    /// The folders, in the order in which they are created.
    enum Name: String, CaseIterable {
        case uploads
        case recycleBin = "recycle"
        case thumbnails = "thumbs"
        /// Contents of JSON files that are too large for the database.
        case json
        /// Pieces of incomplete uploads.
        case pieces
        /// Locks, slots and the picture worker's policy; nothing in it has to survive a restart.
        case run
        case logs
        /// Files with the settings that the web server needs.
        case web
    }

    private func path(of name: Name) -> String { "\(path)/\(name.rawValue)" }

    /// One of the folders, opened below the data folder's own path: only the uploads folder and the recycle bin may be links.
    func open(_ name: Name) throws -> Folder { try Folder(path).folder(name.rawValue, creates: true) }

    /// The folder `web`, opened in the same way.
    public func openWeb() throws -> Folder { try Folder(path).folder(Name.web.rawValue) }

    /// By it nodes of one site find out whether they have the same secret: a MAC of a fixed word.
    func secretFingerprint() throws -> String {
        Hexadecimal.encode(HMACSHA256.authenticate(Array("ImageBed node".utf8), key: try readSecret()))
    }

    func readSecret() throws -> [UInt8] {
        let file: File
        do {
            file = try Folder(path).file(DataFolder.secretName)
        } catch let error as DiskError where error.isAbsent { throw SetupError.noSecret(secret)
        } catch let error as DiskError where error.isForbidden { throw SetupError.closedSecret(secret, folder: path) }
        var text = [UInt8](repeating: 0, count: min(file.size, 256))
        let count = try text.withUnsafeMutableBytes { try file.read(at: 0, into: $0) }
        let hexadecimal = String(decoding: text.prefix(count).filter { $0 > 0x20 }, as: UTF8.self)
        guard let key = Hexadecimal.decode(hexadecimal), key.count >= 32 else { throw SetupError.badSecret(secret) }
        return key
    }
}

/// The data folder is not in the state that this program needs; each message names the remedy.
public enum SetupError: Error, CustomStringConvertible {
    case noDataFolder
    /// There is a database but no secret.
    case noSecret(String)
    case badSecret(String)
    /// This user may not read the secret, which is mostly a copy that root has made.
    case closedSecret(String, folder: String)
    case unfinishedRestore(String)
    /// The database on a server is that of a site, and this node has no secret.
    case noSecretOfNode(String)
    /// The database is that of a site whose nodes have another secret.
    case otherSecret(String)
    /// The rows of the site are in SQLite's file, and `cluster.conf` names an empty database.
    case rowsInFile(database: String, clusterFile: String)

    public var description: String {
        switch self {
        case .noDataFolder: "IMAGEBED_DATA is not set: name the data folder in the environment"
        case .noSecret(let path): "\(path), the key of delete links, is missing: restore it from a backup, or make a new one with "
            + SetupError.newSecret
        case .badSecret(let path): "\(path) is not 64 hexadecimal digits: restore it from a backup, or make a new one with "
            + SetupError.newSecret
        case .closedSecret(let path, let folder): "\(path), the key of delete links, may not be read by this user: if it does not belong to the owner of "
            + "the data folder, sudo chown --reference=\(folder) \(path); else run this as root or as that owner"
        case .unfinishedRestore(let path): "a restore into \(path) was not finished: begin anew with find \(path) -mindepth 1 -delete and "
            + "then imagebed restore"
        case .noSecretOfNode(let path): "\(path), the key of delete links, is missing on this node: " + SetupError.copySecret
        case .otherSecret(let path): "\(path) is not the secret of the site whose database this node uses, so its links would not work: "
            + SetupError.copySecret
        case .rowsInFile(let database, let clusterFile): "this site's rows are in \(database), and the database that \(clusterFile) names is "
            + "empty: take the line database out of \(clusterFile), or name a new folder with --data for a new site"
        }
    }

    private static let copySecret = "copy the file secret of another node, or of a backup, there, with the owner of the data folder and mode 600; "
        + "only if there is none any more, make a new one with " + newSecret
    private static let newSecret = "'imagebed setup --new-secret' (delete links and hidden links handed out so far then stop working)"
}
