// GET /admin/terms.php: the terms of use, as the operator wrote them.

import HTML
import Pages
import Responder

serve("admin-terms", dialect: .page) { visit in
    let frame = try visit.frame
    let terms = OperatorHTML(frame.settings, on: .terms)[.terms] ?? "<p>\(frame.words.terms.none)</p>"
    var page = Page(frame.words.terms.heading, at: PageAddress(.terms), content: "<article>\n\(terms)\n</article>")
    page.publicPage = .terms
    return frame.response(page)
}
