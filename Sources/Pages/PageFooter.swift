// What stands below every page, and on phones behind "more": terms, language, appearance, signing out. All work without scripts.

import HTML
import Paths
import Text
import Words

struct PageFooter {
    let page: Page
    let frame: PageFrame

    private var words: NavigationWords { frame.words.navigation }

    var markup: Markup {
        """
        <p class="links"><a href="\(frame.links.address(.terms))">\(words.terms)</a></p>
        \(page.address.map(languages))\(page.address.map(themes))\(signOut)
        """
    }

    private func languages(_ address: PageAddress) -> Markup {
        let links: [Markup] = Language.allCases.map { language in
            let isHere = language == frame.choices.language
            return """
                <a href="\(frame.prefix + address.text(choosing: .language, language.tag))" hreflang="\(language.tag)" lang="\(language.tag)"\
                \(isHere ? " aria-current=\"true\"" as Markup : "")>\(language.name)</a>

                """
        }
        return "<p class=\"links\"><span>\(words.language)</span>\n\(links)</p>\n"
    }

    private func themes(_ address: PageAddress) -> Markup {
        let links: [Markup] = [(Theme.auto, words.automatic), (.light, words.light), (.dark, words.dark)].map { theme, name in
            let isHere = theme == frame.choices.theme
            return """
                <a href="\(frame.prefix + address.text(choosing: .theme, theme.rawValue))" data-theme-choice="\(theme.rawValue)" rel="nofollow"\
                \(isHere ? " aria-current=\"true\"" as Markup : "")>\(name)</a>

                """
        }
        return "<p class=\"links\"><span>\(words.theme)</span>\n\(links)</p>\n"
    }

    private var signOut: Markup? {
        guard let name = frame.visitor.name else { return nil }
        return """
            <form method="post" action="\(frame.links.address(.signIn))?login=exit">
            \(frame.visitor.tokenField)<button class="quiet">\(words.signOut(of: name))</button>
            </form>

            """
    }
}
