// The response around a page. Its Content-Security-Policy limits what the page may load, so that an injection could do no harm.

import HTML
import HTTP
import Paths
import Settings
import Site

/// Where a page's images may come from.
public enum PictureSources: Sendable {
    /// This site and its picture URLs.
    case own
    /// Anywhere: for links stored in visitors' browsers and for the operator's HTML.
    case all
}

/// The parts that all pages of a site have in common.
public struct PageFrame: Sendable {
    public let settings: Settings

    public init(_ settings: Settings) { self.settings = settings }

    /// The path prefix of all URLs of the site: "/pictures", or empty.
    public var prefix: String { settings.baseURL.pathPrefix }

    /// Builds the URLs of its links and forms.
    public var links: Links { Links(onPagesOf: settings) }

    /// The response for a page.
    ///
    /// - Parameters:
    ///   - scripts: file names relative to the prefix.
    ///   - allowsStyles: whether inline styles are allowed, which the operator's HTML may need.
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
    /// The common parts of pages for this request.
    public var frame: PageFrame { PageFrame(settings) }
}
