// The site's cookies: for no script, for no other site's forms, and for https alone where the site has it.

import Settings

/// Makes the value of `Set-Cookie`.
public enum SiteCookie {
    /// - Parameters:
    ///   - value: of characters that a cookie may have.
    ///   - seconds: how long it lasts; 0 removes it.
    ///   - path: what it is for; nil for the site.
    public static func value(_ name: String, _ value: String, seconds: Int, path: String? = nil, _ settings: Settings) -> String {
        let path = path ?? (settings.baseURL.pathPrefix.isEmpty ? "/" : settings.baseURL.pathPrefix)
        let secure = settings.baseURL.isSecure ? "; Secure" : ""
        return "\(name)=\(value); Max-Age=\(seconds); Path=\(path); HttpOnly; SameSite=Lax\(secure)"
    }
}
