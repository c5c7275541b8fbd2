// One account: its keys, its numbers, and a form for each thing that an administrator can change.

import Accounts
import HTML
import Pages
import Settings
import Time
import Words

struct UserPanels {
    private let entry: UserEntry
    private let keys: [APIKey]
    private let fault: UserFault?
    private let frame: PageFrame

    /// - Parameter fault: why a form of this page was refused.
    init(_ entry: UserEntry, _ keys: [APIKey], _ fault: UserFault?, _ frame: PageFrame) {
        (self.entry, self.keys, self.fault, self.frame) = (entry, keys, fault, frame)
    }

    private var words: UserWords { frame.words.users }
    private var account: Account { entry.account }
    private var facts: UserFacts { UserFacts(entry, frame) }

    var markup: Markup {
        """
        <p class="meta">\(facts.line)</p>
        <div class="account">
        <div>
        \(account.waitingSince == nil ? nil : card("waiting", words.waiting, approval))\(numbers)\(card("quota", words.quota, quota))\
        \(card("role", words.role, role))\(card("end", words.ends, end))</div>
        <div>
        \(keyCard)\(card("password", words.password, password))\(card("state", words.state, state))\
        \(card("delete", words.delete, UserDeletion(entry, frame).markup))</div>
        </div>

        """
    }

    private func card(_ id: String, _ heading: String, _ content: Markup) -> Markup {
        """
        <section class="card" aria-labelledby="\(id)-heading">
        <h2 id="\(id)-heading">\(heading)</h2>
        \(content)</section>

        """
    }

    private func form(_ action: String, class: String = "stacked", _ content: Markup) -> Markup {
        frame.form(action, at: .users, class: `class`, "\(UserFacts.field(account.name))\(content)")
    }

    private func ask(_ id: String, _ heading: String, _ help: String, _ answer: String) -> Markup {
        Question(id: id, heading, help, answer: answer).markup(frame.words)
    }

    private var numbers: Markup {
        let words = frame.words.account
        return card("numbers", words.overview, """
            <dl class="tiles">
            <div class="tile"><dt>\(words.files)</dt><dd>\(facts.files)</dd></div>
            <div class="tile"><dt>\(words.bytes)</dt><dd>\(facts.space)</dd></div>
            <div class="tile"><dt>\(words.views)</dt><dd>\(entry.numbers.views)</dd></div>
            </dl>

            """)
    }

    private var keyCard: Markup {
        let field = UserFacts.field(account.name)
        let rows = keys.map { KeyRow($0, frame, at: .users, now: Now.seconds, owner: "", more: field) }
        let (wish, why): (KeyWish?, String?) = if case .key(let wish, let fault) = fault { (wish, frame.words.keys.text(for: fault)) } else { (nil, nil) }
        let list: Markup = rows.isEmpty ? "<p>\(frame.words.keys.none)</p>\n" : "<ul class=\"rows\">\n\(rows.map(\.markup))</ul>\n"
        return "\(card("keys", words.keys, "\(KeyForm(frame, at: .users, wish: wish, fault: why, more: field).markup)\(list)"))\(rows.map(\.question))"
    }

    private var approval: Markup {
        """
        \(form("approve", class: "actions", "<button class=\"primary\">\(words.approve)</button>\n"))\
        \(form("refuse", class: "actions", "<button class=\"danger\" data-ask=\"refuse\">\(words.refuse)</button>\n"))\
        \(ask("refuse", words.ask(toRefuse: account.name), words.refuseHelp, words.refuse))
        """
    }

    private var role: Markup {
        form("role", "\(UserFacts.roles("role", chosen: account.role, frame))<button>\(words.save)</button>\n")
    }

    private var end: Markup {
        let chosen = account.expiresAt.map { SiteDay(of: $0 - 1).fieldText } ?? ""
        return form("end", """
            <div class="field"><label for="end-day">\(words.lastDay)</label><input type="date" name="until" id="end-day" value="\(chosen)" \
            max="\(KeyEnd.days.upperBound.fieldText)" aria-describedby="end-day-help"><span class="help" id="end-day-help">\(words.endHelp)</span></div>
            <button>\(words.save)</button>

            """)
    }

    private var quota: Markup {
        let (bytes, files) = (account.quota.bytes.map(ByteCount.print) ?? "", account.quota.files.map { "\($0)" } ?? "")
        return form("quota", """
            <p class="help">\(words.quotaHelp)</p>
            \(field("quota-bytes", "bytes", words.quotaBytes, words.quotaBytesHelp, value: bytes))\
            \(field("quota-files", "files", words.quotaFiles, words.quotaFilesHelp, value: files, " inputmode=\"numeric\""))\
            <button>\(words.save)</button>

            """)
    }

    private func field(_ id: String, _ name: String, _ label: String, _ help: String, value: String, _ attributes: Markup? = nil) -> Markup {
        """
        <div class="field"><label for="\(id)">\(label)</label><input name="\(name)" id="\(id)" value="\(value)" maxlength="20" autocomplete="off"\(attributes) \
        aria-describedby="\(id)-help"><span class="help" id="\(id)-help">\(help)</span></div>

        """
    }

    private var password: Markup {
        """
        \(form("reset_password", """
            <p class="help">\(words.resetHelp)</p>
            <button class="danger" data-ask="reset">\(words.reset)</button>

            """))\(ask("reset", words.ask(toReset: account.name), words.resetHelp, words.reset))
        """
    }

    private var state: Markup {
        guard account.disabledAt == nil else {
            return form("enable", "<p class=\"help\">\(words.enableHelp)</p>\n<button>\(words.enable)</button>\n")
        }
        return """
            \(form("disable", """
                <p class="help">\(words.disableHelp)</p>
                <button class="danger" data-ask="disable">\(words.disable)</button>

                """))\(ask("disable", words.ask(toDisable: account.name), words.disableHelp, words.disable))
            """
    }
}
