// The form of all settings by groups, or of one alone.

import HTML
import Pages
import Settings
import Site
import Words

struct SettingsPage {
    private let state: SettingsState
    private let frame: PageFrame
    private let only: Declaration?
    private let told: (key: String, notice: Markup)?

    /// - Parameter told: what became of a form, and the setting at which it stands, because the browser comes back to that.
    init(_ state: SettingsState, _ frame: PageFrame, only: Declaration?, told: (key: String, notice: Markup)? = nil) {
        (self.state, self.frame, self.only, self.told) = (state, frame, only, told)
    }

    private var words: SettingsWords { frame.words.settings }
    private var address: String { frame.links.address(.settings) }

    var markup: Markup { only.map(alone) ?? all }

    private var all: Markup {
        let links: [Markup] = SettingGroup.allCases.map { "<a href=\"#\($0.heading)\">\(words.name(of: $0))</a>\n" }
        return """
            <div class="sides">
            <nav class="side" aria-label="\(words.groups)">
            \(links)</nav>
            <div>
            <div class="filters scripted">
            <label class="search"><span class="unseen">\(words.search)</span>\
            <input type="search" id="find-setting" placeholder="\(words.search)" autocomplete="off"></label>
            <p id="found" class="muted" role="status"></p>
            </div>
            <form method="post" action="\(address)" novalidate data-settings>
            \(hidden(Settings.declarations))\(SettingGroup.allCases.map(section))\(saveBar)</form>
            \(questions(Settings.declarations))</div>
            </div>

            """
    }

    /// Texts of a megabyte would be a third longer in the other encoding of forms.
    private func alone(_ declaration: Declaration) -> Markup {
        """
        <p><a href="\(address)#\(SettingField.id(declaration.key))">\(words.allSettings)</a></p>
        <form method="post" action="\(address)?\(SettingsForm.onlyParameter)=\(declaration.key)" enctype="multipart/form-data" novalidate data-settings>
        \(hidden([declaration]))<div class="fields">
        \(field(declaration, isAlone: true))</div>
        \(declaration.group == .watermark ? preview : nil)\(saveBar)</form>
        \(questions([declaration]))
        """
    }

    private func questions(_ declarations: [Declaration]) -> [Markup] {
        declarations.compactMap { SettingRisk($0, state.settings, frame.words)?.dialog }
    }

    /// The token, and from which values the form was made.
    private func hidden(_ declarations: [Declaration]) -> Markup {
        let seen = declarations.filter { !$0.isOfTheCommandLine }.map { "\($0.key)-\(FormValue($0.value(in: state.settings)).digest)" }
        return """
            \(frame.visitor.tokenField)<input type="hidden" name="\(SettingsForm.seenField)" value="\(seen.joined(separator: "."))">

            """
    }

    private func section(_ group: SettingGroup) -> Markup {
        """
        <section aria-labelledby="\(group.heading)">
        <h2 id="\(group.heading)">\(words.name(of: group))</h2>
        <div class="fields">
        \(Settings.declarations.filter { $0.group == group }.map { field($0) })</div>
        \(group == .watermark ? preview : nil)</section>

        """
    }

    /// The address changes with the settings, so that no browser shows a picture of former ones.
    private var preview: Markup? {
        guard state.settings.watermark.kind != .off else { return nil }
        let values = Settings.declarations.filter { $0.group == .watermark }.map { $0.value(in: state.settings) }
        return """
            <figure><img src="\(address)?\(SettingsForm.previewParameter)=\(FormValue(values.joined(separator: "\n")).digest)" \
            width="\(SamplePicture.width)" height="\(SamplePicture.height)" alt="\(words.preview)" loading="lazy">
            <figcaption>\(words.preview)</figcaption></figure>

            """
    }

    private func field(_ declaration: Declaration, isAlone: Bool = false) -> Markup {
        SettingField(declaration, state, frame, isAlone: isAlone, told: told?.key == declaration.key && !isAlone ? told?.notice : nil).markup
    }

    private var saveBar: Markup {
        """
        <div class="savebar">
        <button class="primary">\(words.save)</button>
        <span id="changes" class="muted" role="status"></span>
        </div>

        """
    }
}

extension SettingsWords {
    func name(of group: SettingGroup) -> String {
        switch group {
        case .site: site
        case .uploads: uploads
        case .pictures: pictures
        case .watermark: watermark
        case .storage: storage
        case .thumbnails: thumbnails
        case .names: names
        case .hiding: hiding
        case .forms: forms
        case .senders: senders
        case .limits: limits
        case .pages: pages
        case .looks: looks
        case .operatorTexts: operatorTexts
        }
    }
}
