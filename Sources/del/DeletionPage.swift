// What a browser sees after an administrator pressed a button of a page: that page again, or why not.

import HTML
import HTTP
import Pages
import Site

struct DeletionPage {
    private let frame: PageFrame
    private let back: OwnPath

    /// nil for scripts, and for pages of EasyImages, whose forms do not say where they stand.
    init?(_ visit: Visit, _ form: Query) throws {
        guard visit.request.isForPage, let back = form.first(PageFrame.backField) else { return nil }
        (frame, self.back) = (try visit.frame, OwnPath(back: back, of: try visit.settings.baseURL))
    }

    func reply(to outcome: AdminOutcome) -> any Reply {
        guard outcome != .worked else { return Response.seeOther(back) }
        let words = frame.words.files
        var page = Page(words.notDone, at: nil, content: """
            <p role="alert">\(words.notDoneHelp)</p>
            <p><a class="button primary" href="\(back.text)">\(words.back)</a></p>
            """)
        page.layout = .message
        return frame.response(page, status: outcome == .unfinished ? .internalServerError : .notFound)
    }
}
