// GET /admin/terms.php: the terms of use, as the operator wrote them.

import HTML
import HTTP
import Pages
import Responder

serve("admin-terms", methods: [.get, .head], dialect: .page) { _, site in
    let settings = try site.settings
    let terms = settings.pages.terms.isEmpty ? "<p>Terms not set!</p>" : Markup(ofOperator: settings.pages.terms)
    let page = Page(settings, "使用条款", content: "<article>\n\(terms)\n</article>")
    return Response(page, settings, pictures: .all, allowsStyles: true)
}
