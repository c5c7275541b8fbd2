// The site's cookies: for no script and for no other site's forms. On https their names begin with __Host- (RFC 6265bis, section
// 4.1.3.2): browsers take such a cookie from this host alone, over https alone, so that no neighbour below the same domain can give
// a visitor one. It is then the whole host's, so that below a path prefix the name has the prefix in it: two sites of one host do
// not take each other's.

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

    /// Of somebody who is logged in.
    public static func session(_ site: BaseURL) -> SiteCookie { SiteCookie("imagebed_session", site) }

    /// Of somebody who was shown a picture to read.
    public static func challenge(_ site: BaseURL) -> SiteCookie { SiteCookie("imagebed_captcha", site) }

    /// Cookies that open nothing any more: EasyImages' own, which holds the digest of a password, and on https that of earlier versions.
    public static func former(_ site: BaseURL) -> [SiteCookie] {
        let old = SiteCookie("auth", path: "/", isSecure: site.isSecure)
        return site.isSecure ? [old, SiteCookie(plain: "imagebed_session", site)] : [old]
    }

    /// What the sender of a request has.
    public func value(of request: Request) -> String? { request.cookies.first(name) }

    /// `Set-Cookie` for a value of characters that a cookie may have.
    ///
    /// - Parameter seconds: how long it lasts.
    public func setting(_ value: String, seconds: Int) -> String { "\(name)=\(value); Max-Age=\(seconds)\(attributes)" }

    /// `Set-Cookie` that takes it away.
    public var removal: String { setting("", seconds: 0) }
}
