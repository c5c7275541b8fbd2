// GET /admin/terms.php: the terms of use, as the operator wrote them.

import HTML
import Pages
import Responder

serve("admin-terms", dialect: .page) { visit in
    let written = visit.settings.pages.terms
    let terms = written.isEmpty ? "<p>Terms not set!</p>" : Markup(ofOperator: written)
    return visit.frame.response("使用条款", pictures: .all, allowsStyles: true, content: "<article>\n\(terms)\n</article>")
}
