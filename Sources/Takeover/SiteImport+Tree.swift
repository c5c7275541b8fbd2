// Inserts a row for every picture of the old site; no file is moved, copied or changed. Folders are walked by descriptor, so that symbolic
// links cannot lead outside, and only a few pages of each new file are read.

import Disk
import EasyImages
import Media
import MediaHeader
import MediaStore

extension SiteImport {
    /// Rows in one transaction: many enough that its fsync is negligible, few enough that uploads do not wait long.
    private static let batch = 2000
    /// Maximum depth of nested folders.
    private static let depthLimit = 32

    func takeTree(_ log: inout LogIndex) throws {
        let tree = try Folder(oldSite.store)
        let total = try count(tree, top: true, depth: 0)
        var walk = TreeWalk(total: total)
        progress(ImportProgress(done: 0, total: total))
        try visit(tree, at: "", depth: 0, &walk, &log)
        try flush(&walk)
        progress(ImportProgress(done: total, total: total))
        report.logs.matched = report.logs.matched + walk.matched
        if walk.closedFolders > 0 {
            report.warnings.append("\(walk.closedFolders) folders cannot be written (\(walk.closedExample)): their files cannot be "
                + "deleted. Give the tree to the service's user (chown -R)")
        }
        if walk.otherDevices > 0 {
            report.warnings.append("\(walk.otherDevices) folders lie in another file system than \(oldSite.store): their files cannot go to "
                + "the recycle bin")
        }
    }

    /// Counts names in advance, for the progress bar.
    private func count(_ folder: Folder, top: Bool, depth: Int) throws -> Int {
        guard depth < SiteImport.depthLimit else { return 0 }
        return try folder.listing().reduce(0) { sum, entry in
            switch entry.kind {
            case .file: return sum + 1
            case .folder:
                guard let name = entry.name, !(top && DateFolder.reserved.contains(name)), !name.hasPrefix("."),
                      let inner = try? folder.folder(name) else { return sum }
                return try sum + count(inner, top: false, depth: depth + 1)
            case .link, .other: return sum
            }
        }
    }

    private func visit(_ folder: Folder, at place: String, depth: Int, _ walk: inout TreeWalk, _ log: inout LogIndex) throws {
        if walk.device == 0 { walk.device = folder.device }
        if !folder.isWritable { walk.noteClosed(place) }
        if folder.device != walk.device { walk.otherDevices += 1 }
        for entry in try folder.listing() {
            let path = place + entry.shown
            switch entry.kind {
            case .file: try meet(entry, path, in: folder, &walk, &log)
            case .folder:
                guard !(place.isEmpty && DateFolder.reserved.contains(entry.shown)) else { continue }
                guard let reason = reasonToPass(entry, path, depth) else {
                    try enter(folder, entry.shown, path, depth, &walk, &log)
                    continue
                }
                // Drafts of uploads in progress are not reported.
                if entry.shown != Draft.incoming { report.files.leave(path + "/", reason) }
            case .link: report.files.leave(path, .link)
            case .other: report.files.leave(path, .special)
            }
        }
    }

    private func enter(_ folder: Folder, _ name: String, _ path: String, _ depth: Int, _ walk: inout TreeWalk,
                       _ log: inout LogIndex) throws {
        let inner: Folder
        do { inner = try folder.folder(name) } catch is DiskError { return report.files.leave(path + "/", .unreadable) }
        try visit(inner, at: path + "/", depth: depth + 1, &walk, &log)
    }

    private func reasonToPass(_ entry: FolderEntry, _ path: String, _ depth: Int) -> SkipReason? {
        guard let name = entry.name else { return .name }
        if name.hasPrefix(".") { return .hidden }
        if name.hasSuffix("_auto_delete") { return .autoDelete }
        if depth + 1 >= SiteImport.depthLimit { return .tooDeep }
        return StoredPath(path) == nil ? .name : nil
    }

    private func meet(_ entry: FolderEntry, _ place: String, in folder: Folder, _ walk: inout TreeWalk, _ log: inout LogIndex) throws {
        report.files.seen += 1
        walk.done += 1
        defer { if walk.done % 500 == 0 { progress(ImportProgress(done: walk.done, total: walk.total)) } }
        guard let name = entry.name, let path = StoredPath(place) else {
            return report.files.leave(place, entry.shown.hasPrefix(".") ? .hidden : .name)
        }
        if SiteImport.shipped.contains(place) { return report.files.leave(place, .shipped) }
        let fact = log.take(path)
        if fact != nil { walk.matched += 1 }
        if case .known(let hasSender) = try site.store.status(of: path) {
            report.files.known += 1
            if let fact, !hasSender { walk.senders.append((path, fact.sender)) }
        } else {
            switch look(at: name, in: folder) {
            case .failure(let failure): report.files.leave(place, failure.reason)
            case .success(let seen): walk.found.append(seen.adopted(at: path, fact))
            }
        }
        if walk.found.count + walk.senders.count >= SiteImport.batch { try flush(&walk) }
    }

    private func flush(_ walk: inout TreeWalk) throws {
        let added = options.isRehearsal ? walk.found.count : try site.store.adopt(walk.found)
        report.files.added += added
        // The others were uploaded during the walk and have a row already.
        report.files.known += walk.found.count - added
        report.logs.senders += walk.found.count { $0.sender != nil }
        report.logs.senders += options.isRehearsal ? walk.senders.count : try site.store.record(walk.senders)
        (walk.found, walk.senders) = ([], [])
    }

    /// Files that EasyImages ships in its uploads folder.
    private static let shipped: Set<String> = ["favicon.ico", "index.html"]

    /// Reads a file's metadata.
    func look(at name: String, in folder: Folder) -> Result<SeenFile, Unusable> {
        let fileExtension = name.split(separator: ".").dropFirst().last.map { $0.lowercased() } ?? ""
        if SeenFile.scripts.contains(fileExtension) || fileExtension.hasPrefix("php") { return .failure(Unusable(.script)) }
        do {
            let file = try folder.file(name)
            return .success(SeenFile(name: name, facts: try MediaHeader.glance(file, nameHint: name), size: file.size,
                                     modified: file.modified))
        } catch let refusal as MediaRefusal {
            return .failure(Unusable(refusal.reason == .notRecognised ? .notMedia : .damaged))
        } catch {
            return .failure(Unusable(.unreadable))
        }
    }
}

/// The state of a walk.
private struct TreeWalk {
    let total: Int
    var done = 0
    var matched = 0
    var found: [AdoptedFile] = []
    var senders: [(path: StoredPath, sender: Sender)] = []
    var device: UInt = 0
    var otherDevices = 0
    var closedFolders = 0
    var closedExample = ""

    init(total: Int) { self.total = total }

    mutating func noteClosed(_ place: String) {
        if closedFolders == 0 { closedExample = place }
        closedFolders += 1
    }
}

struct Unusable: Error {
    let reason: SkipReason
    init(_ reason: SkipReason) { self.reason = reason }
}

/// The metadata of a picture or video.
struct SeenFile {
    let name: String
    let facts: MediaFacts
    let size: Int
    let modified: Int

    /// Extensions that EasyImages never stored, and that some web server may execute.
    static let scripts: Set<String> = [
        "phtml", "pht", "phar", "inc", "pl", "py", "cgi", "asp", "aspx", "jsp", "js", "sh", "bat", "wsdl", "html", "htm", "exe", "dll",
    ]

    func adopted(at path: StoredPath, _ fact: LogFact?, recycledName: String? = nil) -> AdoptedFile {
        let known = fact?.originalName.text ?? ""
        return AdoptedFile(path: path, facts: facts, originalName: known.isEmpty ? ClientName(path.name) : ClientName(known),
                           size: size, createdAt: fact?.date ?? max(modified, 0), owner: nil, sender: fact?.sender,
                           recycledName: recycledName)
    }
}
