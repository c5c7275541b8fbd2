// The page on password and sessions, and its messages.

import Accounts
import HTML
import HTTP
import MediaStore
import Pages
import Text
import Words

struct SecurityReply: Reply {
    private let outcome: SecurityOutcome
    private let frame: PageFrame
    private let page: AccountPage
    private let panels: SecurityPanels

    init(_ outcome: SecurityOutcome, _ account: Account, _ sessions: [OwnSession], _ frame: PageFrame) {
        (self.outcome, self.frame) = (outcome, frame)
        page = AccountPage(frame, at: .security)
        panels = SecurityPanels(account: account, sessions: sessions, frame: frame, page: page)
    }

    private var words: SecurityWords { frame.words.security }

    var response: Response {
        switch outcome {
        case .looked(let done, let of): return shown(notice(of: done, of))
        case .changed(let strength): return page.done("password", [("of", strength.rawValue)])
        case .ended: return page.done("ended")
        case .endedOthers(let count): return page.done("others", [("of", "\(count)")])
        case .preferred: return page.done("saved")
        case .badPassword(let fault): return refused(frame.words.password.text(for: fault))
        case .wrongPassword: return refused(words.wrongPassword)
        case .noSession: return refused(words.noSession, .notFound)
        case .filesLeft(let count): return refused(words.filesRemain(count), .serviceUnavailable)
        case .lastAdmin: return refused(words.lastAdmin, .conflict)
        case .tooMany(let seconds): return refused(frame.words.signIn.tooMany(seconds: seconds), .tooManyRequests, retryAfter: seconds)
        case .deleted(let files): return deleted(files)
        }
    }

    private func notice(of done: String?, _ of: String) -> Notice? {
        switch done {
        case "password": PasswordStrength(rawValue: of).map { .done(words.changed(frame.words.password.word(for: $0))) }
        case "registered": .done(words.registeredWeak)
        case "ended": .done(words.ended)
        case "others": Int(digits: of, in: 0...Int.max).map { .done(words.ended($0)) }
        case "saved": .done(words.saved)
        default: nil
        }
    }

    private func refused(_ text: String, _ status: Status = .badRequest, retryAfter: Int? = nil) -> Response {
        shown(.failed(text), status: status, retryAfter: retryAfter)
    }

    private func shown(_ notice: Notice?, status: Status = .ok, retryAfter: Int? = nil) -> Response {
        page.response(panels.markup, notice, status: status, retryAfter: retryAfter, modules: [NewPassword.module], [frame.words.password])
    }

    /// The last page of this account; the browser's cookie opens nothing any more.
    private func deleted(_ files: DiscardedFiles) -> Response {
        let stranger = frame.forStranger
        let told: Markup? = files.count == 0 ? nil : "<p>\(words.filesDiscarded(files.count, days: frame.settings.recycleDays))</p>\n"
        let rest: Markup? = files.left == 0 ? nil : "<p>\(words.filesLeft(files.left))</p>\n"
        var page = Page(words.deleted, at: nil, content: """
            \(Notice.done(words.deleted).markup)\(told)\(rest)<p><a class="button primary" href="\(frame.home)">\(frame.words.signIn.backHome)</a></p>
            """)
        page.layout = .form
        var response = stranger.response(page)
        response.headers.add("Set-Cookie", SiteCookie.session(frame.settings.baseURL).removal)
        return response
    }
}
