// The form with name and password, on the sign-in page and where a form was sent without a session.

import HTML
import Paths
import Words

/// The sign-in form.
public struct SignInForm: Sendable {
    private let frame: PageFrame
    private let back: OwnPath
    private let kept: KeptForm?
    private let name: String
    private let asksForCode: Bool

    /// - Parameters:
    ///   - back: where the browser continues.
    ///   - kept: what it sends there, after asking.
    ///   - name: what was entered before.
    ///   - asksForCode: whether the form has a CAPTCHA, also if the settings require none.
    public init(_ frame: PageFrame, back: OwnPath, kept: KeptForm?, name: String = "", asksForCode: Bool = false) {
        (self.frame, self.back, self.kept, self.name) = (frame, back, kept, name)
        self.asksForCode = asksForCode || frame.settings.forms.loginCaptcha
    }

    private var words: SignInWords { frame.words.signIn }

    public var markup: Markup {
        """
        <form class="stacked" method="post" action="\(frame.links.address(.signIn))">
        \(backField)\(kept?.hiddenField)<div class="field"><label for="user">\(words.name)</label>\
        <input name="user" id="user" value="\(name)" autocomplete="username" autocapitalize="none" spellcheck="false" required></div>
        <div class="field"><label for="password">\(words.password)</label><div class="joined">\
        <input name="password" id="password" type="password" autocomplete="current-password" required>\
        <button type="button" class="scripted" data-show="password">\(frame.words.common.show)</button></div></div>
        \(asksForCode ? frame.captchaField : nil)<button class="primary big">\(words.submit)</button>
        </form>

        """
    }

    private var backField: Markup? {
        back.text == frame.home ? nil : "<input type=\"hidden\" name=\"\(PageFrame.backField)\" value=\"\(back.text)\">\n"
    }
}
