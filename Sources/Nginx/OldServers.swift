// The server blocks of the site that is replaced, the files in which they stand, and what is left of these without them.

/// The server blocks that serve one folder.
public struct OldServers: Sendable {
    public let dump: Dump
    /// The folder, without links and without a slash at its end.
    public let root: String
    /// In the order in which nginx reads them.
    public let blocks: [ServerBlock]
    /// The files that hold nothing but the site (and what redirects to it) and are included by a pattern: they go, and another file comes.
    public let wholeFiles: [String]
    /// The folder without links of a path.
    let resolve: @Sendable (String) -> String

    /// - Parameter resolve: makes links and dots of an absolute path out; the path itself where that is not possible.
    public init(_ dump: Dump, of root: String, resolve: @escaping @Sendable (String) -> String) {
        let blocks = dump.servers.filter { block in !block.servesNothing && block.roots.contains { resolve($0) == root } }
        let places = Set(blocks.map(\.directive.place))
        let shared = Set(dump.servers.filter { !places.contains($0.directive.place) && !$0.servesNothing }.map(\.file))
        wholeFiles = blocks.map(\.file).uniqued.filter { !shared.contains($0) && dump.hasOnlyServers($0) && dump.pattern(of: $0) != nil }
        (self.dump, self.root, self.blocks, self.resolve) = (dump, root, blocks, resolve)
    }

    /// The files of the blocks, each once.
    public var files: [String] { blocks.map(\.file).uniqued }

    func isOld(_ block: ServerBlock) -> Bool { blocks.contains { $0.directive.place == block.directive.place } }

    /// Whether a block goes along with the site, because its file does.
    func goesAlong(_ block: ServerBlock) -> Bool { wholeFiles.contains(block.file) && !isOld(block) }

    /// What stays of a file whose other part is not the site's: its text without the site's blocks.
    ///
    /// - Parameter include: the file that stands in the place of the first block of all; nil if a link is made for it.
    /// - Returns: nil for a file that goes as a whole.
    public func rest(of path: String, including include: String?) -> [UInt8]? {
        guard !wholeFiles.contains(path), let file = dump.files.first(where: { $0.path == path }) else { return nil }
        let cuts = blocks.filter { $0.file == path }.map(\.directive.bytes).sorted { $0.lowerBound < $1.lowerBound }
        var line = path == files.first(where: { !wholeFiles.contains($0) }) ? include.map { "include \"\($0)\";" } ?? "" : ""
        var (text, position) = ([UInt8](), 0)
        for cut in cuts {
            text += file.text[position..<cut.lowerBound] + Array(line.utf8)
            (line, position) = ("", cut.upperBound)
        }
        return text + file.text[position...]
    }

    /// The path of the link to our own file, beside the first file that goes; nil if none goes.
    ///
    /// It is read where that file was, so that the block that counts for unknown names stays the same, and before that file, so that ours
    /// still answers when a panel writes that one again.
    public var link: String? {
        guard let file = wholeFiles.first, let pattern = dump.pattern(of: file) else { return nil }
        let plain = pattern.path("imagebed")
        let others = dump.paths(matching: pattern).filter { $0 != file && $0 != plain }
        if plain.precedes(file), !others.contains(where: { plain.precedes($0) && $0.precedes(file) }) { return plain }
        return "\(file.dropLast(pattern.end.count))-imagebed\(pattern.end)"
    }

    /// The path of a link by which a server block is tried beside the old site; nil if nginx reads no folder.
    public var trialLink: String? { (wholeFiles.first.flatMap(dump.pattern(of:)) ?? dump.patterns.first)?.path("imagebed-side") }

    /// - Throws: `OldServersError` for what keeps the place from being taken.
    public func check() throws {
        guard !blocks.isEmpty else { throw OldServersError(whyNone) }
        for block in blocks {
            for other in dump.servers where other.directive.place != block.directive.place {
                guard let name = block.sharedName(with: other) else { continue }
                throw OldServersError("two sites of nginx have the name \(name) on the same port, in \(block.file) and in \(other.file): take one away "
                    + "or give it another name, then try again")
            }
        }
        if let name = files.first(where: { $0.contains { $0.isWhitespace || "%\"'\\".contains($0) } }) {
            throw OldServersError("\(name): this program cannot replace a file with such a name")
        }
        let missing = dump.build.missingModules.filter { $0 != "realip" }
        guard missing.isEmpty else {
            throw OldServersError("this nginx was built without \(missing.joined(separator: ", ")) (nginx -V), which the new site needs")
        }
    }

    private var whyNone: String {
        let none = "no site of nginx has \(root) as its root (nginx -T shows what it has)"
        let around = dump.servers.first { block in block.roots.contains { root.hasPrefix(resolve($0) + "/") } }
        guard let around else { return none }
        return "\(none); it lies below the root of \(around.hostName ?? "a site") in \(around.file), as a sub-folder of that site: "
            + "install with --behind-proxy (docs/easyimages.md)"
    }

    /// The addresses of all blocks, the best one first.
    public var addresses: [ServerAddress] {
        let all = blocks.map(ServerAddress.all)
        let first = all.compactMap(\.first).first { $0.scheme == "https" } ?? all.first?.first
        return all.flatMap { $0 }.filter { $0 == first } + all.flatMap { $0 }.filter { $0 != first }
    }

    /// Where the site logged its requests; "/dev/null" where it did not.
    public var accessLog: String {
        guard let words = blocks.first?.value("access_log"), let path = words.first else { return dump.build.accessLog }
        if path == "off" { return "/dev/null" }
        return path.hasPrefix("syslog:") || path.contains("$") ? dump.build.accessLog : dump.build.absolute(path)
    }
}

extension Dump {
    fileprivate func hasOnlyServers(_ path: String) -> Bool { files.first { $0.path == path }?.directives.allSatisfy { $0.name == "server" } == true }
}

extension Directive {
    /// The file and the place in it, by which two directives are told apart.
    var place: String { "\(file):\(bytes.lowerBound)" }
}

extension ServerBlock {
    fileprivate func sharedName(with other: ServerBlock) -> String? {
        let meets = listens.contains { own in other.listens.contains { $0.host == own.host && $0.port == own.port } }
        return meets ? names.first { !["_", ""].contains($0) && other.names.contains($0) } : nil
    }
}

extension String {
    fileprivate func precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}

extension [String] {
    fileprivate var uniqued: [String] { enumerated().filter { !self[..<$0.offset].contains($0.element) }.map(\.element) }
}
