// The response around a page.

import HTML
import HTTP
import Paths
import Settings
import Site
import Text
import Words

/// The parts that all pages of a site have in common, for one browser.
public struct PageFrame: Sendable {
    public let settings: Settings
    public let visitor: Visitor
    public let choices: Choices
    /// The listed files of today; nil if they are not counted yet, or not for this visitor.
    let filesOfToday: Int?
    let assets: Assets

    public init(_ settings: Settings, for visitor: Visitor = .stranger, _ choices: Choices = .none, filesOfToday: Int? = nil) {
        (self.settings, self.visitor, self.choices, self.filesOfToday) = (settings, visitor, choices, filesOfToday)
        assets = Assets(prefix: settings.baseURL.pathPrefix)
    }

    public var words: Words { .of(choices.language) }

    /// The path prefix of all URLs of the site: "/pictures", or empty.
    public var prefix: String { settings.baseURL.pathPrefix }

    /// The URL path of the upload page.
    public var home: String { links.address(.home) }

    /// Builds the URLs of its links and forms.
    public var links: Links { Links(onPagesOf: settings) }

    /// The same for somebody without a session.
    public var forStranger: PageFrame { showing(.stranger) }

    /// The same for somebody else.
    public func showing(_ visitor: Visitor) -> PageFrame { PageFrame(settings, for: visitor, choices, filesOfToday: filesOfToday) }

    /// Loads a style sheet beside that of every page; for the head.
    public func styleSheet(_ name: String) -> Markup { "<link rel=\"stylesheet\" href=\"\(assets.address(name))\">\n" }

    /// A decorative icon of `icons.svg`, by the id of its symbol.
    public func icon(_ name: String, size: Int = 20) -> Markup {
        """
        <svg class="icon" width="\(size)" height="\(size)" aria-hidden="true"><use href="\(assets.address("icons.svg"))#\(name)"></use></svg>
        """
    }

    /// The response for a page.
    public func response(_ page: Page, status: Status = .ok) -> Response {
        let operatorHTML = OperatorHTML(settings, on: page.publicPage)
        let document = PageDocument(page: page, frame: self, operatorHTML: operatorHTML).markup
        var response = Response(status, Array(document.text.utf8), type: "text/html;charset=utf-8")
        response.headers.set("Vary", "Accept-Language, Cookie")
        ContentPolicy(settings, pictures: page.pictures, operatorHTML).put(into: &response.headers)
        if let seconds = page.retryAfter { response.headers.set("Retry-After", "\(seconds)") }
        return keepingChoices(in: response)
    }

    /// The response to a script that puts a part of a page into the page.
    public func response(partAlone part: Markup) -> Response {
        var response = Response(.ok, Array(part.text.utf8), type: "text/html;charset=utf-8")
        response.headers.set("Vary", "Accept-Language, Cookie")
        return response
    }

    /// The response with the cookies that keep what the request chose.
    func keepingChoices(in response: Response) -> Response {
        var response = response
        for cookie in choices.cookies { response.headers.add("Set-Cookie", cookie) }
        return response
    }
}

extension Visit {
    /// The common parts of pages for this request.
    public var frame: PageFrame {
        get throws {
            let visitor = try Visitor(self)
            // (A page does not fail because of a number.)
            let filesOfToday = try visitor.seesGallery(settings) ? (try? site.store.filesOfToday()) ?? nil : nil
            return PageFrame(try settings, for: visitor, Choices(request, try settings, account: try account?.language), filesOfToday: filesOfToday)
        }
    }
}
