// Login and logout. The response to a failed login does not depend on whether the account exists.

import Accounts
import HTTP
import JSONText
import Responder
import Settings
import Site

/// The result of a request to the login page.
enum SignInOutcome {
    /// nil without a session.
    case looked(Account?)
    case loggedOut(wasLoggedIn: Bool)
    case welcome(Account, session: String)
    case foreignLogOut, foreignLogIn
    case tooMany(seconds: Int)
    /// - Parameter asksForCode: whether the next attempt needs a CAPTCHA.
    case badCode(isMissing: Bool, asksForCode: Bool)
    case expired(Account, asksForCode: Bool)
    case refused(asksForCode: Bool)
    case waiting(asksForCode: Bool)
}

struct SignIn {
    private let visit: Visit
    private let forms: FormSettings

    init(_ visit: Visit) throws { (self.visit, forms) = (visit, try visit.settings.forms) }

    private var accounts: Accounts { visit.site.accounts }

    func carryOut(_ action: LoginForm.Action) throws -> SignInOutcome {
        switch action {
        case .look: .looked(try visit.account)
        case .logOut(let token): try logOut(token)
        case .logIn(let name, let typed, let code): try logIn(name, typed, code)
        }
    }

    private func logOut(_ formToken: String?) throws -> SignInOutcome {
        let isLoggedIn = try visit.account != nil
        guard try !isLoggedIn || visit.credentials.isOwnForm(csrfToken: formToken) else { return .foreignLogOut }
        try accounts.closeSession(visit.credentials.session)
        return .loggedOut(wasLoggedIn: isLoggedIn)
    }

    private func logIn(_ name: String, _ typed: String, _ code: String) throws -> SignInOutcome {
        guard try visit.credentials.source != .foreignPage else { return .foreignLogIn }
        let network = try visit.address.network
        let seconds = try accounts.waitToLogIn(from: network)
        guard seconds == 0 else {
            visit.site.counters.count(refusalBy: .signIns)
            try tell("too many attempts", .tooMany)
            return .tooMany(seconds: seconds)
        }
        let asksForCode = try accounts.needsChallenge(name, from: network)
        if asksForCode || forms.loginCaptcha {
            guard try !code.isEmpty && accounts.meetsChallenge(visit.challenge, answer: code) else {
                try tell("asked for the text of a picture", .code)
                return .badCode(isMissing: code.isEmpty, asksForCode: asksForCode)
            }
        }
        switch try accounts.logIn(name, typed: typed, from: network, days: forms.sessionDays, in: visit.browser) {
        case .welcome(let account, let session):
            try tell("logged in", .signedIn, of: account)
            try accounts.closeSession(visit.credentials.session)
            return .welcome(account, session: session)
        case .expired(let account):
            try tell("expired", .expired, of: account)
            return .expired(account, asksForCode: asksForCode)
        case .waiting(let account):
            try tell("waits for approval", .waiting, of: account)
            return .waiting(asksForCode: asksForCode)
        case .refused:
            try tell("refused", .refused)
            return .refused(asksForCode: asksForCode)
        }
    }

    /// Notes the result in the site's log and in that of the machine. The name is logged only if an account has it: users enter passwords in the
    /// name field by mistake.
    private func tell(_ outcome: String, _ result: SignInResult, of account: Account? = nil) throws {
        try accounts.note(result, of: account, in: visit.browser, network: visit.address.network)
        try Log.tell([("login", .string(outcome)), ("account", JSONValue(account?.name)), ("address", .string(visit.address.description))],
                     from: "admin-index")
    }
}
