// The page of the terms of use, as the operator wrote them.

import HTML
import HTTP
import Pages

struct TermsReply: Reply {
    private let frame: PageFrame

    init(_ frame: PageFrame) { self.frame = frame }

    var response: Response {
        let terms = OperatorHTML(frame.settings, on: .terms)[.terms] ?? "<p>\(frame.words.terms.none)</p>"
        var page = Page(frame.words.terms.heading, at: PageAddress(.terms), content: "<article>\n\(terms)\n</article>")
        page.publicPage = .terms
        return frame.response(page)
    }
}
