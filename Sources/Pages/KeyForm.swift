// The form that creates a key. With scripts it is a dialog; without them the dialog stands open on the page.

import Accounts
import HTML
import Paths
import Time
import Words

/// A form that creates a key (`KeyWish`).
public struct KeyForm: Sendable {
    private let frame: PageFrame
    private let path: Path
    private let wish: KeyWish?
    private let fault: String?
    private let more: Markup?

    /// - Parameters:
    ///   - path: of the page that takes it.
    ///   - wish: what was entered before, if it was refused.
    ///   - fault: why it was refused.
    ///   - more: further fields.
    public init(_ frame: PageFrame, at path: Path, wish: KeyWish?, fault: String?, more: Markup? = nil) {
        (self.frame, self.path, self.wish, self.fault, self.more) = (frame, path, wish, fault, more)
    }

    private var words: KeyWords { frame.words.keys }

    public var markup: Markup {
        """
        <p><button type="button" class="primary scripted" data-open="new-key">\(words.create)</button></p>
        <dialog class="inline" id="new-key" aria-labelledby="new-key-heading" open\(wish == nil ? nil : " data-again" as Markup)>
        <h3 id="new-key-heading">\(words.create)</h3>
        \(frame.form("create_key", at: path, fields))</dialog>

        """
    }

    private var fields: Markup {
        """
        \(fault.map { Notice.failed($0).markup })\(more)<input type="hidden" name="once" value="\((wish?.once ?? .make()).text)">
        <div class="field"><label for="key-name">\(words.name)</label><input name="name" id="key-name" value="\(wish?.name ?? "")" required \
        maxlength="100" autocomplete="off" placeholder="\(words.namePlaceholder)" aria-describedby="key-name-help">\
        <span class="help" id="key-name-help">\(words.nameHelp)</span></div>
        <fieldset><legend>\(words.scopes)</legend>
        \(scopes)</fieldset>
        <div class="field"><label for="key-days">\(words.expires)</label><select name="days" id="key-days">\(durations)</select></div>
        <div class="field"><label for="key-until">\(words.until)</label>\
        <input type="date" name="until" id="key-until" min="\(days.lowerBound.fieldText)" max="\(days.upperBound.fieldText)" value="\(wish?.until ?? "")"></div>
        <div class="actions"><button class="scripted" formmethod="dialog" formnovalidate value="">\(frame.words.common.cancel)</button> \
        <button class="primary">\(words.create)</button></div>

        """
    }

    private var days: ClosedRange<SiteDay> { KeyEnd.days }

    private var scopes: [Markup] {
        let chosen = wish?.scopes ?? [.upload]
        let forAll = [(Scope.upload, words.upload, words.uploadHelp), (.read, words.read, words.readHelp), (.json, words.json, words.jsonHelp)]
        let forAdmins = frame.visitor.isAdmin ? [(Scope.metrics, words.metrics, words.metricsHelp)] : []
        return (forAll + forAdmins).map {
            """
            <label class="check"><input type="checkbox" name="scope[]" value="\($0.0.rawValue)"\(chosen.contains($0.0) ? " checked" as Markup : nil)> \
            <span>\($0.1) <small>\($0.2)</small></span></label>

            """
        }
    }

    private var durations: [Markup] {
        let all = [(0, words.forever)] + [7, 30, 90].map { ($0, words.count(days: $0)) } + [(365, words.year)]
        return all.map { days, name in
            "<option value=\"\(days)\"\("\(days)" == wish?.days ?? "0" ? " selected" as Markup : nil)>\(name)</option>"
        }
    }
}
