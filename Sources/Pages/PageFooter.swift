// What stands below every page, and on phones behind "more": terms, language, appearance, signing out. All work without scripts.

import HTML
import Paths
import Text
import Words

struct PageFooter {
    let page: Page
    let frame: PageFrame

    private var words: NavigationWords { frame.words.navigation }

    var markup: Markup { "<p class=\"links\">\(links)</p>\n\(choices)\(signOut)" }

    var links: Markup {
        """
        \(terms)<a href="\(frame.links.address(.apiPage))">API</a>

        """
    }

    /// None where the operator has written none.
    private var terms: Markup? {
        frame.settings.pages.terms.isEmpty ? nil : "<a href=\"\(frame.links.address(.terms))\">\(words.terms)</a>\n"
    }

    /// Links that store a choice and show this page; none for a page without an address.
    var choices: Markup? {
        guard let address = page.address else { return nil }
        let languages: [Markup] = Language.allCases.map { language in
            link(language.name, address.text(choosing: .language, language.tag), isHere: language == frame.choices.language,
                 " hreflang=\"\(language.tag)\" lang=\"\(language.tag)\"")
        }
        let themes = frame.settings.looks.offersThemes ? choice(words.theme, themes(address)) : nil
        return "\(choice(words.language, languages))\(themes)"
    }

    private func themes(_ address: PageAddress) -> [Markup] {
        [(Theme.auto, words.automatic), (.light, words.light), (.dark, words.dark)].map { theme, name in
            link(name, address.text(choosing: .theme, theme.rawValue), isHere: theme == frame.choices.theme, " rel=\"nofollow\"")
        }
    }

    private func choice(_ name: String, _ links: [Markup]) -> Markup { "<p class=\"choices\"><span>\(name)</span>\n\(links)</p>\n" }

    private func link(_ name: String, _ address: String, isHere: Bool, _ attributes: Markup) -> Markup {
        "<a href=\"\(frame.prefix + address)\"\(attributes)\(isHere ? " aria-current=\"true\"" as Markup : "")>\(name)</a>\n"
    }

    var signOut: Markup? {
        guard let name = frame.visitor.name else { return nil }
        return """
            <form method="post" action="\(frame.links.address(.signIn))?login=exit">
            \(frame.visitor.tokenField)<button class="quiet">\(words.signOut(of: name))</button>
            </form>

            """
    }
}
