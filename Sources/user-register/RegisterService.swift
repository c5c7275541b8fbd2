// Registration by the rules of the setting `registration`. What is refused here says nothing of accounts but that a name is taken, and that
// only a few times an hour.

import Accounts
import HTTP
import JSONText
import Responder
import Settings
import Site

/// The result of a request to the registration page.
enum RegisterOutcome {
    case looked, closed
    case waiting(PasswordStrength?)
    /// Nobody needs another account who has one.
    case signedIn
    case registered(session: String, PasswordStrength)
    case mustWait(PasswordStrength)
    case foreign, badName, nameTaken, tooManyWaiting
    case badPassword(PasswordFault)
    case badCode(isMissing: Bool)
    case tooMany(seconds: Int)
}

struct RegisterService {
    private let visit: Visit

    init(_ visit: Visit) { self.visit = visit }

    private var accounts: Accounts { visit.site.accounts }
    private var forms: FormSettings { get throws { try visit.settings.forms } }

    func carryOut(_ form: RegisterForm) throws -> RegisterOutcome {
        if case .waiting(let strength) = form { return .waiting(strength) }
        guard try forms.registration != .closed else { return .closed }
        guard try visit.account == nil else { return .signedIn }
        guard case .register(let name, let password, let code) = form else { return .looked }
        return try register(name, password, code)
    }

    private func register(_ text: String, _ password: String, _ code: String) throws -> RegisterOutcome {
        guard try visit.credentials.source != .foreignPage else { return .foreign }
        guard let name = AccountName(text) else { return .badName }
        if try forms.loginCaptcha, try code.isEmpty || !accounts.meetsChallenge(visit.challenge, answer: code) {
            return .badCode(isMissing: code.isEmpty)
        }
        do {
            return try register(name, password)
        } catch AccountsError.badPassword(let fault) {
            return .badPassword(fault)
        } catch AccountsError.tooManyWaiting {
            try tell("too many wait", name)
            return .tooManyWaiting
        }
    }

    private func register(_ name: AccountName, _ password: String) throws -> RegisterOutcome {
        let network = try visit.address.network
        switch try accounts.register(name, password: password, from: network, needsApproval: forms.registration == .approval) {
        case .nameTaken: return .nameTaken
        case .tooMany(let seconds): return .tooMany(seconds: seconds)
        case .waiting:
            try tell("waits for approval", name)
            return .mustWait(PasswordStrength(of: password))
        case .open(let account):
            try tell("registered", name)
            let session = try accounts.openFirstSession(of: account, from: network, days: forms.sessionDays, in: visit.browser)
            return .registered(session: session, PasswordStrength(of: password))
        }
    }

    private func tell(_ outcome: String, _ name: AccountName) throws {
        try Log.tell([("registration", .string(outcome)), ("account", .string(name.text)), ("address", .string(visit.address.description))],
                 from: "user-register")
    }
}
