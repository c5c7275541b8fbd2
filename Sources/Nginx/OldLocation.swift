// What a location of an old server block is for.

/// A location of an old server block.
struct OldLocation {
    /// "~", "~*", "^~", "=", or empty.
    let modifier: String
    /// As nginx understands it, and as it is written.
    let path, word: String
    let inner: [Directive]

    init(_ directive: Directive) {
        let words = directive.arguments
        (modifier, path) = words.count > 1 ? (words[0], words[1]) : ("", words.first ?? "")
        word = directive.words.last ?? ""
        inner = (directive.block ?? []).flat
    }

    var all: [Directive] { inner.deep }

    var isPattern: Bool { modifier.hasPrefix("~") }

    /// Every request, or so many that it is another word for the server block.
    var isForAll: Bool { path == "/" && modifier != "=" }

    /// For programs, by their names or by what runs them.
    var isOfPHP: Bool { path.contains(".php") || path.contains("php") && isPattern || all.has(["fastcgi_pass"]) }

    /// Whether it answers with a refusal and nothing else.
    var refuses: Bool {
        let harmless: Set = ["access_log", "error_log", "log_not_found", "allow", "internal"]
        let rest = inner.filter { !(harmless.contains($0.name) && ($0.name != "allow" || $0.arguments == ["all"])) }
        return !isForAll && !rest.isEmpty && rest.allSatisfy { directive in
            directive.name == "deny" && directive.arguments == ["all"]
                || directive.name == "return" && directive.arguments.first.flatMap { Int($0) }.map { 400..<500 ~= $0 } == true
        }
    }
}
