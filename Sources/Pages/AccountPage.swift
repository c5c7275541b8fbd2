// What the pages of an account have in common: only their account sees them, their forms come from them, and an action ends with a redirect
// to a page that says what was done.

import Accounts
import HTML
import HTTP
import Paths
import Settings
import Site
import Words

extension Visit {
    /// The signed-in administrator.
    ///
    /// - Throws: `Problem` 401 as `ownAccount`, 403 to other accounts.
    public var administrator: Account {
        get throws {
            let account = try ownAccount
            guard account.role == .admin else { throw Problem(.forbidden, says: "The account is no administrator's") }
            return account
        }
    }

    /// Lets a page go on that the settings can turn off.
    ///
    /// - Throws: `Problem` 404 if it is off: nobody sees more of it than of a page that does not exist.
    public func require(_ page: KeyPath<Settings, Bool>) throws {
        guard try settings[keyPath: page] else { throw Problem(.notFound, says: "This page is turned off") }
    }

    /// The signed-in account.
    ///
    /// - Throws: `Problem` 401, which sends browsers to the sign-in page.
    public var ownAccount: Account {
        get throws {
            guard let account = try account else { throw Problem(.unauthorized, says: "Login required") }
            return account
        }
    }

    /// The fields of a form of one of the account's pages.
    ///
    /// - Parameter limit: as `Request.form`.
    /// - Throws: `Problem` 403 if it was not sent by a page of this site.
    public func ownForm(limit: Int = Query.lengthLimit) throws -> Query {
        let form = try request.form(limit: limit)
        guard try credentials.isOwnForm(csrfToken: form.all(FormToken.field).last) else {
            throw Problem(.forbidden, says: "The form was not sent by a page of this site")
        }
        return form
    }
}

/// The frame of an account's pages, with links from one to the other.
public struct AccountPage: Sendable {
    private let frame: PageFrame
    private let path: Path

    public init(_ frame: PageFrame, at path: Path) { (self.frame, self.path) = (frame, path) }

    /// The page with these contents.
    ///
    /// - Parameters:
    ///   - notice: what was done, or why it was not.
    ///   - retryAfter: as `Page.retryAfter`.
    ///   - modules: scripts beside that of every page.
    ///   - address: of what is shown, if it is more than the page alone.
    ///   - style: the name of a style sheet beside that of every page.
    public func response(_ content: Markup, _ notice: Notice? = nil, status: Status = .ok, retryAfter: Int? = nil, modules: [String] = [],
                         _ words: [any WordGroup] = [], at address: PageAddress? = nil, style: String? = nil) -> Response {
        var page = Page(pages.first { $0.path == path }?.name ?? frame.words.account.heading, at: address ?? PageAddress(path), content: """
            \(navigation)\(notice?.markup)\(content)
            """)
        (page.modules, page.scriptWords, page.retryAfter) = (modules, words, retryAfter)
        page.head = style.map(frame.styleSheet)
        return frame.response(page, status: status)
    }

    /// Sends the browser to one of the pages, which says what was done: a word, and what belongs to it.
    public func done(_ word: String, _ more: [(String, String)] = []) -> Response {
        .seeOther(frame.prefix + PageAddress(path, [("done", word)] + more).text)
    }

    private var pages: [(path: Path, name: String)] {
        let words = frame.words.account
        return [(.account, words.heading), (.ownFiles, words.ownFiles), (.ownJSON, words.jsonFiles), (.security, words.security)]
    }

    private var navigation: Markup {
        let links: [Markup] = pages.map { page, name in
            "<a href=\"\(frame.links.address(page))\"\(page == path ? " aria-current=\"page\"" as Markup : nil)>\(name)</a>\n"
        }
        return "<nav class=\"tabs\" aria-label=\"\(frame.words.account.sections)\">\n\(links)</nav>\n"
    }

    /// The start of a form of this page: its hidden fields.
    ///
    /// - Parameter action: what the form does, the field `action`.
    public func form(_ action: String, class: String = "stacked", _ content: Markup) -> Markup {
        frame.form(action, at: path, class: `class`, content)
    }
}

/// A message above the contents of a page.
public enum Notice: Sendable {
    case done(String)
    case failed(String)

    public var markup: Markup {
        switch self {
        case .done(let text): "<p class=\"notice ok\" role=\"status\">\(text)</p>\n"
        case .failed(let text): "<p class=\"notice bad\" role=\"alert\">\(text)</p>\n"
        }
    }
}
