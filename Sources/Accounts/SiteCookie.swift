// The site's cookies: HttpOnly and SameSite=Lax. On https their names begin with __Host- (RFC 6265bis, section 4.1.3.2): browsers accept
// such a cookie only from this host and over https, so that another host of the same domain cannot set it. It applies to the whole host,
// so the name contains the site's path prefix: two sites on one host have different cookies.

import HTTP
import Settings

/// One of the site's cookies.
public struct SiteCookie: Sendable {
    public let name: String
    private let attributes: String

    private init(_ name: String, path: String, isSecure: Bool) {
        self.name = name
        attributes = "; Path=\(path); HttpOnly; SameSite=Lax\(isSecure ? "; Secure" : "")"
    }

    private init(_ word: String, _ site: BaseURL) {
        if site.isSecure {
            self.init("__Host-" + word + String(site.pathPrefix.map { $0 == "/" ? "~" : $0 }), path: "/", isSecure: true)
        } else {
            self.init(plain: word, site)
        }
    }

    private init(plain word: String, _ site: BaseURL) {
        self.init(word, path: site.pathPrefix.isEmpty ? "/" : site.pathPrefix, isSecure: site.isSecure)
    }

    /// The session of a logged-in user.
    public static func session(_ site: BaseURL) -> SiteCookie { SiteCookie("imagebed_session", site) }

    /// A CAPTCHA challenge.
    public static func challenge(_ site: BaseURL) -> SiteCookie { SiteCookie("imagebed_captcha", site) }

    /// Obsolete cookies to remove: EasyImages' cookie, which holds a password digest, and on https the one of earlier versions.
    public static func former(_ site: BaseURL) -> [SiteCookie] {
        let old = SiteCookie("auth", path: "/", isSecure: site.isSecure)
        return site.isSecure ? [old, SiteCookie(plain: "imagebed_session", site)] : [old]
    }

    /// The cookie's value in a request.
    public func value(of request: Request) -> String? { request.cookies.first(name) }

    /// `Set-Cookie` with a value, which must consist of characters allowed in cookies.
    ///
    /// - Parameter seconds: its lifetime.
    public func setting(_ value: String, seconds: Int) -> String { "\(name)=\(value); Max-Age=\(seconds)\(attributes)" }

    /// `Set-Cookie` that deletes the cookie.
    public var removal: String { setting("", seconds: 0) }
}
