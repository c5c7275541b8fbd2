// How a page goes out: what it may load is said in its headers, so that a mistake in its text could still do nothing.

import HTML
import HTTP
import Paths
import Settings
import Site

/// Where pictures of a page may come from.
public enum PictureSources: Sendable {
    /// This site, and the addresses under which its pictures are given out.
    case own
    /// Anywhere: what visitors' browsers remember, and what the operator writes.
    case all
}

/// What all pages of a site have in common.
public struct PageFrame: Sendable {
    public let settings: Settings

    public init(_ settings: Settings) { self.settings = settings }

    /// What stands before every path of the site: "/pictures", or empty.
    public var prefix: String { settings.baseURL.pathPrefix }

    /// Addresses for its links and forms.
    public var links: Links { Links(onPagesOf: settings) }

    /// A page of the site.
    ///
    /// - Parameters:
    ///   - scripts: file names below the prefix.
    ///   - allowsStyles: whether elements may bring styles of their own, as the operator's HTML does.
    public func response(_ heading: String, status: Status = .ok, scripts: [String] = [], pictures: PictureSources = .own,
                         allowsStyles: Bool = false, content: Markup) -> Response {
        let navigation: [(String, Path)] = [("广场", .gallery), ("历史", .uploadHistory), ("登录", .login), ("条款", .terms)]
        let page = HTMLPage(of: settings.siteName, at: prefix, heading, navigation: navigation.map { ($0, links.address($1)) }, scripts: scripts,
                        content: content)
        var response = Response(status, Array(page.document.text.utf8), type: "text/html;charset=utf-8")
        response.headers.set("Referrer-Policy", "same-origin")
        let sources = switch pictures {
        case .own: "'self' " + Set(([settings.baseURL] + settings.pictureBases).map(\.origin)).sorted().joined(separator: " ")
        case .all: "* data:"
        }
        response.headers.set("Content-Security-Policy", """
            default-src 'none'; img-src \(sources); media-src \(sources); script-src 'self'; \
            style-src 'self'\(allowsStyles ? " 'unsafe-inline'" : ""); form-action 'self'; base-uri 'none'; frame-ancestors 'none'
            """)
        return response
    }
}

extension Visit {
    /// What pages for this visit have in common.
    public var frame: PageFrame { PageFrame(settings) }
}
