// The forms of the page on password and sessions.

import Accounts
import HTML
import Pages
import Settings
import Text
import Time
import Words

struct SecurityPanels {
    let account: Account
    let sessions: [OwnSession]
    let frame: PageFrame
    let page: AccountPage

    private var words: SecurityWords { frame.words.security }

    var markup: Markup {
        """
        <div class="account">
        <div>
        \(card("sessions", words.sessions, sessionList))</div>
        <div>
        \(card("password", words.password, password))\(card("preferences", words.preferences, preferences))\(card("delete", words.delete, deletion))</div>
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

    private var password: Markup {
        page.form("change_password", """
            \(userName)\(passwordField("current", words.current, id: "current"))\
            \(NewPassword(frame, role: account.role).field("new", words.new, more: words.passwordHelp))\
            <button class="primary">\(words.change)</button>

            """)
    }

    /// Password managers look for the account's name beside its password.
    private var userName: Markup { "<input name=\"user\" value=\"\(account.name)\" autocomplete=\"username\" hidden>\n" }

    /// For the password that the account has.
    private func passwordField(_ name: String, _ label: String, id: String) -> Markup {
        """
        <div class="field"><label for="\(id)">\(label)</label><div class="joined">\
        <input name="\(name)" id="\(id)" type="password" autocomplete="current-password" required>\
        <button type="button" class="scripted" data-show="\(id)">\(frame.words.common.show)</button></div></div>

        """
    }

    // Sessions

    private var sessionList: Markup {
        let others: Markup? = sessions.contains { !$0.isCurrent } ? page.form("end_other_sessions", class: "actions", """
            <button class="danger">\(words.endOthers)</button>

            """) : nil
        return "<ul class=\"rows\">\n\(sessions.map(row))</ul>\n\(others)"
    }

    private func row(_ session: OwnSession) -> Markup {
        let sent = session.browser.userAgent
        let browser = sent.isEmpty ? words.unknownBrowser : BrowserName(userAgent: sent).text
        let end: Markup = session.isCurrent ? "<strong>\(words.thisDevice)</strong>\n" : page.form("end_session", class: "actions", """
            <input type="hidden" name="id" value="\(session.id)">
            <button>\(words.end)</button>

            """)
        return """
            <li class="row">
            <div class="what"><p class="name" title="\(sent)">\(browser)</p>
            <p class="meta">\(session.browser.address.isEmpty ? "" : session.browser.address + " · ")\(words.since(SiteTime(session.createdAt).text)) · \(seen(session))</p></div>
            \(end)</li>

            """
    }

    private func seen(_ session: OwnSession) -> String {
        Now.seconds - session.seenAt < 3600 ? words.seenNow : words.seen(SiteDay(of: session.seenAt).text)
    }

    // Preferences

    private var preferences: Markup {
        let languages = [("", words.automatic)] + Language.allCases.map { ($0.tag, $0.name) }
        return page.form("preferences", """
            \(select("language", words.language, languages, account.language?.tag ?? ""))\
            \(select("link_format", words.linkFormat, [("", words.siteDefault)] + formats, account.linkFormat?.rawValue ?? ""))\
            <button class="primary">\(words.save)</button>

            """)
    }

    private var formats: [(String, String)] {
        let names = frame.words.upload
        return [(LinkFormat.link, names.link), (.markdown, "Markdown"), (.bbcode, names.bbcode), (.html, "HTML"), (.thumbnail, names.thumbnail)]
            .map { ($0.0.rawValue, $0.1) }
    }

    private func select(_ name: String, _ label: String, _ options: [(String, String)], _ chosen: String) -> Markup {
        let list: [Markup] = options.map { value, text in
            "<option value=\"\(value)\"\(value == chosen ? " selected" as Markup : nil)>\(text)</option>"
        }
        return """
            <div class="field"><label for="\(name)">\(label)</label><select name="\(name)" id="\(name)">\(list)</select></div>

            """
    }

    private var deletion: Markup {
        """
        <details class="fold">
        <summary>\(words.delete)</summary>
        <p class="notice warn">\(words.deleteHelp)</p>
        \(page.form("delete_account", """
            <label class="check"><input type="checkbox" name="files" value="delete"> \
            <span>\(words.deleteFiles) <small>\(words.deleteFilesHelp(days: frame.settings.recycleDays))</small></span></label>
            \(userName)\(passwordField("password", words.current, id: "delete-password"))\
            <button class="danger">\(words.delete)</button>

            """))</details>

        """
    }
}
