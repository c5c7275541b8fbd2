// One setting of the form: its control, what it is for, and what it may be.

import HTML
import Pages
import Settings
import Text
import Words

struct SettingField {
    private let declaration: Declaration
    private let state: SettingsState
    private let frame: PageFrame
    /// Whether the page has this setting only.
    private let isAlone: Bool
    /// What became of a form.
    private let told: Markup?
    private let texts: SettingTexts

    init(_ declaration: Declaration, _ state: SettingsState, _ frame: PageFrame, isAlone: Bool, told: Markup? = nil) {
        (self.declaration, self.state, self.frame, self.isAlone, self.told) = (declaration, state, frame, isAlone, told)
        texts = .of(frame.words.language)
    }

    private var words: SettingsWords { frame.words.settings }
    private var key: String { declaration.key }
    private var name: String { texts.text(of: key)?.name ?? key }
    private var value: String { FormValue(declaration.value(in: state.settings)).text }
    private var fault: String? { state.faults[key].map { words.text(of: $0, declaration, texts) } }

    /// Of its part of the page.
    static func id(_ key: String) -> String { "setting-\(key)" }

    /// Bytes; a longer text has a page of its own, so that the page of all stays small.
    private static let longest = 8_192

    var markup: Markup {
        if declaration.isOfTheCommandLine { return shown }
        return !isAlone && state.entered[key] == nil && value.utf8.count > SettingField.longest ? linked : entered
    }

    private var entered: Markup {
        let control = SettingControl(declaration, now: value, entered: state.entered[key].map { FormValue($0).text }, isFaulty: fault != nil, rows: isAlone ? 20 : 4, texts)
        return """
            <div class="field" id="\(SettingField.id(key))" data-key="\(key)"\(risk.map { " data-risk=\"\($0.id)\"\($0.isOfLimit ? " data-limit" : "")" as Markup })>
            \(label)
            \(control.markup)\(told)\(fault.map { "<p class=\"error\" id=\"error-\(key)\">\($0)</p>\n" as Markup })\(theirs)\(asked)\(help)\(facts)</div>

            """
    }

    /// A switch has a label of its own, which is as large as a finger.
    private var label: Markup {
        declaration.kind == .bool ? "<span class=\"label\" id=\"name-\(key)\">\(name)</span>" : "<label for=\"set-\(key)\">\(name)</label>"
    }

    private var ownPage: String { "\(frame.links.address(.settings))?\(SettingsForm.onlyParameter)=\(key)" }

    private var linked: Markup {
        """
        <div class="field" id="\(SettingField.id(key))">
        <span class="label">\(name)</span>
        <p>\(words.long(ByteText.format(value.utf8.count))) \
        <a class="button" href="\(ownPage)" aria-label="\(words.change) \(name)">\(words.change)</a></p>
        \(told)\(help)\(facts)</div>

        """
    }

    private var shown: Markup {
        """
        <div class="field" id="\(SettingField.id(key))">
        <span class="label">\(name)</span>
        <p><code>\(words.shown(value, of: declaration, texts))</code></p>
        \(help)<p class="help">\(words.onlyThere)<code>\(words.commandLineOnly(key))</code></p>
        </div>

        """
    }

    /// What somebody else made it meanwhile.
    private var theirs: Markup? {
        guard state.moved.contains(key) else { return nil }
        return "<p class=\"notice warn\">\(words.theirs(words.shown(value, of: declaration, texts)))</p>\n"
    }

    private var risk: SettingRisk? { SettingRisk(declaration, state.settings, frame.words) }

    private var asked: Markup? {
        guard state.asked.contains(key), let entered = state.entered[key] else { return nil }
        return risk?.box(FormValue(entered).text)
    }

    private var help: Markup {
        let idle: Markup? = state.idleScripts.contains(key) ? "<p class=\"help warn\">\(words.idleScripts)</p>\n" : nil
        return "<p class=\"help\" id=\"help-\(key)\">\(Markup(code: texts.text(of: key)?.help ?? declaration.documentation))</p>\n\(idle)"
    }

    private var facts: Markup {
        let limits = words.allowed(declaration, texts).map { " · \($0)" } ?? ""
        let follows = Settings.keysOfTheWebServer.contains(key) ? " · \(words.followsTheWebServer)" : ""
        let preset = FormValue(declaration.initial).text
        let ownPage: Markup? = declaration.isLong && !isAlone ? " · <a href=\"\(ownPage)\">\(words.ownPage)</a>" : nil
        return """
            <p class="help">\(words.preset(words.shown(preset, of: declaration, texts)))\(limits)\(follows) · <code>\(key)</code>\(ownPage) \
            <button type="button" class="quiet scripted" data-reset="\(preset)" aria-label="\(words.reset) \(name)" hidden>\(words.reset)</button></p>

            """
    }
}

extension Markup {
    /// A text with `code` in backquotes.
    init(code text: String) {
        let parts: [Markup] = text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { place, part in
            place % 2 == 0 ? "\(String(part))" : "<code>\(String(part))</code>"
        }
        self = "\(parts)"
    }
}
