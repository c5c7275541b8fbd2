// Values for templates that do not depend on the settings: paths and the names of cached thumbnails.

import Media
import Paths
import Thumbnails

/// Values of the program that templates can refer to.
enum Facts {
    /// The values of one row by their names.
    typealias Row = (String) -> String?

    /// The rows of a set of paths, or of the redirects of single paths (`moved`) or of folders (`moved-folder`).
    static func rows(_ set: String) -> [Row]? {
        switch set {
        case "moved", "moved-folder": Redirect.all.filter { $0.isFolder == (set == "moved-folder") }.map { row in { value($0, of: row) } }
        default: paths(set)?.map { endpoint, path in { value($0, of: path, endpoint) } }
        }
    }

    /// A set of paths: all (`path`), those of one executable, those with one kind of requests, those that are not compressed (`plain`), or
    /// those that end in a slash (`folder`) except the home page. nil for an unknown name.
    static func paths(_ set: String) -> [(endpoint: Endpoint, path: Path)]? {
        let all = Endpoint.all.flatMap { endpoint in endpoint.paths.map { (endpoint, $0.path) } }
        let found = all.filter { endpoint, path in
            switch set {
            case "path": true
            case "folder": path.text.hasSuffix("/") && path.text != "/"
            case "plain": !endpoint.isCompressed
            default: endpoint.name == set || endpoint.takes.rawValue == set
            }
        }
        return found.isEmpty && Endpoint.Requests(rawValue: set) == nil ? nil : found
    }

    /// A value of one path, for lines that are repeated for each path of a set.
    private static func value(_ name: String, of path: Path, _ endpoint: Endpoint) -> String? {
        switch name {
        case "path": path.text
        case "name": endpoint.name
        case "pattern": Expression.literal(path.text)
        case "loose": loose(path.text)
        case "bare": String(path.text.dropLast())
        case "gzip": endpoint.isCompressed ? "on" : "off"
        default: nil
        }
    }

    /// A value of one redirect, likewise.
    private static func value(_ name: String, of redirect: Redirect) -> String? {
        switch name {
        case "path": redirect.from
        case "pattern": Expression.literal(redirect.from)
        case "bare": String(redirect.from.dropLast())
        case "to": redirect.to.text
        case "status": "\(redirect.status)"
        default: nil
        }
    }

    /// A value for any line, with the arguments after its name.
    static func value(_ name: String, _ words: [String]) -> String? {
        switch (name, words.count) {
        case ("json_folder", 0): Path.jsonFolder
        case ("loose_json_folder", 0): loose(Path.jsonFolder)
        case ("json_megabytes", 0): "\(Endpoint.jsonMegabytes)"
        case ("expiring", 0): ExpiringFolder.name
        case ("expiring_cache", 0): ExpiringFolder.cacheControl
        case ("side", 0): KeptName.side
        case ("quality", 0): KeptName.quality
        case ("mode", 0): KeptName.mode
        case ("usual_quality", 0): "\(KeptName.usualQuality)"
        case ("part", 0): KeptName.part()
        case ("size", 2): KeptName.size(words[0], words[1])
        case ("thumbnail", 4): KeptName.text(size: words[0], quality: words[1], mode: words[2], fileExtension: words[3])
        default: name.hasPrefix("any_") && words.isEmpty ? alternatives(String(name.dropFirst(4))) : nil
        }
    }

    /// A regular expression for any path of a set.
    private static func alternatives(_ set: String) -> String? {
        paths(set).map { "(?:\($0.map { Expression.literal($0.path.text) }.joined(separator: "|")))" }
    }

    /// A regular expression for the path as sent by a client, in which slashes may be repeated.
    private static func loose(_ path: String) -> String {
        "/*" + Expression.literal(path).dropFirst().split(separator: "/", omittingEmptySubsequences: false).joined(separator: "/+")
    }
}
