// Fields that several pages with passwords have.

import HTML
import HTTP

extension PageFrame {
    /// Sends the browser on to a page of this site with GET.
    public func redirect(to page: PageAddress) -> Response { .seeOther(prefix + page.text) }

    /// The attribute of a form for whose next try it is too early: page.js counts down on its button.
    ///
    /// - Parameter seconds: nil for a form that can be sent at once.
    public static func retry(after seconds: Int?) -> Markup? { seconds.map { " data-retry=\"\($0)\"" } }

    /// The picture with a text, and the field for it.
    public var captchaField: Markup {
        """
        <div class="field"><label for="code">\(words.signIn.code)</label>\
        <img class="captcha" src="\(links.address(.captcha))" width="305" height="54" alt="\(words.signIn.code)">\
        <input name="code" id="code" autocomplete="off" autocapitalize="none" spellcheck="false" required></div>

        """
    }
}
