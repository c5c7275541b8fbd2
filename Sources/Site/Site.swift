// Creates all services of a process and connects them.

import Accounts
import Crypto
import Database
import Disk
import Media
import MediaStore
import PictureWorker
import Process
import ResumableStore
import Settings
import PostgreSQL
import SQLite
import SyncStore
import Thumbnails
import Time
import UploadPipeline

/// An opened site: database, folders and services.
public final class Site {
    public let data: DataFolder
    public let database: any Database
    public let accounts: Accounts
    public let store: MediaStore
    public let sync: SyncStore
    public let worker: PictureWorker
    public let thumbnails: Thumbnails
    public let uploads: Folder
    public let pieces: PieceStore
    public let resumable: ResumableStore
    public let counters: SiteCounters
    public let fairUse: FairUse
    let accountMarks: AccountMarks
    let settingsStore: SettingsStore

    /// The state of the database when its schema version was last checked.
    private var checked: Int?
    /// Where the rows were when it was opened.
    private let place: String

    /// Turns off the database engine's mutexes, because the process has one thread; must be called before a site is opened.
    public static func useOneThread() { Connection.useOneThread() }

    /// Opens a site whose database `imagebed setup` has created and migrated.
    ///
    /// - Throws: `OtherSchema`, and the error that prevents a service from being opened.
    public init(data: DataFolder) throws {
        // Files that this process publishes must be readable for the web server's user.
        ThisProcess.closeNewFiles(to: 0o022)
        self.data = data
        let place = try DatabasePlace(of: data)
        database = try place.open()
        self.place = place.identity
        let moment = try database.moment?.others
        try database.requireSchema(SiteSchema.known)
        checked = try database.refusesChanges ? nil : moment
        if let server = database as? ServerConnection {
            try ServerSchema.requireSecret(of: data, on: server)
            try ServerSchema.requireParts(of: data, on: server)
        }
        settingsStore = SettingsStore(database: database)
        SiteZone.enter(try settingsStore.read().timeZone)
        uploads = try Folder(data.uploads)
        let counters = SiteCounters(run: data.run)
        self.counters = counters
        worker = Site.worker(of: data, settings: settingsStore, counters: counters)
        let thumbnails = try Thumbnails(uploads: uploads, cache: Folder(data.thumbnails), locks: Folder(data.run), worker: worker)
        self.thumbnails = thumbnails
        accounts = Accounts(database: database, commonPasswords: Site.commonPasswords,
                            attemptsAMinute: { [settingsStore] in try settingsStore.read().limits.signIns })
        let secret = try data.readSecret()
        fairUse = FairUse(run: data.run, secret: secret, counters: counters)
        accountMarks = AccountMarks(secret: secret)
        store = MediaStore(database: database, uploads: uploads, recycleBin: try Folder(data.recycleBin), locks: try Folder(data.run),
                           deleteLinks: DeleteLink(secret: secret),
                           whenRemoved: { try thumbnails.forget($0) })
        sync = SyncStore(database: database, folder: try data.open(.json), whenPushed: { counters.count($0) })
        resumable = ResumableStore(database: database, uploads: uploads, locks: try Folder(data.run), secret: secret)
        pieces = PieceStore(folder: try data.open(.pieces), secret: secret)
    }

    private static func worker(of data: DataFolder, settings: SettingsStore, counters: SiteCounters) -> PictureWorker {
        PictureWorker(
            executable: folderOfThisProgram + "/picture", runFolder: data.run,
            limit: { PixelLimit(pixels: try settings.read().decodeMaxPixels) },
            memory: {
                let bytes = try settings.read().pictureMemory
                return bytes > 0 ? bytes : nil
            },
            observe: { counters.count($0) })
    }

    /// Whether the database still is the site's, and has the schema version that this program needs. Reads it only if another process has
    /// written.
    public func hasKnownSchema() throws -> Bool {
        let moment = try database.moment?.others
        if let moment, moment == checked { return true }
        let mark = try database.schemaMark
        // (The database that rows were moved back from may take changes again, and an operator may name another one.)
        guard try abs(mark) == SiteSchema.known && DatabasePlace(of: data).identity == place else { return false }
        // Nothing is written here any more that would tell when the rows are elsewhere.
        checked = mark < 0 ? nil : moment
        return true
    }

    /// The current settings; another process may have changed them since the last request.
    public var settings: Settings {
        get throws { try settingsStore.read() }
    }

    /// The settings as stored, including those that this program does not know.
    public var storedSettings: [String: String] {
        get throws { try settingsStore.rows.all() }
    }

    /// Stores settings in their text form, all or none. (`Administration` changes settings and informs the web server.)
    ///
    /// - Parameter check: of the settings as they are; nothing is stored, and nobody changes them in between, if it throws.
    public func store(_ changes: [(key: String, value: String)], provided check: (Settings) throws -> Void = { _ in }) throws {
        try database.write {
            try check(try settingsStore.read())
            for each in changes { try settingsStore.write(each.key, each.value) }
        }
    }

    /// Finishes what a crash interrupted; called once at the start of a process that changes files.
    ///
    /// - Returns: what failed, for the log. Requests can be answered nevertheless.
    public func tidyUp() -> [String] {
        let sweeps = [data.uploads, data.recycleBin, data.path].map { path in { () throws -> String? in try Draft.sweep(Folder(path)); return nil } }
        let steps: [() throws -> String?] = [
            { try self.store.settleReplacements(waits: false); return nil },
            { UnfinishedDeletion.summary(try self.store.finishDeletions(waits: false)) },
            { try Draft.sweep(self.sync.folder); return nil },
            { try self.pieces.sweep(waits: false); return nil },
        ]
        return (sweeps + steps).compactMap { step in do { return try step() } catch { return "\(error)" } }
    }

    /// The path of the executable when the process started.
    private static let pathOfThisProgram = FileSystem.linkTarget(of: "/proc/self/exe") ?? ""

    /// The folder of this executable and the other ones.
    public static let folderOfThisProgram =
        String(pathOfThisProgram[..<(pathOfThisProgram.lastIndex(of: "/") ?? pathOfThisProgram.endIndex)])

    /// The list of common passwords: of the installation or a checkout.
    private static var commonPasswords: CommonPasswords {
        let places = ["../../share/imagebed/install", "../install", "../../../Sources/imagebed/install"]
        let paths = places.map { "\(folderOfThisProgram)/\($0)/common-passwords.txt" }
        return CommonPasswords(path: paths.first { FileSystem.refusal(of: .read, at: $0) == nil })
    }

    /// Whether the file of the running executable was replaced.
    public static var isProgramReplaced: Bool {
        guard let own = FileStatus(at: "/proc/self/exe") else { return false }
        return FileStatus(at: pathOfThisProgram)?.identity != own.identity
    }
}
