// The list of accounts: who they are, what they store, and until when; those that wait can be approved here.

import Accounts
import HTML
import Pages
import Time
import Words

struct UserList {
    private let entries: [UserEntry]
    private let next: Int?
    private let view: UsersView
    private let frame: PageFrame

    init(_ entries: [UserEntry], _ next: Int?, _ view: UsersView, _ frame: PageFrame) {
        (self.entries, self.next, self.view, self.frame) = (entries, next, view, frame)
    }

    private var words: UserWords { frame.words.users }

    var markup: Markup { "\(search)\(list)\(frame.more(following))\(addition)" }

    private var following: UsersView? {
        next.map { next in
            switch view {
            case .accounts(let name, _): .accounts(named: name, after: next)
            default: .waiting(after: next)
            }
        }
    }

    private var search: Markup? {
        guard case .accounts(let name, _) = view else { return nil }
        return """
            <form class="filters" method="get" action="\(frame.links.address(.users))" role="search">
            <label class="search">\(words.search) <input type="search" name="q" value="\(name)" maxlength="\(UsersView.searchLimit)" autocomplete="off"></label>
            <button>\(words.look)</button>
            </form>

            """
    }

    private var isWaiting: Bool { if case .waiting = view { true } else { false } }

    private var list: Markup {
        guard !entries.isEmpty else { return "<p>\(isWaiting ? words.noneWaiting : words.none)</p>\n" }
        return "<div class=\"card\">\n<ul class=\"rows\">\n\(entries.map(row))</ul>\n</div>\n\(isWaiting ? entries.map(question) : [])"
    }

    private func row(_ entry: UserEntry) -> Markup {
        """
        <li class="row">
        <div class="what"><p class="name">\(entry.account.name)</p>
        <p class="meta">\(UserFacts(entry, frame).line)</p></div>
        \(isWaiting ? decision(entry.account) : manage(entry.account.name))</li>

        """
    }

    private func manage(_ name: String) -> Markup {
        "<div class=\"actions\"><a class=\"button\" href=\"\(frame.prefix + UsersView.account(name).address.text)\">\(words.manage(name))</a></div>\n"
    }

    private func decision(_ account: Account) -> Markup {
        """
        \(frame.form("approve", at: .users, class: "actions", "\(UserFacts.field(account.name))<button class=\"primary\">\(words.approve)</button>\n"))\
        \(frame.form("refuse", at: .users, class: "actions", """
            \(UserFacts.field(account.name))<button class="danger" data-ask="refuse-\(account.id)">\(words.refuse)</button>

            """))
        """
    }

    private func question(_ entry: UserEntry) -> Markup {
        let name = entry.account.name
        return Question(id: "refuse-\(entry.account.id)", words.ask(toRefuse: name), words.refuseHelp, answer: words.refuse).markup(frame.words)
    }

    private var addition: Markup? {
        guard !isWaiting else { return nil }
        return """
            <section class="card narrow" aria-labelledby="add-heading">
            <h2 id="add-heading">\(words.add)</h2>
            \(frame.form("add", at: .users, """
                <div class="field"><label for="add-name">\(words.name)</label><input name="name" id="add-name" required maxlength="64" autocomplete="off" \
                autocapitalize="none" spellcheck="false" aria-describedby="add-name-help"><span class="help" id="add-name-help">\(words.nameHelp)</span></div>
                \(UserFacts.roles("add-role", chosen: .user, frame))<button class="primary">\(words.add)</button>

                """))</section>

            """
    }
}
