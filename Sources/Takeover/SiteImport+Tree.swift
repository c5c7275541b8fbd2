// Inserts a row for every picture of the old site; no file is moved, copied or changed. Folders are walked by descriptor, so that symbolic
// links cannot lead outside, and only a few pages of each new file are read.

import Disk
import EasyImages
import Media
import MediaHeader
import MediaStore
import Text

extension SiteImport {
    /// Rows in one transaction: many enough that its fsync is negligible, few enough that uploads do not wait long.
    private static let batch = 4000
    /// Maximum depth of nested folders.
    private static let depthLimit = 32

    func takeTree(_ log: inout LogIndex) throws {
        let tree = try Folder(oldSite.store)
        let total = try count(tree, top: true, depth: 0)
        var walk = TreeWalk(total: total)
        progress(ImportProgress(done: 0, total: total))
        try visit(tree, tree.listing(), at: "", depth: 0, &walk, &log)
        try flush(&walk)
        progress(ImportProgress(done: total, total: total))
        report.logs.matched = report.logs.matched + walk.matched
        if walk.closedFolders > 0 {
            report.warnings.append("\(walk.closedFolders) folders cannot be written (\(walk.closedExample)): their files cannot be "
                + "deleted. Give the tree to the service's user (chown -R)")
        }
    }

    /// Counts names in advance, for the progress bar.
    private func count(_ folder: Folder, top: Bool, depth: Int) throws -> Int {
        guard depth < SiteImport.depthLimit else { return 0 }
        return try ((try? folder.listing()) ?? []).reduce(0) { sum, entry in
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

    private func visit(_ folder: Folder, _ entries: [FolderEntry], at place: String, depth: Int, _ walk: inout TreeWalk,
                       _ log: inout LogIndex) throws {
        if !folder.isWritable { walk.noteClosed(place) }
        var rest = entries[...]
        while let entry = rest.first {
            let files = rest.prefix { $0.kind == .file }
            // (To ask for the rows of files in one snapshot takes no locks for each.)
            try site.database.sharingSnapshot { for file in files { try meet(file, at: place, in: folder, &walk, &log) } }
            if files.isEmpty { try pass(entry, at: place, in: folder, depth: depth, &walk, &log) }
            rest = rest.dropFirst(max(1, files.count))
        }
    }

    /// Anything but a file.
    private func pass(_ entry: FolderEntry, at place: String, in folder: Folder, depth: Int, _ walk: inout TreeWalk, _ log: inout LogIndex) throws {
        let path = place + entry.shown
        switch entry.kind {
        case .file: break
        case .folder:
            guard !(place.isEmpty && DateFolder.reserved.contains(entry.shown)) else { return }
            if let reason = reasonOfName(entry, at: place) {
                report.files.leave(address(of: entry, at: place) + "/", reason)
            } else if let reason = reasonToPass(entry.shown, depth) {
                // Drafts of uploads in progress are not reported.
                if entry.shown != Draft.incoming { report.files.leave(path + "/", reason) }
            } else {
                try enter(folder, entry.shown, path, depth, &walk, &log)
            }
        case .link: report.files.leave(path, .link)
        case .other: report.files.leave(path, .special)
        }
    }

    private func enter(_ folder: Folder, _ name: String, _ path: String, _ depth: Int, _ walk: inout TreeWalk,
                       _ log: inout LogIndex) throws {
        let inner: Folder, entries: [FolderEntry]
        do {
            inner = try folder.folder(name)
            entries = try inner.listing()
        } catch is DiskError { return report.files.leave(path + "/", .unreadable) }
        try visit(inner, entries, at: path + "/", depth: depth + 1, &walk, &log)
    }

    private func reasonToPass(_ name: String, _ depth: Int) -> SkipReason? {
        if name.hasPrefix(".") { return .hidden }
        if name.hasSuffix("_auto_delete") { return .autoDelete }
        return depth + 1 >= SiteImport.depthLimit ? .tooDeep : nil
    }

    /// Why a path cannot be in the database, although the web server sends it; nil for hidden names too, which it does not send.
    private func reasonOfName(_ entry: FolderEntry, at place: String) -> SkipReason? {
        if entry.bytes.first == UInt8(ascii: ".") { return nil }
        guard let name = entry.name else { return .encoding }
        if StoredPath(place + name) != nil { return nil }
        return place.utf8.count + entry.bytes.count > StoredPath.maximumLength ? .longPath : .name
    }

    /// Below the picture tree's, with every byte of the name.
    private func address(of entry: FolderEntry, at place: String) -> String {
        PercentCoding.encode(bytes: Array(place.utf8) + entry.bytes) { PercentCoding.isUnreserved($0) || $0 == UInt8(ascii: "/") }
    }

    private func meet(_ entry: FolderEntry, at home: String, in folder: Folder, _ walk: inout TreeWalk, _ log: inout LogIndex) throws {
        let place = home + entry.shown
        report.files.seen += 1
        walk.done += 1
        defer { if walk.done % 500 == 0 { progress(ImportProgress(done: walk.done, total: walk.total)) } }
        guard let name = entry.name, let path = StoredPath(place) else {
            if log.take(ByteText(Array(home.utf8) + entry.bytes)) != nil { walk.matched += 1 }
            let reason = reasonOfName(entry, at: home)
            return report.files.leave(reason == nil ? place : address(of: entry, at: home), reason ?? .hidden)
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
        let adoption = try adopt(walk.found)
        report.files.added += adoption.files
        // The others have a row: they were uploaded during the walk, or deleted here before.
        report.files.known += walk.found.count - adoption.files
        report.logs.senders += adoption.senders
        report.logs.senders += options.isRehearsal ? walk.senders.count : try site.store.record(walk.senders)
        (walk.found, walk.senders) = ([], [])
    }

    /// Inserts the rows; a dry run only counts them.
    func adopt(_ files: [AdoptedFile]) throws -> Adoption {
        guard options.isRehearsal else { return try site.store.adopt(files) }
        rehearsed.paths.formUnion(files.map(\.path).filter { recycledNames.contains($0.flat) })
        return try site.store.rehearseAdoption(of: files)
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
        let known = fact.map(\.originalName).flatMap { $0.text.isEmpty ? nil : $0 }
        return AdoptedFile(path: path, facts: facts, originalName: known ?? ClientName(path.name),
                           size: size, createdAt: fact?.date ?? max(modified, 0), owner: nil, sender: fact?.sender,
                           recycledName: recycledName)
    }
}
