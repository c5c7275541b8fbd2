// Templates of the web servers' configuration are rendered twice at installation: here with the table of paths and the names of
// thumbnails, then by the installer with the paths of the machine (`@DATA@`). Files that depend on the settings are rendered again at
// each change (ValueTemplate).

/// A template with placeholders `@name@` or `@name WORD…@`. A line that begins with `@each_SET@` is repeated for each row of that set,
/// in the order of its table.
public struct PathTemplate {
    private let text: String

    public init(text: String) { self.text = text }

    /// - Throws: `WebServerError.template` for an unknown name.
    public func filled() throws(WebServerError) -> String {
        var lines: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) { lines += try PathTemplate.lines(line) }
        return lines.joined(separator: "\n")
    }

    private static func lines(_ line: Substring) throws(WebServerError) -> [String] {
        guard let mark = line.prefixMatch(of: /( *)@each_([a-z-]+)@/) else { return [try filled(line) { Facts.value($0, $1) }] }
        guard let rows = Facts.rows(String(mark.2)) else { throw .template(String(mark.2)) }
        var lines: [String] = []
        for row in rows {
            lines.append(try mark.1 + filled(line[mark.range.upperBound...]) { name, words in
                (words.isEmpty ? row(name) : nil) ?? Facts.value(name, words)
            })
        }
        return lines
    }

    /// The installer's placeholders, in capitals, are kept.
    private static func filled(_ line: Substring, _ fact: (String, [String]) -> String?) throws(WebServerError) -> String {
        var (result, rest) = ("", line)
        while let hole = rest.firstMatch(of: /@(?:[A-Z][A-Z0-9_]*|([a-z][a-z_-]*)((?: [^ @]+)*))@/) {
            result += rest[..<hole.range.lowerBound]
            rest = rest[hole.range.upperBound...]
            guard let name = hole.1, let words = hole.2 else {
                result += hole.0
                continue
            }
            guard let value = fact(String(name), words.split(separator: " ").map(String.init)) else { throw .template(String(name)) }
            result += value
        }
        return result + rest
    }
}
