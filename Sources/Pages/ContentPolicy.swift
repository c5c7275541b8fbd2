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
    private let pictures: PictureSources
    private let operatorHTML: OperatorHTML
    /// The origins of the site and its pictures.
    private let origins: String
    /// Browsers heed the policy of windows on https alone, and warn about it elsewhere.
    private let isSecure: Bool

    init(_ settings: Settings, pictures: PictureSources, _ operatorHTML: OperatorHTML) {
        self.pictures = operatorHTML.isEmpty ? pictures : .all
        self.operatorHTML = operatorHTML
        isSecure = settings.baseURL.isSecure
        origins = Set(([settings.baseURL] + settings.pictureBases).map(\.origin)).sorted().joined(separator: " ")
    }

    /// The value of `Content-Security-Policy` (W3C CSP 3, Trusted Types).
    private var text: String {
        let (images, media) = switch pictures {
        case .own: ("'self' blob: data: \(origins)", "'self' blob: \(origins)")
        case .all: ("* blob: data:", "* blob: data:")
        }
        let trustedTypes = operatorHTML.runsScripts ? "" : "; require-trusted-types-for 'script'; trusted-types imagebed"
        return """
            default-src 'none'; script-src \(operatorHTML.scriptSources); style-src \(operatorHTML.styleSources); img-src \(images); \
            media-src \(media); connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
            frame-ancestors 'none'\(trustedTypes)
            """
    }

    func put(into headers: inout Headers) {
        headers.set("Content-Security-Policy", text)
        if isSecure { headers.set("Cross-Origin-Opener-Policy", "same-origin") }
        headers.set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        headers.set("Referrer-Policy", "same-origin")
    }
}
