// A walk through the old site's root for what goes on being served. Folders are walked by descriptor, so that no link is followed.

import Disk

/// The static files of an old site's root.
struct RootWalk {
    static let fileLimit = 16 << 20, countLimit = 5_000, bytesLimit = 256 << 20, depthLimit = 8
    /// Names that are looked at.
    private static let namesLimit = 50_000

    /// Paths of the files to serve, relative to the root.
    private(set) var paths: [String] = []
    private(set) var report = RootReport()
    private let root: Folder
    /// What is served in another way, by paths relative to the root: the picture tree, and files by which certificates are renewed.
    private let others: Set<String>
    private var names = 0

    /// - Parameter store: the absolute path of the picture tree.
    init(_ root: String, store: String) throws {
        self.root = try Folder(root)
        let tree = store.hasPrefix(root + "/") ? String(store.dropFirst(root.count + 1)) : ""
        others = [tree, ".well-known/acme-challenge"]
    }

    mutating func run() throws { try visit(root, []) }

    private mutating func visit(_ folder: Folder, _ place: [String]) throws {
        for entry in try folder.listing() {
            let path = (place + [entry.shown]).joined(separator: "/")
            names += 1
            guard names <= RootWalk.namesLimit else { return report.leave("/" + path, .tooMany) }
            guard !others.contains(path) else { continue }
            switch entry.kind {
            case .file: if let reason = take(entry.name, path, place, in: folder) { report.leave("/" + path, reason) }
            case .folder: if let reason = try enter(entry.name, path, place, in: folder) { report.leave("/\(path)/", reason) }
            case .link: report.leave("/" + path, .link)
            case .other: report.leave("/" + path, .special)
            }
        }
    }

    /// - Returns: why the folder is left.
    private mutating func enter(_ name: String?, _ path: String, _ place: [String], in folder: Folder) throws -> RootReason? {
        guard let name else { return .name }
        if let reason = RootRule.reasonToLeave(folder: name, in: place) { return reason }
        guard place.count + 1 < RootWalk.depthLimit else { return .tooDeep }
        guard let inner = try? folder.folder(name), isOpen("\(root.path)/\(path)", for: 0o001) else { return .closed }
        if let htaccess = try? inner.bytes(of: ".htaccess", limit: 1 << 16), RootRule.closes(String(decoding: htaccess, as: UTF8.self)) {
            return .restricted
        }
        try visit(inner, place + [name])
        return nil
    }

    /// - Returns: why the file is left.
    private mutating func take(_ name: String?, _ path: String, _ place: [String], in folder: Folder) -> RootReason? {
        guard let name else { return .name }
        if let reason = RootRule.reasonToLeave(file: name, in: place) { return reason }
        guard let file = try? folder.file(name), isOpen("\(root.path)/\(path)", for: 0o004) else { return .closed }
        // What another folder keeps closed may have a second name here.
        guard FileStatus(of: file.descriptor)?.names == 1 else { return .hardLink }
        guard !RootRule.isPHP(RootWalk.beginning(of: file)) else { return .php }
        guard file.size <= RootWalk.fileLimit else { return .tooLarge }
        guard report.served < RootWalk.countLimit, report.bytes + file.size <= RootWalk.bytesLimit else { return .tooMany }
        paths.append(path)
        report.served += 1
        report.bytes += file.size
        return nil
    }

    private static func beginning(of file: File) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 1_024)
        let count = (try? bytes.withUnsafeMutableBytes { try file.read(at: 0, into: $0) }) ?? 0
        return Array(bytes.prefix(count))
    }

    /// The old web server may have run as another user, and in another group, than these programs: what it could not read is not shown by
    /// copying it. So only what everybody on the machine may read is copied.
    private func isOpen(_ path: String, for bits: UInt32) -> Bool {
        FileStatus(at: path, followsLink: false).map { $0.permissions & bits != 0 } ?? false
    }
}
