// The HTML around a page: head, bar, navigation, footer. Pages hold no inline script or style, so that their policy can forbid both.

import HTML
import JSONText
import Paths
import Text
import Words

struct PageDocument {
    let page: Page
    let frame: PageFrame

    private var words: NavigationWords { frame.words.navigation }
    private var assets: Assets { Assets(prefix: frame.prefix) }

    /// The whole document.
    var markup: Markup {
        """
        <!DOCTYPE html>
        <html lang="\(frame.choices.language.tag)" data-theme="\(frame.choices.theme.rawValue)" data-accent="default">
        <head>
        \(head)</head>
        <body>
        <a class="skip" href="#main">\(words.skip)</a>
        <header class="bar">
        <a class="site" href="\(frame.home)">\(frame.settings.siteName)</a>
        \(PageNavigation(page: page, frame: frame).markup)</header>
        <main id="main">
        <h1>\(page.heading)</h1>
        \(page.content)
        </main>
        <footer>
        \(PageFooter(page: page, frame: frame).markup)</footer>
        <div id="toasts" role="status" aria-live="polite"></div>
        </body>
        </html>

        """
    }

    private var head: Markup {
        """
        <meta charset="utf-8">
        <title>\(page.heading) - \(frame.settings.siteName)</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
        \(alternates)<link rel="icon" href="\(frame.prefix)/favicon.ico" sizes="32x32">
        <link rel="icon" href="\(frame.prefix)/favicon.svg" type="image/svg+xml">
        <link rel="apple-touch-icon" href="\(frame.prefix)/icon-192.png">
        <link rel="manifest" href="\(frame.prefix)/manifest.webmanifest">
        <link rel="stylesheet" href="\(assets.address("site.css"))">
        \(scripts)
        """
    }

    /// The page's address, and the same page in each language; none for a page without an address.
    private var alternates: Markup? {
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

    private var scripts: Markup {
        let modules = ["page.js"] + page.modules
        let token: Markup? = frame.visitor.formToken.map { "<meta name=\"form-token\" content=\"\($0)\">\n" }
        return """
            \(modules.map { "<link rel=\"modulepreload\" href=\"\(assets.address($0))\">\n" as Markup })\
            \(token)<script type="application/json" id="words">\(Markup(json: scriptWords))</script>
            \(modules.map { "<script type=\"module\" src=\"\(assets.address($0))\"></script>\n" as Markup })
            """
    }

    private var scriptWords: JSONValue {
        let groups: [any WordGroup] = [frame.words.common] + page.scriptWords
        return .object(groups.flatMap(\.entries).map { ($0.name, .string($0.text)) })
    }
}

extension PageAddress {
    /// The address that stores a choice and shows the same page.
    func text(choosing preference: Preference, _ value: String) -> String { text(with: [(preference.name, value)]) }
}

extension Markup {
    /// JSON as the text of a script element: no character in it could end the element or begin a comment (HTML, section 4.12.1.3).
    init(json: JSONValue) { self.init(ofOperator: String(decoding: json.bytes(.markup), as: UTF8.self)) }
}
