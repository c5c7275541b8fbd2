// The head of a page: names, its addresses in other languages, icons, style sheet, modules with their words.

import HTML
import JSONText
import Text
import Words

struct PageHead {
    let page: Page
    let frame: PageFrame
    /// Beside `page.js`.
    let modules: [String]
    /// Of the operator; shown last, so that it can overrule the rest.
    let addition: Markup?

    var markup: Markup {
        """
        <meta charset="utf-8">
        <title>\(page.heading) - \(frame.settings.siteName)</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
        \(descriptions)\(alternates)\(page.head)\(icons)<link rel="stylesheet" href="\(frame.assets.address("site.css"))">
        \(scripts)\(addition)
        """
    }

    private var descriptions: Markup? {
        guard page.publicPage != nil else { return nil }
        let settings = frame.settings
        let texts = [("description", settings.siteDescription), ("keywords", settings.siteKeywords)].filter { !$0.1.isEmpty }
        return "\(texts.map { "<meta name=\"\($0.0)\" content=\"\($0.1)\">\n" as Markup })"
    }

    /// The page's address, and the same page in each language; none for a page without an address.
    private var alternates: Markup {
        guard let address = page.address else { return "<meta name=\"robots\" content=\"noindex\">\n" }
        let base = frame.settings.baseURL.text
        let others: [Markup] = Language.allCases.map { language in
            "<link rel=\"alternate\" hreflang=\"\(language.tag)\" href=\"\(base + address.text(choosing: .language, language.tag))\">\n"
        }
        return """
            <link rel="canonical" href="\(base + address.text)">
            \(others)<link rel="alternate" hreflang="x-default" href="\(base + address.text)">

            """
    }

    private var icons: Markup {
        """
        <link rel="icon" href="\(frame.prefix)/favicon.ico" sizes="32x32">
        <link rel="icon" href="\(frame.prefix)/favicon.svg" type="image/svg+xml">
        <link rel="apple-touch-icon" href="\(frame.prefix)/icon-192.png">
        <link rel="manifest" href="\(frame.prefix)/manifest.webmanifest">

        """
    }

    private var scripts: Markup {
        let addresses = (["page.js"] + modules).map(frame.assets.address)
        let token: Markup? = frame.visitor.formToken.map { "<meta name=\"form-token\" content=\"\($0)\">\n" }
        let mark: Markup? = frame.visitor.mark.map { "<meta name=\"account-mark\" content=\"\($0)\">\n" }
        return """
            \(addresses.map { "<link rel=\"modulepreload\" href=\"\($0)\">\n" as Markup })\
            \(token)\(mark)<script type="application/json" id="words">\(Markup(json: scriptWords))</script>
            \(addresses.map { "<script type=\"module\" src=\"\($0)\"></script>\n" as Markup })
            """
    }

    private var scriptWords: JSONValue {
        let groups: [any WordGroup] = [frame.words.common] + page.scriptWords
        return .object(groups.flatMap(\.entries).map { ($0.name, .string($0.text)) })
    }
}

extension Markup {
    /// JSON as the text of a script element: no character in it could end the element or begin a comment (HTML, section 4.12.1.3).
    init(json: JSONValue) { self.init(ofOperator: String(decoding: json.bytes(.markup), as: UTF8.self)) }
}
