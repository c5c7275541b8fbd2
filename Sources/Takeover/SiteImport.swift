// An import from start to end. Each step can be done again and does then only what is new, so that an import may stop anywhere,
// by a signal or a power cut, and the next one goes on.

import Accounts
import EasyImages
import MediaStore
import Settings
import Site
import Time

/// What an operator may choose.
public struct ImportOptions: Sendable {
    /// The site's address, where it is not the old one's.
    public var baseURL: BaseURL?
    /// Takes the settings again where an earlier import took them.
    public var takesSettings = false
    /// Tells what would happen and writes nothing.
    public var isRehearsal = false

    public init() {}
}

/// How far the pictures are.
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
    var report: ImportReport
    /// A stored password is a digest: whether it is short can be told of one that is in the list.
    lazy var commonDigests = site.accounts.commonPasswords.digests

    /// Whether the site can be taken over.
    ///
    /// - Throws: `TakeoverError` that says what stands in the way.
    public static func check(_ data: DataFolder, _ oldSite: OldSite, _ options: ImportOptions) throws {
        try LinkedTree.check(data, oldSite)
        try SettingsStep.check(oldSite, options)
    }

    /// Puts the old tree into the place of the data folder's own: before the site is opened, which holds its folders open.
    public static func link(_ data: DataFolder, to oldSite: OldSite) throws { try LinkedTree.make(data, oldSite) }

    public init(_ oldSite: OldSite, into site: Site, _ options: ImportOptions, progress: @escaping (ImportProgress) -> Void) {
        self.oldSite = oldSite
        self.site = site
        self.options = options
        self.progress = progress
        kept = KeptFiles(site.data)
        report = ImportReport(root: oldSite.root, store: oldSite.store, isRehearsal: options.isRehearsal)
    }

    public func run() throws -> ImportReport {
        try takeSettings()
        // Dates in logs are of the old site's zone.
        SiteZone.enter(oldSite.config.value("timezone").string)
        let admin = try takeAccounts()
        try takeTokens(for: admin)
        if !options.isRehearsal { try keepFiles() }
        try takeCounters()
        var log = try readLogs()
        try takeTree(&log)
        try takeRecycleBin(&log)
        report.logs.withoutFile = log.unusedCount
        warn()
        return report
    }

    /// Logs last: the settings say that an import came this far.
    private func keepFiles() throws {
        let logs = try oldSite.files(in: OldSite.logFolder) + oldSite.files(in: OldSite.countFolder)
        for name in [OldSite.tokenFile, OldSite.uploaderFile] + logs + [OldSite.configFile] {
            if let bytes = try oldSite.bytes(of: name) { try kept.keep(name, bytes) }
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
        warnOfWatermark()
    }

    /// EasyImages kept a picture without its mark when font or mark were missing; here that is the operator's to mend.
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
