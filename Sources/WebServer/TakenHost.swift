// What a virtual host of ours takes from the one in whose place it is: its names, TLS, logs of errors, whom it believes about addresses,
// what leads to https, and what renews certificates. Everything about the folder and PHP falls away.

/// The directives of one virtual host that go over, and those that somebody may miss.
struct TakenHost {
    /// As written in a file, indented.
    private(set) var lines: [String] = []
    private(set) var notes: [String] = []
    private var conditions: [ApacheDirective] = []
    private let rewrites: Bool
    private let paths: [String]

    /// - Parameter paths: under which sections name the old site's folder.
    init(_ host: ApacheHost, paths: [String]) {
        self.paths = paths
        rewrites = host.all("rewriteengine").last?.arguments.first?.lowercased() == "on"
        for directive in host.section.children { take(directive) }
    }

    private mutating func take(_ directive: ApacheDirective) {
        switch directive.key {
        case "rewritecond": conditions.append(directive)
        case "rewriterule": takeRule(directive)
        default:
            if TakenHost.isTaken(directive) {
                lines += directive.lines("    ")
            } else if !isOfOldSite(directive) {
                note(directive)
            }
        }
    }

    /// A rule that leads to https goes over, with its conditions.
    private mutating func takeRule(_ rule: ApacheDirective) {
        defer { conditions = [] }
        guard rewrites else { return }
        guard rule.arguments.count > 1, rule.arguments[1].hasPrefix("https://") else {
            for each in conditions + [rule] { note(each) }
            return
        }
        if !lines.contains(TakenHost.engine) { lines.append(TakenHost.engine) }
        lines += (conditions + [rule]).flatMap { $0.lines("    ") }
    }

    private static let engine = "    RewriteEngine On"

    private mutating func note(_ directive: ApacheDirective) {
        let words = directive.isSection ? "<\(directive.name) \(directive.text)>" : "\(directive.name) \(directive.text)"
        notes.append("not taken over from \(directive.file): \(words.prefix(100))")
    }

    private static let taken: Set<String> = [
        "servername", "serveralias", "serveradmin", "usecanonicalname", "errorlog", "loglevel", "protocols", "protocolshonororder",
    ]

    private static func isTaken(_ directive: ApacheDirective) -> Bool {
        let (key, text) = (directive.key, directive.text.lowercased())
        return taken.contains(key) || ["ssl", "h2", "md", "remoteip"].contains { key.hasPrefix($0) } || text.contains("well-known")
            || key == "header" && text.contains("strict-transport-security")
            || key.hasPrefix("redirect") && directive.arguments.last?.hasPrefix("https://") == true
    }

    private static let ofFiles: Set<String> = [
        "documentroot", "directoryindex", "options", "allowoverride", "rewriteengine", "rewriteoptions", "limitrequestbody", "acceptpathinfo", "sethandler",
        "addhandler", "addtype", "fallbackresource",
    ]

    /// Whether it falls away without a word: it is about PHP, about how the folder's files are sent, or about who is let in there
    /// (`ApacheAccess`).
    private func isOfOldSite(_ directive: ApacheDirective) -> Bool {
        let (key, path) = (directive.key, ApacheAccess.withoutSlash(directive.arguments.first ?? ""))
        if TakenHost.ofFiles.contains(key) || key.hasPrefix("php") || directive.text.lowercased().contains("php") { return true }
        guard directive.isSection, key == "directory" || key == "location" else { return false }
        if path.isEmpty || paths.contains(where: { $0 == path || $0.hasPrefix(path + "/") }) { return true }
        return key == "directory" && !directive.children.contains(where: ApacheAccess.limits)
    }
}
