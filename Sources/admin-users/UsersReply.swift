// The page of accounts: a list of them, everybody's keys, or one account with its forms; or the answer that shows a secret once.

import Accounts
import HTML
import HTTP
import Pages
import Time
import Words

struct UsersReply: Reply {
    private let outcome: UsersOutcome
    private let frame: PageFrame

    init(_ outcome: UsersOutcome, _ frame: PageFrame) { (self.outcome, self.frame) = (outcome, frame) }

    private var words: UserWords { frame.words.users }

    var response: Response {
        switch outcome {
        case .shown(let content, let waiting, let done, let fault): return shown(content, waiting, notice(done, fault), fault)
        case .done(let word, let view): return frame.redirect(to: PageAddress(.users, view.words + [("done", word)]))
        case .password(let password, let name): return secret(password, words.password(of: name), words.password, words.once, name)
        case .key(let key?, let record): return secret(key, record.name, frame.words.keys.made, frame.words.keys.once, record.account)
        case .key(nil, let record): return again(record)
        }
    }

    private func shown(_ content: UsersContent, _ waiting: Int, _ notice: Notice?, _ fault: UserFault?) -> Response {
        let (heading, address, body): (String, PageAddress, Markup) = switch content {
        case .accounts(let entries, let next, let view): (words.heading, view.address, UserList(entries, next, view, frame).markup)
        case .keys(let keys, let next, let view): (words.heading, view.address, UserKeys(keys, next, frame).markup)
        case .account(let entry, let keys):
            (entry.account.name, UsersView.account(entry.account.name).address, UserPanels(entry, keys, fault, frame).markup)
        }
        var page = Page(heading, at: address, content: "\(UserTabs(content, waiting, frame).markup)\(notice?.markup)\(body)")
        page.modules = ["account.js"]
        return frame.response(page, status: fault?.status ?? .ok)
    }

    private func notice(_ done: String?, _ fault: UserFault?) -> Notice? {
        if let fault { return .failed(text(fault)) }
        return switch done {
        case "approved": .done(words.approved)
        case "refused": .done(words.refused)
        case "disabled": .done(words.disabled)
        case "enabled": .done(words.enabled)
        case "saved": .done(words.saved)
        case "revoked": .done(words.revoked)
        case "deleted": .done(words.deleted)
        case "deleted_files": .done(words.deletedWithFiles(days: frame.settings.recycleDays))
        default: nil
        }
    }

    private func text(_ fault: UserFault) -> String {
        switch fault {
        case .badName: words.badName
        case .nameTaken: words.nameTaken
        case .noAccount: words.noAccount
        case .lastAdmin: words.lastAdmin
        case .badDate: words.badDate(limit: Accounts.keyDaysLimit)
        case .badQuota: words.badQuota
        case .notWaiting: words.notWaiting
        case .noKey: words.noKey
        case .ownAccount: words.ownAccount
        case .filesLeft(let count): words.filesLeft(count)
        case .key(_, let fault): frame.words.keys.text(for: fault)
        }
    }

    /// The only answer that holds the secret. It stands in no address, so going back or on loses it.
    private func secret(_ secret: String, _ heading: String, _ label: String, _ once: String, _ account: String) -> Response {
        var page = Page(words.heading, at: nil, content: """
            <section class="card" aria-labelledby="made-heading">
            <h2 id="made-heading">\(heading)</h2>
            <p class="notice warn" role="status">\(once)</p>
            <div class="copybox"><label for="key">\(label)</label><input class="code" id="key" readonly value="\(secret)" spellcheck="false" \
            autocomplete="off" data-secret><button type="button" class="primary" data-copy="key">\(frame.words.common.copy)</button></div>
            <p><a class="button" href="\(frame.prefix + UsersView.account(account).address.text)">\(words.savedIt)</a></p>
            </section>

            """)
        (page.modules, page.scriptWords) = (["account.js"], [words])
        return frame.response(page)
    }

    /// A reload of the answer that showed the key.
    private func again(_ record: APIKey) -> Response {
        frame.response(Page(words.heading, at: nil, content: """
            \(Notice.failed(frame.words.keys.alreadyMade).markup)\
            <p><a class="button" href="\(frame.prefix + UsersView.account(record.account).address.text)">\(record.account)</a></p>

            """))
    }
}

extension UserFault {
    fileprivate var status: Status {
        switch self {
        case .noAccount, .noKey: .notFound
        case .nameTaken, .lastAdmin, .notWaiting, .ownAccount: .conflict
        case .filesLeft: .serviceUnavailable
        case .badName, .badDate, .badQuota, .key: .badRequest
        }
    }
}
