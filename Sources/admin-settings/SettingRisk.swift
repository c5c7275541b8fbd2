// What is asked before a change that may lock everybody out or delete files: by the script in a dialog, without scripts under the setting.

import HTML
import Pages
import Settings
import Words

struct SettingRisk {
    private let key: String
    private let name: String
    private let value: String
    private let words: Words

    /// nil for a setting without a risk.
    ///
    /// - Parameter settings: as they are.
    init?(_ declaration: Declaration, _ settings: Settings, _ words: Words) {
        guard Settings.keysWithRisks.contains(declaration.key) else { return nil }
        (key, value, self.words) = (declaration.key, FormValue(declaration.value(in: settings)).text, words)
        name = SettingTexts.of(words.language).text(of: key)?.name ?? key
    }

    /// Of the dialog.
    var id: String { "risk-\(key)" }

    /// Outside the form, because it has one of its own.
    var dialog: Markup { Question(id: id, words.settings.ask(toChange: name), help: explanation, answer: words.settings.sure).markup(words) }

    /// - Parameter entered: the value that is asked about.
    func box(_ entered: String) -> Markup {
        """
        <div class="notice warn">
        <p>\(explanation)</p>
        <label class="check"><input type="checkbox" name="\(SettingsForm.sureField)" value="\(SettingRisk.consent(key, entered))"> \(words.settings.sure)</label>
        </div>

        """
    }

    /// Whether the question is for narrower limits alone. (The page's script finds out the same as `Settings.isRisky`.)
    var isOfLimit: Bool { Settings.keysThatDelete.contains(key) }

    private var explanation: Markup { "\(Markup(code: words.settings.risk(of: key)))\(undo)" }

    /// The former value undoes a change, but brings no file back.
    private var undo: Markup? {
        isOfLimit ? nil : " \(words.settings.undo) <code>sudo imagebed settings set \(key) \(SettingRisk.quoted(value))</code>"
    }

    /// What the form says of a change that is meant. (The page's script writes the same.)
    static func consent(_ key: String, _ value: String) -> String { "\(key)=\(value)" }

    /// As a shell reads it.
    private static func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "'\\''"))'" }
}

extension SettingsWords {
    /// What a change may do; empty for a setting without a risk.
    fileprivate func risk(of key: String) -> String {
        switch key {
        case "base_url": riskOfAddress
        case "hsts_seconds": riskOfHTTPS
        case "trusted_proxies": riskOfProxies
        default: Settings.keysThatDelete.contains(key) ? riskOfRetention : ""
        }
    }
}
