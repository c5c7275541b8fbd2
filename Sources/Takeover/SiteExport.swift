// The return to EasyImages: writes its configuration files with the changes made here. All of them are generated first and compared with
// the files in the folder; only then is anything written, so that an error changes nothing.

import Accounts
import Disk
import EasyImages
import JSONText
import MediaStore
import Settings
import Site

/// The export of a site that was imported.
public final class SiteExport {
    let site: Site
    let kept: KeptFiles
    let target: String
    /// The files to write, by their paths relative to the target.
    var files: [(name: String, bytes: [UInt8])] = []
    public internal(set) var report: ExportReport

    /// - Throws: `TakeoverError` if the site was not imported.
    public init(_ site: Site, to folder: String) throws {
        self.site = site
        target = folder
        kept = KeptFiles(site.data)
        report = ExportReport(folder: folder)
        guard kept.hasSettings else {
            throw TakeoverError("\(site.data.path) has taken over no EasyImages site: there is nothing to give back")
        }
    }

    /// - Parameters:
    ///   - replacesChanged: overwrites also files that were changed by others since the import.
    ///   - isRehearsal: dry run: reports what would be written.
    public func run(replacesChanged: Bool, isRehearsal: Bool) throws -> ExportReport {
        let config = try OldConfig(array(OldSite.configFile))
        try makeConfig(config)
        try makeTokens()
        try makeUploaders(admin: OldAccount.admin(of: config))
        try makeLogs(config)
        try makeCounters()
        let folder = try isRehearsal ? nil : openTarget()
        try write(into: folder ?? (try? Folder(target)), replacesChanged: replacesChanged, isRehearsal: isRehearsal)
        return report
    }

    /// A stored array file; empty if the old site had none.
    func array(_ name: String) throws -> PHPArray {
        guard let bytes = try kept.bytes(of: name) else { return PHPArray() }
        return try PHPArrayFile(bytes).array
    }

    /// Returns the stored bytes if the values are unchanged; otherwise the file in EasyImages' format.
    func make(_ name: String, _ variable: String, _ array: PHPArray, isChanged: Bool) throws {
        if !isChanged {
            if let bytes = try kept.bytes(of: name) { files.append((name, bytes)) }
        } else {
            files.append((name, PHPArrayFile(variable: variable, array: array).bytes))
        }
    }

    private func openTarget() throws -> Folder {
        try FileSystem.makeFolder(target)
        return try Folder(target)
    }

    private static let copies = "exported"
    private static let replaced = "replaced"

    private func write(into folder: Folder?, replacesChanged: Bool, isRehearsal: Bool) throws {
        let plans = try files.map { file in
            let there = try folder?.bytes(of: file.name, limit: .max)
            return (file, there: there, isOurs: try there == nil || there == file.bytes || isKnown(file.name, there ?? []))
        }
        let foreign = plans.filter { !$0.isOurs }.map(\.0.name)
        guard foreign.isEmpty || replacesChanged else {
            throw TakeoverError("\(target) holds files that changed since the import (\(foreign.joined(separator: ", "))): import it again "
                + "first, or replace them with --force, after which they lie in \(kept.path)/\(SiteExport.replaced)")
        }
        for (file, there, isOurs) in plans {
            let isSame = there == file.bytes
            report.files.append((file.name, isSame ? .unchanged : .written))
            guard let folder, !isRehearsal, !isSame else { continue }
            if let there, !isOurs { try kept.keep("\(SiteExport.replaced)/\(file.name)", there) }
            try kept.keep("\(SiteExport.copies)/\(file.name)", file.bytes)
            let slash = file.name.lastIndex(of: "/") ?? file.name.startIndex
            let home = try folder.folder(String(file.name[..<slash]), creates: true)
            try home.replace(String(file.name[file.name.index(after: slash)...]), with: file.bytes, mode: 0o600)
        }
    }

    /// Whether these bytes were imported or written by an earlier export.
    private func isKnown(_ name: String, _ bytes: [UInt8]) throws -> Bool {
        try kept.bytes(of: name) == bytes || kept.bytes(of: "\(SiteExport.copies)/\(name)") == bytes
    }
}

/// The result of an export.
public struct ExportReport: Sendable {
    public enum State: String, Sendable { case written, unchanged }

    public let folder: String
    public var files: [(name: String, state: State)] = []
    /// Old keys whose values were changed here.
    public var settings: [String] = []
    /// The ids of tokens that were revoked here, or whose expiry was changed.
    public var tokens: [Int] = []
    /// Uploaders that were disabled here, or whose expiry was changed.
    public var accounts: [String] = []
    /// Number of uploads made here.
    public var uploads = 0
    /// What cannot be exported.
    public var remaining: [String] = []

    public var json: JSONValue {
        [
            "folder": .string(folder), "files": .object(files.map { ($0.name, .string($0.state.rawValue)) }),
            "settings": .array(settings.map { .string($0) }), "tokens": .array(tokens.map { JSONValue($0) }),
            "accounts": .array(accounts.map { .string($0) }), "uploads": JSONValue(uploads),
            "remaining": .array(remaining.map { .string($0) }),
        ]
    }
}
