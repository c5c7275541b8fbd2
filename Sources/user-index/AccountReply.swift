// The account's page: keys on the left, numbers, recent files and settings for programs on the right; or the answer that shows a new key.

import Accounts
import HTML
import HTTP
import MediaStore
import Pages
import Site
import Time
import Words

struct AccountReply: Reply {
    private let outcome: AccountOutcome
    private let overview: AccountOverview
    private let frame: PageFrame
    private let page: AccountPage

    init(_ outcome: AccountOutcome, _ overview: AccountOverview, _ frame: PageFrame) {
        (self.outcome, self.overview, self.frame) = (outcome, overview, frame)
        page = AccountPage(frame, at: .account)
    }

    var response: Response {
        switch outcome {
        case .looked(let done): return shown(notice(of: done))
        case .made(let key, let record): return made(key, record)
        case .alreadyMade: return shown(.failed(keyWords.alreadyMade))
        case .refusedKey(let wish, let fault): return shown(nil, wish, because: keyWords.text(for: fault), status: .badRequest)
        case .renamed: return page.done("renamed")
        case .revoked: return page.done("revoked")
        case .badName: return shown(.failed(keyWords.badName), status: .badRequest)
        case .notOwn: return shown(.failed(keyWords.notOwn), status: .notFound)
        case .settings(let client, let key): return file(client, key)
        }
    }

    private var words: AccountWords { frame.words.account }
    private var keyWords: KeyWords { frame.words.keys }

    private func notice(of done: String?) -> Notice? {
        switch done {
        case "renamed": .done(keyWords.renamed)
        case "revoked": .done(keyWords.revoked)
        default: nil
        }
    }

    /// - Parameter fault: why the key was refused; a dialog hides what the page says above it.
    private func shown(_ notice: Notice?, _ wish: KeyWish? = nil, because fault: String? = nil, status: Status = .ok) -> Response {
        page.response("""
            <div class="account">
            <div>
            \(keys(wish, fault))</div>
            <div>
            \(numbers)\(ClientPanel(frame: frame, page: page, key: nil).markup)</div>
            </div>

            """, notice, status: status, modules: ["account.js", "clients.js"], [], style: "account.css")
    }

    /// The only answer that holds a key. It stands in no address, so going back or on loses it.
    private func made(_ key: String, _ record: APIKey) -> Response {
        page.response("""
            <section class="card" aria-labelledby="made-heading">
            <h2 id="made-heading">\(record.name)</h2>
            <p class="notice warn" role="status">\(keyWords.once)</p>
            <div class="copybox"><label for="key">\(keyWords.made)</label><input class="code" id="key" readonly value="\(key)" spellcheck="false" \
            autocomplete="off" data-secret><button type="button" class="primary" data-copy="key">\(frame.words.common.copy)</button></div>
            <p><a class="button" href="\(frame.links.address(.account))">\(keyWords.done)</a></p>
            </section>
            \(ClientPanel(frame: frame, page: page, key: key).markup)
            """, modules: ["account.js", "clients.js"], [keyWords])
    }

    private func keys(_ wish: KeyWish?, _ fault: String?) -> Markup {
        let rows = overview.keys.map { KeyRow($0, frame, at: .account, now: Now.seconds) }
        let list: Markup = rows.isEmpty ? "<p>\(keyWords.none)</p>\n" : "<ul class=\"rows\">\n\(rows.map(\.markup))</ul>\n"
        return """
            <section class="card" id="keys" aria-labelledby="keys-heading">
            <h2 id="keys-heading">\(keyWords.heading)</h2>
            <p class="help">\(keyWords.help)</p>
            \(KeyForm(frame, at: .account, wish: wish, fault: fault).markup)\(list)</section>
            \(rows.map(\.question))
            """
    }

    private var numbers: Markup {
        let numbers = overview.numbers
        return """
            <section class="card" aria-labelledby="overview-heading">
            <h2 id="overview-heading">\(words.overview)</h2>
            <dl class="tiles">
            <div class="tile"><dt>\(words.files)</dt><dd>\(numbers.files)</dd></div>
            <div class="tile"><dt>\(words.bytes)</dt><dd>\(ByteText.format(numbers.bytes))</dd></div>
            <div class="tile"><dt>\(words.views)</dt><dd>\(numbers.views)</dd></div>
            </dl>
            \(QuotaPanel(quota: overview.account.quota, numbers: numbers, words: frame.words).markup)<h3>\(words.recent)</h3>
            \(recent)</section>

            """
    }

    private var recent: Markup {
        guard !overview.recent.isEmpty else {
            return "<p>\(words.noFiles)</p>\n<p><a class=\"button\" href=\"\(frame.home)\">\(words.upload)</a></p>\n"
        }
        let links = PictureLinks(frame.settings)
        let cards: [Markup] = overview.recent.map {
            """
            <li class="card"><a href="\(links.details($0.path))">\(links.image(of: $0))</a><p class="name" title="\($0.shownName)">\($0.shownName)</p></li>

            """
        }
        return "<ul class=\"cards\">\n\(cards)</ul>\n"
    }

    private func file(_ client: String, _ key: String) -> Response {
        let all = ClientSettings.all(key: key, siteName: frame.settings.siteName, Links(frame.settings), frame.words.clients)
        guard let settings = all.first(where: { $0.id == client }), let name = settings.fileName else {
            return shown(nil, status: .notFound)
        }
        var response = Response(.ok, Array(settings.text.utf8), type: "application/octet-stream")
        response.headers.set("Content-Disposition", "attachment; filename=\"\(name)\"")
        return response
    }
}
