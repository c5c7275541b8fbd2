// Apache's whole configuration, as mod_info prints it (apache2ctl -t -D DUMP_CONFIG; modules/generators/mod_info.c of its sources): included
// files stand where they are included, variables and macros are replaced, and what <IfModule> and the like leave out is not there. Each
// line is indented by two blanks for each section around it.

/// One directive, or a section with the directives in it.
struct ApacheDirective: Equatable {
    /// As written: "ServerName"; of a section "VirtualHost".
    let name: String
    /// The arguments as written, with their quotes.
    let text: String
    /// The file in which it stands; of what a macro wrote some words about that.
    let file: String
    let isSection: Bool
    private(set) var children: [ApacheDirective] = []

    /// - Parameter line: without the blanks before it.
    init(_ line: Substring, file: String = "") {
        isSection = line.hasPrefix("<")
        let words = isSection ? line.dropFirst().dropLast(line.hasSuffix(">") ? 1 : 0) : line
        let parts = words.split(maxSplits: 1, whereSeparator: ApacheDirective.isBlank)
        name = parts.first.map(String.init) ?? ""
        text = parts.count > 1 ? String(parts[1].drop(while: ApacheDirective.isBlank)) : ""
        self.file = file
    }

    /// Its name as Apache compares it.
    var key: String { name.lowercased() }

    /// The arguments without their quotes. (A quote that is escaped inside of quotes ends them here; no name or path of a host has one.)
    var arguments: [String] {
        var (found, rest): ([String], Substring) = ([], text[...])
        while let first = rest.first {
            let isQuoted = first == "\"" || first == "'"
            if isQuoted { rest.removeFirst() }
            let word = rest.prefix { isQuoted ? $0 != first : !ApacheDirective.isBlank($0) }
            if isQuoted || !word.isEmpty { found.append(String(word)) }
            rest = rest.dropFirst(word.count + 1)
        }
        return found
    }

    /// As it is written in a file.
    func lines(_ indent: String) -> [String] {
        let words = text.isEmpty ? name : "\(name) \(text)"
        guard isSection else { return [indent + words] }
        return ["\(indent)<\(words)>"] + children.flatMap { $0.lines(indent + "    ") } + ["\(indent)</\(name)>"]
    }

    /// The directives outside of all sections, and with them all others.
    static func tree(_ printed: String) -> [ApacheDirective] {
        var file = ""
        var lines = ArraySlice(printed.split(separator: "\n").compactMap { line -> Line? in
            if line.hasPrefix(fileMark) { file = String(line.dropFirst(fileMark.count)) }
            let words = line.drop { $0 == " " }
            // (A comment has the number of the line, and where a section ends is seen by the blanks.)
            guard !words.isEmpty, !words.hasPrefix("#"), !words.hasPrefix("</") else { return nil }
            return ((line.count - words.count) / 2, ApacheDirective(words, file: file))
        })
        return siblings(at: 0, &lines)
    }

    private typealias Line = (depth: Int, directive: ApacheDirective)
    private static let fileMark = "# In file: "

    private static func siblings(at depth: Int, _ lines: inout ArraySlice<Line>) -> [ApacheDirective] {
        var found: [ApacheDirective] = []
        while let line = lines.first, line.depth >= depth {
            lines.removeFirst()
            var directive = line.directive
            directive.children = siblings(at: depth + 1, &lines)
            found.append(directive)
        }
        return found
    }

    private static func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }
}
