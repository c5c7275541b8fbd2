// The configuration that nginx runs with, as `nginx -T` prints it: each file behind a line "# configuration file /PATH:", and a line
// end behind each. The first file is the one that includes the others.

import Glibc

/// All files of a configuration, and what they say together.
public struct Dump: Sendable {
    /// What stands in one file.
    public struct File: Sendable {
        public let path: String
        public let text: [UInt8]
        public let directives: [Directive]
    }

    public let build: Build
    public let files: [File]
    /// Those of the first file, with what their includes stand for.
    public let directives: [Directive]
    /// The directives of all `http` blocks.
    let http: [Directive]
    /// In the order in which nginx reads them.
    public let servers: [ServerBlock]

    private static let mark = Array("# configuration file /".utf8)
    /// Includes in includes.
    private static let depthLimit = 16

    /// - Parameter bytes: the output of `nginx -V` and of `nginx -T`, one after the other.
    /// - Throws: `ConfigurationError`.
    public init(_ bytes: [UInt8]) throws {
        let marks = Dump.marks(in: bytes)
        build = Build(String(decoding: bytes[..<(marks.first ?? bytes.count)], as: UTF8.self))
        var files: [File] = []
        for (index, start) in marks.enumerated() {
            guard let line = bytes[start...].firstIndex(of: 10), bytes[line - 1] == UInt8(ascii: ":") else { continue }
            let path = String(decoding: bytes[(start + Dump.mark.count - 1)..<line - 1], as: UTF8.self)
            // (A file that is included twice is printed twice by old versions.)
            guard !files.contains(where: { $0.path == path }) else { continue }
            let end = index + 1 < marks.count ? marks[index + 1] : bytes.count
            let text = Array(bytes[(line + 1)..<max(line + 1, end - 1)])
            files.append(File(path: path, text: text, directives: try ConfigurationParser.directives(text, of: path)))
        }
        let directives = Dump.expanded(files.first?.directives ?? [], files, depth: 0)
        let http = directives.flat.named("http").flatMap { $0.block ?? [] }.flat
        (self.files, self.directives, self.http) = (files, directives, http)
        servers = http.named("server").map { ServerBlock($0, within: http) }
    }

    /// Where files begin.
    private static func marks(in bytes: [UInt8]) -> [Int] {
        var found: [Int] = []
        var start = 0
        while start < bytes.count {
            if bytes[start...].starts(with: mark) { found.append(start) }
            start = (bytes[start...].firstIndex(of: 10) ?? bytes.count) + 1
        }
        return found
    }

    private static func expanded(_ list: [Directive], _ files: [File], depth: Int) -> [Directive] {
        list.map { directive in
            var directive = directive
            directive.block = directive.block.map { expanded($0, files, depth: depth) }
            if depth < depthLimit, let pattern = pattern(of: directive, files) {
                let meant = files.filter { matches(pattern, $0.path) }.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
                directive.included = meant.flatMap { expanded($0.directives, files, depth: depth + 1) }
            }
            return directive
        }
    }

    /// The whole path that an include names; relative ones begin in the folder of the first file, wherever they stand.
    private static func pattern(of directive: Directive, _ files: [File]) -> String? {
        guard directive.name == "include", let path = directive.arguments.first, let main = files.first?.path else { return nil }
        return path.hasPrefix("/") ? path : folder(of: main) + path
    }

    private static func matches(_ pattern: String, _ path: String) -> Bool { fnmatch(pattern, path, FNM_PATHNAME | FNM_PERIOD) == 0 }

    /// With a slash at its end.
    static func folder(of path: String) -> String { String(path[...(path.lastIndex(of: "/") ?? path.startIndex)]) }

    /// The pattern that a file is included by; nil if an include names the file itself, or none does.
    func pattern(of path: String) -> IncludePattern? {
        let patterns = files.flatMap { $0.directives.written }.compactMap { Dump.pattern(of: $0, files) }
        return patterns.contains(path) ? nil : patterns.filter { Dump.matches($0, path) }.compactMap(IncludePattern.init).first
    }

    /// Those of `http` itself.
    var patterns: [IncludePattern] {
        directives.flat.named("http").flatMap { $0.block ?? [] }.compactMap { Dump.pattern(of: $0, files) }.compactMap(IncludePattern.init)
    }

    /// All paths that a pattern names here.
    func paths(matching pattern: IncludePattern) -> [String] { files.map(\.path).filter { Dump.matches(pattern.path("*"), $0) } }

    /// User and group of nginx's workers; nil if nothing names them.
    public var workers: (user: String, group: String)? {
        guard let names = directives.flat.named("user").last?.arguments, let user = names.first else { return build.workers }
        return (user, names.count > 1 ? names[1] : user)
    }
}

extension [Directive] {
    /// All directives at any depth of one file, includes too.
    fileprivate var written: [Directive] { flatMap { [$0] + ($0.block ?? []).written } }
}
