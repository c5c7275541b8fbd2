// The form that creates a key. With scripts it is a dialog; without them the dialog stands open on the page.

import Accounts
import HTML
import Pages
import Time
import Words

struct KeyForm {
    let frame: PageFrame
    let page: AccountPage
    /// What was entered before, if it was refused.
    let wish: KeyWish?
    /// Why it was refused.
    let fault: String?

    private var words: KeyWords { frame.words.keys }

    var markup: Markup {
        """
        <p><button type="button" class="primary scripted" data-open="new-key">\(words.create)</button></p>
        <dialog class="inline" id="new-key" aria-labelledby="new-key-heading" open\(wish == nil ? nil : " data-again" as Markup)>
        <h3 id="new-key-heading">\(words.create)</h3>
        \(page.form("create_key", class: "stacked", fields))</dialog>

        """
    }

    private var fields: Markup {
        """
        \(fault.map { Notice.failed($0).markup })<input type="hidden" name="once" value="\((wish?.once ?? .make()).text)">
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
        return [(Scope.upload, words.upload, words.uploadHelp), (.read, words.read, words.readHelp), (.json, words.json, words.jsonHelp)].map {
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
