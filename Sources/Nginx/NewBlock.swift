// A server block of the new site, made of an old one.

/// One server block of the file.
struct NewBlock {
    private(set) var notes: [String] = []
    private(set) var openRules: [Replacement.OpenRule] = []
    private(set) var hstsSeconds: Int?
    private var lines: [String] = []
    /// nginx takes the first location whose pattern fits, so that those for certificates stand before those that refuse.
    private var certificates: [String] = [], locations: [String] = []

    var text: String { "server {\n" + (lines + certificates + locations).map { "    \($0)\n" }.joined() + "}\n" }

    /// One that only redirects stays as it was.
    init(copying block: ServerBlock) { lines = (block.directive.block ?? []).map(\.text) }

    init(of block: ServerBlock, by rule: OldRule, _ root: String, _ places: Replacement.Places) {
        for directive in block.directive.block ?? [] { take(directive, by: rule) }
        // nginx enters the block anew for its own error pages; rules count once.
        if !places.rules.isEmpty || lines.contains(where: NewBlock.rewrites) { lines.insert(#"if ($uri ~ "^/_imagebed/") { break; }"#, at: 0) }
        // Where certificates are renewed by files in the old folder, they go on being: only names that such files have.
        certificates.append(
            #"location ~ "^/\.well-known/acme-challenge/[A-Za-z0-9_-]+$" { root "\#(root)"; disable_symlinks on; default_type text/plain; }"#)
        if !places.rules.isEmpty { locations.append("include \"\(places.rules)\";") }
        locations.append("include \"\(places.configuration)/locations.conf\";")
    }

    private static func rewrites(_ line: String) -> Bool { ["if ", "rewrite ", "set "].contains { line.hasPrefix($0) } }

    private mutating func take(_ directive: Directive, by rule: OldRule) {
        if directive.name == "include" {
            takeInclude(directive, by: rule)
            return
        }
        if takesHSTS(directive) { return }
        switch rule.handling(of: directive) {
        case .taken(let taken) where directive.isForCertificates: certificates += taken
        case .taken(let taken) where taken == [directive.text] && directive.name == "location": locations += taken
        case .taken(let taken): lines += taken
        case .dropped: break
        case .noted: notes.append("\(directive.file): \(directive.text)")
        case .open(let wanted):
            let isOfPart = directive.name == "location" && wanted != [directive.text] && !OldLocation(directive).isForAll
            let place = isOfPart ? directive.words.joined(separator: " ") : ""
            openRules += wanted.map { Replacement.OpenRule(file: directive.file, line: $0, place: place) }
        }
    }

    /// Those of nothing but TLS settings, such as certbot's, stay, and those that a panel fills while it renews a certificate.
    private mutating func takeInclude(_ directive: Directive, by rule: OldRule) {
        if !directive.included.isEmpty, directive.included.flat.allSatisfy({ $0.name.hasPrefix("ssl_") }) {
            lines.append(directive.text)
        } else if (directive.arguments.first ?? "").contains("well-known") {
            certificates.append(directive.text)
        } else {
            for included in directive.included { take(included, by: rule) }
        }
    }

    /// The new site sends that header by a setting.
    private mutating func takesHSTS(_ directive: Directive) -> Bool {
        let words = directive.arguments
        guard directive.name == "add_header", words.count > 1, words[0].lowercased() == "strict-transport-security" else { return false }
        let age = words[1].lowercased().firstMatch(of: /max-age=\s*"?([0-9]{1,9})/).flatMap { Int($0.1) }
        hstsSeconds = age.map { min($0, 63_072_000) }
        if words[1].contains(";") { notes.append("\(directive.file): \(directive.text) (but for its max-age)") }
        return true
    }
}
