// Where everything lies. The one place that knows the names inside the data folder; whoever needs a path asks here.

import Crypto
import Disk
import Glibc

/// The data folder of a site.
public struct DataFolder: Sendable {
    public let path: String

    public init(_ path: String) { self.path = path }

    /// The folder that the environment names (`IMAGEBED_DATA`).
    public static func ofThisProcess() throws -> DataFolder {
        guard let path = getenv("IMAGEBED_DATA").map({ String(cString: $0) }), !path.isEmpty else {
            throw SetupError.noDataFolder
        }
        return DataFolder(path)
    }

    public var database: String { "\(path)/imagebed.db" }
    /// The database as it was before it was migrated from the schema of this number.
    public func copyOfDatabase(before schema: Int) -> String { "\(database).before-\(schema)" }
    /// 32 random bytes in hexadecimal, mode 0600: the key of all delete links.
    public var secret: String { "\(path)/secret" }
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
    /// The web server's log of served files, from which views are counted.
    public var viewLog: String { "\(path)/logs/views.log" }
    /// Files that the web server's configuration includes.
    public var web: String { "\(path)/web" }

    /// What an import of a replaced EasyImages site keeps of it.
    public var easyImages: String { "\(path)/easyimages" }
    /// A file there: the decimal digits of the CRC-32 of the old admin's stored password, the key of old delete links.
    public static let oldDeleteKey = "delete-key"

    /// Where the upload folder leads, on a site that took over another one's.
    public var takenOverStore: String? {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(uploads, &buffer, buffer.count)
        return count < 0 ? nil : String(decoding: buffer.prefix(count), as: UTF8.self)
    }

    /// Whether the upload folder is a replaced site's own, to which the name only leads.
    public var isTakenOver: Bool { takenOverStore != nil }

    /// Makes what is missing: folders and the secret. What is there already stays as it is.
    public func create() throws {
        if mkdir(path, 0o755) != 0 && errno != EEXIST { throw DiskError("make folder", path) }
        let root = try Folder(path)
        for name in ["uploads", "recycle", "thumbs", "json", "pieces", "run", "logs", "web"] where access("\(path)/\(name)", F_OK) != 0 {
            _ = try root.folder(name, creates: true)
        }
        if !root.holds("secret") {
            let draft = try Draft(in: root)
            try Array(Hexadecimal.encode(RandomBytes.make(32)).utf8).withUnsafeBytes { try draft.write($0) }
            fchmod(draft.descriptor, 0o600)
            try draft.publish(as: "secret", in: root)
        }
    }

    func readSecret() throws -> [UInt8] {
        let file = try Folder(path).file("secret")
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
    case badSecret(String)

    public var description: String {
        switch self {
        case .noDataFolder: "IMAGEBED_DATA is not set: name the data folder in the environment"
        case .badSecret(let path): "\(path) is not 64 hexadecimal digits: restore it from a backup, or remove it and run "
            + "'imagebed setup' (delete links handed out so far then stop working)"
        }
    }
}
