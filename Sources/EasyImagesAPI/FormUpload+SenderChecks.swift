// Who may upload: what is asked about the sender, in the words of EasyImages.

import Accounts
import HTTP
import MediaStore
import Settings
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

    /// Somebody who is logged in is known from here on, whether that is asked for or not.
    func requireLogin() throws {
        // Scripts of the replaced program send a cookie and tell no origin; a foreign page's form tells one.
        if visit.credentials.source != .foreignPage { account = try visit.account }
        if let account { caller = .loggedIn(account) }
        guard account != nil || settings.anonymousUpload else { throw FormRefusal.says(401, "本站已开启登陆上传,您尚未登陆") }
    }

    /// The page's clock in seconds: not too old; the future is fine, for clocks go wrong.
    func requireSignature() throws {
        // Blanks and line ends around a number are no fault: `printf` and `date` of some shells leave them.
        guard let text = form.text("sign"), let sent = Double(text.filter { !$0.isWhitespace }), sent.isFinite, sent != 0,
              Double(Now.seconds) - sent <= FormUpload.signatureAge else { throw FormRefusal.signature }
    }

    private static let signatureAge = 12_306.0

    func refuseAddress() throws {
        let senders = settings.senders
        guard senders.checksAddresses, AddressList(senders.addressList).contains(visit.address) != senders.addressListAllows else { return }
        throw FormRefusal.says(205, policy.refusedAddress)
    }

    /// Most are refused before their file is looked at; when it is kept, the limit is asked once more.
    func refuseOverDailyLimit() throws {
        let limit = settings.senders.dailyLimit
        guard limit > 0, account == nil else { return }
        dailyLimit = limit
        guard try visit.site.store.uploadsToday(from: visit.address.network) < limit else { throw FormRefusal.daily(limit) }
    }
}
