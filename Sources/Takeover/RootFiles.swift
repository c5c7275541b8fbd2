// The static files that an old site had beside its pictures (robots.txt, proofs of ownership, documents, icons) go on being served. The web
// server sends copies in the data folder: so PHP's files never lie where anything is sent from, whatever the rule says, a backup holds them,
// and they stay when the old folder is removed. While that folder is there, the copies follow it (`imagebed tally`, every five minutes).

import Disk
import JSONText
import Site

/// What a walk through an old site's root has found.
public struct RootReport: Sendable {
    /// Files that are served, and their bytes.
    public var served = 0
    public var bytes = 0
    /// Addresses that are not served any more; folders end in a slash.
    public var left: [RootReason: (count: Int, examples: [String])] = [:]

    public static let exampleLimit = 100

    mutating func leave(_ address: String, _ reason: RootReason) {
        left[reason, default: (0, [])].count += 1
        if left[reason]!.count <= RootReport.exampleLimit { left[reason]!.examples.append(address) }
    }

    var json: JSONValue {
        [
            "served": JSONValue(served), "bytes": JSONValue(bytes),
            "left": .object(RootReason.allCases.compactMap { reason in
                left[reason].map { (reason.rawValue, ["count": JSONValue($0.count), "examples": .array($0.examples.map { .string($0) })]) }
            }),
        ]
    }
}

public enum RootFiles {
    /// Brings the copies of a replaced site's files up to date.
    ///
    /// - Returns: nil, with the copies as they are, if no site was replaced, its folder is not there any more, or another process is at work.
    @discardableResult
    public static func follow(_ data: DataFolder) throws -> RootReport? {
        guard let store = data.takenOverStore, let bytes = try KeptFiles(data).bytes(of: KeptFiles.rootFile) else { return nil }
        let root = String(decoding: bytes, as: UTF8.self)
        // A folder without its settings was emptied, or is not mounted.
        guard FileSystem.exists("\(root)/\(OldSite.configFile)") else { return nil }
        return try update(data, root, store, waits: false)
    }

    /// - Returns: nil if it does not wait, and another process is at work.
    static func update(_ data: DataFolder, _ root: String, _ store: String, waits: Bool) throws -> RootReport? {
        guard let lock = try Folder(data.run).lock("old-root", waits: waits) else { return nil }
        return try withExtendedLifetime(lock) {
            var walk = try RootWalk(root, store: store)
            try walk.run()
            if walk.paths.isEmpty, !FileSystem.exists(data.oldRoot) { return walk.report }
            let copies = try Folder(data.path).folder(DataFolder.oldRootName, creates: true)
            try removeOthers(than: Set(walk.paths), in: copies)
            let source = try Folder(root)
            var isChanged = false
            for path in walk.paths where try copy(path, from: source, to: copies) { isChanged = true }
            if isChanged { try copies.syncFileSystem() }
            return walk.report
        }
    }

    private static func removeOthers(than paths: Set<String>, in folder: Folder, at place: String = "") throws {
        for entry in try folder.listing() {
            let path = place + entry.shown
            guard entry.kind == .folder, let inner = try? folder.folder(entry.shown) else {
                if !paths.contains(path) { try folder.clear(entry.shown) }
                continue
            }
            try removeOthers(than: paths, in: inner, at: path + "/")
        }
        if place.isEmpty { try folder.removeEmptyFolders() }
    }

    /// The name of a copy that is not complete; no web server sends it.
    private static let arriving = ".arriving"

    /// - Returns: false if the copy is as the file already, or the file is gone.
    private static func copy(_ path: String, from root: Folder, to copies: Folder) throws -> Bool {
        guard let file = try? root.file(path), file.size <= RootWalk.fileLimit else { return false }
        if let there = try? copies.file(path), there.looksLike(file) { return false }
        let steps = path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
        let home = steps.count > 1 ? try copies.folder(steps.dropLast().joined(separator: "/"), creates: true) : copies
        try home.remove(arriving)
        let draft = try Draft(in: home)
        try draft.fill(from: file)
        try draft.publish(as: arriving, in: home, isDurable: false)
        try home.rename(arriving, to: steps[steps.count - 1])
        return true
    }
}

extension SiteImport {
    /// Without these files a site works: what keeps them from being copied does not end the import.
    func takeRootFiles() {
        do {
            if options.isRehearsal {
                var walk = try RootWalk(oldSite.root, store: oldSite.store)
                try walk.run()
                report.rootFiles = walk.report
            } else {
                report.rootFiles = try RootFiles.update(site.data, oldSite.root, oldSite.store, waits: true) ?? RootReport()
            }
        } catch {
            report.warnings.append("other files of the old folder could not be copied, so they are not served (imagebed tally tries it again): \(error)")
        }
    }
}
