// Fields that several pages with passwords have.

import HTML
import HTTP

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
