// How a page goes out: what it may load is said in its headers, so that a mistake in its text could still do nothing.

import HTML
import HTTP
import Settings

/// Where pictures of a page may come from.
public enum PictureSources: Sendable {
    /// This site, and the addresses under which its pictures are given out.
    case own
    /// Anywhere: what visitors' browsers remember, and what the operator writes.
    case all
}

extension Page {
    /// A page of the site that has these settings.
    public init(_ settings: Settings, _ heading: String, scripts: [String] = [], content: Markup) {
        self.init(of: settings.siteName, at: settings.baseURL.pathPrefix, heading, scripts: scripts, content: content)
    }
}

extension Response {
    /// - Parameter allowsStyles: whether elements may bring styles of their own, as the operator's HTML does.
    public init(_ page: Page, _ settings: Settings, status: Status = .ok, pictures: PictureSources = .own,
                allowsStyles: Bool = false) {
        self.init(status, Array(page.document.text.utf8), type: "text/html;charset=utf-8")
        headers.set("Referrer-Policy", "same-origin")
        let sources = switch pictures {
        case .own: "'self' " + Set(([settings.baseURL] + settings.pictureBases).map(\.origin)).sorted().joined(separator: " ")
        case .all: "* data:"
        }
        headers.set("Content-Security-Policy", """
            default-src 'none'; img-src \(sources); media-src \(sources); script-src 'self'; \
            style-src 'self'\(allowsStyles ? " 'unsafe-inline'" : ""); form-action 'self'; base-uri 'none'; frame-ancestors 'none'
            """)
    }
}
