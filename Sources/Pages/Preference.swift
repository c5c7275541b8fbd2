// What a browser chose for itself: language and appearance. A link with the choice in its query stores it in a cookie, which page.js may
// write too; it concerns this browser alone and opens nothing, so it is neither HttpOnly nor protected against other sites.

import Settings

/// A choice that is kept in a cookie.
enum Preference: String {
    case language = "lang"
    case theme

    /// The name of the cookie and of the query parameter.
    var name: String { rawValue }

    /// `Set-Cookie` for a value of letters and hyphens.
    func cookie(_ value: String, _ site: BaseURL) -> String {
        "\(name)=\(value); Max-Age=\(Preference.seconds); Path=\(site.pathPrefix)/; SameSite=Lax\(site.isSecure ? "; Secure" : "")"
    }

    /// A year.
    private static let seconds = 31_536_000
}
