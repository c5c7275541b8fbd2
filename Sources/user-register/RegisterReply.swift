// The registration page and its messages. A refused form keeps the name, never the password.

import Accounts
import HTML
import HTTP
import Pages
import Paths
import Settings
import Words

struct RegisterReply: Reply {
    private let outcome: RegisterOutcome
    private let frame: PageFrame
    private let name: String

    init(_ outcome: RegisterOutcome, _ form: RegisterForm, _ frame: PageFrame) {
        (self.outcome, self.frame) = (outcome, frame)
        if case .register(let name, _, _) = form { self.name = name } else { name = "" }
    }

    private var words: RegisterWords { frame.words.register }
    private var signIn: SignInWords { frame.words.signIn }

    var response: Response {
        switch outcome {
        case .looked: return page(form)
        case .closed: return page(Notice.failed(words.closed).markup, status: .forbidden)
        case .waiting(let strength):
            let told = strength.map { frame.words.password.strength(frame.words.password.word(for: $0)) }
            return page("\(Notice.done(words.waiting).markup)\(told.map { "<p>\($0)</p>\n" as Markup })")
        case .signedIn: return frame.redirect(to: PageAddress(.account))
        case .mustWait(let strength): return frame.redirect(to: PageAddress(.register, [("done", "waiting"), ("of", strength.rawValue)]))
        case .registered(let session, let strength): return registered(session, strength)
        case .foreign: return refused(words.foreign, .forbidden)
        case .badName: return refused(words.badName)
        case .nameTaken: return refused(words.nameTaken, .conflict)
        case .tooManyWaiting: return refused(words.tooManyWaiting, .serviceUnavailable)
        case .badPassword(let fault): return refused(frame.words.password.text(for: fault))
        case .badCode(let isMissing): return refused(isMissing ? signIn.codeMissing : signIn.codeWrong)
        case .tooMany(let seconds): return refused(signIn.tooMany(seconds: seconds), .tooManyRequests, retryAfter: seconds)
        }
    }

    /// Who chose a weak password is told so where it can be changed.
    private func registered(_ session: String, _ strength: PasswordStrength) -> Response {
        var response = frame.redirect(to: strength == .weak ? PageAddress(.security, [("done", "registered")]) : PageAddress(.home))
        let cookie = SiteCookie.session(frame.settings.baseURL).setting(session, seconds: frame.settings.forms.sessionDays * 86_400)
        response.headers.add("Set-Cookie", cookie)
        return response
    }

    private func refused(_ text: String, _ status: Status = .badRequest, retryAfter: Int? = nil) -> Response {
        page("\(Notice.failed(text).markup)\(form)", status: status, retryAfter: retryAfter)
    }

    private func page(_ content: Markup, status: Status = .ok, retryAfter: Int? = nil) -> Response {
        var page = Page(words.heading, at: PageAddress(.register), content: """
            \(content)<p><a href="\(frame.links.address(.signIn))">\(words.signIn)</a></p>
            """)
        (page.layout, page.modules, page.scriptWords) = (.form, [NewPassword.module], [frame.words.password])
        page.retryAfter = retryAfter
        return frame.response(page, status: status)
    }

    private var form: Markup {
        """
        <form class="stacked" method="post" action="\(frame.links.address(.register))">
        <div class="field"><label for="user">\(signIn.name)</label>\
        <input name="user" id="user" value="\(name)" maxlength="64" autocomplete="username" autocapitalize="none" spellcheck="false" required \
        aria-describedby="user-help"><span class="help" id="user-help">\(words.nameHelp)</span></div>
        \(NewPassword(frame, role: .user).field("password", signIn.password))\
        \(frame.settings.forms.loginCaptcha ? frame.captchaField : nil)\(approval)<button class="primary big">\(words.submit)</button>
        </form>

        """
    }

    private var approval: Markup? {
        frame.settings.forms.registration == .approval ? "<p class=\"help\">\(words.approvalHelp)</p>\n" : nil
    }
}
