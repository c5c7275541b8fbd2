// All services of one process, made once and introduced to one another here. It knows how the parts fit; the parts do not.

import Accounts
import Crypto
import Database
import Disk
import Media
import MediaStore
import PictureWorker
import Process
import Settings
import SQLite
import SyncStore
import Thumbnails
import Time
import UploadPipeline

/// The opened site: database, folders and services.
public final class Site {
    public let data: DataFolder
    public let database: Connection
    public let accounts: Accounts
    public let store: MediaStore
    public let sync: SyncStore
    public let worker: PictureWorker
    public let thumbnails: Thumbnails
    public let uploads: Folder
    public let pieces: PieceStore
    let settingsStore: SettingsStore

    /// The database when its schema was last looked at.
    private var checked: Int?

    /// Tells the database's engine that this process has one thread, before anything is opened. A push takes one fortieth less time.
    public static func useOneThread() { Connection.useOneThread() }

    /// Opens a site that `imagebed setup` has made and brought up to date.
    ///
    /// - Throws: `SchemaTooOld`, `SchemaTooNew`, and what keeps a part of the site from being opened.
    public init(data: DataFolder) throws {
        // The web server's user reads what this process publishes.
        ThisProcess.closeNewFiles(to: 0o022)
        self.data = data
        database = try Connection(path: data.database)
        checked = try database.moment?.others
        try database.requireSchema(SiteSchema.known)
        settingsStore = SettingsStore(database: database)
        SiteZone.enter(try settingsStore.read().timeZone)
        uploads = try Folder(data.uploads)
        worker = PictureWorker(executable: Site.folderOfThisProgram + "/picture", runFolder: data.run) { [settingsStore] in
            let bytes = try settingsStore.read().pictureMemory
            return bytes > 0 ? bytes : nil
        }
        let thumbnails = try Thumbnails(uploads: uploads, cache: Folder(data.thumbnails), locks: Folder(data.run), worker: worker)
        self.thumbnails = thumbnails
        accounts = Accounts(database: database, commonPasswords: Site.commonPasswords)
        let secret = try data.readSecret()
        store = MediaStore(database: database, uploads: uploads, recycleBin: try Folder(data.recycleBin), locks: try Folder(data.run),
                           deleteLinks: DeleteLink(secret: secret),
                           whenRemoved: { try thumbnails.forget($0) })
        let root = try Folder(data.path)
        sync = SyncStore(database: database, folder: try root.folder("json", creates: true))
        pieces = PieceStore(folder: try root.folder("pieces", creates: true), secret: secret)
    }

    /// Whether the opened database still has the schema that this program knows. Looks only when another process has written.
    public func hasKnownSchema() throws -> Bool {
        let moment = try database.moment?.others
        if let moment, moment == checked { return true }
        guard try database.schemaVersion == SiteSchema.known else { return false }
        checked = moment
        return true
    }

    /// The settings as they are now; another process may have changed them since the last request.
    public var settings: Settings {
        get throws { try settingsStore.read() }
    }

    /// The settings as they are stored, also those that this program does not know.
    public var storedSettings: [String: String] {
        get throws { try settingsStore.rows.all() }
    }

    /// Writes settings in their text form, checked before, all or none. (`Administration` changes settings: it tells the web server too.)
    public func store(_ changes: [(key: String, value: String)]) throws {
        try database.write {
            for each in changes { try settingsStore.write(each.key, each.value) }
        }
    }

    /// Repairs what a crash left: to be called once at the start of a process that changes files.
    ///
    /// - Returns: what cannot be repaired now, for the log. It is no reason not to answer requests.
    public func tidyUp() -> [String] {
        [
            { try Draft.sweep(self.uploads); return nil },
            { UnfinishedDeletion.summary(try self.store.finishDeletions()) },
            { try Draft.sweep(self.sync.folder); return nil },
            { try self.pieces.sweep(); return nil },
        ].compactMap { (step: () throws -> String?) in
            do { return try step() } catch { return "\(error)" }
        }
    }

    /// The path of the executable at the start of the process.
    private static let pathOfThisProgram = FileSystem.linkTarget(of: "/proc/self/exe") ?? ""

    /// The folder where this executable and its sisters lie.
    public static let folderOfThisProgram =
        String(pathOfThisProgram[..<(pathOfThisProgram.lastIndex(of: "/") ?? pathOfThisProgram.endIndex)])

    /// The list of common passwords, installed, in a bundle or in a checkout that was built.
    private static var commonPasswords: CommonPasswords {
        let places = ["../../share/imagebed/install", "../install", "../../../Sources/imagebed/install"]
        let paths = places.map { "\(folderOfThisProgram)/\($0)/common-passwords.txt" }
        return CommonPasswords(path: paths.first { FileSystem.refusal(of: .read, at: $0) == nil })
    }

    /// Whether another file has taken the place of the executable that this process was started from.
    public static var isProgramReplaced: Bool {
        guard let own = FileStatus(at: "/proc/self/exe") else { return false }
        return FileStatus(at: pathOfThisProgram)?.identity != own.identity
    }
}
