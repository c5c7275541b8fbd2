// The answer to a form that was sent without a session: the sign-in form, which holds what was entered.

import HTML
import HTTP
import Settings
import Site

/// Asks a browser to sign in before its form is taken.
public struct SignedOutPage: Reply {
    private let frame: PageFrame
    private let kept: KeptForm?
    private let back: OwnPath

    /// - Parameter visit: with a form whose body has not been read.
    public init(_ visit: Visit, _ frame: PageFrame) {
        (self.frame, kept) = (frame, KeptForm(visit))
        back = OwnPath(back: frame.prefix + visit.request.path, of: frame.settings.baseURL)
    }

    /// nil if the form cannot be kept.
    public init?(keeping visit: Visit, _ frame: PageFrame) {
        self.init(visit, frame)
        guard kept != nil else { return nil }
    }

    /// Status 401.
    public var response: Response {
        let words = frame.words
        var page = Page(words.errors.signedOut, at: nil, content: """
            <p class="notice warn" role="alert">\(kept == nil ? words.signIn.formNotKept : words.signIn.formKept)</p>
            \(SignInForm(frame, back: back, kept: kept).markup)
            """)
        page.layout = .form
        return frame.response(page, status: .unauthorized)
    }
}
