// GET /admin/terms.php: the terms of use, as the operator wrote them.

import HTML
import Pages
import Responder

serve("admin-terms", dialect: .page) { visit in
    let (frame, written) = (try visit.frame, visit.settings.pages.terms)
    let words = frame.words.terms
    let terms: Markup = written.isEmpty ? "<p>\(words.none)</p>" : Markup(ofOperator: written)
    var page = Page(words.heading, at: PageAddress(.terms), content: "<article>\n\(terms)\n</article>")
    (page.pictures, page.allowsStyles) = (.all, true)
    return frame.response(page)
}
