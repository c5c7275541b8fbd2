// The text of the notice that tells an administrator of the token that came with every EasyImages site.

import HTML
import Site
import Time
import Words

struct DefaultTokenNotice {
    let token: DefaultToken
    let frame: PageFrame

    private var words: DefaultTokenWords { frame.words.defaultToken }

    var markup: Markup {
        let day = token.lastUse.map { SiteTime($0).text } ?? "?"
        return """
            <p>\(words.use(of: token.text, uses: token.uses, day: day))</p>
            <p>\(words.decide)</p>
            <dl>
            \(choice("replace", words.replace))\(choice("keep-until 2027-03-31", words.keep))\(choice("refuse", words.refuse))</dl>
            """
    }

    private func choice(_ option: String, _ meaning: String) -> Markup {
        """
        <dt><code>sudo imagebed import easyimages DIR --default-token \(option)</code></dt>
        <dd>\(meaning)</dd>

        """
    }
}
