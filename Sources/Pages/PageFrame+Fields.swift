// Fields and texts that several pages with passwords have.

import Accounts
import HTML
import HTTP
import Words

extension PageFrame {
    /// Sends the browser on to a page of this site with GET.
    public func redirect(to page: PageAddress) -> Response { .seeOther(prefix + page.text) }

    /// The picture with a text, and the field for it.
    public var captchaField: Markup {
        """
        <div class="field"><label for="code">\(words.signIn.code)</label>\
        <img class="captcha" src="\(links.address(.captcha))" width="305" height="54" alt="\(words.signIn.code)">\
        <input name="code" id="code" autocomplete="off" autocapitalize="none" spellcheck="false" required></div>

        """
    }
}

extension RegisterWords {
    /// Why a new password is refused.
    public func text(for fault: PasswordFault) -> String {
        switch fault {
        case .length(let role): badLength(Accounts.passwordLength(role))
        case .hasNUL: badCharacter
        case .isName: passwordIsName
        case .isCommon: commonPassword
        }
    }
}
