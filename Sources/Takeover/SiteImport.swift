// An import. Every step is idempotent and handles only what is new, so an import can be interrupted by a signal or a power cut, and the
// next one continues it.

import Accounts
import Disk
import EasyImages
import Media
import MediaStore
import Settings
import Site
import Time

/// Options of an import.
public struct ImportOptions: Sendable {
    /// The site's address, if it differs from the old one's.
    public var baseURL: BaseURL?
    /// Imports the settings again.
    public var takesSettings = false
    /// What becomes of the token that came with every EasyImages site; nil leaves what was decided, else refuses it.
    public var defaultToken: DefaultTokenChoice?
    /// Dry run: reports what would happen and writes nothing.
    public var isRehearsal = false
    /// With `takesSettings`: ends also very many rows without files.
    public var isConfirmed = false

    public init() {}
}

/// The number of pictures handled so far.
public struct ImportProgress: Sendable {
    public let done: Int
    public let total: Int
}

/// The import of an EasyImages site.
public final class SiteImport {
    let oldSite: OldSite
    let site: Site
    let options: ImportOptions
    let kept: KeptFiles
    let progress: (ImportProgress) -> Void
    /// Asks the operator, if there is a default token and nothing was decided about it yet; nil leaves it undecided.
    public var askAboutDefaultToken: ((DefaultToken) -> DefaultTokenChoice?)?
    /// The use of the default token; nil if the old site does not have it.
    var tokenUse: TokenUse?
    var report: ImportReport
    /// Whether an earlier import has stored the settings.
    let isRepeated: Bool
    /// The names of the files in the old recycle bin.
    let recycledNames: Set<String>
    /// What a dry run would have inserted so far.
    var rehearsed = Rehearsed()
    /// The old passwords are stored as digests: only those in this list can be recognized as short.
    lazy var commonDigests = site.accounts.commonPasswords.digests

    /// Checks whether the site can be imported.
    ///
    /// - Throws: `TakeoverError` that names the obstacle.
    public static func check(_ data: DataFolder, _ oldSite: OldSite, _ options: ImportOptions) throws {
        try LinkedTree.check(data, oldSite)
        try LinkedFolders.check(data, oldSite)
        try SettingsStep.check(oldSite, options)
        try options.defaultToken?.check()
    }

    /// Links the data folder to the old files. Must be called before the site is opened, because it keeps its folders open.
    public static func link(_ data: DataFolder, to oldSite: OldSite) throws { try LinkedTree.make(data, oldSite) }

    public init(_ oldSite: OldSite, into site: Site, _ options: ImportOptions, progress: @escaping (ImportProgress) -> Void) {
        self.oldSite = oldSite
        self.site = site
        self.options = options
        self.progress = progress
        let kept = KeptFiles(site.data)
        (self.kept, isRepeated) = (kept, kept.hasSettings)
        recycledNames = Set((try? Folder(oldSite.recycleBin).listing().compactMap(\.name)) ?? [])
        report = ImportReport(root: oldSite.root, store: oldSite.store, isRehearsal: options.isRehearsal)
    }

    public func run() throws -> ImportReport {
        try takeSettings()
        // Dates in logs are in the old site's time zone.
        SiteZone.enter(oldSite.config.value("timezone").string)
        let admin = try takeAccounts()
        try takeTokens(for: admin)
        if !options.isRehearsal { try keepFiles() }
        try takeCounters()
        var log = try readLogs()
        try settleDefaultToken(for: admin)
        try takeTree(&log)
        try takeRecycleBin(&log)
        report.logs.withoutFile = log.unusedCount
        try findGone()
        takeRootFiles()
        warn()
        return report
    }

    /// The configuration file comes after the other files: its presence marks them as complete.
    private func keepFiles() throws {
        let logs = try oldSite.files(in: OldSite.logFolder) + oldSite.files(in: OldSite.countFolder)
        for names in [[OldSite.tokenFile, OldSite.uploaderFile] + logs, [OldSite.configFile]] {
            try kept.keep(names.filter { try !oldSite.isTooLarge($0) }, oldSite.file)
        }
        try kept.keepDeleteKey(ofPassword: oldSite.config.value("password").string)
        try kept.keep(KeptFiles.rootFile, Array(oldSite.root.utf8))
    }

    private func warn() {
        let config = oldSite.config
        for case .kept(let missing?) in OldSetting.all.filter({ config.value($0.key).isOn }).map(\.use) {
            report.warnings.append("\(missing) any more")
        }
        if config.value("check_ip").isOn, config.value("check_ip_model").isOn {
            report.warnings.append("only listed addresses may upload now, as check_ip_model says; EasyImages let others in too")
        }
        if !config.value("allowed").isOn { report.warnings.append("only pictures and videos are taken, nothing else that EasyImages took") }
        if config.value("hide_key").string == PublicSecrets.hideKey {
            report.warnings.append("hide_key is the one that every EasyImages site had: old hidden links hide nothing")
        }
        warnOfNames()
        warnOfScripts()
        warnOfWatermark()
    }

    private func warnOfNames() {
        let (count, examples) = SkipReason.ofNames.compactMap { report.files.left[$0] }.reduce((0, [String]())) { ($0.0 + $1.count, $0.1 + $1.examples) }
        guard count > 0 else { return }
        report.warnings.append("\(count) files or folders cannot be in the database because of their names, such as "
            + "\(oldSite.config.storePath)\(examples[0]): the web server sends them as before, but no list shows them, they have no thumbnails, "
            + "and no link deletes them. `--json` tells each name and why. To change that, give them names in UTF-8 (convmv -r -f gbk -t utf8 "
            + "--notest \(oldSite.store)), by which their addresses change, and import again")
    }

    private func warnOfScripts() {
        let texts = report.settings.taken.filter { Settings.declaration(of: $0.key)?.isOperatorHTML == true }
        let names = texts.filter { ScriptSearch.finds(scriptIn: $0.value) }.map(\.key)
        guard !names.isEmpty else { return }
        report.warnings.append("scripts in \(names.joined(separator: ", ")) do not run: they could do all that a visitor or an administrator "
            + "can; `imagebed settings set operator_scripts on` lets them")
    }

    /// EasyImages stored pictures without the watermark if its font or picture was missing; here uploads fail until that is corrected.
    private func warnOfWatermark() {
        guard !options.isRehearsal else { return }
        do {
            _ = try site.tryWatermark(site.settings)
        } catch {
            report.warnings.append("pictures are refused until the watermark can be put upon them, or `imagebed settings set watermark off`: "
                + "\(error)")
        }
    }
}

/// What the rest of a dry run has to know of what was not inserted.
struct Rehearsed {
    /// In lower case.
    var accounts: Set<String> = []
    var tokens: Set<String> = []
    /// Of files that would be restored to the same place from the recycle bin.
    var paths: Set<StoredPath> = []
}
