// Who is let in: what Apache's configuration and a file .htaccess say of a folder.

/// The directives that decide about access, by their meaning for a folder.
enum ApacheAccess {
    private static let taken: Set<String> = [
        "require", "requireany", "requireall", "requirenone", "authtype", "authname", "authuserfile", "authgroupfile", "authbasicprovider",
    ]

    /// Whether a directive keeps anybody out.
    static func limits(_ directive: ApacheDirective) -> Bool {
        switch directive.key {
        case "require": directive.text.lowercased() != "all granted"
        case "allow": directive.text.lowercased() != "from all"
        case "authtype", "requireany", "requireall", "requirenone", "deny", "satisfy": true
        default: false
        }
    }

    private static func decides(_ directive: ApacheDirective) -> Bool {
        taken.contains(directive.key) || ["allow", "deny", "order", "satisfy"].contains(directive.key)
    }

    /// The directives that limit access to a folder; none where everybody is let in. As Apache merges sections: the last one that says anything
    /// about access counts alone, folders before locations, outer folders before inner ones.
    ///
    /// - Throws: `OldSiteError` for directives of Apache 2.2, which do not go together with those of today.
    static func ofFolder(_ paths: [String], _ common: [ApacheDirective], _ host: ApacheHost) throws(OldSiteError) -> [ApacheDirective] {
        let sections = folders(paths, common + host.section.children) + host.all("location").filter { $0.arguments == ["/"] }
        guard let deciding = sections.last(where: { $0.children.contains(where: decides) }), deciding.children.contains(where: limits) else {
            return []
        }
        if let old = deciding.children.first(where: { limits($0) && !taken.contains($0.key) }) {
            throw OldSiteError("\(deciding.file) says who is let in with \"\(old.name) \(old.text)\", in the words of Apache 2.2: write it as "
                + "Require (in <Location \"/\"> of the virtual host), then try again")
        }
        return deciding.children.filter { taken.contains($0.key) }
    }

    /// Whether Apache reads a file .htaccess in a folder.
    static func readsAccessFile(_ paths: [String], _ common: [ApacheDirective], _ host: ApacheHost) -> Bool {
        let said = folders(paths, common + host.section.children).compactMap { $0.children.last { $0.key == "allowoverride" } }
        return said.last.map { $0.text.lowercased() != "none" } ?? false
    }

    /// The sections <Directory> of a folder, whatever its name, and those of the folders around it, from the outside in.
    private static func folders(_ paths: [String], _ directives: [ApacheDirective]) -> [ApacheDirective] {
        let found = directives.filter { $0.isSection && $0.key == "directory" }.compactMap { section -> (Int, ApacheDirective)? in
            guard let said = section.arguments.first else { return nil }
            let path = withoutSlash(said)
            return paths.contains { $0 == path || $0.hasPrefix(path + "/") } ? (path.utf8.count, section) : nil
        }
        return found.enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map(\.element.1)
    }

    static func withoutSlash(_ path: String) -> String {
        var path = path
        while path.hasSuffix("/") { path.removeLast() }
        return path
    }
}

/// What a file .htaccess says that matters without PHP.
struct AccessFile {
    /// Lines that keep visitors out of the whole folder.
    private(set) var limits: [String] = []
    /// Lines about addresses and headers.
    private(set) var notes: [String] = []

    private static let noted: Set<String> = ["rewriterule", "redirect", "redirectmatch", "redirectpermanent", "redirecttemp", "header", "errordocument"]

    init(_ text: String) {
        // For each section whether it is about some files only.
        var sections: [Bool] = []
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.drop { $0 == " " || $0 == "\t" }
            guard !words.isEmpty, !words.hasPrefix("#") else { continue }
            if words.hasPrefix("</") {
                _ = sections.popLast()
                continue
            }
            let directive = ApacheDirective(words)
            if directive.isSection { sections.append(directive.key.hasPrefix("files") || directive.key.hasPrefix("limit")) }
            if ApacheAccess.limits(directive), !sections.contains(true) { limits.append(String(words)) }
            if AccessFile.noted.contains(directive.key) { notes.append(String(words)) }
        }
    }
}
