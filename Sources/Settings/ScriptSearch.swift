// The operator is told which of the texts hold scripts, because they do not run by themselves.

/// Finds scripts in HTML.
public enum ScriptSearch {
    /// Whether HTML holds a script: a `script` element, an event handler in a tag, or a URL of the scheme "javascript". It reports too much
    /// rather than too little, because it only decides about a warning.
    public static func finds(scriptIn html: String) -> Bool {
        let text = Array(html.utf8).map { (65...90).contains($0) ? $0 | 0x20 : $0 }
        var isInTag = false
        for place in text.indices {
            let rest = text[place...]
            if rest.starts(with: "<script".utf8) || rest.starts(with: "javascript:".utf8) { return true }
            switch text[place] {
            case UInt8(ascii: "<"): isInTag = true
            case UInt8(ascii: ">"): isInTag = false
            case _ where isInTag && place > 0 && isBetweenAttributes(text[place - 1]) && isHandler(rest): return true
            default: break
            }
        }
        return false
    }

    private static func isBetweenAttributes(_ byte: UInt8) -> Bool { byte <= 0x20 || "\"'/".utf8.contains(byte) }

    /// An attribute such as `onclick =`.
    private static func isHandler(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.starts(with: "on".utf8) else { return false }
        let afterName = text.dropFirst(2).drop { (97...122).contains($0) }
        return afterName.startIndex > text.startIndex + 2 && afterName.first { $0 > 0x20 } == UInt8(ascii: "=")
    }
}

extension Settings {
    /// The keys of the operator's texts that hold scripts, while `operator_scripts` keeps scripts from running.
    public var textsWithIdleScripts: [String] {
        guard !operatorTexts.runsScripts else { return [] }
        return Settings.declarations.filter(\.isOperatorHTML).filter { ScriptSearch.finds(scriptIn: $0.value(in: self)) }.map(\.key)
    }
}

extension Declaration {
    /// Whether its value is HTML that public pages show as it is.
    public var isOperatorHTML: Bool { key == "terms" || group == .operatorTexts }
}
