// The settings page, and what became of its form.

import HTML
import HTTP
import Pages
import Responder
import Settings
import Words

struct SettingsReply: Reply {
    private let outcome: SettingsOutcome
    private let frame: PageFrame
    private let only: Declaration?

    init(_ outcome: SettingsOutcome, _ frame: PageFrame, only: Declaration?) { (self.outcome, self.frame, self.only) = (outcome, frame, only) }

    private var words: SettingsWords { frame.words.settings }

    var response: Response {
        switch outcome {
        case .looked(let state, let saved): page(state, saved.map(told), at: saved?.first)
        case .saved(let saved): frame.redirect(to: saved.address)
        case .previewed(let picture): picture.map { Response(.ok, $0, type: "image/jpeg") } ?? Response(.notFound, text: "No watermark")
        case .refused(let state): page(state, refusal(state), status: state.faults.isEmpty && !state.moved.isEmpty ? .conflict : .unprocessableContent)
        }
    }

    private func told(_ saved: SavedSettings) -> Markup { Notice.done(saved.count == 0 ? words.saved : words.saved(saved.count)).markup }

    /// - Parameter first: the setting at which the notice stands; nil for above all.
    private func page(_ state: SettingsState, _ notice: Markup?, at first: String? = nil, status: Status = .ok) -> Response {
        let waits: Markup? = state.webServerWaits ? "<p class=\"notice warn\">\(words.webServerWaits)</p>\n" : nil
        let address = PageAddress(.settings, only.map { [(SettingsForm.onlyParameter, $0.key)] } ?? [])
        var page = Page(words.heading, at: address, content: """
            \(first == nil || only != nil ? notice : nil)\(waits)\(SettingsPage(state, frame, only: only, told: first.flatMap { first in notice.map { (first, $0) } }).markup)
            """)
        (page.modules, page.scriptWords) = (["settings.js"], [frame.words.settingsScript])
        page.head = frame.styleSheet("settings.css")
        return frame.response(page, status: status)
    }

    /// With links to the settings in question.
    private func refusal(_ state: SettingsState) -> Markup {
        let (keys, text): (Set<String>, String) = if !state.faults.isEmpty {
            (Set(state.faults.keys), words.refused(state.faults.count))
        } else if !state.moved.isEmpty {
            (state.moved, words.moved(state.moved.count))
        } else {
            (state.asked, words.asked(state.asked.count))
        }
        let links: [Markup] = Settings.declarations.filter { keys.contains($0.key) }.map {
            "<a href=\"#\(SettingField.id($0.key))\">\(SettingTexts.of(frame.words.language).text(of: $0.key)?.name ?? $0.key)</a>\n"
        }
        return """
            <div class="notice bad" role="alert">
            <p>\(text)</p>
            <p class="links">\(links)</p>
            </div>

            """
    }
}
