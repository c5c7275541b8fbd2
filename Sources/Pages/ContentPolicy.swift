// What a page may load and do, as headers: an injection could neither run a script nor send anything elsewhere.

import HTTP
import Settings

/// Where a page's images may come from.
public enum PictureSources: Sendable {
    /// This site and its picture URLs.
    case own
    /// Anywhere: for links stored in visitors' browsers and for the operator's HTML.
    case all
}

struct ContentPolicy: Sendable {
    let pictures: PictureSources
    /// Whether inline styles are allowed, which the operator's HTML may need.
    let allowsStyles: Bool
    /// The origins of the site and its pictures.
    let origins: [String]

    init(_ settings: Settings, pictures: PictureSources, allowsStyles: Bool) {
        (self.pictures, self.allowsStyles) = (pictures, allowsStyles)
        origins = Set(([settings.baseURL] + settings.pictureBases).map(\.origin)).sorted()
    }

    /// The value of `Content-Security-Policy` (W3C CSP 3, Trusted Types).
    var text: String {
        let own = origins.joined(separator: " ")
        let (images, media) = switch pictures {
        case .own: ("'self' blob: data: \(own)", "'self' blob: \(own)")
        case .all: ("* data:", "* data:")
        }
        return """
            default-src 'none'; script-src 'self'; style-src 'self'\(allowsStyles ? " 'unsafe-inline'" : ""); img-src \(images); \
            media-src \(media); connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
            frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types imagebed
            """
    }

    func put(into headers: inout Headers) {
        headers.set("Content-Security-Policy", text)
        headers.set("Cross-Origin-Opener-Policy", "same-origin")
        headers.set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        headers.set("Referrer-Policy", "same-origin")
    }
}
