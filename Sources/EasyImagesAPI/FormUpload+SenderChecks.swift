// The checks of the uploader.

import Accounts
import MediaStore
import Settings
import Text
import Time

extension FormUpload {
    func requireOpenAPI() throws {
        guard settings.forms.tokenUpload else { throw FormRefusal.says(201, "API Closed") }
    }

    func requireToken() throws {
        switch try visit.site.accounts.uploadToken(form.text("token") ?? "") {
        case .unknown: throw FormRefusal.says(202, "Token Error")
        case .expired: throw FormRefusal.says(203, "Token Expired")
        case .valid(let caller, let number): (self.caller, tokenNumber) = (caller, number)
        }
    }

    /// Sets the caller if there is a session, also where no login is required.
    func requireLogin() throws {
        // EasyImages' scripts send a cookie without an Origin header; forms on other sites' pages have one.
        if try visit.credentials.source != .foreignPage { account = try visit.account }
        if let account { caller = .loggedIn(account) }
        guard account != nil || settings.anonymousUpload, visit.names(account?.id) else { throw FormRefusal.notLoggedIn }
    }

    /// Checks the age of the page's timestamp in seconds. A time in the future is accepted, because clocks may be wrong.
    func requireSignature() throws {
        // Spaces and line breaks around the number are accepted: scripts add them.
        let now = Now.seconds
        guard let text = form.text("sign"), let sent = Double(text.filter { !$0.isWhitespace }), sent.isFinite, sent != 0,
              Double(now) - sent <= FormUpload.signatureAge else { throw FormRefusal.signature(now: now) }
    }

    private static let signatureAge = 12_306.0

    func refuseAddress() throws {
        let senders = settings.senders
        guard senders.checksAddresses, try AddressList(senders.addressList).contains(visit.address) != senders.addressListAllows else { return }
        throw FormRefusal.address(policy.refusedAddress)
    }

    /// The limits of use. A file in pieces is counted with its first one, so that nobody has sent the others in vain.
    ///
    /// - Throws: `LimitReached`, which is answered as other errors that EasyImages does not know.
    func keepToLimits() throws {
        turn = try visit.turn(of: caller)
        try visit.count((piece?.number ?? 0) > 0 ? .piece : .upload, of: caller)
    }

    /// An early check; the limit is enforced when the file is stored.
    func refuseOverDailyLimit() throws {
        let limit = settings.senders.dailyLimit
        guard limit > 0, account == nil else { return }
        dailyLimit = limit
        guard try visit.site.store.uploadsToday(from: visit.address.network) < limit else { throw FormRefusal.dailyLimit(limit) }
    }
}
