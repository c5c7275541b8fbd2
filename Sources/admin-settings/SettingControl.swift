// The control for a setting: a switch, a choice, a line or several.

import HTML
import Settings
import Words

struct SettingControl {
    private let declaration: Declaration
    private let value: String
    /// The setting's own value where the form shows another.
    private let was: Markup?
    private let isFaulty: Bool
    private let rows: Int
    private let texts: SettingTexts

    /// - Parameters:
    ///   - now: the setting's value.
    ///   - entered: what a refused form holds.
    ///   - rows: of a text.
    init(_ declaration: Declaration, now: String, entered: String?, isFaulty: Bool, rows: Int, _ texts: SettingTexts) {
        (self.declaration, value, self.isFaulty, self.rows, self.texts) = (declaration, entered ?? now, isFaulty, rows, texts)
        was = entered == nil || entered == now ? nil : " data-was=\"\(now)\""
    }

    private var key: String { declaration.key }

    var markup: Markup {
        switch declaration.kind {
        case .bool: toggle
        case .choice(let words): choice(words)
        case .integer(let range): line("type=\"number\" min=\"\(range.lowerBound)\" max=\"\(range.upperBound)\" step=\"1\"")
        case .optionalText(let limit) where limit <= 500 && !value.contains("\n"): line("autocomplete=\"off\"")
        case .bytes, .text, .folderURL, .timeZone, .url, .color: line("autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\"")
        case .optionalText, .urls, .addresses: lines
        }
    }

    private var attributes: Markup {
        let described: Markup = isFaulty ? "error-\(key) help-\(key)" : "help-\(key)"
        return """
            id="set-\(key)" name="\(key)" aria-describedby="\(described)"\(isFaulty ? " aria-invalid=\"true\"" as Markup : nil)\(was)
            """
    }

    /// The hidden field tells of a switch that is off.
    private var toggle: Markup {
        """
        <label class="switch"><input type="hidden" name="\(key)" value="off">\
        <input type="checkbox" value="on" aria-labelledby="name-\(key)" \(attributes)\(value == "on" ? " checked" as Markup : nil)></label>

        """
    }

    private func choice(_ words: [String]) -> Markup {
        let options: [Markup] = words.map { word in
            "<option value=\"\(word)\"\(word == value ? " selected" as Markup : nil)>\(texts.name(of: word, of: key))</option>"
        }
        return "<select \(attributes)>\(options)</select>\n"
    }

    private func line(_ more: Markup) -> Markup { "<input \(more) \(attributes) value=\"\(value)\">\n" }

    /// (HTML drops a line end at the start.)
    private var lines: Markup { "<textarea class=\"code\" rows=\"\(rows)\" spellcheck=\"false\" \(attributes)>\n\(value)</textarea>\n" }
}

extension Declaration {
    /// Whether a value may be too long for the form of all settings, whose encoding makes of some bytes three.
    var isLong: Bool {
        switch kind {
        case .optionalText(let limit), .urls(let limit), .addresses(let limit): limit > 20_000
        default: false
        }
    }
}
