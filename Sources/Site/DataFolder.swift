// Where everything lies. The one place that knows the names inside the data folder; whoever needs a path asks here.

import Crypto
import Disk
import Process
import Text

/// The data folder of a site.
public struct DataFolder: Sendable {
    public let path: String

    public init(_ path: String) { self.path = path }

    /// The folder that the environment names (`IMAGEBED_DATA`).
    public static func ofThisProcess() throws -> DataFolder {
        guard let path = Environment["IMAGEBED_DATA"], !path.isEmpty else {
            throw SetupError.noDataFolder
        }
        return DataFolder(path)
    }

    public static let databaseName = "imagebed.db"
    public static let secretName = "secret"

    public var database: String { "\(path)/\(DataFolder.databaseName)" }
    /// The database as it was before it was migrated from the schema of this number.
    public func copyOfDatabase(before schema: Int) -> String { "\(database).before-\(schema)" }
    /// 32 random bytes in hexadecimal, mode 0600: the key of all delete links.
    public var secret: String { "\(path)/\(DataFolder.secretName)" }
    /// A file that is there while a backup is being brought back.
    public static let unfinishedRestore = ".restore-unfinished"
    /// A folder, or a link to the picture tree of a site that was replaced; the same goes for the recycle bin.
    public var uploads: String { "\(path)/uploads" }
    public var recycleBin: String { "\(path)/recycle" }
    public var thumbnails: String { "\(path)/thumbs" }
    /// JSON contents that are too large for the database.
    public var json: String { "\(path)/json" }
    /// Files whose other pieces are still to come.
    public var pieces: String { "\(path)/pieces" }
    /// Locks, slots and the picture worker's policy: nothing that must outlive a restart.
    public var run: String { "\(path)/run" }
    /// The web server's log of served files, from which views are counted: where the installation has it, else in the data folder.
    public var viewLog: String { installed("IMAGEBED_VIEW_LOG") ?? ownViewLog }
    /// Where that log lies when the site runs in the foreground, and where former versions had it.
    public var ownViewLog: String { "\(path)/\(DataFolder.ownViewLogName)" }
    public static let ownViewLogName = "logs/views.log"
    /// The user whom the installation recorded as the service's; nil for a site that is not installed.
    public var serviceUser: String? { installed("IMAGEBED_USER") }

    /// What the environment says of this folder; nil where it speaks of another one.
    private func installed(_ name: String) -> String? {
        guard Environment["IMAGEBED_DATA"] == path, let value = Environment[name], !value.isEmpty else { return nil }
        return value
    }
    /// What the web server is to know of the settings.
    public var web: String { "\(path)/web" }
    public static let valuesName = "values"
    /// See `WebValues`. Nobody but this site's own user takes its bytes for anything else.
    public var webValues: String { "\(web)/\(DataFolder.valuesName)" }
    /// An empty file that is there while nobody has looked at the values since they changed.
    public static let changedValuesName = "changed"
    /// A file with the address that the installation gave to the site.
    public static let usualAddressName = "usual-address"

    /// What an import of a replaced EasyImages site keeps of it.
    public var easyImages: String { "\(path)/easyimages" }
    /// A file there: the decimal digits of the CRC-32 of the old admin's stored password, the key of old delete links.
    public static let oldDeleteKey = "delete-key"

    /// Where the upload folder leads, on a site that took over another one's.
    public var takenOverStore: String? { FileSystem.linkTarget(of: uploads) }

    /// Whether the upload folder is a replaced site's own, to which the name only leads.
    public var isTakenOver: Bool { takenOverStore != nil }

    /// Whether everything in the upload folder came from this program: not so in the tree of a replaced site, be it where it was or,
    /// after a restore, in the data folder itself.
    public var ownsFiles: Bool { !isTakenOver && !FileSystem.exists(easyImages) }

    /// Makes what is missing: folders and, for a new site, the secret. What is there already stays as it is.
    ///
    /// - Parameter replacesSecret: makes a secret for an old site too: its delete links then end.
    /// - Throws: as `requireWhole`.
    public func create(replacesSecret: Bool = false) throws {
        try FileSystem.makeFolder(path)
        try requireWhole(butSecret: replacesSecret)
        let root = try Folder(path)
        try makeFolders()
        if replacesSecret {
            try root.replace(DataFolder.secretName, with: DataFolder.newSecret, mode: 0o600)
        } else if !root.holds(DataFolder.secretName) {
            let draft = try Draft(in: root)
            try DataFolder.newSecret.withUnsafeBytes { try draft.write($0) }
            try draft.setMode(0o600)
            try draft.publish(as: DataFolder.secretName, in: root)
        }
    }

    /// Asks, without changing anything, for what no program can make by itself.
    ///
    /// - Throws: `SetupError.unfinishedRestore`; `SetupError.noSecret` for a site that has lost its secret, `.badSecret`; `DiskError`.
    public func requireWhole(butSecret: Bool = false) throws {
        guard FileSystem.exists(path) else { return }
        let root = try Folder(path)
        guard !root.holds(DataFolder.unfinishedRestore) else { throw SetupError.unfinishedRestore(path) }
        let hasSecret = FileSystem.exists(database) || root.holds(DataFolder.secretName)
        if hasSecret && !butSecret { _ = try readSecret() }
    }

    private static var newSecret: [UInt8] { Array(Hexadecimal.encode(RandomBytes.make(32)).utf8) }

    /// Makes the folders that are missing.
    public func makeFolders() throws {
        let root = try Folder(path)
        for name in ["uploads", "recycle", "thumbs", "json", "pieces", "run", "logs", "web"] where !FileSystem.exists("\(path)/\(name)") {
            _ = try root.folder(name, creates: true)
        }
    }

    func readSecret() throws -> [UInt8] {
        let file: File
        do {
            file = try Folder(path).file(DataFolder.secretName)
        } catch let error as DiskError where error.isAbsent { throw SetupError.noSecret(secret) }
        var text = [UInt8](repeating: 0, count: min(file.size, 256))
        let count = try text.withUnsafeMutableBytes { try file.read(at: 0, into: $0) }
        let hexadecimal = String(decoding: text.prefix(count).filter { $0 > 0x20 }, as: UTF8.self)
        guard let key = Hexadecimal.decode(hexadecimal), key.count >= 32 else { throw SetupError.badSecret(secret) }
        return key
    }
}

/// The site is not set up as this program needs it; each message says what to do.
public enum SetupError: Error, CustomStringConvertible {
    case noDataFolder
    /// There is a database and no secret.
    case noSecret(String)
    case badSecret(String)
    case unfinishedRestore(String)

    public var description: String {
        switch self {
        case .noDataFolder: "IMAGEBED_DATA is not set: name the data folder in the environment"
        case .noSecret(let path): "\(path), the key of delete links, is missing: restore it from a backup, or make a new one with "
            + SetupError.newSecret
        case .badSecret(let path): "\(path) is not 64 hexadecimal digits: restore it from a backup, or make a new one with "
            + SetupError.newSecret
        case .unfinishedRestore(let path): "a restore into \(path) was not finished: begin anew with find \(path) -mindepth 1 -delete and "
            + "then imagebed restore"
        }
    }

    private static let newSecret = "'imagebed setup --new-secret' (delete links and hidden links handed out so far then stop working)"
}
