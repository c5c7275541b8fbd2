// The way to the sign-in page and back.

import HTTP
import Paths

extension PageFrame {
    /// The parameter that holds where to go after signing in.
    public static let backField = "back"

    /// The address of the sign-in page.
    ///
    /// - Parameter page: where it leads back to; the sign-in page itself, the upload page and none lead home.
    public func signInAddress(back page: PageAddress?) -> String {
        guard let page, page.path != .signIn, page.path != .home else { return links.address(.signIn) }
        return prefix + PageAddress(.signIn, [(PageFrame.backField, prefix + page.text)]).text
    }

    /// Sends a browser to the sign-in page, for a page that only signed-in users see.
    public func signInRedirect(back page: PageAddress) -> Response { toSignIn(signInAddress(back: page)) }

    /// The same for a request that failed because nobody is signed in; a query that is no plain text leads home.
    func signInRedirect(back request: Request) -> Response {
        let wish = prefix + request.path + (request.query.text.isEmpty ? "" : "?" + request.query.text)
        let back = OwnPath(back: wish, of: settings.baseURL)
        return toSignIn(prefix + PageAddress(.signIn, [(PageFrame.backField, back.text)]).text)
    }

    /// The sign-in page does not have the query in which the request chose a language or an appearance.
    private func toSignIn(_ address: String) -> Response { keepingChoices(in: .seeOther(address)) }
}

extension Response {
    /// Sends the browser on with GET (RFC 9110, section 15.4.4).
    public static func seeOther(_ path: OwnPath) -> Response { seeOther(path.text) }

    /// - Parameter address: a path of this site with its prefix.
    static func seeOther(_ address: String) -> Response {
        var response = Response(.seeOther)
        response.headers.set("Location", address)
        response.headers.set("Cache-Control", "no-store")
        return response
    }
}
